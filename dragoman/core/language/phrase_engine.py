"""The translation engine made of the phrasebook: whole texts, if every sentence of them is a phrase.

People wrote and checked these sentences: this engine is asked before every machine, and marked as none. Where a text
is no whole of phrases, `sentences` tells which sentence stands in the way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.core.language.phrase_match import FINAL_MARKS, LONGEST, SPACELESS, Match, match
from dragoman.core.language.phrasebook import NOTHING_OWN, SLOT, Own, languages, render, tag_for, wording
from dragoman.core.language.slots import PATTERNS, is_plausible
from dragoman.ground.providers.translation.ports import Translated
from dragoman.kit.tags import same

NAME = "phrasebook"
_LONGEST_TEXT = 3_000  # characters; phrases end long before
_LONGEST_RUN = 160  # characters of a line without spaces that is tried at every place
_CLOSING = "closing"

# A sentence recognised, or a name under a closing that stays as it is.
_Part = Match | str


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text, its place in it, and the phrase it is; `key` is empty where it is none.

    With a key, `written` says whether somebody wrote the phrase in the customer's language.
    """

    start: int
    end: int
    text: str
    key: str = ""
    written: bool = True


class PhrasebookEngine:
    """A `Translator` that never guesses: a phrase of the book, or nothing.

    `own` is what a workspace says its own way; `register` names registers, best first, parted by blanks.
    """

    name = NAME
    local = True
    mask = "{}"  # never asked with masks: it knows its own slots

    def __init__(self, *, own: Own = NOTHING_OWN, register: str = "") -> None:
        self._own = own
        self._register = register

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return every pair of the book's languages."""
        return _pairs()

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Translated | None]:
        """Translate the texts of which every sentence is a phrase; None for each other one."""
        return [self._translated(text, source, target) for text in texts]

    def _translated(self, text: str, source: str, target: str) -> Translated | None:
        known = bool(self._own.says) or bool(tag_for(source) and tag_for(target))
        if not text.strip() or len(text) > _LONGEST_TEXT or not known:
            return None
        lines: list[str] = []
        after_closing = False
        for line in text.splitlines():
            if not line.strip():
                lines.append("")
                continue
            parts = _parts(line.strip(), source, after_closing=after_closing, own=self._own)
            if parts is None:
                return None
            after_closing = isinstance(parts[-1], Match) and parts[-1].key == _CLOSING
            try:
                lines.append(self._rendered(parts, source, target))
            except KeyError:  # a phrase of the workspace that nobody wrote in this language
                return None
        return Translated("\n".join(lines), engine=NAME, confidence=1.0)

    def _rendered(self, parts: Sequence[_Part], source: str, target: str) -> str:
        said = [
            part
            if isinstance(part, str)
            else render(part.key, target, part.slots, source=source, register=self._register, own=self._own)
            for part in parts
        ]
        return ("" if target.startswith(("ja", "zh")) else " ").join(said)


@lru_cache(maxsize=1)
def _pairs() -> frozenset[tuple[str, str]]:
    tags = languages()
    return frozenset((one, other) for one in tags for other in tags if not same(one, other))


def _parts(line: str, language: str, *, after_closing: bool, own: Own) -> list[_Part] | None:
    """Cut a line into phrases without a rest, the longest first; None if that cannot be done."""
    dead: set[int] = set()

    def cut(start: int, *, closed: bool) -> list[_Part] | None:
        while start < len(line) and line[start] in FINAL_MARKS:
            start += 1
        if start == len(line):
            return []
        if start in dead:
            return None
        rest = line[start:]
        if closed and is_plausible("name", rest, language=language, alone=True):
            return [rest]
        for end in _ends(line, start, language):
            found = match(line[start:end], language, own=own)
            tail = cut(end, closed=found.key == _CLOSING) if found else None
            if found and tail is not None:
                return [found, *tail]
        dead.add(start)
        return None

    return cut(0, closed=after_closing) or None


def _ends(line: str, start: int, language: str) -> list[int]:
    """Return where a phrase that begins at `start` may end, the farthest first."""
    if language.startswith(SPACELESS) and len(line) <= _LONGEST_RUN:
        return list(range(len(line), start, -1))
    return [
        end
        for end in range(len(line), start, -1)
        if (end == len(line) or line[end] in FINAL_MARKS) and line[end - 1] not in FINAL_MARKS
    ]


def sentences(text: str, source: str, target: str, *, own: Own = NOTHING_OWN) -> list[Sentence]:
    """Cut a text into its sentences and tell of each which phrase it is, if any; a name under a closing is left out."""
    found: list[Sentence] = []
    place, closed = 0, False
    for line in text[:_LONGEST_TEXT].splitlines(keepends=True):
        for one in _in_line(line, source, target, own=own, closed=closed):
            closed = one.key == _CLOSING
            found.append(Sentence(one.start + place, one.end + place, one.text, one.key, one.written))
        place += len(line)
    return found


def _in_line(line: str, source: str, target: str, *, own: Own, closed: bool) -> Iterator[Sentence]:
    start, last = 0, len(line.rstrip())
    while start < last:
        if line[start] in FINAL_MARKS:
            start += 1
            continue
        rest = line[start:last]
        if closed and is_plausible("name", rest, language=source, alone=True):
            return
        ends = [end for end in _ends(line[:last], start, source) if end - start <= LONGEST]
        found = next(((end, hit) for end in ends if (hit := _phrase(line[start:end], source, own))), None)
        end = found[0] if found else _sentence_end(line[:last], start)
        key = found[1].key if found else ""
        while end < last and line[end] in FINAL_MARKS and not line[end].isspace():
            end += 1  # its final mark belongs to it
        is_written = not key or wording(key, target, own=own) is not None
        yield Sentence(start, end, line[start:end], key, is_written)
        closed = key == _CLOSING
        start = end


def _phrase(text: str, language: str, own: Own) -> Match | None:
    """Recognise a phrase, also one whose slots are still open."""
    found = match(text, language, own=own)
    if found is None and SLOT.search(text):
        found = match(SLOT.sub(lambda slot: _STAND_INS.get(slot[1], slot[0]), text), language, own=own)
    return found


# What stands for an open slot while its sentence is recognised.
_STAND_INS = {
    "order": "A-10001", "tracking": "JJFI6400000123", "url": "https://a.example/b", "days": "3", "hours": "3",
    "count": "3", "time": "9:30", "percent": "10%", "code": "AB10", "email": "a@b.example", "phone": "+358401234567",
    "carrier": "Posti", "date": "2026-11-30", "amount": "25.00 EUR", "name": "Greta", "product": '"A"',
}  # fmt: skip
assert _STAND_INS.keys() == PATTERNS.keys()
_ENDS = frozenset(".!?…。！？؟।")


def _sentence_end(line: str, start: int) -> int:
    """Return where a sentence that is no phrase ends: at a final mark before a blank, or a mark of scripts without."""
    for place in range(start, len(line)):
        mark = line[place]
        if mark not in _ENDS:
            continue
        if mark in "。！？।؟…" or place + 1 == len(line) or line[place + 1].isspace():
            return place
    return len(line)
