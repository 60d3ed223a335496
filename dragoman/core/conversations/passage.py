"""The piece of a text around the words somebody looked for, and where those words stand in it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from dragoman.kit.stems import stems_of
from dragoman.kit.text import fold
from dragoman.kit.tokens import SPACELESS

AROUND = 60
_SEPARATORS = r"[ \t./()_#‐‑–-]{0,2}"
_WORD = re.compile(
    rf"[{SPACELESS}]+|(?:(?![{SPACELESS}])[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0971-\u0dff])+"
)
_RUN = re.compile(f"[{SPACELESS}]")
_LONGEST = 20_000
_PHONE_TAIL = 8


def _wanted(query: str) -> list[str]:
    """Return the folded words of a query, longest first."""
    words = [fold(word).strip("@.-") for word in re.findall(r"[^\s,;:()\"']+", query)]
    return sorted({word for word in words if word}, key=len, reverse=True)


@lru_cache(maxsize=256)
def _patterns(query: str) -> tuple[re.Pattern[str], ...]:
    """Return what to look for in folded text: each word, and codes with anything between their characters."""
    found = []
    for word in _wanted(query):
        if any(letter.isdigit() for letter in word):
            core = re.sub(r"[\W_]+", "", word)
            found.append(_SEPARATORS.join(map(re.escape, core)))
        elif _RUN.search(word):
            found.append(re.escape(word))
        else:
            found.append(rf"(?<![^\W_]){re.escape(word)}")
    digits = re.sub(r"\D", "", query)
    if _PHONE_TAIL <= len(digits) <= 15:
        found.append(_SEPARATORS.join(digits[-_PHONE_TAIL:]))
    return tuple(re.compile(pattern) for pattern in found if pattern)


@lru_cache(maxsize=256)
def _stems(query: str, language: str) -> frozenset[str]:
    words = _wanted(query)
    return frozenset(stem for word in words for stem in stems_of(word, language))


def _folded(text: str) -> tuple[str, list[int]]:
    """Return folded text and, for each of its characters, the place in the text it came from."""
    pieces, offsets = [], []
    for index, letter in enumerate(text):
        piece = letter.lower() if letter.isascii() else fold(letter)
        pieces.append(piece)
        offsets.extend([index] * len(piece))
    return "".join(pieces), offsets


def _literal(text: str, query: str) -> Iterator[tuple[int, int]]:
    plain, offsets = _folded(text)
    for pattern in _patterns(query):
        for hit in pattern.finditer(plain):
            if hit.end() > hit.start():
                end = offsets[hit.end() - 1] + 1
                # marks of the last letter (accents, vowels) belong to it
                while end < len(text) and not fold(text[end]):
                    end += 1
                yield offsets[hit.start()], end


def _inflected(text: str, query: str, language: str) -> Iterator[tuple[int, int]]:
    stems = _stems(query, language)
    if not stems:
        return
    for word in _WORD.finditer(text):
        if stems & set(stems_of(word.group(), language)):
            yield word.span()


def places(text: str, query: str, language: str = "") -> list[tuple[int, int]]:
    """Return the (start, end) of each word of the query in the text, in order.

    Accents, case and width are ignored, codes may be spaced in any way, and inflections are found in `language`.
    """
    text = text[:_LONGEST]
    found: list[tuple[int, int]] = []
    for source in (_literal(text, query), _inflected(text, query, language) if language else ()):
        for span in source:
            if not any(start < span[1] and span[0] < end for start, end in found):
                found.append(span)
    return sorted(found)


def passage(text: str, query: str, language: str = "") -> str:
    """Return about 120 characters around the first word found, with … where text was cut."""
    text = " ".join(text.split())
    hits = places(text, query, language)
    start = max(0, (hits[0][0] if hits else 0) - AROUND // 2)
    if start and " " in text[start : start + 15]:
        start = text.index(" ", start) + 1
    end = min(len(text), start + AROUND * 2)
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
