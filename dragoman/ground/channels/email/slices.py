"""Windows on files, and files that live as long as someone reads them: large data stays out of memory."""

import io
import os
import tempfile
from collections.abc import Iterable
from typing import BinaryIO, cast

CHUNK = 64 * 1024
IN_MEMORY = 256 * 1024


class Slice(io.RawIOBase):
    """A read-only window of a seekable file with a place of its own."""

    def __init__(self, source: BinaryIO, start: int, end: int) -> None:
        self._source, self._start, self._size, self._at = source, start, max(0, end - start), 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # the stub asks for the abstract Buffer
        length = max(0, min(len(buffer), self._size - self._at))
        self._source.seek(self._start + self._at)
        data = self._source.read(length)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def window(source: BinaryIO, start: int, end: int) -> BinaryIO:
    """Return a buffered reader over source[start:end]; one at a time, as they share the file's place."""
    return cast(BinaryIO, io.BufferedReader(Slice(source, start, end), CHUNK))


class Kept:
    """Bytes put aside once: in memory while small, else in a nameless file; `open` gives a fresh reader."""

    def __init__(self) -> None:
        self.size = 0
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # it lives as long as this object

    def write(self, data: bytes) -> None:
        """Append; only before the first `open`."""
        self._file.write(data)
        self.size += len(data)

    def open(self) -> BinaryIO:
        """Return a new reader at the start; readers do not disturb one another."""
        if self.size <= IN_MEMORY:
            self._file.seek(0)
            return io.BytesIO(self._file.read())
        self._file.flush()
        return cast(BinaryIO, io.BufferedReader(_Positioned(self, self._file.fileno(), self.size), CHUNK))


class _Positioned(io.RawIOBase):
    """A reader by offset on a shared descriptor; it holds on to the owner so that the file stays open."""

    def __init__(self, owner: Kept, descriptor: int, size: int) -> None:
        self._owner, self._descriptor, self._size, self._at = owner, descriptor, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # the stub asks for the abstract Buffer
        data = os.pread(self._descriptor, len(buffer), self._at)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


class TooLarge(Exception):
    """The data is longer than what was left of the allowance."""


def keep(chunks: Iterable[bytes], *, limit: int) -> Kept:
    """Put chunks aside; raises TooLarge as soon as they exceed `limit` bytes."""
    kept = Kept()
    for chunk in chunks:
        if kept.size + len(chunk) > limit:
            raise TooLarge
        kept.write(chunk)
    return kept


def with_line_feeds(source: BinaryIO) -> BinaryIO:
    """Return a mail whose lines all end in bare carriage returns, as old Macs write them, with line feeds instead."""
    source.seek(0)
    head = source.read(CHUNK)
    source.seek(0)
    if b"\n" in head or b"\r" not in head:
        return source
    kept = Kept()
    while data := source.read(CHUNK):
        kept.write(data.replace(b"\r", b"\n"))
    return kept.open()
