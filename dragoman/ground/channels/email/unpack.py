"""Parts inside parts that MIME does not show: winmail.dat, S/MIME envelopes, uuencoded files in a text."""

import io
import mimetypes
import re
import struct
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from tnefparse.tnef import TNEF, TNEFAttachment

from dragoman.ground.channels.email.headers import Headers
from dragoman.ground.channels.email.rtf import text_of
from dragoman.ground.channels.email.slices import CHUNK, TooLarge, keep
from dragoman.ground.channels.email.structure import Part, grafted
from dragoman.ground.channels.email.transfer import decoded

LIMIT = 30 * 1024 * 1024
MAX_UNPACKED = 200
MAX_UU = 50
MAX_TNEF_OBJECTS = 3000
UU_BEGIN = re.compile(rb"^begin(-base64)? [0-7]{3,4} ([^\r\n]{1,200})\r?\n$")
TNEF_NAMES = ("winmail.dat", "win.dat")
# What tnefparse raises on bytes that are no TNEF or a broken one, seen in fuzzing.
BROKEN = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, AssertionError,
    NameError, struct.error,
)  # fmt: skip


def content(part: Part, raw: BinaryIO, *, limit: int = LIMIT) -> bytes | None:
    """Return the decoded body of a part, or None where it is larger than `limit` bytes."""
    try:
        kept = keep(
            decoded(part.body(raw), part.headers.get("content-transfer-encoding")),
            limit=limit,
        )
    except TooLarge:
        return None
    with kept.open() as reader:
        return reader.read()


def unpack(root: Part, raw: BinaryIO) -> list[str]:
    """Hang what is packed into single parts below them, as parts of their own; returns marks."""
    marks: list[str] = []
    has_text = any(_is_body(part) for part in root.walk())
    for part in list(root.walk())[:MAX_UNPACKED]:
        if part.parts or part.end <= part.start:
            continue
        kind = part.headers.content_type
        if kind == "application/ms-tnef" or part.headers.file_name.lower() in TNEF_NAMES:
            marks += _open_tnef(part, raw, has_text=has_text)
        elif kind == "text/plain" and part.headers.disposition != "attachment":
            _open_uuencoded(part, raw)
    return marks


def _is_body(part: Part) -> bool:
    is_text = part.headers.content_type in ("text/plain", "text/html") and not part.parts
    return is_text and part.headers.disposition != "attachment" and part.end - part.start > 4


def _open_tnef(part: Part, raw: BinaryIO, *, has_text: bool) -> list[str]:
    """Take Outlook's package apart: its files, and its text where the mail has no other."""
    data = content(part, raw)
    if data is None or not _is_sane_tnef(data):
        return []
    try:
        tnef = TNEF(data, do_checksum=False)
        found = [made for each in tnef.attachments for made in _tnef_file(each)]
        texts = [] if has_text else list(_tnef_texts(tnef))
    except BROKEN:
        return ["unreadable"]
    for made in [*texts, *found][:MAX_UNPACKED]:
        made.depth = part.depth + 1
        part.parts.append(made)
    return []


def _is_sane_tnef(data: bytes) -> bool:
    """Walk the objects without copying them: a package of millions of tiny ones is not opened."""
    if data[:4] != b"\x78\x9f\x3e\x22":
        return False
    at, count = 6, 0
    while at + 12 < len(data):
        at += struct.unpack_from("<I", data, at + 5)[0] + 11
        count += 1
        if count > MAX_TNEF_OBJECTS or count * len(data) > 4_000_000_000:
            return False
    return True


def _tnef_file(attached: TNEFAttachment) -> Iterator[Part]:
    name = attached.long_filename()
    name = (name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name or "")).strip("\0 ")
    data = attached.data if isinstance(attached.data, bytes) else b""
    if data:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        yield made_part(data, kind, name=name)


def _tnef_texts(tnef: TNEF) -> Iterator[Part]:
    """Yield the page, else the text, else the words of the RTF."""
    for source, kind in ((tnef.htmlbody, "text/html"), (tnef.body, "text/plain")):
        if isinstance(source, str):
            yield made_part(source.encode("utf-8", "replace"), f"{kind}; charset=utf-8")
            return
        if isinstance(source, bytes) and source.strip(b"\0 \r\n"):
            yield made_part(source.rstrip(b"\0"), kind)
            return
    rich = tnef.rtfbody
    if isinstance(rich, bytes) and rich.lstrip().startswith(b"{\\rtf"):
        if words := text_of(rich):
            yield made_part(words.encode(), "text/plain; charset=utf-8")
        yield made_part(rich, "text/rtf", name="message.rtf")


def made_part(data: bytes, kind: str, *, name: str = "") -> Part:
    """Return a part that stands for unpacked bytes."""
    fields = [("content-type", kind.encode("ascii", "replace"))]
    if name:
        words = f"attachment; filename*=utf-8''{quote(name, safe='', errors='replace')}"
        fields.append(("content-disposition", words.encode("ascii")))
    return Part(Headers(fields), start=0, end=len(data), source=io.BytesIO(data))


def open_enclosed(part: Part, data: bytes) -> None:
    """Hang the mail part in `data` (what a signature enclosed, what a key opened) below `part`."""
    part.parts.append(grafted(io.BytesIO(data), depth=part.depth + 1))


def _open_uuencoded(part: Part, raw: BinaryIO) -> None:
    """Cut files that stand uuencoded between the lines of a text out of it."""
    encoding = part.headers.get("content-transfer-encoding").strip().lower()
    if encoding in ("base64", "quoted-printable") or not _mentions_begin(part, raw):
        return
    pieces: list[Part] = []
    body, at, text_from = part.body(raw), part.start, part.start
    begun: tuple[int, bytes] | None = None
    while line := body.readline(CHUNK):
        if begun is None and line.startswith(b"begin") and (match := UU_BEGIN.match(line)):
            begun = (at, match[2])
        elif begun is not None and line.rstrip(b"\r\n") in (b"end", b"===="):
            if begun[0] > text_from:
                pieces.append(_piece(part, text_from, begun[0]))
            pieces.append(_uu_file(part, begun, at + len(line)))
            text_from, begun = at + len(line), None
        elif begun is not None and not _is_uu(line):
            begun = None
        at += len(line)
        if len(pieces) > MAX_UU * 2:
            break
    if pieces:
        if part.end > text_from:
            pieces.append(_piece(part, text_from, part.end))
        part.parts.extend(pieces)


def _mentions_begin(part: Part, raw: BinaryIO) -> bool:
    body, before = part.body(raw), b"\n"
    while chunk := body.read(CHUNK):
        if b"\nbegin" in before + chunk:
            return True
        before = chunk[-6:]
    return False


def _is_uu(line: bytes) -> bool:
    """Say whether a line may stand inside a uuencoded (or base64) file."""
    word = line.rstrip(b"\r\n")
    if len(word) > 80:
        return False
    length = (word[0] - 32) & 63 if word else 0
    fits = abs((length + 2) // 3 * 4 + 1 - len(word)) <= 2
    return not word or fits or re.fullmatch(rb"[A-Za-z0-9+/=]+", word) is not None


def _piece(part: Part, start: int, end: int) -> Part:
    return Part(part.headers, start=start, end=end, depth=part.depth + 1, source=part.source)


def _uu_file(part: Part, begun: tuple[int, bytes], end: int) -> Part:
    """A file between `begin` and `end`, to be decoded when it is read."""
    start, name = begun
    disposition = b"attachment; filename=" + b'"' + name.strip().replace(b'"', b"") + b'"'
    words = name.decode("utf-8", "replace").strip()
    kind = mimetypes.guess_type(words)[0] or "application/octet-stream"
    headers = Headers(
        [
            ("content-type", kind.encode("ascii")),
            ("content-disposition", disposition),
            ("content-transfer-encoding", b"x-uuencode"),
        ]
    )
    return Part(headers, start=start, end=end, depth=part.depth + 1, source=part.source)
