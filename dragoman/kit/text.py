"""Text as people type it, folded for comparing."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# A link as a pattern, with whatever stands up to the next blank.
LINK: Final = r"https?://\S+|www\.\S+"

# Letters that Unicode does not decompose although readers take them for their base letter.
_LOOKALIKES = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n", "æ": "ae", "œ": "oe",
        "ß": "ss", "þ": "th", "ə": "e", "\u0640": None, "\u0629": "\u0647", "\u0649": "\u064a",
        "\u06cc": "\u064a", "\u06a9": "\u0643", "\u0671": "\u0627", "\u06c1": "\u0647", "\u06be": "\u0647",
        "\u200b": None, "\u200c": None, "\u200d": None, "\u00ad": None, "\ufeff": None,
    }
)  # fmt: skip
# Accents of Latin, Greek and Cyrillic, points of Hebrew, vowels of Arabic. Not the marks of Thai or Hindi:
# there a mark is a vowel, and without it another word.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]"
)
# apostrophes, quotes and hyphens, which keyboards and phones write each their own way
_JOINTS = re.compile("['\"`\u00b4\u02b9-\u02bd\u2010-\u2015\u2018-\u201f\u2032\u2033\uff07-]")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")


def lowered(text: str) -> str:
    """Return compatibility-composed, case-folded text with ASCII digits; accents stay."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return in_ascii_digits(plain)


def in_small_letters(text: str) -> str:
    """Return a text of the same length in small letters: Turkish İ is one, not an i with a point beside it."""
    return text.replace("\u0130", "i").lower()


def in_ascii_digits(text: str) -> str:
    """Return a text of the same length with the digits of every script as ASCII."""
    return _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit.group())), text)


def slug(text: str, *, most: int = 80) -> str:
    """Return a text as part of an address: small letters, marks and digits of any script, the rest as hyphens."""
    plain = unicodedata.normalize("NFC", text).lower()
    kept = "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in plain)
    return "-".join(kept.split())[:most].strip("-")


def shortened(text: str, most: int) -> str:
    """Return a text in one line of at most `most` characters, ending after a word and with a sign that more follows.

    A text without blanks, such as Thai, is cut where it is full.
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    kept = line[: most - 1]
    whole, blank, _rest = kept.rpartition(" ")
    if line[most - 1] != " " and blank and len(whole) > most // 2:
        kept = whole
    return kept.rstrip(" ,;:–-") + "…"


def isolated(piece: str) -> str:
    """Return a piece that keeps its own order inside a sentence of another direction (UAX 9: FSI, PDI)."""
    return f"\u2068{piece}\u2069" if piece else ""


def is_same_name(typed: str, name: str) -> bool:
    """Say whether somebody typed this name, with any case, accents, blanks, apostrophes and hyphens."""
    return _letters(typed) == _letters(name)


def _letters(text: str) -> str:
    folded = "".join(fold(text).split())
    # a name of signs alone is compared as it is
    return _JOINTS.sub("", folded) or folded


def fold(text: str) -> str:
    """Return text for comparing: as `lowered`, and without accents (`Zamówienie` -> `zamowienie`)."""
    return text.lower() if text.isascii() else _folded(text)


# a message is folded again for each thing that is looked for in it
@lru_cache(maxsize=16)
def _folded(text: str) -> str:
    plain = lowered(text)
    if plain.isascii():
        return plain
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    return unicodedata.normalize("NFC", bare).translate(_LOOKALIKES)
