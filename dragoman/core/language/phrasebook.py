"""The embedded phrasebook: what a shop says and hears most, written by people in each language.

The files in `phrasebook/` hold the same phrases under the same keys; `en.toml` says who says each. A sentence is a
text, or a table of texts by CLDR plural category where the number in a slot changes it; beside the polite default a
language may have it in other registers. A workspace may say a phrase its own way and have phrases of its own (`Own`).
"""

import importlib.resources
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from rapidfuzz import fuzz

from dragoman.core.language.slots import NUMBERS, carried, joined, plural_of
from dragoman.kit.tags import match as match_tag
from dragoman.kit.tags import normalise
from dragoman.kit.text import fold

_FOLDER = importlib.resources.files("dragoman.core.language") / "phrasebook"
SLOT = re.compile(r"\{(\w+)\}")
# How else a sentence may be said: to whom one is on familiar terms with, with more honour than is usual, by the
# speaker's and by the reader's gender.
REGISTERS = ("casual", "honorific", "by_woman", "by_man", "to_woman", "to_man")
# What phrases are about, in the order in which they are listed; a workspace's own stand apart at first.
THEMES: Final = (
    "own", "greeting", "apology", "order", "parcel", "customs", "return", "refund", "payment", "product", "account",
    "asking", "people", "itself",
)  # fmt: skip
AGENT, CUSTOMER, SYSTEM = "agent", "customer", "system"

# a sentence by CLDR plural category; one that no number changes has `other` alone
Said = Mapping[str, str]
_NEAR = 70  # of 100: how like a phrase a search with a typing error must be


@dataclass(frozen=True, eq=False)
class Own:
    """What a workspace says its own way for one brand.

    `says` holds wordings by key, register ("" is the polite default) and language tag; `themes` the theme of each
    phrase that the book itself has not.
    """

    says: Mapping[str, Mapping[str, Mapping[str, Said]]] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    # what recognises the wordings of a language, made at its first use
    compiled: dict[str, Any] = field(default_factory=dict)


NOTHING_OWN: Final = Own()


@dataclass(frozen=True)
class Phrase:
    """One phrase to pick: in the reader's language, in the customer's, and the slots to fill in.

    `target_text` is empty where nobody wrote the phrase in the customer's language.
    """

    key: str
    text: str
    target_text: str
    slots: tuple[str, ...]
    theme: str = ""


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the tags the phrasebook is written in."""
    return tuple(sorted(file.name[:-5] for file in _FOLDER.iterdir() if file.name.endswith(".toml")))


@lru_cache(maxsize=64)
def tag_for(language: str) -> str | None:
    """Return the phrasebook's tag that serves a language, or None."""
    return match_tag(language, languages())


@lru_cache(maxsize=1)
def speakers() -> Mapping[str, str]:
    """Return who says each phrase, `agent`, `customer` or `system`, in the order of the book."""
    return {key: entry["who"] for key, entry in _read("en").items()}


@lru_cache(maxsize=1)
def themes() -> Mapping[str, str]:
    """Return the theme of each phrase that an agent or the desk itself says."""
    return {key: entry["theme"] for key, entry in _read("en").items() if "theme" in entry}


def _read(tag: str) -> dict[str, dict[str, Any]]:
    with (_FOLDER / f"{tag}.toml").open("rb") as file:
        return tomllib.load(file)


def _said(text: str | dict[str, str]) -> Said:
    return {"other": text} if isinstance(text, str) else text


def wordings_of(entry: Mapping[str, Any]) -> list[str]:
    """Return every wording of an entry: said in each register and number, then those that are only heard."""
    texts = [entry["text"], *(entry[register] for register in REGISTERS if register in entry)]
    said = [wording for text in texts for wording in _said(text).values()]
    return list(dict.fromkeys([*said, *entry.get("also", ())]))


@lru_cache(maxsize=32)
def _ways(tag: str) -> Mapping[str, Mapping[str, Said]]:
    """Return what one language's file says, by key and register."""
    return {
        key: {"": _said(entry["text"])}
        | {register: _said(entry[register]) for register in REGISTERS if register in entry}
        for key, entry in _read(tag).items()
    }


def ours(key: str, language: str) -> Mapping[str, Said]:
    """Return the ways in which the book itself says a phrase, by register; empty where it does not."""
    tag = tag_for(language)
    return _ways(tag).get(key, {}) if tag else {}


def registers_in(register: str) -> tuple[str, ...]:
    """Return the registers named, best first, and the polite default at their end."""
    return (*(one for one in register.split() if one in REGISTERS), "")


def wording(
    key: str, language: str, *, register: str = "", own: Own = NOTHING_OWN
) -> tuple[str, Said] | None:
    """Return (tag, sentence) for a reader of a language: exact tag, its base, a sibling; None where there is none.

    `register` names registers, best first, parted by blanks: the first that the phrase has is said, else the polite
    default. A workspace's own wording goes before the book's.
    """
    for name in registers_in(register):
        found = wording_in(key, language, name, own=own)
        if found:
            return found
    return None


def wording_in(key: str, language: str, register: str, *, own: Own = NOTHING_OWN) -> tuple[str, Said] | None:
    """Return (tag, sentence) of a phrase in this one register ("" is the polite default), or None."""
    theirs = own.says.get(key, {}).get(register, {})
    tag = tag_for(language) or ""
    book = _ways(tag).get(key, {}) if tag else {}
    if theirs:
        found = match_tag(language, [*theirs, tag] if register in book else theirs)
        if found is not None and found in theirs:
            return found, theirs[found]
    return (tag, book[register]) if register in book else None


def reading(key: str, languages: Sequence[str], *, own: Own = NOTHING_OWN) -> tuple[str, str]:
    """Return (tag, text) of a phrase as somebody of the house reads it: in the first language that has it, then
    English, then any; the text is empty for a phrase that nobody wrote.
    """
    written = own.says.get(key, {}).get("", {})
    for language in dict.fromkeys([*languages, "en", *written]):
        found = wording(key, language, own=own) if language else None
        if found:
            return found[0], found[1]["other"]
    return "", ""


def render(
    key: str,
    language: str,
    slots: Mapping[str, str],
    *,
    source: str = "",
    register: str = "",
    own: Own = NOTHING_OWN,
) -> str:
    """Return a phrase in a language with its slots filled in; KeyError if nobody wrote it in that language.

    `source` is the language in which dates, times, amounts and shares in `slots` are written; they are rewritten
    for `language`, ISO dates always. A slot left out stays visible as `{slot}`. Where the language does not have the
    phrase in a `register`, its polite default is said.
    """
    found = wording(key, language, register=register, own=own)
    if found is None:
        raise KeyError(f"the phrase {key!r} is not written in {language!r}")
    return filled(found[1], slots, language=language, source=source)


def filled(said: Said, slots: Mapping[str, str], *, language: str, source: str = "") -> str:
    """Return a sentence with its slots filled in, in the plural that the number in one of them asks for."""
    counted = SLOT.findall(said["other"])
    number = next((slots[name] for name in NUMBERS if name in slots and name in counted), "")
    text = SLOT.sub(
        lambda slot: (
            carried(slot[1], slots[slot[1]], source=source or language, target=language)
            if slot[1] in slots
            else slot[0]
        ),
        said.get(plural_of(number, language=language), said["other"]) if number else said["other"],
    )
    return joined(text, language=language)


def agent_keys(own: Own = NOTHING_OWN) -> Iterator[tuple[str, str]]:
    """Yield (key, theme) of all that an agent may say, a workspace's own phrases first."""
    yield from own.themes.items()
    yield from ((key, theme) for key, theme in themes().items() if speakers()[key] == AGENT)


def said_keys(own: Own = NOTHING_OWN) -> Iterator[tuple[str, str]]:
    """Yield (key, theme) of all that customers are told, by agents or the desk itself."""
    yield from own.themes.items()
    yield from themes().items()


def search(
    query: str,
    *,
    reader_language: str,
    target_language: str,
    limit: int = 8,
    register: str = "",
    own: Own = NOTHING_OWN,
) -> list[Phrase]:
    """Find what an agent may say, by words in the agent's language, best first; all of it for an empty query.

    A reader whose language the book lacks reads English. Empty where nobody wrote anything in the customer's language.
    """
    wanted = fold(query).split()
    scored: list[tuple[float, int, Phrase]] = []
    for place, (key, theme) in enumerate(agent_keys(own)):
        read = reading(key, [reader_language], own=own)[1]
        score = _likeness(wanted, fold(read)) if read else 0.0
        if score < _NEAR:
            continue
        theirs = wording(key, target_language, register=register, own=own)
        text = theirs[1]["other"] if theirs else ""
        scored.append((-score, place, Phrase(key, read, text, tuple(SLOT.findall(read)), theme)))
    if tag_for(target_language) is None and not any(phrase.target_text for _, _, phrase in scored):
        return []
    return [phrase for _, _, phrase in sorted(scored, key=lambda entry: entry[:2])[:limit]]


def _likeness(wanted: Sequence[str], text: str) -> float:
    """Return 0..100: the mean over the words looked for, 100 for one that stands there."""
    if not wanted:
        return 100.0
    words = text.split()
    scores = [100.0 if word in text else max(fuzz.ratio(word, other) for other in words) for word in wanted]
    return sum(scores) / len(scores)


@dataclass(frozen=True)
class Coverage:
    """How much of what customers are told is written in a language: phrases, of how many, those with each register."""

    tag: str
    written: int
    wanted: int
    registers: Mapping[str, int]
    changed: int = 0


def coverage(tag: str, *, own: Own = NOTHING_OWN) -> Coverage:
    """Count what is written in a language; `changed` are the phrases that the workspace says its own way."""
    keys = [key for key, _theme in said_keys(own)]
    exact = normalise(tag)

    def mine(key: str, register: str) -> bool:
        return exact in own.says.get(key, {}).get(register, {})

    def has(key: str, register: str) -> bool:
        return mine(key, register) or register in ours(key, tag)

    counts = {name: sum(has(key, name) for key in keys) for name in REGISTERS}
    return Coverage(
        tag=tag,
        written=sum(has(key, "") for key in keys),
        wanted=len(keys),
        registers={name: count for name, count in counts.items() if count},
        changed=sum(key in themes() and any(mine(key, name) for name in ("", *REGISTERS)) for key in keys),
    )
