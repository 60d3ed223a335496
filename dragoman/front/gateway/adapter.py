"""How allauth behaves here: no sign-up (seats are by invitation), mails by our own sender, where a log-in leads."""

import logging
from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest

from dragoman.ground.channels.email.send import send_ready
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
                log.warning("MAIL_URL is not set; this mail was not sent:\n%s", message.message().as_string())
                continue
            try:
                send_ready(
                    settings.MAIL_URL, message.from_email, message.recipients(), message.message().as_bytes()
                )
                sent += 1
            except OutsideError:
                if not self.fail_silently:
                    raise
        return sent


def login_fields(request: HttpRequest) -> dict[str, Any]:
    """Return what the log-in page shows beside its form."""
    return {"demo": settings.DEMO}
