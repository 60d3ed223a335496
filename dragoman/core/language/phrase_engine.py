"""The translation engine made of the phrasebook: whole texts, if every sentence of them is a phrase.

People wrote and checked these sentences: this engine is asked before every machine, and marked as none.
"""

from collections.abc import Sequence
from functools import lru_cache

from dragoman.core.language.phrasebook import (
    FINAL_MARKS,
    SPACELESS,
    Match,
    languages,
    match,
    render,
    tag_for,
)
from dragoman.core.language.slots import is_plausible
from dragoman.ground.providers.translation.ports import Translated
from dragoman.kit.tags import same

NAME = "phrasebook"
_LONGEST_TEXT = 3_000  # characters; phrases end long before
_LONGEST_RUN = 160  # characters of a line without spaces that is tried at every place
_CLOSING = "closing"

# A sentence recognised, or a name under a closing that stays as it is.
_Part = Match | str


class PhrasebookEngine:
    """A `Translator` that never guesses: a phrase of the book, or nothing."""

    name = NAME
    local = True
    mask = "{}"  # never asked with masks: it knows its own slots

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return every pair of the book's languages."""
        return _pairs()

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Translated | None]:
        """Translate the texts of which every sentence is a phrase; None for each other one."""
        return [_translated(text, source, target) for text in texts]


@lru_cache(maxsize=1)
def _pairs() -> frozenset[tuple[str, str]]:
    tags = languages()
    return frozenset((one, other) for one in tags for other in tags if not same(one, other))


def _translated(text: str, source: str, target: str) -> Translated | None:
    if not text.strip() or len(text) > _LONGEST_TEXT or not tag_for(source) or not tag_for(target):
        return None
    lines: list[str] = []
    after_closing = False
    for line in text.splitlines():
        if not line.strip():
            lines.append("")
            continue
        parts = _parts(line.strip(), source, after_closing=after_closing)
        if parts is None:
            return None
        after_closing = isinstance(parts[-1], Match) and parts[-1].key == _CLOSING
        lines.append(_rendered(parts, source, target))
    return Translated("\n".join(lines), engine=NAME, confidence=1.0)


def _rendered(parts: Sequence[_Part], source: str, target: str) -> str:
    said = [
        part if isinstance(part, str) else render(part.key, target, part.slots, source=source)
        for part in parts
    ]
    return ("" if target.startswith(("ja", "zh")) else " ").join(said)


def _parts(line: str, language: str, *, after_closing: bool) -> list[_Part] | None:
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
            found = match(line[start:end], language)
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
