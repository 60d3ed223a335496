"""What the models see of a text: hashed character n-grams, words and concepts, as numbers of columns.

Four families, each with its own table: `letters` tells the language (accents stay), `grams` and `ideas` the purpose
(folded; ideas are words, pairs of words, and the shop's concepts, which bridge the languages), `signs` the mood.
"""

import re
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dragoman.core.language import feelings
from dragoman.core.language.lexicon import concepts_of
from dragoman.kit.text import LINK, fold, lowered

Columns = NDArray[np.uint32]

BITS = {"letters": 16, "grams": 17, "ideas": 17, "signs": 12}
_LETTER_SIZES = (1, 2, 3, 4)
_GRAM_SIZES = (2, 3, 4, 5)
_FACTOR, _SHIFT = np.uint32(0x01000193), np.uint32(13)
_LAST_FACTOR, _LAST_SHIFT = np.uint32(0x2C1B3C6D), np.uint32(12)
_MOST = 1_200  # characters: what a message is about is said by then
_MOST_IDEAS = 14  # concepts of which every pair counts

_LINK = re.compile(LINK + r"|[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"\d+")
# digits, signs and blanks say nothing; question and exclamation marks do
_GAP = re.compile(r"[^\w?!\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0963\u0e00-\u0e7f]+")
_NO_LETTERS = re.compile(r"[^\w\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0963\u0e00-\u0e7f']+|[\d_]+")


def letters(text: str) -> Columns:
    """Return the columns of a text in the table that tells languages apart."""
    plain = _NO_LETTERS.sub(" ", _LINK.sub(" ", lowered(text[:_MOST])))
    return _grams(f" {' '.join(plain.split())} ", _LETTER_SIZES, salt=3, bits=BITS["letters"])


def grams(text: str) -> Columns:
    """Return the columns of a text's character n-grams, within words and over their borders."""
    return _grams(f" {_plain(text)} ", _GRAM_SIZES, salt=1, bits=BITS["grams"])


def ideas(text: str, language: str) -> Columns:
    """Return the columns of a text's words and, in its language, of its concepts."""
    plain = _plain(text)
    words = plain.split()
    named = [hit.label for hit in concepts_of(fold(text[:_MOST]), language)]
    distinct = sorted(set(named[:_MOST_IDEAS]))
    found = [
        *(f"w{word}" for word in words),
        *(f"b{one} {other}" for one, other in pairwise(words)),
        *(f"c{name}" for name in named),
        *(f"s{one}>{other}" for one, other in pairwise(named)),
        *(f"p{one}&{other}" for at, one in enumerate(distinct) for other in distinct[at + 1 :]),
    ]
    return _hashed(found, bits=BITS["ideas"])


def signs(text: str, language: str) -> Columns:
    """Return the columns of the signs of mood in a text: the same in every language."""
    return _hashed(feelings.signs(text, language), bits=BITS["signs"])


@lru_cache(maxsize=4)
def _plain(text: str) -> str:
    return _GAP.sub(" ", _NUMBER.sub("0", _LINK.sub(" ", fold(text[:_MOST])))).strip()


def _hashed(items: Iterable[str], *, bits: int) -> Columns:
    mask = (1 << bits) - 1
    return _distinct(np.array([zlib.crc32(item.encode()) & mask for item in items], np.uint32))


def _grams(text: str, sizes: Sequence[int], *, salt: int, bits: int) -> Columns:
    """Return the distinct columns of all n-grams; from three letters on, none runs over a blank in its middle."""
    codes = np.frombuffer((text + " " * max(sizes)).encode("utf-32-le"), np.uint32)
    letter = codes != ord(" ")
    # A row for each size, the longest first, and in it a place for each letter that one may begin with.
    longest_first = sorted(sizes, reverse=True)
    shape = len(sizes), len(text)
    hashed, whole = np.empty(shape, np.uint32), np.ones(shape, bool)
    for row, size in enumerate(longest_first):
        hashed[row] = salt * 7919 + size
        whole[row, max(0, len(text) - size + 1) :] = False
    rows = len(sizes)
    for at in range(longest_first[0]):
        while longest_first[rows - 1] <= at:
            rows -= 1
        here = slice(at, at + len(text))
        part = hashed[:rows]
        part ^= codes[here]
        part *= _FACTOR
        part ^= part >> _SHIFT
        if at:
            # a blank may be the last letter of one
            whole[: rows - (longest_first[rows - 1] == at + 1)] &= letter[here]
    found = hashed[whole] * _LAST_FACTOR
    found ^= found >> _LAST_SHIFT
    found &= np.uint32((1 << bits) - 1)
    return _distinct(found)


def _distinct(columns: Columns) -> Columns:
    """Return columns in order, none twice; quicker than `np.unique` for a few hundred."""
    columns.sort()
    new = np.ones(len(columns), bool)
    np.not_equal(columns[1:], columns[:-1], out=new[1:])
    return columns[new]
