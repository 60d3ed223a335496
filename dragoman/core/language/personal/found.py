"""What is to be masked and where, and a text made plain: any digits, blanks and dashes as ASCII, every place kept."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Span:
    """Something to mask: its place in code points, end exclusive, and one of the seven types."""

    start: int
    end: int
    type: str


# Figures near each other: what has none holds no card, account or number of a person.
_FIGURES = re.compile(r"\d(?:\W{0,3}\d){5}")
# An Italian code has letters among its figures, and may have letters for them.
_ITALIAN = re.compile(r"\d\d[A-Za-z]\d\d ?[A-Za-z]\d")
_DISGUISED = re.compile(r"\b[A-Za-z0-9]{16}\b")
_LONG = 15
_BEFORE, _AFTER = (
    26,
    48,
)  # what may belong to the figures: a country's letters and check digits, the rest of an IBAN


@lru_cache(maxsize=1)
def _plainly() -> dict[int, str]:
    """Return one ASCII sign for each digit, blank, dash and wide letter of other scripts."""
    signs = {
        code: str(unicodedata.decimal(chr(code)))
        for code in range(0x80, sys.maxunicode + 1)
        if unicodedata.category(chr(code)) == "Nd"
    }
    signs |= dict.fromkeys((160, 5760, *range(8192, 8208), 8239, 8287, 8288, 12288, 65279), " ")
    signs |= dict.fromkeys((173, *range(8208, 8214), 8259, 8722, 65112, 65123), "-")
    signs |= dict.fromkeys((183, 8226, 8228, 8231, 8901, 12539), ".")
    # the wide forms of East Asian keyboards
    return {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | signs


def plain(text: str) -> str:
    """Return a text of the same length in which figures are ASCII, whatever script they were written in."""
    return text if text.isascii() else text.translate(_plainly())


def has_long_word(text: str) -> bool:
    """Say quickly whether a text has a word as long as a key or an Italian code."""
    return any(len(word) >= _LONG for word in text.split())


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that may hold a number to mask, in order and apart from each other."""
    begun, ends = -1, -1
    for start, end in _figures(text):
        if start > ends:
            if begun >= 0:
                yield begun, ends
            begun = start
        ends = max(end, ends)
    if begun >= 0:
        yield begun, ends


def _figures(text: str) -> Iterator[tuple[int, int]]:
    places = [found.span() for found in _FIGURES.finditer(text)]
    places += [found.span() for found in _ITALIAN.finditer(text)]
    if has_long_word(text):
        places += [found.span() for found in _DISGUISED.finditer(text)]
    for start, end in sorted(places):
        yield max(0, start - _BEFORE), min(len(text), end + _AFTER)
