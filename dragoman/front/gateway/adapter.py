"""How allauth behaves here: no sign-up (seats are by invitation), mails by our own sender."""

import logging
from collections.abc import Sequence
from email.utils import make_msgid

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest
from django.utils import translation

from dragoman.ground.channels.email.send import send_mail
from dragoman.ground.channels.ports import Outbound, Person
from dragoman.kit.errors import OutsideError

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Log-ins are made by invitation and by `dragoman agent add`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Close the sign-up page."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address the middleware settled on; throttling counts by it."""
        return str(request.META.get("REMOTE_ADDR", ""))


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


def _outbound(message: EmailMessage) -> Outbound:
    return Outbound(
        message_id=make_msgid(domain="dragoman.invalid"),
        to=[Person("email", address) for address in message.recipients()],
        text=str(message.body),
        language=translation.get_language() or "en",
        sender=Person("email", message.from_email, "Dragoman"),
        subject=str(message.subject),
        automatic=True,
    )
