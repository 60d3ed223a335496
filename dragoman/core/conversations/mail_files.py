"""Mails out of files, one after another: .mbox holds many, anything else is taken as one. Nothing is read whole."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

MOST = 100 * 1024 * 1024  # bytes of one mail; a longer one is passed over
_LINE = 1024 * 1024
_FROM = re.compile(rb"From \S+.*\d\d:\d\d")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")
_TOLD = frozenset(
    (b"from", b"sender", b"date", b"message-id", b"received", b"subject", b"to", b"return-path", b"reply-to")
    + (b"delivered-to", b"mime-version", b"content-type", b"x-gmail-labels", b"x-mozilla-status")
)
_HEAD = 256 * 1024
_QUOTED = re.compile(rb">+From ")


class Joined(io.RawIOBase):
    """Pieces of one file read as if they were one."""

    def __init__(self, openers: Sequence[Callable[[], BinaryIO]]) -> None:
        self._openers, self._now = list(openers), None

    _now: BinaryIO | None

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fill a buffer from the piece that is open, then from the next one."""
        while True:
            if self._now is None:
                if not self._openers:
                    return 0
                self._now = self._openers.pop(0)()
            block = self._now.read(len(buffer))
            if block:
                buffer[: len(block)] = block
                return len(block)
            self._now.close()
            self._now = None


def mails_in(file: BinaryIO) -> Iterator[tuple[bytes | None, int]]:
    """Yield (mail, bytes read so far); None for a mail that is too long to be one. Empty mails are left out."""
    lines = _lines(file)
    first = next(lines, b"")
    is_mbox = bool(_FROM.match(first))
    mail, size, read, was_blank, was_cut = ([] if is_mbox else [first]), 0, len(first), False, False
    for line in lines:
        begins_line = not was_cut
        was_cut = not line.endswith(b"\n")
        read += len(line)
        if is_mbox and begins_line and was_blank and _FROM.match(line):
            yield from _whole(mail, size, read - len(line))
            mail, size = [], 0
            was_blank = False
            continue
        was_blank = begins_line and not line.strip()
        size += len(line)
        if size <= MOST:
            # in this format a line that begins with From is quoted (mboxrd)
            mail.append(line[1:] if is_mbox and begins_line and _QUOTED.match(line) else line)
        else:
            mail.clear()
    yield from _whole(mail, size, read)


def is_mail(words: bytes) -> bool:
    """Say whether a file's words begin as a mail does: with fields, From or two others that mails have among them.

    For what a person chose from a disk. A mail that a server hands over is never asked.
    """
    head = words[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if b"\x00" in head[:1024]:
        return False
    names: set[bytes] = set()
    for line in head.splitlines():
        if not line.strip():
            break
        field = _FIELD.match(line)
        if field:
            names.add(field[1].lower())
        elif not names:
            # what begins with anything else is a document, a picture, a letter
            return False
    return b"from" in names or len(names & _TOLD) > 1


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(_LINE):
        yield line


def _whole(mail: list[bytes], size: int, read: int) -> Iterator[tuple[bytes | None, int]]:
    if size > MOST:
        yield None, read
    elif words := b"".join(mail).strip(b"\r\n"):
        yield words + b"\r\n", read
