"""How allauth behaves here: no sign-up (seats are by invitation), mails by our own sender."""

import base64
import io
import logging
from collections.abc import Iterator, Sequence
from email.utils import make_msgid
from functools import partial

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest
from django.utils import translation

from dragoman.ground.channels.email.send import send_mail
from dragoman.ground.channels.ports import Attached, Outbound, Person
from dragoman.kit import seal
from dragoman.kit.errors import OutsideError

log = logging.getLogger(__name__)

_SECOND_STEP = b"second step"
_SEALED = "sealed:"


class AccountAdapter(DefaultAccountAdapter):
    """Log-ins are made by invitation and by `dragoman agent add`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Close the sign-up page."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address the middleware settled on; throttling counts by it."""
        return str(request.META.get("REMOTE_ADDR", ""))


class SecondStepAdapter(DefaultMFAAdapter):
    """Seals the secrets of authenticator apps and recovery codes: a copy of the database opens no log-in."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        sealed = seal.seal(self._key(), text.encode(), purpose=_SECOND_STEP)
        return _SEALED + base64.b64encode(sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret; raises kit.seal.Broken where the installation's key is another one."""
        if not encrypted_text.startswith(_SEALED):
            return encrypted_text
        sealed = base64.b64decode(encrypted_text.removeprefix(_SEALED))
        return seal.unseal(self._key(), sealed, purpose=_SECOND_STEP).decode()

    @staticmethod
    def _key() -> bytes:
        return seal.derived_key(settings.SECRET_KEY, "second steps")


class OwnMailBackend(BaseEmailBackend):
    """Sends our own mails (invitations, forgotten passwords) to MAIL_URL."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send and return how many went out; without MAIL_URL the text goes to the log for the installer."""
        sent = 0
        for message in email_messages:
            if not settings.MAIL_URL:
                log.warning("MAIL_URL is not set; this mail was not sent:\n%s", message.body)
                continue
            try:
                send_mail(_outbound(message), {"url": settings.MAIL_URL})
                sent += 1
            except OutsideError:
                if not self.fail_silently:
                    raise
        return sent


def _attached(message: EmailMessage) -> Iterator[Attached]:
    for one in message.attachments:
        # a MIME part that somebody made whole has no name to go by: nothing of ours does that
        if isinstance(one, tuple) and one[0] and one[1] is not None:
            content = one[1].encode() if isinstance(one[1], str) else bytes(one[1])
            kind = one[2] or "application/octet-stream"
            yield Attached(one[0], kind, len(content), partial(io.BytesIO, content))


def _outbound(message: EmailMessage) -> Outbound:
    return Outbound(
        message_id=message.extra_headers.get("Message-ID") or make_msgid(domain="dragoman.invalid"),
        attachments=list(_attached(message)),
        to=[Person("email", address) for address in message.recipients()],
        text=str(message.body),
        language=translation.get_language() or "en",
        sender=Person("email", message.from_email, "Dragoman"),
        subject=str(message.subject),
        automatic=True,
    )
