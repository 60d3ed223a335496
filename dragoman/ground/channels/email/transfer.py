"""Content-Transfer-Encoding undone chunk by chunk: base64, quoted-printable, uuencode."""

import binascii
import re
from collections.abc import Iterator
from typing import BinaryIO

from dragoman.ground.channels.email.slices import CHUNK

NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")


def decoded(body: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Yield the bytes of a body by the name of its transfer encoding; unknown names pass through."""
    word = encoding.split(";")[0].strip().strip("\"'").lower()
    if word == "base64":
        return _base64(body)
    if word == "quoted-printable":
        return _quoted_printable(body)
    if word in ("x-uuencode", "uuencode", "x-uue"):
        return _uuencode(body)
    return _as_it_is(body)


def _as_it_is(body: BinaryIO) -> Iterator[bytes]:
    while chunk := body.read(CHUNK):
        yield chunk


def _base64(body: BinaryIO) -> Iterator[bytes]:
    """Decode in quartets; stray letters are skipped and padding in the middle starts afresh."""
    first = body.read(CHUNK)
    if _is_plain_text(first):
        yield first
        yield from _as_it_is(body)
        return
    carry = b""
    chunk = first
    while chunk:
        pieces = re.split(rb"=+", carry + NOT_BASE64.sub(b"", chunk))
        for piece in pieces[:-1]:
            yield _quartets(piece)
        whole = len(pieces[-1]) - len(pieces[-1]) % 4
        yield binascii.a2b_base64(pieces[-1][:whole])
        carry = pieces[-1][whole:]
        chunk = body.read(CHUNK)
    yield _quartets(carry)


def _quartets(piece: bytes) -> bytes:
    """Decode a last, perhaps unpadded, group; a single left-over letter holds no byte."""
    if len(piece) % 4 == 1:
        piece = piece[:-1]
    return binascii.a2b_base64(piece + b"=" * (-len(piece) % 4))


def _is_plain_text(data: bytes) -> bool:
    """Tell text that was only labelled base64: words with blanks, or letters of other scripts."""
    sample = b"".join(line.strip() for line in data[:2000].splitlines())
    strange = sum(byte == 0x20 or byte >= 0x80 for byte in sample)
    return strange * 20 > len(sample) > 0


def _quoted_printable(body: BinaryIO) -> Iterator[bytes]:
    while chunk := body.read(CHUNK):
        chunk += body.readline(CHUNK)
        # A soft break or an escape must not be cut by the chunk's end.
        while not chunk.endswith(b"\n") and (b"=" in chunk[-3:]) and (more := body.read(3)):
            chunk += more
        yield binascii.a2b_qp(chunk)


def _uuencode(body: BinaryIO) -> Iterator[bytes]:
    started = False
    while line := body.readline(CHUNK):
        if not started:
            started = line.startswith(b"begin ")
            continue
        if line.strip() in (b"end", b"`", b""):
            continue
        try:
            yield binascii.a2b_uu(line.rstrip(b"\r\n"))
        except binascii.Error:
            length = ((line[0] - 32) & 63) * 4 + 5
            try:
                yield binascii.a2b_uu(line[: length // 3])
            except binascii.Error:
                continue
