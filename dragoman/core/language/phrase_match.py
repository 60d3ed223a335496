"""Recognising a sentence as one of the phrasebook's, whatever its case, accents, blanks and final marks."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from dragoman.core.language.phrasebook import NOTHING_OWN, SLOT, Own, _read, languages, tag_for, wordings_of
from dragoman.core.language.slots import PATTERNS, is_plausible, parted
from dragoman.kit.tags import match as match_tag
from dragoman.kit.tags import normalise
from dragoman.kit.text import fold

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
LONGEST = 300  # characters of one sentence


@dataclass(frozen=True)
class Match:
    """A sentence recognised: the phrase's key and what stands in its slots, as written there."""

    key: str
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Wording:
    """One wording with slots: `loose` ones stand free; `head` is its first word, "" where that is not sure."""

    key: str
    loose: frozenset[str]
    head: str
    expression: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compile at the first use: eight thousand wordings take ten seconds, and a greeting needs none of them."""
        return re.compile(self.expression)


@dataclass(frozen=True)
class _Book:
    """What is recognised in one language: wordings without slots with their first words, and those with slots.

    The latter by their `head`.
    """

    hears: Mapping[str, str]
    heads: frozenset[str]
    wordings: Mapping[str, Sequence[_Wording]]


def flattened(text: str, *, language: str) -> str:
    """Return one sentence as it is compared: folded, single blanks or none, no final marks."""
    bare = _TAIL.sub("", fold(text.translate(_TYPED)).strip())
    if language.startswith("th"):
        bare = _TAIL.sub("", _PARTICLE.sub("", bare))
    return _BLANK.sub("" if language.startswith(SPACELESS) else " ", bare)


@lru_cache(maxsize=32)
def _book(tag: str) -> _Book:
    """Read and compile one language's file at its first use."""
    return _made(tag, ((key, wordings_of(entry)) for key, entry in _read(tag).items()))


def _own_book(own: Own, language: str) -> _Book:
    """Compile what a workspace says its own way in a language, at its first use."""
    tag = normalise(language)
    if tag not in own.compiled:
        own.compiled[tag] = _made(
            tag,
            (
                (key, list(ways[found].values()))
                for key, registers in own.says.items()
                for ways in registers.values()
                if (found := match_tag(tag, ways))
            ),
        )
    book: _Book = own.compiled[tag]
    return book


def _made(tag: str, entries: Iterable[tuple[str, Sequence[str]]]) -> _Book:
    hears: dict[str, str] = {}
    by_head: dict[str, list[_Wording]] = {}
    for key, wordings in entries:
        for wording in wordings:
            if SLOT.search(wording):
                compiled = _compiled(key, wording, tag)
                by_head.setdefault(compiled.head, []).append(compiled)
            else:
                hears.setdefault(flattened(wording, language=tag), key)
    return _Book(hears, frozenset(map(_head, hears)), by_head)


def _compiled(key: str, template: str, tag: str) -> _Wording:
    """Turn a wording into a pattern over folded text; in a script without spaces every blank is optional."""
    optional = tag.startswith(SPACELESS)
    parts = SLOT.split(_TAIL.sub("", template.translate(_TYPED)))
    pattern, loose = "", set()
    for index, part in enumerate(parts):
        if index % 2 == 0:
            literal = [re.escape(word) for word in _BLANK.split(fold(part))]
            pattern += (r"\s*" if optional else r"\s+").join(literal) + (r"\s*" if optional else "")
            continue
        # a slot named twice holds the same at both places
        again = f"(?P={part})" if f"(?P<{part}>" in pattern else f"(?P<{part}>{PATTERNS[part]})"
        pattern += again + (r"\s*" if optional else "")
        before, after = parts[index - 1][-1:], parts[index + 1][:1]
        if not before.strip() and not (after.strip() and after not in ".!?,"):
            loose.add(part)
    tail = _PARTICLE_TAIL if tag == "th" else ""
    whole = None if optional else _WHOLE_WORD.match(fold(parts[0]))
    head = whole.group() if whole else ""
    return _Wording(key, frozenset(loose), head, rf"{pattern}{tail}[{_FINAL}]*")


def _head(folded: str) -> str:
    """Return the first word, "" where something else comes first."""
    found = _WORD.match(folded)
    return found.group() if found else ""


def match(text: str, language: str, *, own: Own = NOTHING_OWN) -> Match | None:
    """Recognise one sentence; None if it is no phrase."""
    if len(text) > LONGEST:
        return None
    text = parted(text, language=language)
    if own.says and (found := _match_in(_own_book(own, language), text, normalise(language))):
        return found
    tag = tag_for(language)
    return _match_in(_book(tag), text, tag) if tag else None


def _match_in(book: _Book, text: str, tag: str) -> Match | None:
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
    if not text.strip() or len(text) > LONGEST:
        return ()
    return tuple(tag for tag in languages() if flattened(text, language=tag) in _book(tag).hears)
