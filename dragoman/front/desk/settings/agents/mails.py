"""The mail that offers a seat."""

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dragoman.core.accounts.actions import INVITATION_DAYS
from dragoman.core.accounts.models import Agent, User


def link_of(request: HttpRequest, token: str) -> str:
    """Return the address an invited person opens."""
    path = reverse("invitation", args=[token])
    return f"{settings.BASE_URL}{path}" if settings.BASE_URL else request.build_absolute_uri(path)


def send_invitation(inviter: Agent, *, address: str, link: str) -> bool:
    """Mail the link in the inviter's language; False where this installation cannot send. Raises OutsideError."""
    facts = {"name": inviter.name, "workspace": inviter.workspace.name, "days": INVITATION_DAYS}
    lines = [
        _("%(name)s invites you to answer customers of %(workspace)s in Dragoman.") % facts,
        _("Take your seat here; the link is for you alone and works for %(days)s days:") % facts,
        link,
        _("If you do not expect this, do nothing."),
    ]
    subject = _("Your seat at %(workspace)s") % facts
    send_mail(subject, "\n\n".join(lines), None, [address])
    return bool(settings.MAIL_URL)


def may_see_link(address: str) -> bool:
    """Say whether the inviter may hold the link too.

    A log-in without a password takes whatever password the link's holder sets: such a link goes to its mailbox only.
    """
    known = User.objects.filter(email=address).first()
    return known is None or known.has_usable_password()
