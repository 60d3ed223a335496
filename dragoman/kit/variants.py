"""One text in many languages and markets: how variants are named, and which one serves a reader.

A variant is kept under its language (`de`), or language and market (`de@AT`).
"""

from collections.abc import Mapping, Sequence

from dragoman.kit.tags import match


def key_of(language: str, market: str = "") -> str:
    """Return the name a variant is kept under."""
    return f"{language}@{market}" if market else language


def parted(key: str) -> tuple[str, str]:
    """Return (language, market) of a variant's name; the market is empty for one that serves all."""
    language, _at, market = key.partition("@")
    return language, market


def chosen(
    texts: Mapping[str, str], *, language: str, market: str = "", also: Sequence[str] = ()
) -> str | None:
    """Return the name of the variant for a reader: their language in their market, their language, then `also`.

    A language finds its base and its siblings (`pt` finds `pt-BR`); None where nothing serves.
    """
    here = {parted(key)[0]: key for key in texts if market and parted(key)[1] == market}
    everywhere = {key: key for key in texts if not parted(key)[1]}
    for wanted in dict.fromkeys([language, *also]):
        for group in (here, everywhere):
            found = match(wanted, group) if wanted else None
            if found is not None:
                return group[found]
    return None
