"""One thing that a message names, and where."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.core.language.terms import Hit
from dragoman.kit.tokens import SPACELESS

# What a number or a name is torn from by: a letter or figure of a script with spaces. Thai, Han, Kana and Hangul
# stand right beside figures.
GLUE = rf"[^\W_{SPACELESS}]"
GLUED = rf"\W_{SPACELESS}"  # inside a negated class


@dataclass(frozen=True)
class Entity:
    """A thing named: `type`, its place in code points, the text as written, and the value in one form for all.

    Values: an amount `EUR 49.90`, a date `2026-12-03` or `--12-03` without a year, a phone in E.164, an address in
    lower case, a number without blanks and in ASCII digits.
    """

    type: str
    start: int
    end: int
    text: str
    value: str


class Taken:
    """The places of a text that something stands at already, so that nothing else is seen there."""

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        """Begin with `spans` of a text of `length` code points."""
        self._marks = bytearray(length)
        for start, end in spans:
            self.take(start, end)

    def is_free(self, start: int, end: int) -> bool:
        """Say whether no place from start to end (exclusive) is taken."""
        return self._marks.find(1, start, end) < 0

    def take(self, start: int, end: int) -> None:
        """Take the places from start to end (exclusive)."""
        self._marks[start:end] = b"\x01" * (min(end, len(self._marks)) - start)


class Cues:
    """The words of a text that say what a number after them is."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        """Put them in the order they end in."""
        self._hits = sorted(hits, key=lambda hit: hit.end)
        self._ends = [hit.end for hit in self._hits]
        self._by_start = sorted(self._hits, key=lambda hit: hit.start)
        self._starts = [hit.start for hit in self._by_start]

    def before(self, place: int, reach: int, *, slack: int = 0) -> Sequence[Hit]:
        """Return those that end at most `reach` code points before a place, the nearest last."""
        return self._hits[bisect_left(self._ends, place - reach) : bisect_right(self._ends, place + slack)]

    def after(self, place: int, reach: int) -> Sequence[Hit]:
        """Return those that begin at most `reach` code points after a place, the nearest first."""
        return self._by_start[bisect_left(self._starts, place) : bisect_right(self._starts, place + reach)]
