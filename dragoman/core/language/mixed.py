"""The languages of a message that mixes them, its main one first."""

import re
from collections import Counter
from collections.abc import Sequence

from dragoman.core.language.detect import detect

_PIECE = re.compile(r"[^.!?\n\r:;\u3002\uff01\uff1f\u061f\u0964]+")
_FEWEST = 12  # letters of a piece that can be told by itself
_MOST = 8  # pieces
_SURE = 0.9
_SHARE = 0.15  # of the letters that a language must have to count


def languages_in(text: str, languages: Sequence[str], *, main: str) -> tuple[str, ...]:
    """Return the main language of a text and those that a good part of its sentences is in; empty without any."""
    if not main:
        return ()
    pieces = [piece for piece in _PIECE.findall(text[:2_000]) if sum(map(str.isalpha, piece)) >= _FEWEST]
    if len(pieces) < 2:
        return (main,)
    letters: Counter[str] = Counter()
    for piece in pieces[:_MOST]:
        seen = detect(piece, languages, usual=main)
        told = seen.language if seen.certain and seen.confidence >= _SURE else main
        letters[told] += sum(map(str.isalpha, piece))
    total = letters.total()
    others = [tag for tag, count in letters.most_common() if tag != main and count >= _SHARE * total]
    return (main, *others)
