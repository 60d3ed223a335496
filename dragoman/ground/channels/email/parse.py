"""One raw mail into facts: never raises on any bytes, marks what it had to mend or could not read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from dragoman.ground.channels.email.addresses import people
from dragoman.ground.channels.email.attachments import Gathered, gather
from dragoman.ground.channels.email.automatic import (
    Report,
    classify,
    read_disposition,
    read_free_bounce,
    read_report,
)
from dragoman.ground.channels.email.bodies import Body, read_bodies
from dragoman.ground.channels.email.charset import clean
from dragoman.ground.channels.email.headers import Headers, split_fields
from dragoman.ground.channels.email.ids import bare_id, ids_in, invented_id, reference_ids, tokens_in
from dragoman.ground.channels.email.structure import MAX_PARTS, Part, read_structure
from dragoman.ground.channels.email.transfer import decoded
from dragoman.ground.channels.ports import Automatic, Inbound, Person, Receipt

MAX_REPORT = 256 * 1024
MAX_SUBJECT = 1000
DELIVERED_TO = (
    "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "x-rcpt-to",
    "apparently-to",
)  # fmt: skip
RETURNED = (
    "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global",
    "message/global-headers",
)  # fmt: skip
KEPT_HEADERS = (
    "return-path", "reply-to", "sender", "list-id", "list-unsubscribe", "list-unsubscribe-post",
    "auto-submitted", "precedence", "authentication-results", "received-spf", "x-spam-flag",
    "x-spam-status", "x-spam-score", "importance", "x-priority", "x-mailer", "user-agent",
    "content-language", "thread-index", "disposition-notification-to", *DELIVERED_TO,
)  # fmt: skip
# What a library may raise on bytes it was not made for; faults of the machine (OSError) pass through.
UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    AssertionError,
)


@dataclass
class _Mail:
    """What has been found so far, so that a fault half-way keeps the first half."""

    raw: BinaryIO
    root: Part = field(default_factory=lambda: Part(Headers(), 0))
    body: Body = field(default_factory=Body)
    files: Gathered = field(default_factory=Gathered)
    report: Report = field(default_factory=Report)
    automatic: Automatic = ""
    original: Headers | None = None
    marks: list[str] = field(default_factory=list)


def parse_mail(raw: BinaryIO, *, own: Sequence[str] = (), trusted: str = "") -> Iterator[Inbound | Receipt]:
    """Read one mail from a seekable binary file.

    `own` are addresses of the mailbox (mail from them is a loop); `trusted` is the name our own mail server
    puts first in Authentication-Results, without which no sender is ever verified (RFC 8601). Ids are bare,
    without brackets. A report about a mail comes as a Receipt before the Inbound that holds its words.
    """
    mail = _Mail(raw)
    for step in (_read_parts, _read_bodies, _read_report):
        try:
            step(mail)
        except UNREADABLE:
            mail.marks.append("unreadable")
    inbound = _inbound(mail, own=own, trusted=trusted)
    yield from mail.report.receipts
    yield inbound


def _read_parts(mail: _Mail) -> None:
    mail.root = read_structure(mail.raw)
    if not mail.root.headers.fields:
        mail.marks.append("unreadable")


def _read_bodies(mail: _Mail) -> None:
    mail.body = read_bodies(mail.root, mail.raw)
    mail.root.headers.fallback = mail.body.charset
    if not mail.body.text:
        _read_enclosed(mail)
    mail.marks.extend(mail.body.marks)
    mail.files = gather(mail.root, mail.raw, texts=mail.body.parts)
    mail.marks.extend(mail.files.marks)
    if sum(1 for _ in mail.root.walk()) >= MAX_PARTS:
        mail.marks.append("truncated")


def _read_enclosed(mail: _Mail) -> None:
    """A mail that is nothing but another mail says what that one says; it stays a file as well."""
    for part in mail.root.walk():
        if part.headers.content_type == "message/rfc822" and part.end > part.start:
            enclosed = part.body(mail.raw)
            found = read_bodies(read_structure(enclosed), enclosed)
            mail.body.text, mail.body.quoted, mail.body.html = found.text, found.quoted, found.html
            mail.body.marks += found.marks
            return


def _read_report(mail: _Mail) -> None:
    """Find a delivery report, a read receipt or a free-form bounce and the headers it returned."""
    kinds = {part.headers.content_type: part for part in reversed(list(mail.root.walk()))}
    mail.original = _returned(mail, kinds)
    spoken = f"{mail.body.text}\n{mail.body.quoted}"
    status = kinds.get("message/delivery-status") or kinds.get("message/global-delivery-status")
    if status is not None:
        mail.report = read_report(_content(status, mail.raw), original=mail.original, spoken=spoken)
    elif (seen := kinds.get("message/disposition-notification")) is not None:
        mail.report = read_disposition(_content(seen, mail.raw))
    sender = _sender(mail.root.headers).value
    mailbox = [person.value for person in people(mail.root.headers, *DELIVERED_TO)]
    mail.automatic = classify(mail.root.headers, sender=sender, mailbox=mailbox, reported=status is not None)
    if mail.automatic == "bounce" and status is None:
        mail.report = read_free_bounce(mail.root.headers, original=mail.original, spoken=spoken)


def _returned(mail: _Mail, kinds: dict[str, Part]) -> Headers | None:
    """Return the headers of the mail a report gives back."""
    for kind in RETURNED:
        if (part := kinds.get(kind)) is not None:
            lines = _content(part, mail.raw).lstrip(b"\r\n").splitlines()
            blank = next((i for i, line in enumerate(lines) if not line.strip()), len(lines))
            return Headers(split_fields(lines[:blank]))
    return None


def _content(part: Part, raw: BinaryIO) -> bytes:
    """Return the decoded beginning of a small machine-readable part."""
    data = b""
    for chunk in decoded(part.body(raw), part.headers.get("content-transfer-encoding")):
        data += chunk
        if len(data) >= MAX_REPORT:
            break
    return data[:MAX_REPORT]


def _sender(headers: Headers) -> Person:
    """Return the author; where From is missing or empty, whoever else signs for the mail."""
    for name in ("from", "sender", "x-sender", "reply-to", "return-path", "x-envelope-from"):
        found = people(headers, name)
        if found:
            return found[0]
    return Person("email", "", headers.text("from")[:200])


def _inbound(mail: _Mail, *, own: Sequence[str], trusted: str) -> Inbound:
    headers, body = mail.root.headers, mail.body
    sender = _sender(headers)
    in_reply_to, references = headers.all("in-reply-to"), headers.all("references")
    known = reference_ids(in_reply_to, references)
    addresses = [value for name in ("to", "cc", *DELIVERED_TO) for value in headers.all(name)]
    ids = list(known)
    if mail.automatic == "bounce" and mail.original is not None:
        addresses += [*mail.original.all("reply-to"), *mail.original.all("from")]
        ids += ids_in(mail.original.get("message-id"))
    external_id = bare_id(headers.get("message-id"))
    if not external_id:
        external_id = _invent(mail)
        mail.marks.append("invented_id")
    is_own = bool(sender.value) and sender.value in {each.lower() for each in own}
    return Inbound(
        external_id=external_id,
        sender=sender,
        text=body.text,
        html=body.html,
        quoted=body.quoted,
        subject=headers.text("subject")[:MAX_SUBJECT],
        sent_at=headers.date,
        to=people(headers, "to"),
        cc=people(headers, "cc"),
        attachments=mail.files.attached,
        left_out=mail.files.left_out,
        references=list(dict.fromkeys(ids)),
        reply_tokens=tokens_in(addresses=addresses, ids=ids),
        automatic="loop" if is_own else mail.automatic,
        bounced=mail.report.bounced,
        verified=_is_verified(headers, trusted, sender.value),
        language_hint=_language(headers, body),
        marks=list(dict.fromkeys(mail.marks)),
        headers=_kept(headers),
    )


def _invent(mail: _Mail) -> str:
    """Make an id from what does not change on the way, so that a second delivery gets the same one."""
    headers, body = mail.root.headers, mail.body
    facts = [headers.get(name) for name in ("from", "date", "to", "subject")]
    facts += [
        body.text,
        body.quoted,
        body.html,
        *(f"{each.name}:{each.size}" for each in mail.files.attached),
    ]
    if not any(facts):
        mail.raw.seek(0)
        facts = [mail.raw.read(MAX_REPORT).hex()]
    return invented_id(*(fact.encode("utf-8", "replace") for fact in facts))


def _is_verified(headers: Headers, trusted: str, sender: str) -> bool:
    """Believe our own server's first verdict that the domain of From passed DMARC, and nobody else's."""
    if not trusted or not sender:
        return False
    verdict = headers.get("authentication-results").lower()
    name, _, results = verdict.partition(";")
    if name.split()[:1] != [trusted.lower()]:
        return False
    domain = re.escape(sender.rpartition("@")[2])
    return re.search(rf"\bdmarc\s*=\s*pass\b[^;]*header\.from\s*=\s*{domain}(?![\w.-])", results) is not None


def _language(headers: Headers, body: Body) -> str:
    """Return the language the sender's program names (BCP 47), or ""."""
    for word in (headers.get("content-language").split(",")[0].strip(), body.language):
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", word):
            return word
    return ""


def _kept(headers: Headers) -> dict[str, str]:
    """Return the few headers that people and filters ask for later, decoded and short."""
    kept = {name: clean(headers.text(name))[:1000] for name in KEPT_HEADERS if name in headers}
    return {name: value for name, value in kept.items() if value}
