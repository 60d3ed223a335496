"""Segments of an EDIFACT interchange (ISO 9735): parted by its own signs, released, in its own code page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# syntax identifier of UNB -> code page (ISO 9735-1, annex A)
_PAGES: Final = {
    "UNOA": "ascii", "UNOB": "ascii", "UNOC": "iso8859-1", "UNOD": "iso8859-2", "UNOE": "iso8859-5",
    "UNOF": "iso8859-7", "UNOG": "iso8859-3", "UNOH": "iso8859-4", "UNOI": "iso8859-6",
    "UNOJ": "iso8859-8", "UNOK": "iso8859-9",
    "UNOW": "utf-8", "UNOY": "utf-8",
}  # fmt: skip


class Cut(ValueError):
    """The interchange ends in the middle, or is none."""


@dataclass(frozen=True)
class Segment:
    """A segment: its tag and its elements, each of components; `number` counts from 1 in the interchange."""

    number: int
    tag: str
    elements: tuple[tuple[str, ...], ...]

    def at(self, element: int, component: int = 0) -> str:
        """Return a component, "" where it is not given."""
        found = self.elements[element] if element < len(self.elements) else ()
        return found[component] if component < len(found) else ""


def is_edifact(raw: bytes) -> bool:
    """Say whether bytes begin as an interchange does."""
    return raw.lstrip(b"\xef\xbb\xbf\r\n\t ")[:3] in (b"UNA", b"UNB")


def segments(raw: bytes) -> Iterator[Segment]:
    """Yield the segments of an interchange; raises Cut where it does not end with its last sign."""
    text = _text(raw)
    component, element, release, end = ":", "+", "?", "'"
    if text.startswith("UNA"):
        if len(text) < 9:
            raise Cut
        component, element, release, end = text[3], text[4], text[6], text[8]
        if len({component, element, end}) < 3:
            raise Cut
        text = text[9:]
    number = 0
    word, parts, elements = list[str](), list[str](), list[tuple[str, ...]]()
    place, length = 0, len(text)
    while place < length:
        sign = text[place]
        if sign == release and sign.strip() and place + 1 < length:
            word.append(text[place + 1])
            place += 2
            continue
        place += 1
        if sign not in (component, element, end):
            word.append(sign)
            continue
        parts.append("".join(word))
        word = []
        if sign != component:
            elements.append(tuple(parts))
            parts = []
        if sign == end:
            number += 1
            yield Segment(number, elements[0][0].strip(), tuple(elements[1:]))
            elements = []
            # partners break lines between segments
            while place < length and text[place] in "\r\n":
                place += 1
    if "".join(word).strip() or parts or elements or not number:
        raise Cut


def _text(raw: bytes) -> str:
    raw = raw.lstrip(b"\xef\xbb\xbf\r\n\t ")
    begun = raw.find(b"UNB")
    page = (
        _PAGES.get(raw[begun + 4 : begun + 8].decode("ascii", "replace"), "utf-8") if begun >= 0 else "utf-8"
    )
    try:
        return raw.decode("utf-8" if page == "ascii" else page)
    except UnicodeDecodeError:
        return raw.decode("iso8859-1")
