"""The customer's own mail in the demo: sent through the real listener, read from the folder answers go to."""

import email
import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError, MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime, localtime, make_msgid, parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from dragoman.kit.errors import Unavailable

NEWEST = 300
SHOWN = 10


@dataclass(frozen=True)
class Arrived:
    """A mail in the customer's mailbox."""

    sender: str
    subject: str
    text: str
    language: str
    at: datetime | None


def send_as_customer(name: str, address: str, *, to: str, subject: str, text: str) -> None:
    """Send a mail as a customer would, over the wire to MAIL_LISTEN; raises Unavailable."""
    message = EmailMessage()
    user, _at, domain = address.partition("@")
    message["From"] = Address(name, user, domain)
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = make_msgid(domain=domain)
    message.set_content(text)
    listen = urlsplit(settings.MAIL_LISTEN)
    kind = smtplib.LMTP if listen.scheme == "lmtp" else smtplib.SMTP
    try:
        with kind(listen.hostname or "", listen.port or 0) as wire:
            if isinstance(wire, smtplib.SMTP):
                wire.timeout = 10
            wire.send_message(message, address, [to])
    except (OSError, smtplib.SMTPException) as broken:
        raise Unavailable(f"no mail could be handed to {settings.MAIL_LISTEN}: {broken}") from broken


def can_send() -> bool:
    """Tell whether there is a listener to send to."""
    return bool(settings.MAIL_LISTEN)


def mailbox_of(address: str) -> list[Arrived]:
    """Return the newest ten mails to an address in the folder of MAIL_URL; none where mail goes elsewhere."""
    parts = urlsplit(settings.MAIL_URL)
    if parts.scheme != "folder":
        return []
    kept = [
        path for path in Path(unquote(parts.path)).rglob("*") if path.is_file() and path.parent.name != "tmp"
    ]
    newest = sorted(kept, key=lambda path: path.stat().st_mtime, reverse=True)[:NEWEST]
    mine = (found for found in map(_read, newest) if found and address.lower() in str(found["To"]).lower())
    return [_arrived(message) for message, _number in zip(mine, range(SHOWN), strict=False)]


def _read(path: Path) -> EmailMessage | None:
    try:
        with path.open("rb") as file:
            found = email.message_from_binary_file(file, policy=default)
    except (OSError, MessageError):
        return None
    return found if isinstance(found, EmailMessage) else None


def _arrived(message: EmailMessage) -> Arrived:
    body = message.get_body(("plain", "html"))
    try:
        text = str(body.get_content()) if body else ""
    except (LookupError, ValueError):
        text = ""
    try:
        at = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError, HeaderParseError):
        at = None
    language = str(message["Content-Language"] or "")
    return Arrived(str(message["From"]), str(message["Subject"] or ""), text.strip(), language, at)
