"""The parts of a mail as offsets into the raw file, found in one pass without loading it (RFC 2046)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from dragoman.ground.channels.email.headers import Headers, is_field, split_fields
from dragoman.ground.channels.email.slices import window

LINE = 64 * 1024
MAX_HEADER_BYTES = 512 * 1024
MAX_HEADER_LINES = 5000
MAX_DEPTH = 40
MAX_PARTS = 1000
KNOWN_FIELD = re.compile(
    rb"(from|to|cc|date|subject|message-id|mime-version|received|return-path|reply-to|references|in-reply-to"
    rb"|content-[a-z-]+|x-[a-z-]+|list-[a-z-]+|dkim-signature)[ \t]*:",
    re.IGNORECASE,
)


@dataclass
class Part:
    """One part: its headers and the bytes [start, end) of its body; `depth` counts enclosing multiparts.

    `begin` is where its headers begin; `source` is the file it lies in where that is not the mail itself
    (something unpacked).
    """

    headers: Headers
    start: int
    depth: int = 0
    end: int = 0
    parts: list["Part"] = field(default_factory=list)
    begin: int = 0
    source: BinaryIO | None = None

    def walk(self) -> Iterator["Part"]:
        """Yield this part and all below it, in the order they stand in the mail."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.parts))

    def read(self, raw: BinaryIO, limit: int) -> bytes:
        """Return at most `limit` bytes of the undecoded body."""
        raw = self.source or raw
        raw.seek(self.start)
        return raw.read(max(0, min(limit, self.end - self.start)))

    def body(self, raw: BinaryIO) -> BinaryIO:
        """Return a reader over the undecoded body."""
        return window(self.source or raw, self.start, self.end)

    def whole(self, raw: BinaryIO) -> BinaryIO:
        """Return a reader over headers and body, as a signature covers them."""
        return window(self.source or raw, self.begin, self.end)


@dataclass
class _Open:
    """A multipart whose closing line has not come yet."""

    part: Part
    boundary: bytes


class _Scanner:
    """Reads line by line; a line longer than 64 kB comes in pieces and only its first can be a boundary."""

    def __init__(self, raw: BinaryIO, at: int) -> None:
        self.raw = raw
        self.at = raw.seek(at)
        self.count = 1

    def line(self) -> bytes:
        data = self.raw.readline(LINE)
        self.at += len(data)
        return data

    def back(self, data: bytes) -> None:
        self.at -= len(data)
        self.raw.seek(self.at)

    def headers(self) -> Headers:
        """Read a header block; it ends at a blank line or at the first line that cannot be a field."""
        lines: list[bytes] = []
        size, whole = 0, True
        while data := self.line():
            if not data.strip(b"\r\n"):
                break
            begins, whole = whole, data.endswith(b"\n")
            if not begins:
                continue  # the rest of an endless line is left out
            if not is_field(data):
                if data.startswith(b"--") or not _is_stray(self):
                    self.back(data)
                    break
                continue
            size += len(data)
            if size < MAX_HEADER_BYTES and len(lines) < MAX_HEADER_LINES:
                lines.append(data)
        return Headers(split_fields(lines))


def _is_stray(scanner: _Scanner) -> bool:
    """A stray line among header lines is skipped if a field of mail follows soon; else the body has begun."""
    found = False
    for _ in range(8):
        following = scanner.raw.readline(LINE)
        if not following.strip():
            break
        found = found or KNOWN_FIELD.match(following) is not None
    scanner.raw.seek(scanner.at)
    return found


def read_structure(raw: BinaryIO) -> Part:
    """Return the tree of parts of the mail in `raw`, from its start; broken nesting gives what there is."""
    root = _scan(raw, b"")
    if root.headers.content_type.startswith("multipart/") and not root.parts:
        scanner = _Scanner(raw, root.start)
        if boundary := _likely_boundary(scanner):
            return _scan(raw, boundary)
    return root


def grafted(source: BinaryIO, *, depth: int) -> Part:
    """Return the tree of a mail part that was unpacked from another one, with `source` as its file."""
    root = read_structure(source)
    for part in root.walk():
        part.source = source
        part.depth += depth
    return root


def _scan(raw: BinaryIO, boundary: bytes) -> Part:
    """Read the parts in one pass; `boundary` stands for the one the mail names wrongly."""
    scanner = _Scanner(raw, 0)
    _skip_envelope(scanner)
    root = Part(scanner.headers(), start=scanner.at)
    stack: list[_Open] = [_Open(root, boundary)] if boundary else []
    current: Part | None = None if boundary else _enter(scanner, root, stack)
    whole_line = True
    ending = 0
    while data := scanner.line():
        begins = whole_line
        whole_line = data.endswith(b"\n")
        if begins and data.startswith(b"--") and (hit := _boundary(data, stack)) is not None:
            level, closing = hit
            _finish(current, stack[level + 1 :], scanner.at - len(data) - ending)
            del stack[level + 1 :]
            current = None
            if closing:
                stack.pop().part.end = scanner.at
            else:
                current = _begin(scanner, stack)
            ending = 0
            continue
        ending = 2 if data.endswith(b"\r\n") else (1 if data.endswith(b"\n") else 0)
    _finish(current, stack, scanner.at)
    return root


def _skip_envelope(scanner: _Scanner) -> None:
    """Pass over blank lines, a byte order mark and an mbox separator in front of the first header."""
    for _ in range(20):
        data = scanner.line()
        if data.startswith(b"\xef\xbb\xbf"):
            scanner.back(data)
            scanner.raw.seek(scanner.at + 3)
            scanner.at += 3
            continue
        if data and (not data.strip() or data.startswith((b"From ", b">From "))):
            continue
        scanner.back(data)
        return


def _enter(scanner: _Scanner, part: Part, stack: list[_Open]) -> Part | None:
    """Open `part` as a multipart if it is one; return the leaf whose body comes next, or None."""
    if not part.headers.content_type.startswith("multipart/") or len(stack) >= MAX_DEPTH:
        return part
    boundary = part.headers.parameter("content-type", "boundary").encode("utf-8", "replace").rstrip()
    boundary = boundary or _likely_boundary(scanner)
    if not boundary:
        return part
    stack.append(_Open(part, boundary))
    return None


def _likely_boundary(scanner: _Scanner) -> bytes:
    """Return the first `--word` above a part's header in a multipart that names no boundary, or b""."""
    found = before = b""
    for _ in range(500):
        data = scanner.raw.readline(LINE)
        if before.startswith(b"--") and len(before) > 4 and data[:8].lower() == b"content-":
            found = before[2:]
            break
        before = data.strip()
    scanner.raw.seek(scanner.at)
    return found


def _begin(scanner: _Scanner, stack: list[_Open]) -> Part | None:
    """Start the next part below the innermost open multipart."""
    parent = stack[-1].part
    begin = scanner.at
    part = Part(scanner.headers(), start=0, depth=parent.depth + 1, begin=begin)
    part.start = scanner.at
    if parent.headers.content_type == "multipart/digest":
        part.headers.default_type = "message/rfc822"
    scanner.count += 1
    if scanner.count <= MAX_PARTS:
        parent.parts.append(part)
    return _enter(scanner, part, stack)


def _boundary(data: bytes, stack: list[_Open]) -> tuple[int, bool] | None:
    """Return (level, closing) where the line ends a part of an open multipart."""
    word = data[2:].rstrip()
    for level in range(len(stack) - 1, -1, -1):
        boundary = stack[level].boundary
        if word == boundary:
            return level, False
        if word == boundary + b"--":
            return level, True
    return None


def _finish(current: Part | None, inner: list[_Open], end: int) -> None:
    """Set the end of everything a boundary (or the end of the file) closes."""
    if current is not None:
        current.end = max(current.start, end)
    for each in inner:
        each.part.end = max(each.part.start, end)
