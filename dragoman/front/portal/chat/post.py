"""Mails of the chat to its shopper: from the brand's own mailbox, else from the installation."""

from django.conf import settings
from django.core.mail import EmailMessage

from dragoman.core.accounts.models import Brand
from dragoman.core.connections.models import Connection
from dragoman.core.connections.secrets import secrets_of
from dragoman.core.conversations.routes import sending_mailbox
from dragoman.ground.channels.email.send import send_mail
from dragoman.ground.channels.ports import Outbound, Person


def can_mail(brand: Brand) -> bool:
    """Say whether a mail to a shopper could go out at all."""
    return bool(settings.MAIL_URL) or _mailbox(brand) is not None


def mail_shopper(
    brand: Brand, *, message_id: str, to: str, subject: str, text: str, language: str, unsubscribe: str = ""
) -> None:
    """Send one mail now, marked as automatic; raises OutsideError.

    `message_id` has no brackets and is the same at every attempt; `unsubscribe` is where one POST stops such mails.
    """
    mailbox = _mailbox(brand)
    if mailbox is None:
        stops = {
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        EmailMessage(subject, text, None, [to], headers=stops if unsubscribe else None).send()
        return
    domain = mailbox.address.partition("@")[2]
    out = Outbound(
        message_id=f"<{message_id}@{domain}>",
        to=[Person("email", to)],
        text=text,
        language=language,
        sender=Person("email", mailbox.address, brand.name),
        subject=subject,
        automatic=True,
        unsubscribe=unsubscribe,
    )
    send_mail(out, secrets_of(mailbox))


def _mailbox(brand: Brand) -> Connection | None:
    return sending_mailbox(brand.workspace_id, brand.pk)
