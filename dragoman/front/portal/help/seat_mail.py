"""The mail to who signed up for a webinar: when in their zone, the link, the date for a calendar, how to cancel."""

import io

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from dragoman.core.connections.secrets import secrets_of
from dragoman.core.conversations.routes import sending_mailbox
from dragoman.core.knowledge.learning import calendar_of
from dragoman.core.knowledge.models import SignUp
from dragoman.front.portal.languages import portal_language
from dragoman.ground.channels.email.send import send_mail
from dragoman.ground.channels.ports import Attached, Outbound, Person
from dragoman.ground.design.functions import format_full

from .webinars import seat_path


def letter(kept: SignUp) -> tuple[str, str]:
    """Return subject and text, in the language of whoever signed up."""
    webinar = kept.webinar
    with translation.override(portal_language(kept.language)):
        when = format_full(webinar.starts_at, kept.time_zone or webinar.time_zone)
        lines = [
            _("You are signed up for: %(title)s") % {"title": webinar.title},
            _("It begins: %(when)s") % {"when": when},
        ]
        if webinar.place:
            lines.append(_("Where: %(place)s") % {"place": webinar.place})
        if webinar.link:
            lines.append(_("Join here: %(link)s") % {"link": webinar.link})
        lines.append(_("The file with this mail puts the date into your calendar."))
        back = f"{settings.BASE_URL.rstrip('/')}{seat_path(kept, webinar.brand.slug)}"
        lines.append(_("You cannot come? Give your seat back: %(link)s") % {"link": back})
        return _("Signed up: %(title)s") % {"title": webinar.title}, "\n\n".join(lines)


def mail_seat(kept: SignUp) -> None:
    """Send it now, from the brand's mailbox, else from the installation; raises OutsideError."""
    webinar, brand = kept.webinar, kept.webinar.brand
    subject, text = letter(kept)
    uid = f"webinar.{webinar.pk}.{kept.pk}@{brand.slug}.invalid"
    entry = calendar_of(webinar, uid=uid, time_zone=kept.time_zone, with_link=True)
    mailbox = sending_mailbox(brand.workspace_id, brand.pk)
    if mailbox is None:
        mail = EmailMessage(subject, text, None, [kept.email])
        mail.attach("webinar.ics", entry, "text/calendar")
        mail.send()
        return
    domain = mailbox.address.partition("@")[2]
    out = Outbound(
        message_id=f"<webinar.{webinar.pk}.{kept.pk}.{kept.token[:12]}@{domain}>",
        to=[Person("email", kept.email)],
        text=text,
        language=portal_language(kept.language),
        sender=Person("email", mailbox.address, brand.name),
        subject=subject,
        automatic=True,
        attachments=[Attached("webinar.ics", "text/calendar", len(entry), lambda: io.BytesIO(entry))],
    )
    send_mail(out, secrets_of(mailbox))
