"""The words of safe markup and where each stands in it, so that some can be put in others' place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from dragoman.core.language.personal.found import Span

_TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9-]*)[^<>]*>")
_SPEAKING = re.compile(
    r"\s(?:href|title|alt|summary|aria-label)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
# what does not end a word: a number goes on through it
_WITHIN_WORDS = re.compile(
    r"(?:a|abbr|b|bdi|bdo|big|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|tt|u|var|wbr)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Piece:
    """A piece of markup without tags: where its words begin in the whole of them, and where it stands itself."""

    at: int
    start: int
    end: int


@dataclass
class Words:
    """Words in the order they are read, and the pieces of markup they come from; `hidden` ones stand in attributes."""

    hidden: bool
    pieces: list[_Piece] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """Return all of them."""
        return "".join(self.parts)

    def add(self, html: str, start: int, end: int) -> None:
        """Add what stands between two places of the markup."""
        if end > start:
            self.pieces.append(_Piece(self.length, start, end))
            self.pause(unescape(html[start:end]))

    def pause(self, text: str = "\n") -> None:
        """Add what stands in no markup: where one line or attribute ends, the word does."""
        self.parts.append(text)
        self.length += len(text)


def words_of(html: str) -> Iterator[Words]:
    """Yield the words that are read, then those of attributes; two, that neither tears the other apart."""
    read, hidden = Words(hidden=False), Words(hidden=True)
    at = 0
    for tag in _TAG.finditer(html):
        read.add(html, at, tag.start())
        at = tag.end()
        if not _WITHIN_WORDS.match(tag["name"]):
            read.pause()
        if "=" in tag.group():
            for found in _SPEAKING.finditer(html, *tag.span()):
                hidden.add(html, *found.span("double" if found["double"] is not None else "single"))
                hidden.pause()
    read.add(html, at, len(html))
    yield read
    yield hidden


def replaced(html: str, changes: Iterable[tuple[Words, Sequence[Span]]]) -> str:
    """Return the markup with `[type]` in the place of each span of its words, whatever tags it went through."""
    cuts: list[tuple[int, int, str]] = []
    for words, spans in changes:
        found = iter(spans)
        span = next(found, None)
        shown = f"[{span.type}]" if span else ""
        for piece in words.pieces:
            if span is None:
                break
            if span.start >= piece.at + piece.end - piece.start:
                # words are never longer than their markup
                continue
            origin = _origin(html, piece)
            end = piece.at + len(origin) - 1
            while span is not None and span.start < end:
                first, last = max(span.start, piece.at), min(span.end, end)
                if first < last:
                    cuts.append((origin[first - piece.at], origin[last - piece.at], shown))
                    shown = ""
                if span.end > end:
                    break
                span = next(found, None)
                shown = f"[{span.type}]" if span else ""
    parts, at = [], 0
    for start, end, shown in sorted(cuts):
        parts += [html[at:start], shown]
        at = end
    return "".join(parts) + html[at:]


def _origin(html: str, piece: _Piece) -> list[int]:
    """Return where each sign of a piece's words stands in the markup, and where the piece ends."""
    raw = html[piece.start : piece.end]
    places: list[int] = []
    at = 0
    for entity in _ENTITY.finditer(raw):
        places += range(piece.start + at, piece.start + entity.start())
        places += [piece.start + entity.start()] * len(unescape(entity.group()))
        at = entity.end()
    return [*places, *range(piece.start + at, piece.end), piece.end]
