"""The files of a mail, streamed out of it one after another within the allowance."""

import mimetypes
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO

from dragoman.ground.channels.email.charset import clean
from dragoman.ground.channels.email.headers import Headers, split_fields
from dragoman.ground.channels.email.ids import bare_id
from dragoman.ground.channels.email.slices import TooLarge, keep
from dragoman.ground.channels.email.structure import Part
from dragoman.ground.channels.email.transfer import decoded
from dragoman.ground.channels.ports import Attached, LeftOut

LIMIT = 30 * 1024 * 1024
MAX_FILES = 200
MAX_NAME = 150
MACHINE_PARTS = {
    "message/delivery-status", "message/global-delivery-status", "message/disposition-notification",
}  # fmt: skip
UNSAFE_IN_NAME = re.compile('[\x00-\x1f\x7f/\\\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')
ENDINGS = {
    "message/rfc822": ".eml", "text/calendar": ".ics", "application/ms-tnef": ".dat", "image/jpeg": ".jpg",
    "text/html": ".html", "text/plain": ".txt", "text/x-vcard": ".vcf", "text/vcard": ".vcf",
}  # fmt: skip


@dataclass
class Gathered:
    """The files kept, and by name and size those that were not."""

    attached: list[Attached] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


def gather(root: Part, raw: BinaryIO, *, texts: list[Part]) -> Gathered:
    """Keep every leaf that is not one of `texts`, 30 MB in sum; what goes beyond is listed as left out."""
    gathered = Gathered()
    left = LIMIT
    read = {id(part) for part in texts}
    for part in root.walk():
        kind = part.headers.content_type
        if part.parts or id(part) in read or kind in MACHINE_PARTS or kind.startswith("multipart/"):
            continue
        if part is root and not part.headers.file_name and kind in ("text/plain", "text/html"):
            continue
        name = _name(part, raw, number=len(gathered.attached) + 1)
        body = part.body(raw)
        if len(gathered.attached) >= MAX_FILES:
            gathered.left_out.append(LeftOut(name, _likely_size(part)))
            continue
        try:
            kept = keep(decoded(body, part.headers.get("content-transfer-encoding")), limit=left)
        except TooLarge:
            gathered.left_out.append(LeftOut(name, _likely_size(part)))
            continue
        left -= kept.size
        content_id = bare_id(part.headers.get("content-id")) if "content-id" in part.headers else ""
        gathered.attached.append(Attached(name, kind, kept.size, kept.open, content_id))
    if gathered.left_out:
        gathered.marks.append("truncated")
    return gathered


def safe_name(name: str, content_type: str, *, number: int = 1) -> str:
    """Return a file name without paths, controls or direction tricks, with an ending, 150 at most."""
    name = UNSAFE_IN_NAME.sub("_", clean(name.replace("\\", "/").rsplit("/", 1)[-1])).strip(". ")
    ending = ENDINGS.get(content_type) or mimetypes.guess_extension(content_type) or ".bin"
    if not name:
        return f"file-{number}{ending}"
    if len(name) > MAX_NAME:
        suffix = PurePosixPath(name).suffix[:20]
        name = name[: MAX_NAME - len(suffix)] + suffix
    return name if "." in name else name + ending


def _name(part: Part, raw: BinaryIO, *, number: int) -> str:
    """Return the name the sender gave, for an attached mail its subject, else one made from the type."""
    name = part.headers.file_name
    if not name and part.headers.content_type == "message/rfc822":
        lines = part.read(raw, 16 * 1024).lstrip(b"\r\n").split(b"\n")
        blank = next((i for i, line in enumerate(lines) if not line.strip()), len(lines))
        name = Headers(split_fields(lines[:blank])).text("subject").replace("/", "_")[:100]
        name = f"{name}.eml" if name else ""
    return safe_name(name, part.headers.content_type, number=number)


def _likely_size(part: Part) -> int:
    """Return about how many bytes a part holds, without decoding it."""
    encoded = part.end - part.start
    return encoded * 3 // 4 if part.headers.is_base64 else encoded
