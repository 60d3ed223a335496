"""The embedded phrasebook: what a shop says and hears most, written by people in each language.

The files in `phrasebook/` hold the same phrases under the same keys; `en.toml` says who says each. A sentence is a
text, or a table of texts by CLDR plural category where the number in a slot changes it; beside the polite default a
language may have it in other registers.
"""

import importlib.resources
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from dragoman.core.language.slots import NUMBERS, PATTERNS, carried, is_plausible, plural_of
from dragoman.kit.tags import match as match_tag
from dragoman.kit.text import fold

_FOLDER = importlib.resources.files("dragoman.core.language") / "phrasebook"
_SLOT = re.compile(r"\{(\w+)\}")
FINAL_MARKS = frozenset(" \t\u00a0\u3000.!?,;:…。！？、，؟،؛।")
_FINAL = "\\s.!?,;:…。！？、，؟،؛।"
_TAIL = re.compile(f"[{_FINAL}]+$")
_BLANK = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_WHOLE_WORD = re.compile(r"\w+(?=\W)")
# One apostrophe, and no marks of direction: both depend on the keyboard, not on the writer.
_TYPED = str.maketrans(
    {"’": "'", "ʼ": "'", "`": "'", "´": "'"} | dict.fromkeys("\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
)
# No spaces between words, so that a space in a phrase may be missing and one that is not there may appear.
SPACELESS = ("th", "ja", "zh")
# A speaker's politeness, which the phrase has or has not.
_PARTICLE_TAIL = r"(?:\s*(?:นะ)?(?:คะ|ค่ะ|ครับ|คับ|ค้าบ|จ้า|จ้ะ))?"
_PARTICLE = re.compile(_PARTICLE_TAIL + "$")
_LONGEST = 300  # characters of one sentence
# How else a sentence may be said: to whom one is on familiar terms with, with more honour than is usual, by the
# speaker's and by the reader's gender.
REGISTERS = ("casual", "honorific", "by_woman", "by_man", "to_woman", "to_man")

# a sentence by CLDR plural category; one that no number changes has `other` alone
_Said = Mapping[str, str]
_NEAR = 70  # of 100: how like a phrase a search with a typing error must be


@dataclass(frozen=True)
class Match:
    """A sentence recognised: the phrase's key and what stands in its slots, as written there."""

    key: str
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Phrase:
    """One phrase to pick: in the reader's language, in the customer's, and the slots to fill in."""

    key: str
    text: str
    target_text: str
    slots: tuple[str, ...]


@dataclass(frozen=True)
class _Wording:
    """One wording with slots: `loose` ones stand free; `head` is its first word, "" where that is not sure."""

    key: str
    loose: frozenset[str]
    head: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class _Book:
    """One language: the phrases to say, all slotless wordings to hear with their first words, and those with slots.

    The latter by their `head`.
    """

    tag: str
    says: Mapping[str, Mapping[str, _Said]]  # by key, then by register; "" is the polite default
    hears: Mapping[str, str]
    heads: frozenset[str]
    wordings: Mapping[str, Sequence[_Wording]]


def flattened(text: str, *, language: str) -> str:
    """Return one sentence as it is compared: folded, single blanks or none, no final marks."""
    bare = _TAIL.sub("", fold(text.translate(_TYPED)).strip())
    if language.startswith("th"):
        bare = _TAIL.sub("", _PARTICLE.sub("", bare))
    return _BLANK.sub("" if language.startswith(SPACELESS) else " ", bare)


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
    """Return who says each phrase, `agent` or `customer`, in the order of the book."""
    return {key: entry["who"] for key, entry in _read("en").items()}


def _read(tag: str) -> dict[str, dict[str, Any]]:
    with (_FOLDER / f"{tag}.toml").open("rb") as file:
        return tomllib.load(file)


def _said(text: str | dict[str, str]) -> _Said:
    return {"other": text} if isinstance(text, str) else text


def wordings_of(entry: Mapping[str, Any]) -> list[str]:
    """Return every wording of an entry: said in each register and number, then those that are only heard."""
    texts = [entry["text"], *(entry[register] for register in REGISTERS if register in entry)]
    said = [wording for text in texts for wording in _said(text).values()]
    return list(dict.fromkeys([*said, *entry.get("also", ())]))


@lru_cache(maxsize=32)
def _book(tag: str) -> _Book:
    """Read and compile one language's file at its first use."""
    says: dict[str, dict[str, _Said]] = {}
    hears: dict[str, str] = {}
    by_head: dict[str, list[_Wording]] = {}
    for key, entry in _read(tag).items():
        says[key] = {"": _said(entry["text"])} | {
            register: _said(entry[register]) for register in REGISTERS if register in entry
        }
        for wording in wordings_of(entry):
            if _SLOT.search(wording):
                compiled = _compiled(key, wording, tag)
                by_head.setdefault(compiled.head, []).append(compiled)
            else:
                hears.setdefault(flattened(wording, language=tag), key)
    return _Book(tag, says, hears, frozenset(map(_head, hears)), by_head)


def _compiled(key: str, template: str, tag: str) -> _Wording:
    """Turn a wording into a pattern over folded text; in a script without spaces every blank is optional."""
    optional = tag.startswith(SPACELESS)
    parts = _SLOT.split(_TAIL.sub("", template.translate(_TYPED)))
    pattern, loose = "", set()
    for index, part in enumerate(parts):
        if index % 2 == 0:
            literal = [re.escape(word) for word in _BLANK.split(fold(part))]
            pattern += (r"\s*" if optional else r"\s+").join(literal) + (r"\s*" if optional else "")
            continue
        pattern += f"(?P<{part}>{PATTERNS[part]})" + (r"\s*" if optional else "")
        before, after = parts[index - 1][-1:], parts[index + 1][:1]
        if not before.strip() and not (after.strip() and after not in ".!?,"):
            loose.add(part)
    tail = _PARTICLE_TAIL if tag == "th" else ""
    whole = None if optional else _WHOLE_WORD.match(fold(parts[0]))
    head = whole.group() if whole else ""
    return _Wording(key, frozenset(loose), head, re.compile(rf"{pattern}{tail}[{_FINAL}]*"))


def _head(folded: str) -> str:
    """Return the first word, "" where something else comes first."""
    found = _WORD.match(folded)
    return found.group() if found else ""


def match(text: str, language: str) -> Match | None:
    """Recognise one sentence, whatever its case, accents, blanks and final marks; None if it is no phrase."""
    tag = tag_for(language)
    if not tag or len(text) > _LONGEST:
        return None
    book = _book(tag)
    rough = fold(_typed(text))
    head = _head(rough)
    # most sentences begin like no phrase at all
    if tag.startswith(SPACELESS) or head in book.heads:
        bare = flattened(text, language=tag)
        if bare in book.hears:
            return Match(book.hears[bare])
    wordings = [*book.wordings.get(head, ()), *(book.wordings.get("", ()) if head else ())]
    likely = [wording for wording in wordings if wording.pattern.fullmatch(rough)]
    if not likely:
        return None
    folded, plain, origin = _mapped(text)
    for wording in likely:
        found = wording.pattern.fullmatch(folded)
        if not found:
            continue
        slots = {
            name: plain[origin[found.start(name)] : origin[found.end(name) - 1] + 1].strip()
            for name in found.groupdict()
        }
        if all(
            is_plausible(name, value, language=tag, alone=name in wording.loose)
            for name, value in slots.items()
        ):
            return Match(wording.key, slots)
    return None


def _mapped(text: str) -> tuple[str, str, list[int]]:
    """Return (folded, plain, for each folded character its place in plain), so that slots keep their case."""
    plain = _typed(text)
    folded: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(plain):
        bare = _folded_character(character)
        folded.append(bare)
        origin += [index] * len(bare)
    return "".join(folded), plain, origin


def _typed(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_TYPED)).strip()


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    return fold(character)


def languages_of(text: str) -> tuple[str, ...]:
    """Return the languages in which a text without slots is a phrase: tells `Hej` from `Hei`."""
    if not text.strip() or len(text) > _LONGEST:
        return ()
    return tuple(tag for tag in languages() if flattened(text, language=tag) in _book(tag).hears)


def render(key: str, language: str, slots: Mapping[str, str], *, source: str = "", register: str = "") -> str:
    """Return a phrase in a language with its slots filled in; KeyError if the book has no such phrase.

    `source` is the language in which dates, times, amounts and shares in `slots` are written; they are rewritten
    for `language`, ISO dates always. A slot left out stays visible as `{slot}`. Where the language does not have the
    phrase in a `register`, its polite default is said.
    """
    tag = tag_for(language)
    if tag is None:
        raise KeyError(f"the phrasebook is not written in {language!r}")
    ways = _book(tag).says[key]
    said = ways.get(register) or ways[""]
    number = next((slots[name] for name in NUMBERS if name in slots), "")
    return _SLOT.sub(
        lambda slot: (
            carried(slot[1], slots[slot[1]], source=source or language, target=language)
            if slot[1] in slots
            else slot[0]
        ),
        said.get(plural_of(number, language=tag), said["other"]) if number else said["other"],
    )


def search(query: str, *, reader_language: str, target_language: str, limit: int = 8) -> list[Phrase]:
    """Find what an agent may say, by words in the agent's language, best first; all of it for an empty query.

    A reader whose language the book lacks reads English. Empty where it lacks the customer's language.
    """
    reader, target = tag_for(reader_language) or "en", tag_for(target_language)
    if target is None:
        return []
    wanted = fold(query).split()
    scored: list[tuple[float, int, Phrase]] = []
    for place, (key, who) in enumerate(speakers().items()):
        text = _book(reader).says[key][""]["other"]
        score = _likeness(wanted, fold(text)) if who == "agent" else 0.0
        if score >= _NEAR:
            phrase = Phrase(key, text, _book(target).says[key][""]["other"], tuple(_SLOT.findall(text)))
            scored.append((-score, place, phrase))
    return [phrase for _, _, phrase in sorted(scored, key=lambda entry: entry[:2])[:limit]]


def _likeness(wanted: Sequence[str], text: str) -> float:
    """Return 0..100: the mean over the words looked for, 100 for one that stands there."""
    if not wanted:
        return 100.0
    words = text.split()
    scores = [100.0 if word in text else max(fuzz.ratio(word, other) for other in words) for word in wanted]
    return sum(scores) / len(scores)
