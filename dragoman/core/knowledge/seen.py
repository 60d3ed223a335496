"""What the search sees in a text: words with their stems, n-grams of letters, concepts; each as a number and how often.

Words are those of the message search (`kit/tokens`), n-grams are four letters within a word and its borders, or two and
three signs of a script without spaces; concepts are those of the shop lexicon and bridge the languages.
"""

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dragoman.core.language.lexicon import concepts_of
from dragoman.core.language.word_forms import COMPOUNDING, compound_parts
from dragoman.kit.stems import stems_of_lowered
from dragoman.kit.tags import base
from dragoman.kit.text import fold
from dragoman.kit.tokens import Piece, pieces_of

Marks = NDArray[np.void]

MARK = np.dtype([("id", "<u4"), ("times", "u1")])
FAMILIES = ("words", "grams", "concepts")
_GRAM, _SHORT_GRAMS = 4, (2, 3)
_MOST = 4_000  # characters of one text


@dataclass(frozen=True)
class Seen:
    """The tokens of a text by family, with how often each stands there."""

    words: Mapping[str, int]
    grams: Mapping[str, int]
    concepts: Mapping[str, int]

    def of(self, family: str) -> Mapping[str, int]:
        """Return the tokens of one family."""
        return {"words": self.words, "grams": self.grams, "concepts": self.concepts}[family]


def seen(text: str, language: str) -> Seen:
    """Return what is seen of a text in a language (BCP 47)."""
    words: Counter[str] = Counter()
    grams: Counter[str] = Counter()
    for piece in pieces_of(text[:_MOST]):
        words.update(word_tokens(piece, language))
        grams.update(gram_tokens(piece))
    return Seen(words, grams, Counter(_concepts(text, language)))


def word_tokens(piece: Piece, language: str) -> list[str]:
    """Return the tokens of a word: its stems or itself; of a run its pairs."""
    if piece.is_run:
        run = piece.text
        return [run[at : at + 2] for at in range(len(run) - 1)] or [run]
    stems = sorted(stems_of_lowered(piece.plain, language))
    return stems[:1] or [piece.text]


def gram_tokens(piece: Piece) -> list[str]:
    """Return the n-grams of a word with its borders, or of a run."""
    if piece.is_run:
        run = piece.text
        return [run[at : at + size] for size in _SHORT_GRAMS for at in range(len(run) - size + 1)]
    word = f" {piece.text} "
    return [word[at : at + _GRAM] for at in range(max(1, len(word) - _GRAM + 1))]


def _concepts(text: str, language: str) -> list[str]:
    return [hit.label for hit in concepts_of(fold(text[:_MOST]), language)]


def parts_of(word: str, language: str, known: frozenset[str] | set[str]) -> list[str]:
    """Return the known words that a long word of a compounding language is put together from."""
    if base(language) not in COMPOUNDING:
        return []
    pieces = (word[start:end] for start, end in compound_parts(word))
    return sorted({piece for piece in pieces if piece in known}, key=len, reverse=True)[:2]


@lru_cache(maxsize=100_000)
def number_of(family: str, token: str) -> int:
    """Return the number a token is kept under."""
    return zlib.crc32(f"{family[0]}{token}".encode())


def packed(found: Seen) -> bytes:
    """Return the marks of a text as bytes: three counts, then the marks of each family."""
    parts, sizes = [], []
    for family in FAMILIES:
        tokens = found.of(family)
        marks = np.empty(len(tokens), MARK)
        marks["id"] = [number_of(family, token) for token in tokens]
        marks["times"] = np.minimum(np.fromiter(tokens.values(), np.int64, len(tokens)), 255)
        parts.append(marks.tobytes())
        sizes.append(len(tokens))
    return np.array(sizes, "<u4").tobytes() + b"".join(parts)


def unpacked(kept: bytes) -> dict[str, Marks]:
    """Return the marks of a text by family."""
    sizes = np.frombuffer(kept, "<u4", len(FAMILIES)).tolist()
    found, at = {}, 4 * len(FAMILIES)
    for family, size in zip(FAMILIES, sizes, strict=True):
        found[family] = np.frombuffer(kept, MARK, size, at)
        at += size * MARK.itemsize
    return found
