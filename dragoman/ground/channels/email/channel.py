"""E-mail as a channel: reading, sending and, for mailboxes, fetching."""

from collections.abc import Iterable
from typing import BinaryIO

from dragoman.ground.channels.email.attachments import LIMIT
from dragoman.ground.channels.email.parse import parse_mail
from dragoman.ground.channels.email.send import send_mail
from dragoman.ground.channels.email.verdicts import ask_dns, believed
from dragoman.ground.channels.ports import (
    NO_SECRETS,
    Hook,
    Inbound,
    Outbound,
    Receipt,
    Secrets,
    Traits,
    channel,
)
from dragoman.kit.errors import Forged


class EmailChannel:
    """Mail by IMAP, SMTP and LMTP; `secrets` are named in `send.send_mail` and `fetch.Mailbox`."""

    name = "email"
    traits = Traits(media=True, markup="html", attachment_limit=LIMIT, undo_seconds=10)

    def verify(self, hook: Hook, secrets: Secrets) -> None:
        """Mail comes by mail servers, never by a webhook."""
        raise Forged("e-mail has no webhook")

    def parse(self, raw: BinaryIO, secrets: Secrets = NO_SECRETS) -> Iterable[Inbound | Receipt]:
        """Read one raw mail; never raises on any bytes."""
        return parse_mail(
            raw,
            trusted=believed(secrets),
            secrets=secrets,
            ask=ask_dns if secrets.get("dkim_check") == "1" else None,
        )

    def send(self, out: Outbound, secrets: Secrets) -> str:
        """Send and return the bare message id; raises Rejected or Unavailable."""
        return send_mail(out, secrets)


email = channel("email")(EmailChannel())
