"""One text in many languages and markets: how variants are named, and which one serves a reader.

A variant is kept under its language (`de`), or language and market (`de@AT`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.kit.tags import match

EVERY = "mul"  # ISO 639-2, several languages: the text for all languages that have none of their own


def key_of(language: str, market: str = "") -> str:
    """Return the name a variant is kept under."""
    return f"{language}@{market}" if market else language


def parted(key: str) -> tuple[str, str]:
    """Return (language, market) of a variant's name; the market is empty for one that serves all."""
    language, _at, market = key.partition("@")
    return language, market


@dataclass(frozen=True)
class Step:
    """One place where a reader's text is looked for; `found` names the variant there, None where nobody wrote one."""

    language: str
    market: str
    found: str | None


def steps(
    texts: Mapping[str, str], *, language: str, market: str = "", also: Sequence[str] = ()
) -> Iterator[Step]:
    """Yield the places in their order: the reader's language in their market, their language, then `also` the same way.

    A language finds its base and its siblings (`pt` finds `pt-BR`).
    """
    here = {parted(key)[0]: key for key in texts if market and parted(key)[1] == market}
    everywhere = {key: key for key in texts if not parted(key)[1]}
    for wanted in dict.fromkeys([language, *also]):
        for group, place in ((here, market), (everywhere, "")):
            if wanted and (place or group is everywhere):
                found = match(wanted, group)
                yield Step(wanted, place, group[found] if found is not None else None)


def chosen(
    texts: Mapping[str, str], *, language: str, market: str = "", also: Sequence[str] = ()
) -> str | None:
    """Return the name of the variant for a reader, the first that `steps` finds; None where nothing serves."""
    found = steps(texts, language=language, market=market, also=also)
    return next((step.found for step in found if step.found is not None), None)
