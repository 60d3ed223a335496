"""The languages of a text that mixes them: of each of its pieces, and of the whole with its main one first."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from dragoman.core.language.detect import detect

_PIECE = re.compile(r"[^.!?\n\r:;\u3002\uff01\uff1f\u061f\u0964]+")
_FEWEST = 12  # letters of a piece that can be told by itself
_MOST = 8  # pieces
_LONGEST = 2_000  # characters
_SURE = 0.9
_SHARE = 0.15  # of the letters that a language must have to count


class Piece(NamedTuple):
    """A sentence or a part of one: where it stands, its letters, and the language it is surely in."""

    start: int
    end: int
    letters: int
    language: str


def pieces_in(text: str, languages: Sequence[str], *, main: str) -> Iterator[Piece]:
    """Yield the pieces of a text that are long enough to be told; one that is not surely in another is in the main."""
    for found in _PIECE.finditer(text):
        letters = sum(map(str.isalpha, found.group()))
        if letters < _FEWEST:
            continue
        seen = detect(found.group(), languages, usual=main)
        told = seen.language if seen.certain and seen.confidence >= _SURE else main
        start = found.end() - len(found.group().lstrip())
        yield Piece(start, found.end(), letters, told)


def languages_in(text: str, languages: Sequence[str], *, main: str) -> tuple[str, ...]:
    """Return the main language of a text and those that a good part of its sentences is in; empty without any."""
    if not main:
        return ()
    if sum(1 for piece in _PIECE.findall(text[:_LONGEST]) if len(piece.strip()) >= _FEWEST) < 2:
        return (main,)
    letters: Counter[str] = Counter()
    for piece in islice(pieces_in(text[:_LONGEST], languages, main=main), _MOST):
        letters[piece.language] += piece.letters
    total = letters.total()
    others = [tag for tag, count in letters.most_common() if tag != main and count >= _SHARE * total]
    return (main, *others)
