"""The piece of a text around the words somebody looked for, and where those words stand in it."""

import re

from dragoman.kit.text import fold

AROUND = 60


def _wanted(query: str) -> list[str]:
    """Return the folded words of a query, longest first; codes also without their separators."""
    words = [fold(word) for word in re.findall(r"[^\s,;:()\"']+", query)]
    return sorted({word for word in words if word}, key=len, reverse=True)


def places(text: str, query: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each word of the query in the text, accents and case ignored, in order."""
    # folded character by character, so that places in the folded text are places in the text
    folded = [fold(letter) or letter for letter in text]
    offsets: list[int] = []
    for index, piece in enumerate(folded):
        offsets.extend([index] * len(piece))
    plain = "".join(folded)
    found: list[tuple[int, int]] = []
    for word in _wanted(query):
        for hit in re.finditer(re.escape(word), plain):
            span = (offsets[hit.start()], offsets[hit.end() - 1] + 1)
            if not any(start < span[1] and span[0] < end for start, end in found):
                found.append(span)
    return sorted(found)


def passage(text: str, query: str) -> str:
    """Return about 120 characters around the first word found, with … where text was cut."""
    text = " ".join(text.split())
    hits = places(text, query)
    start = max(0, (hits[0][0] if hits else 0) - AROUND // 2)
    if start and " " in text[start : start + 15]:
        start = text.index(" ", start) + 1
    end = min(len(text), start + AROUND * 2)
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
