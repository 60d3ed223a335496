"""Mails to who signed up for a webinar, in their language: that they did, that it moved, that it is called off.

Each carries the date for calendars: the same entry again, by its UID, with a higher SEQUENCE.
"""

import io
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from dragoman.core.connections.secrets import secrets_of
from dragoman.core.conversations.routes import sending_mailbox
from dragoman.core.knowledge.actions.comers import begin_telling, note_told, put_off_telling
from dragoman.core.knowledge.learning import calendar_of, not_told
from dragoman.core.knowledge.models import SignUp, Webinar
from dragoman.front.portal.languages import portal_language
from dragoman.ground.channels.email.send import send_mail
from dragoman.ground.channels.ports import Attached, Outbound, Person
from dragoman.ground.design.functions import format_full
from dragoman.kit.errors import OutsideError

from .webinars import seat_path

# a server that takes none of so many in a row takes no other either: the job comes again later
_MOST_IN_VAIN = 3


def letter(kept: SignUp) -> tuple[str, str]:
    """Return subject and text of the mail that confirms a seat."""
    with translation.override(portal_language(kept.language)):
        facts = {"title": kept.webinar.title}
        first = _("You are signed up for: %(title)s") % facts
        return _("Signed up: %(title)s") % facts, "\n\n".join([first, *_details(kept)])


def news(kept: SignUp) -> tuple[str, str]:
    """Return subject and text of the mail that tells of a change."""
    with translation.override(portal_language(kept.language)):
        facts = {"title": kept.webinar.title}
        if kept.webinar.state == Webinar.State.CANCELLED:
            first = _("The webinar “%(title)s” is called off.") % facts
            last = _("The file with this mail takes the date out of your calendar.")
            return _("Called off: %(title)s") % facts, f"{first}\n\n{last}"
        first = (
            _("The time or the place of the webinar “%(title)s” has changed. From now on this holds:") % facts
        )
        return _("Changed: %(title)s") % facts, "\n\n".join([first, *_details(kept)])


def _details(kept: SignUp) -> list[str]:
    webinar = kept.webinar
    when = format_full(webinar.starts_at, kept.time_zone or webinar.time_zone)
    lines = [_("It begins: %(when)s") % {"when": when}]
    if webinar.place:
        lines.append(_("Where: %(place)s") % {"place": webinar.place})
    if webinar.link:
        lines.append(_("Join here: %(link)s") % {"link": webinar.link})
    lines.append(_("The file with this mail puts the date into your calendar."))
    back = f"{settings.BASE_URL.rstrip('/')}{seat_path(kept, webinar.brand.slug)}"
    lines.append(_("You cannot come? Give your seat back: %(link)s") % {"link": back})
    return lines


def mail_seat(kept: SignUp) -> None:
    """Confirm a seat; raises OutsideError."""
    _send(kept, *letter(kept), name=f"webinar.{kept.webinar_id}.{kept.pk}.{kept.token[:12]}")


def tell_comers(webinar: Webinar) -> None:
    """Tell everybody who comes of the webinar's last change, each once; raises OutsideError where some wait for it.

    Whom the job was writing to when it died stays noted as begun: they are not mailed twice, the desk names them.
    """
    in_vain: OutsideError | None = None
    failed = 0
    for kept in _each(webinar):
        name = f"webinar.{kept.webinar_id}.{kept.pk}.{kept.token[:12]}.{webinar.sequence}"
        try:
            _send(kept, *news(kept), name=name)
        except OutsideError as error:
            if error.permanent:
                continue
            put_off_telling(kept, webinar.sequence)
            in_vain, failed = error, failed + 1
            if failed == _MOST_IN_VAIN:
                break
            continue
        note_told(kept, webinar.sequence)
        failed = 0
    if in_vain is not None:
        raise in_vain


def leave_untold(webinar: Webinar) -> None:
    """Note of everybody who comes that nobody can mail them: the desk names them."""
    for _kept in _each(webinar):
        pass


def _each(webinar: Webinar) -> Iterator[SignUp]:
    """Yield who is to be told, each noted as begun."""
    rows = not_told(webinar)
    for pk in list(rows.values_list("pk", flat=True)):
        # the row says what holds now, the list what held when the job began
        kept = rows.filter(pk=pk).select_related("webinar", "webinar__brand").first()
        if kept is None or kept.webinar.sequence != webinar.sequence:
            continue
        if begin_telling(kept, webinar.sequence):
            yield kept


def _send(kept: SignUp, subject: str, text: str, *, name: str) -> None:
    """Send one now, from the brand's mailbox, else from the installation; raises OutsideError."""
    webinar, brand = kept.webinar, kept.webinar.brand
    mailbox = sending_mailbox(brand.workspace_id, brand.pk)
    sender = mailbox.address if mailbox else settings.DEFAULT_FROM_EMAIL
    uid = f"webinar.{webinar.pk}.{kept.pk}@{brand.slug}.invalid"
    entry = calendar_of(webinar, uid=uid, time_zone=kept.time_zone, with_link=True, organizer=sender)
    method = "CANCEL" if webinar.state == Webinar.State.CANCELLED else "PUBLISH"
    # a calendar reads the method beside the file too (RFC 6047 2.4)
    kind = f"text/calendar; method={method}; charset=utf-8"
    if mailbox is None:
        mail = EmailMessage(
            subject, text, sender, [kept.email], headers={"Message-ID": f"<{name}@dragoman.invalid>"}
        )
        mail.attach("webinar.ics", entry, kind)
        mail.send()
        return
    out = Outbound(
        message_id=f"<{name}@{sender.partition('@')[2]}>",
        to=[Person("email", kept.email)],
        text=text,
        language=portal_language(kept.language),
        sender=Person("email", sender, brand.name),
        subject=subject,
        automatic=True,
        attachments=[Attached("webinar.ics", kind, len(entry), lambda: io.BytesIO(entry))],
    )
    send_mail(out, secrets_of(mailbox))
