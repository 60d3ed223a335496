"""Trying a mailbox for real, and saying in plain words what failed."""

import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from dragoman.ground.channels.email import fetch, send
from dragoman.ground.channels.ports import Secrets
from dragoman.kit.errors import OutsideError, Unavailable

from .actions import note_try
from .models import Connection
from .secrets import secrets_of

SOON = 3.0  # seconds to wait for our own listener
LATER = 10.0  # and for somebody else's server: a person waits for the page


@dataclass(frozen=True)
class Step:
    """One half of a trial: `verdict` for everybody, `words` of the far side for whoever mends it."""

    label: str
    has_worked: bool
    verdict: str
    words: str = ""


def try_mailbox(box: Connection) -> list[Step]:
    """Read from the mailbox and reach its way out, without changing or sending anything; notes how it went."""
    steps = try_secrets(secrets_of(box))
    failed = [step for step in steps if not step.has_worked]
    note_try(box, error="; ".join(step.words or step.verdict for step in failed))
    return steps


def try_secrets(secrets: Secrets) -> list[Step]:
    """Try both ways with settings that are stored nowhere yet."""
    return [_incoming(secrets) if secrets.get("imap_host") else _listening(), _outgoing(secrets)]


def _incoming(secrets: Secrets) -> Step:
    label = _("Mail comes in")
    try:
        count = fetch.check(secrets, timeout=LATER)
    except OutsideError as error:
        return Step(label, False, _verdict(error), str(error))
    return Step(label, True, _("The log-in works; the folder holds %(count)s mails.") % {"count": count})


def _listening() -> Step:
    label = _("Mail comes in")
    parts = urlsplit(settings.MAIL_LISTEN)
    if not parts.hostname:
        return Step(label, False, _("This installation takes no mail: MAIL_LISTEN is not set."))
    if parts.port:
        try:
            socket.create_connection((parts.hostname, parts.port), timeout=SOON).close()
        except OSError as error:
            return Step(
                label, False, _("Nothing listens at %(place)s.") % {"place": parts.netloc}, str(error)
            )
    return Step(
        label, True, _("Ready at %(place)s for a mail server to hand mail over.") % {"place": parts.netloc}
    )


def _outgoing(secrets: Secrets) -> Step:
    label = _("Mail goes out")
    if not secrets.get("url"):
        return Step(label, False, _("There is no way out: give an SMTP server, or set MAIL_URL."))
    try:
        send.check(secrets, timeout=LATER)
    except OutsideError as error:
        return Step(label, False, _verdict(error), str(error))
    return Step(label, True, _("The server takes mail from this mailbox."))


def _verdict(error: OutsideError) -> str:
    """Say what a failure means to somebody who can change the settings."""
    cause = error.__cause__
    if isinstance(cause, socket.gaierror):
        return _("There is no server of this name. Check the spelling.")
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _("The server's certificate does not belong to this name, or nobody we trust signed it.")
    if isinstance(cause, ssl.SSLError):
        return _("The encryption does not fit this port. Choose another one.")
    if isinstance(cause, ConnectionRefusedError):
        return _("The server is there, but nothing listens at this port.")
    if isinstance(cause, TimeoutError):
        return _("The server does not answer. Check name and port, and that nothing blocks the way.")
    if isinstance(error, Unavailable):
        return _("The server cannot be used now.")
    return _("The server refuses the log-in. Check user name and password.")
