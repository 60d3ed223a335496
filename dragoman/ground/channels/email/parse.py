"""One raw mail into facts: never raises on any bytes, marks what it had to mend or could not read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from dragoman.ground.channels.email.addresses import people
from dragoman.ground.channels.email.attachments import LIMIT, Gathered, gather
from dragoman.ground.channels.email.automatic import classify, gives_back
from dragoman.ground.channels.email.bodies import Body, read_bodies
from dragoman.ground.channels.email.charset import clean
from dragoman.ground.channels.email.facts import (
    DELIVERED_TO,
    author,
    delivered_to,
    envelope_from,
    first_author,
    handed_in_by,
    ids_in_text,
    spam,
    thread_index,
)
from dragoman.ground.channels.email.headers import Headers, split_fields
from dragoman.ground.channels.email.ids import bare_id, ids_in, invented_id, reference_ids, tokens_in
from dragoman.ground.channels.email.reports import (
    Report,
    read_complaint,
    read_disposition,
    read_free_bounce,
    read_report,
)
from dragoman.ground.channels.email.sealed import armor_seals, open_seals
from dragoman.ground.channels.email.slices import TooLarge, keep, with_line_feeds
from dragoman.ground.channels.email.structure import MAX_PARTS, Part, read_structure
from dragoman.ground.channels.email.transfer import decoded
from dragoman.ground.channels.email.unpack import unpack
from dragoman.ground.channels.email.verdicts import Resolver, check_dkim, read_verdicts
from dragoman.ground.channels.ports import (
    NO_SECRETS,
    Automatic,
    Inbound,
    Receipt,
    Seal,
    Secrets,
    Verdicts,
)

MAX_REPORT = 256 * 1024
MAX_SUBJECT = 1000
MAX_SEARCHED = 200_000
FORWARD_MARKS = re.compile(
    r"^\s*(fwd?|wg|wtr|tr|rv|enc|i|vl|vs|fs|vb|pd|ynt|ilt|đt|转发|轉寄|転送|전달|fwd\.|edelleenlähetetty|пересл)\s?[:：]",
    re.I,
)
SEAL_MARKS = {
    "encrypted": "encrypted",
    "invalid": "bad_signature",
    "expired": "expired_signature",
    "signed": "unproven_signature",
    "valid": "signed",
}
RETURNED = (
    "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global",
    "message/global-headers",
)  # fmt: skip
KEPT_HEADERS = (
    "return-path", "reply-to", "sender", "list-id", "list-unsubscribe", "list-unsubscribe-post",
    "auto-submitted", "precedence", "authentication-results", "received-spf", "x-spam-flag",
    "x-spam-status", "x-spam-score", "importance", "x-priority", "x-mailer", "user-agent",
    "content-language", "thread-index", "disposition-notification-to", "return-receipt-to", "x-loop",
    "x-forwarded-for", "x-original-from", "x-original-sender", "resent-from", "resent-to", "thread-topic",
    "x-ms-exchange-organization-scl", "x-spamd-result", "arc-authentication-results", *DELIVERED_TO,
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
    TooLarge,
)


@dataclass
class _Mail:
    """What has been found so far, so that a fault half-way keeps the first half."""

    raw: BinaryIO
    trusted: str = ""
    secrets: Secrets = field(default_factory=dict)
    ask: Resolver | None = None
    root: Part = field(default_factory=lambda: Part(Headers(), 0))
    body: Body = field(default_factory=Body)
    files: Gathered = field(default_factory=Gathered)
    report: Report = field(default_factory=Report)
    automatic: Automatic = ""
    original: Headers | None = None
    marks: list[str] = field(default_factory=list)
    seals: list[Seal] = field(default_factory=list)
    verdicts: Verdicts = field(default_factory=Verdicts)


def parse_mail(
    raw: BinaryIO,
    *,
    own: Sequence[str] = (),
    trusted: str = "",
    secrets: Secrets = NO_SECRETS,
    ask: Resolver | None = None,
) -> Iterator[Inbound | Receipt]:
    """Read one mail from a seekable binary file.

    `own` are addresses of the mailbox (mail from them is a loop); `trusted` is the name our own mail server
    puts first in Authentication-Results, without which no sender is ever verified (RFC 8601); `secrets` hold the
    mailbox's keys (see `smime.py`); with `ask`, a DNS resolver for TXT records, DKIM is checked here where the server
    did not. Ids are bare, without brackets. A report about a mail comes as Receipts before the Inbound with its words.
    """
    mail = _Mail(with_line_feeds(raw), trusted, secrets, ask)
    for step in (_read_parts, _open_parts, _read_bodies, _read_report, _read_verdicts):
        try:
            step(mail)
        except UNREADABLE:
            mail.marks.append("unreadable")
    inbound = _inbound(mail, own=own)
    yield from mail.report.receipts
    yield inbound


def _read_parts(mail: _Mail) -> None:
    mail.root = read_structure(mail.raw)
    if not mail.root.headers.fields:
        mail.marks.append("unreadable")


def _open_parts(mail: _Mail) -> None:
    """Take apart what is packed or sealed, so that all else finds ordinary parts."""
    sender = author(mail.root.headers).value
    mail.seals += open_seals(mail.root, mail.raw, sender=sender, secrets=mail.secrets)
    mail.marks += unpack(mail.root, mail.raw)


def _read_verdicts(mail: _Mail) -> None:
    sender = author(mail.root.headers).value
    mail.verdicts = read_verdicts(mail.root.headers, trusted=mail.trusted, sender=sender)
    if not mail.verdicts.source and mail.ask is not None:
        mail.verdicts = check_dkim(mail.raw, sender=sender, ask=mail.ask)


def _read_bodies(mail: _Mail) -> None:
    mail.body = read_bodies(mail.root, mail.raw)
    mail.root.headers.fallback = mail.body.charset
    if not mail.body.text:
        _read_enclosed(mail)
    if mail.body.armored:
        sender, alone = author(mail.root.headers).value, len(mail.body.parts) == 1
        mail.seals += armor_seals(
            mail.body.armored, mail.raw, sender=sender, secrets=mail.secrets, alone=alone
        )
    mail.marks.extend(mail.body.marks)
    mail.marks.extend(SEAL_MARKS[each.state] for each in mail.seals)
    mail.files = gather(mail.root, mail.raw, texts=mail.body.parts)
    mail.marks.extend(mail.files.marks)
    if sum(1 for _ in mail.root.walk()) >= MAX_PARTS:
        mail.marks.append("truncated")


def _read_enclosed(mail: _Mail) -> None:
    """A mail that is nothing but another mail says what that one says; it stays a file as well."""
    for part in mail.root.walk():
        kind = part.headers.content_type
        if kind not in ("message/rfc822", "message/partial") or part.end <= part.start:
            continue
        if kind == "message/partial":
            mail.marks.append("partial")
        kept = keep(decoded(part.body(mail.raw), part.headers.get("content-transfer-encoding")), limit=LIMIT)
        with kept.open() as enclosed:
            root = read_structure(enclosed)
            found = read_bodies(root, enclosed)
        mail.body.text, mail.body.quoted, mail.body.html = found.text, found.quoted, found.html
        mail.body.marks += found.marks
        return


def _read_report(mail: _Mail) -> None:
    """Find a report about a mail of ours, what it returned, and the kind of machine that wrote."""
    headers = mail.root.headers
    kinds = {part.headers.content_type: part for part in reversed(list(mail.root.walk()))}
    mail.original = _returned(mail, kinds)
    spoken = f"{mail.body.text}\n{mail.body.quoted}"
    status = kinds.get("message/delivery-status") or kinds.get("message/global-delivery-status")
    disposition = kinds.get("message/disposition-notification")
    feedback = kinds.get("message/feedback-report")
    if status is not None:
        mail.report = read_report(_content(status, mail.raw), original=mail.original, spoken=spoken)
        if mail.report.names_nobody:
            mail.report = read_free_bounce(headers, original=mail.original, spoken=_spoken(mail, spoken))
    elif disposition is not None:
        mail.report = read_disposition(_content(disposition, mail.raw), headers)
    elif feedback is not None:
        mail.report = read_complaint(_content(feedback, mail.raw), original=mail.original, spoken=spoken)
    mailbox = [] if mail.report.kind else delivered_to(headers)
    mail.automatic = classify(
        headers, sender=author(headers).value, mailbox=mailbox, reported=mail.report.kind
    )
    is_returned = any(kind in kinds for kind in RETURNED)
    is_open = mail.automatic not in ("bounce", "loop") and not mail.report.kind
    if is_open and gives_back(headers, spoken=spoken, has_original=is_returned):
        mail.automatic = "bounce"
    if mail.automatic == "bounce" and status is None:
        mail.report = read_free_bounce(headers, original=mail.original, spoken=_spoken(mail, spoken))
        mail.automatic = classify(headers, sender="", mailbox=(), reported=mail.report.kind)


def _spoken(mail: _Mail, spoken: str) -> str:
    """A free report's words; where it has none that are shown as text, its first bytes."""
    if spoken.strip():
        return spoken
    mail.raw.seek(mail.root.start)
    return mail.raw.read(MAX_REPORT).decode("utf-8", "replace")


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


def _inbound(mail: _Mail, *, own: Sequence[str]) -> Inbound:
    headers, body, writer = mail.root.headers, mail.body, author(mail.root.headers)
    external_id = bare_id(headers.get("message-id"))
    if not external_id:
        external_id = _invent(mail)
        mail.marks.append("invented_id")
    is_own = bool(writer.value) and writer.value in {each.lower() for each in own}
    references, tokens = _relations(mail)
    return Inbound(
        external_id=external_id,
        sender=writer,
        text=body.text,
        html=body.html,
        quoted=body.quoted,
        subject=headers.text("subject")[:MAX_SUBJECT],
        sent_at=headers.date,
        to=people(headers, "to"),
        cc=people(headers, "cc"),
        attachments=mail.files.attached,
        left_out=mail.files.left_out,
        references=references,
        reply_tokens=tokens,
        automatic="loop" if is_own and not mail.report.kind else mail.automatic,
        bounced=mail.report.bounced,
        verified=mail.verdicts.dmarc == "pass",
        language_hint=_language(headers, body),
        marks=list(dict.fromkeys(mail.marks)),
        headers=_kept(headers),
        authors=people(headers, "from"),
        reply_to=people(headers, "reply-to"),
        by=handed_in_by(headers, writer),
        wrapped_from=first_author(headers, writer=writer, quoted=_forwarded(mail)),
        delivered_to=delivered_to(headers),
        envelope_from=envelope_from(headers),
        quoted_ids=[each for each in _quoted_ids(mail) if each not in references],
        thread_index=thread_index(headers),
        verdicts=mail.verdicts,
        spam=spam(headers),
        seals=list(dict.fromkeys(mail.seals)),
        hops=len(headers.all("received")),
    )


def _relations(mail: _Mail) -> tuple[list[str], Sequence[str]]:
    """Return the ids a mail refers to, nearest first, and every candidate for a token of ours."""
    headers = mail.root.headers
    ids = reference_ids(headers.all("in-reply-to"), headers.all("references"))
    addresses = [
        value for name in ("to", "cc", "bcc", "resent-to", *DELIVERED_TO) for value in headers.all(name)
    ]
    if mail.report.kind and mail.original is not None:
        addresses += [*mail.original.all("reply-to"), *mail.original.all("from")]
        ids += ids_in(mail.original.get("message-id"))
    ids += [receipt.external_id for receipt in mail.report.receipts]
    ids = list(dict.fromkeys(ids))
    said = [mail.body.text[:MAX_SEARCHED], mail.body.quoted[:MAX_SEARCHED]]
    return ids, tokens_in(addresses=[*addresses, *said], ids=[*ids, *_quoted_ids(mail)])


def _quoted_ids(mail: _Mail) -> list[str]:
    found = ids_in_text(f"{mail.body.text}\n{mail.body.quoted}")
    if mail.original is not None:
        found += reference_ids(mail.original.all("in-reply-to"), mail.original.all("references"))
    return list(dict.fromkeys(found))


def _forwarded(mail: _Mail) -> str:
    """Return the text in which a forwarded mail names its author: only where the subject or its rule says so."""
    subject = mail.root.headers.text("subject")
    if FORWARD_MARKS.match(subject) or not mail.body.text.strip():
        return mail.body.quoted or mail.body.text
    return ""


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
