"""One Outbound as a correct mail: text and page, note, folded original, files; written as a stream."""

import base64
import binascii
import hashlib
import html
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime
from typing import BinaryIO
from urllib.parse import quote

from dragoman.ground.channels.email.addresses import ADDRESS
from dragoman.ground.channels.email.attachments import safe_name
from dragoman.ground.channels.email.charset import clean
from dragoman.ground.channels.email.ids import INVENTED, bare_id
from dragoman.ground.channels.ports import Attached, Outbound, Person
from dragoman.kit.errors import Rejected

RIGHT_TO_LEFT = {"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "ckb", "dv"}
# Ids kept in References beside the first of the thread: enough for every program, short for every server.
MAX_REFERENCES = 20
RULE = "_" * 32
FILE_CHUNK = 57 * 1024
REPLY_MARKS = re.compile(
    r"^\s*((re|vs|sv|aw|antw|odp|rif|rv|res|ynt|回复|答复|回覆|返信|ad|na)\s?(\[\d+\])?\s?[:：]\s*)+", re.I
)
LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
MIME_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,80}(; [a-z]{1,20}=[\w-]{1,40}){0,3}")

NEEDS_UTF8 = "an address needs a mail server that takes other scripts before the @ (SMTPUTF8)"

Writer = Callable[[BinaryIO], None]


def compose(out: Outbound, into: BinaryIO, *, utf8: bool = False) -> None:
    """Write `out` as a mail with CRLF lines; raises Rejected where an address cannot stand in a mail.

    `out.references` are oldest first, as the header has them; ids go with or without brackets. `utf8` says that the
    server takes addresses in other scripts before the @ (RFC 6531, 6532).
    """
    if needs_utf8(out) and not utf8:
        raise Rejected(NEEDS_UTF8)
    headers = _headers(out)
    body = _alternative(out, _boundary(out, "alternative"))
    files = [each for each in out.attachments if not (out.html and each.content_id)]
    if files:
        parts = [body, *(_file(each) for each in files)]
        body = _multipart("mixed", _boundary(out, "mixed"), parts)
    into.write(b"".join(f"{name}: {value}\r\n".encode() for name, value in headers))
    into.write(b"MIME-Version: 1.0\r\n")
    body(into)


def recipients(out: Outbound) -> list[str]:
    """Return the addresses a mail goes to, checked, none twice."""
    return addresses([*out.to, *out.cc, *out.bcc])


def addresses(people: Sequence[Person]) -> list[str]:
    """Return the addresses of people as the envelope has them, checked, none twice."""
    return list(dict.fromkeys(_address(person) for person in people))


def needs_utf8(out: Outbound) -> bool:
    """Say whether an address has other scripts before the @, which only some servers take."""
    people = [*out.to, *out.cc, *out.bcc, out.sender]
    if out.reply_to:
        people.append(Person("email", out.reply_to))
    return any(not person.value.rpartition("@")[0].isascii() for person in people)


def subject_line(out: Outbound) -> str:
    """Return the subject: an answer carries one "Re: ", whatever marks the customer's program had put."""
    subject = one_line(out.subject)[:900]
    if not (out.in_reply_to or out.references):
        return subject
    return f"Re: {REPLY_MARKS.sub('', subject)}".strip()


def one_line(text: str) -> str:
    """Return text that cannot break out of a header."""
    return " ".join(clean(text).replace("\x85", " ").replace("\u2028", " ").replace("\u2029", " ").split())


def direction(language: str) -> str:
    """Return `rtl` or `ltr` for a language tag."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def _headers(out: Outbound) -> list[tuple[str, str]]:
    """Return the header fields in order, encoded, folded and free of line breaks from outside."""
    sender = _address(out.sender)
    headers = [
        ("Date", format_datetime(datetime.now(UTC))),
        ("From", _person(out.sender)),
        ("To", ",\r\n ".join(_person(person) for person in out.to) or "undisclosed-recipients:;"),
    ]
    if out.cc:
        headers.append(("Cc", ",\r\n ".join(_person(person) for person in out.cc)))
    if out.reply_to:
        headers.append(("Reply-To", _address(Person("email", out.reply_to))))
    headers += [("Subject", _encoded(subject_line(out), "Subject")), ("Message-ID", _own_id(out.message_id))]
    if answered := _foreign_id(out.in_reply_to):
        headers.append(("In-Reply-To", answered))
    if chain := _chain(out):
        headers.append(("References", "\r\n ".join(chain)))
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", out.language):
        headers.append(("Content-Language", out.language))
    if out.automatic:
        headers.append(("Auto-Submitted", "auto-replied" if out.in_reply_to else "auto-generated"))
        headers.append(("X-Auto-Response-Suppress", "All"))
    if re.fullmatch(r"https?://[!-;=?-~]+", out.unsubscribe):
        headers.append(("List-Unsubscribe", f"<{out.unsubscribe}>"))
        headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    headers.append(("X-Dragoman-Loop", sender))
    return headers


def _chain(out: Outbound) -> list[str]:
    """Return References oldest first: the thread's first id and the latest ones, the answered one last."""
    answered = _foreign_id(out.in_reply_to)
    chain = [each for value in out.references if (each := _foreign_id(value)) and each != answered]
    chain = list(dict.fromkeys([*chain, answered] if answered else chain))
    if len(chain) > MAX_REFERENCES + 1:
        chain = [chain[0], *chain[-MAX_REFERENCES:]]
    return chain


def _foreign_id(value: str) -> str:
    """Return a customer's id in brackets, or "" for one that no program out there would know again."""
    # A second mail under one id is stored with its fingerprint behind a #.
    word = re.sub(r"#[0-9a-f]{64}$", "", bare_id(one_line(value)))
    known = word.isascii() and "@" in word and not word.startswith("long-") and not word.endswith(INVENTED)
    return f"<{word}>" if known else ""


def _own_id(value: str) -> str:
    word = bare_id(one_line(value))
    if not word.isascii() or not word:
        raise Rejected(f"the message id {word!r} cannot stand in a mail")
    return f"<{word}>"


def _address(person: Person) -> str:
    """Return an address fit for the envelope; names of domains in other scripts as IDNA."""
    address = person.value.strip()
    local, _, domain = address.rpartition("@")
    if not ADDRESS.fullmatch(address) or not local or len(address) > 254:
        raise Rejected(f"{address!r} is not a mail address")
    try:
        domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError as fault:
        raise Rejected(f"{address!r} is not a mail address") from fault
    if not (local + domain).isprintable():
        raise Rejected(f"{address!r} is not a mail address")
    return f"{local}@{domain}"


def _person(person: Person) -> str:
    """Return `Name <address>` with the name quoted or encoded as it needs."""
    address, name = _address(person), one_line(person.name)[:200]
    if not name:
        return address
    if name.isascii():
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{_encoded(name, 'From')}\r\n <{address}>"


def _encoded(text: str, name: str) -> str:
    """Return a header value, as RFC 2047 words where it is not ASCII, folded."""
    if text.isascii() and len(text) < 200 and "=?" not in text:
        return text
    return Header(text, "utf-8", header_name=name, maxlinelen=75).encode(linesep="\r\n")


def _alternative(out: Outbound, boundary: str) -> Writer:
    """The same message as text and as a page; pictures the page shows travel beside it."""
    page = _text("html", page_body(out))
    pictures = [each for each in out.attachments if out.html and each.content_id]
    if pictures:
        parts = [page, *(_file(each) for each in pictures)]
        page = _multipart("related", _boundary(out, "related"), parts)
    return _multipart("alternative", boundary, [_text("plain", text_body(out)), page])


def text_body(out: Outbound) -> str:
    """Return the plain text: the message, the note, and below a rule the original."""
    text = clean(out.text).rstrip()
    if out.note:
        text += f"\n\n{one_line(out.note)}"
    if out.original:
        text += f"\n\n{RULE}\n{one_line(out.original_label)}\n\n{clean(out.original).rstrip()}"
    return text + "\n"


def page_body(out: Outbound) -> str:
    """Return the page: language and direction named, the original folded in <details>."""
    tag = _language_tag(out.language)
    inner = out.html or _paragraphs(out.text)
    if out.note:
        inner += f'\n<p><small dir="auto">{html.escape(one_line(out.note))}</small></p>'
    if out.original:
        label = html.escape(one_line(out.original_label)) or "…"
        original = f"<div {_language_tag(out.original_language)}>{_paragraphs(out.original)}</div>"
        inner += f"\n<details><summary>{label}</summary>\n{original}</details>"
    title = html.escape(one_line(out.subject))
    return (
        f'<!DOCTYPE html>\n<html {tag}>\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n<div {tag}>\n{inner}\n</div>\n</body>\n</html>\n"
    )


def _language_tag(language: str) -> str:
    return f'lang="{html.escape(language or "und")}" dir="{direction(language)}"'


def _paragraphs(text: str) -> str:
    """Return text as paragraphs with its line breaks kept and its links alive."""
    paragraphs = (each.split("\n") for each in re.split(r"\n\s*\n", clean(text).strip()))
    return "\n".join(f"<p>{'<br>'.join(_linked(line) for line in lines)}</p>" for lines in paragraphs)


def _linked(line: str) -> str:
    pieces: list[str] = []
    end = 0
    for match in LINK.finditer(line):
        address = html.escape(match[0])
        pieces += [html.escape(line[end : match.start()]), f'<a href="{address}">{address}</a>']
        end = match.end()
    return "".join([*pieces, html.escape(line[end:])])


def _text(kind: str, text: str) -> Writer:
    """A text part in UTF-8: readable encoding for mostly Latin text, base64 for the rest."""
    data = text.encode("utf-8", "replace")
    if sum(byte > 126 for byte in data) * 5 < len(data):
        encoding = "quoted-printable"
        lines = binascii.b2a_qp(data, istext=True).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        # A line of "From " or of a lone dot is changed by some servers on the way.
        lines = re.sub(rb"(?m)^(From |\.)", lambda found: b"=%02X" % found[0][0] + found[0][1:], lines)
    else:
        encoding = "base64"
        lines = base64.encodebytes(data.replace(b"\n", b"\r\n")).replace(b"\n", b"\r\n")

    def write(into: BinaryIO) -> None:
        into.write(f"Content-Type: text/{kind}; charset=utf-8\r\n".encode("ascii"))
        into.write(f"Content-Transfer-Encoding: {encoding}\r\n\r\n".encode("ascii"))
        into.write(lines)

    return write


def _file(attached: Attached) -> Writer:
    """A file, read and encoded in pieces; its name as RFC 2231 says where it is not ASCII."""
    kind = attached.content_type if MIME_TYPE.fullmatch(attached.content_type) else "application/octet-stream"
    if kind.startswith(("multipart/", "message/")):
        kind = "application/octet-stream"
    name = safe_name(attached.name, attached.content_type)

    def write(into: BinaryIO) -> None:
        how = "inline" if attached.content_id else "attachment"
        into.write(f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n".encode("ascii"))
        into.write(f"Content-Disposition: {how};\r\n filename{_parameter(name)}\r\n".encode("ascii"))
        if attached.content_id:
            into.write(f"Content-ID: {_own_id(attached.content_id)}\r\n".encode("ascii"))
        into.write(b"\r\n")
        with attached.open() as source:
            rest = b""
            while chunk := source.read(FILE_CHUNK):
                rest += chunk
                whole = len(rest) - len(rest) % 57
                into.write(base64.encodebytes(rest[:whole]).replace(b"\n", b"\r\n"))
                rest = rest[whole:]
            into.write(base64.encodebytes(rest).replace(b"\n", b"\r\n"))

    return write


def _parameter(name: str) -> str:
    """Return `="name"` or its RFC 2231 form."""
    if name.isascii():
        return '="' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "*=utf-8''" + quote(name, safe="", errors="replace")


def _multipart(kind: str, boundary: str, parts: Sequence[Writer]) -> Writer:
    def write(into: BinaryIO) -> None:
        into.write(f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n\r\n'.encode("ascii"))
        for part in parts:
            into.write(f"--{boundary}\r\n".encode("ascii"))
            part(into)
            into.write(b"\r\n")
        into.write(f"--{boundary}--\r\n".encode("ascii"))

    return write


def _boundary(out: Outbound, kind: str) -> str:
    """Return a word that no encoding used here can produce (RFC 2045, 6.7), the same on every attempt."""
    return "=_" + hashlib.sha256(f"{kind} {out.message_id}".encode("utf-8", "replace")).hexdigest()[:32]
