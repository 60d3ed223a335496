"""The readable bodies of a mail: which parts are its text, decoded and divided into new and quoted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from dragoman.ground.channels.email import calendar
from dragoman.ground.channels.email.charset import clean, decode
from dragoman.ground.channels.email.html import MAX_HTML, Page, joined, read_page
from dragoman.ground.channels.email.quotes import split
from dragoman.ground.channels.email.sealed import ARMOR, without_armor
from dragoman.ground.channels.email.structure import Part
from dragoman.ground.channels.email.transfer import decoded

MAX_CALENDAR = 128 * 1024
MAX_TEXT = 1024 * 1024
META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)


@dataclass
class Body:
    """What people read: `parts` are the parts it was made from, `charset` the first label that was right,
    `armored` those parts in which PGP's armour stands."""

    text: str = ""
    quoted: str = ""
    html: str = ""
    language: str = ""
    charset: str = ""
    marks: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    armored: list[Part] = field(default_factory=list)


def read_bodies(root: Part, raw: BinaryIO) -> Body:
    """Choose and read the bodies; plain text is preferred where it says anything."""
    body = Body()
    plain: list[str] = []
    pages: list[str] = []
    for part in body_parts(root):
        text = _read_text(part, raw, body)
        (pages if part.headers.content_type == "text/html" else plain).append(text)
        body.parts.append(part)
        if ARMOR in text:
            body.armored.append(part)
    page = joined([read_page(source) for source in pages])
    body.html, body.language = page.html, page.language
    invitations = "\n".join(line for part in root.walk() if (line := _invitation(part, raw)))
    told = without_armor("\n\n".join(text for text in plain if text.strip()))
    if _says_something(told, page):
        divided = split(told)
        body.text, body.quoted = divided.text, divided.quoted
        # The markup knows where the quotation begins when the words do not say it.
        if page.has_fold and not divided.quoted and page.quoted and page.text:
            _take_page(body, page)
    else:
        _take_page(body, page)
    body.text = f"{body.text}\n\n{invitations}".strip() if invitations else body.text
    return body


def _invitation(part: Part, raw: BinaryIO) -> str:
    """Return a calendar part as lines for people; the part itself stays a file."""
    if part.headers.content_type != "text/calendar" or part.parts:
        return ""
    data = b""
    for chunk in decoded(part.body(raw), part.headers.get("content-transfer-encoding")):
        data += chunk
        if len(data) > MAX_CALENDAR:
            return ""
    return calendar.told(decode(data, part.headers.parameter("content-type", "charset") or "utf-8")[0])


def body_parts(root: Part) -> Iterator[Part]:
    """Yield the parts people read: text that is not a file, and of an attached mail nothing."""
    seen: set[str] = set()
    for part in root.walk():
        kind = part.headers.content_type
        if kind.startswith("multipart/") and not part.parts:
            kind = "text/plain"  # a multipart without parts is text with a wrong label
        if kind not in ("text/plain", "text/html") or part.parts:
            continue
        is_file = part.headers.file_name and (seen or kind == "text/html")
        if part.headers.disposition == "attachment" or is_file:
            continue
        seen.add(kind)
        yield part


def _read_text(part: Part, raw: BinaryIO, body: Body) -> str:
    """Decode one text part, at most the allowance; the rest stays in the file the caller keeps."""
    limit = MAX_HTML if part.headers.content_type == "text/html" else MAX_TEXT
    data = bytearray()
    for chunk in decoded(part.body(raw), part.headers.get("content-transfer-encoding")):
        data += chunk
        if len(data) > limit:
            body.marks.append("truncated")
            break
    content = bytes(data[:limit])
    label = part.headers.parameter("content-type", "charset")
    if not label and part.headers.content_type == "text/html":
        found = META_CHARSET.search(content[:4096])
        label = found[1].decode("ascii", "replace") if found else ""
    text, mended = decode(content, label)
    if mended or b"\0" in content:
        body.marks.append("charset_mended")
    elif not body.charset:
        body.charset = label
    if part.headers.parameter("content-type", "format").lower() == "flowed":
        text = _unflow(text, delsp=part.headers.parameter("content-type", "delsp").lower() == "yes")
    return clean(text)


def _unflow(text: str, *, delsp: bool) -> str:
    """Join the soft line breaks of RFC 3676; quoted paragraphs keep their marks."""
    out: list[str] = []
    open_depth = -1
    for line in text.replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        soft = content.endswith(" ") and content != "-- "
        if soft and delsp:
            content = content[:-1]
        if open_depth == depth:
            out[-1] += content
        else:
            out.append(">" * depth + (" " if depth else "") + content)
        open_depth = depth if soft else -1
    return "\n".join(out)


def _says_something(told: str, page: Page) -> bool:
    """A plain part that is empty or only a stub beside a page is passed over."""
    words = told.strip()
    if not words:
        return False
    low = words[:200].lower()
    markup = low.startswith(("<!doctype", "<html", "<div", "<table"))
    may_be_stub = len(words) < 200 and "html" in low
    if not page.html or not (markup or may_be_stub):
        return True
    return not page.text or (not markup and len(page.text) <= 3 * len(words))


def _take_page(body: Body, page: Page) -> None:
    divided = split(without_armor(page.text))
    body.text = divided.text
    body.quoted = "\n\n".join(piece for piece in (divided.quoted, page.quoted) if piece)
