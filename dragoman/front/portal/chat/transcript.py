"""A copy of the chat by mail: to an address the shop signed, or to one whose owner confirms it."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated, Any

from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, StringConstraints

from dragoman.core.accounts.chat import chat_settings
from dragoman.core.accounts.models import Brand
from dragoman.front.portal.chat import limits
from dragoman.front.portal.chat.post import can_mail, mail_shopper
from dragoman.front.portal.chat.thread import whole_thread
from dragoman.front.portal.languages import portal_language
from dragoman.ground.channels.chat import Session
from dragoman.ground.design.functions import format_date, format_time, zone_city
from dragoman.kit.address import normal_email
from dragoman.kit.errors import Forged, Refusal

SALT = "dragoman.chat.transcript"
CONFIRM_SECONDS = 24 * 3600


class CopyWish(BaseModel):
    """The widget's request: `email` is empty for the address that the shop signed, `zone` an IANA time zone."""

    model_config = ConfigDict(extra="forbid")

    email: Annotated[str, StringConstraints(max_length=254)] = ""
    locale: Annotated[str, StringConstraints(max_length=35)] = ""
    zone: Annotated[str, StringConstraints(max_length=60)] = ""


@dataclass(frozen=True)
class Copy:
    """A copy somebody asked for: of which thread, to which address, for which reader; `key` names this request."""

    handle: str
    email: str
    locale: str
    zone: str
    key: str


def ask_for_copy(session: Session, brand: Brand, wish: CopyWish, *, address: str) -> tuple[Copy, bool]:
    """Return the copy wished for, and whether its address is proved; raises Refusal or TooFast.

    Limits are per browser, per address the request came from, and per mailbox it would go to.
    """
    if not chat_settings(brand).transcript or not can_mail(brand):
        raise Refusal(_("This chat sends no copies by mail."), code="no_copies", status=404)
    email = normal_email(wish.email) if wish.email.strip() else session.email
    if "@" not in email:
        raise Refusal(_("This is not a whole e-mail address."), code="bad_email", status=422)
    limits.count(
        (limits.COPIES_PER_SESSION, session.handle),
        (limits.COPIES_PER_ADDRESS, address),
        (limits.COPIES_PER_MAILBOX, f"{brand.pk}:{email}"),
    )
    if not whole_thread(session, brand):
        raise Refusal(_("There is nothing to send yet: write a message first."), code="empty", status=409)
    locale = portal_language(wish.locale)
    return Copy(session.handle, email, locale, wish.zone, secrets.token_hex(8)), email == session.email


def sign_copy(brand: Brand, copy: Copy) -> str:
    """Return the token of the link that proves its reader owns the address."""
    return signing.dumps([brand.slug, asdict(copy)], salt=SALT, compress=True)


def read_copy(brand: Brand, token: str) -> Copy:
    """Open such a token; raises Forged when it is not ours, another brand's, or older than a day."""
    try:
        slug, facts = signing.loads(token, salt=SALT, max_age=CONFIRM_SECONDS)
        copy = Copy(**facts)
    except (signing.BadSignature, ValueError, TypeError) as broken:
        raise Forged("the link is not valid") from broken
    if slug != brand.slug:
        raise Forged("the link belongs to another brand")
    return copy


def mail_confirmation(brand: Brand, copy: Copy, *, base: str) -> None:
    """Ask the owner of the address whether the copy may come; raises OutsideError."""
    link = base + reverse("chat_copy", args=[brand.slug, sign_copy(brand, copy)])
    with translation.override(copy.locale):
        facts = {"brand": brand.name}
        lines = [
            _("Somebody asked for a copy of a chat with {brand} to be sent to this address.").format(**facts),
            _("Was it you? Then confirm it here, within 24 hours:"),
            link,
            _("If it was not you, do nothing: nothing more is sent."),
        ]
        subject = _("Confirm your address for the copy of your chat with {brand}").format(**facts)
        mail_shopper(
            brand,
            message_id=f"chat.confirm.{copy.key}",
            to=copy.email,
            subject=subject,
            text="\n\n".join(lines),
            language=copy.locale,
        )


def mail_copy(brand: Brand, copy: Copy) -> None:
    """Send the thread as its shopper sees it: no notes, no events; raises OutsideError."""
    session = Session(brand.workspace_id, brand.slug, copy.handle)
    with translation.override(copy.locale):
        shown = [_block(message, copy) for message in whole_thread(session, brand)]
        mail_shopper(
            brand,
            message_id=f"chat.copy.{copy.key}",
            to=copy.email,
            subject=_("Your chat with {brand}").format(brand=brand.name),
            text="\n\n".join(shown),
            language=copy.locale,
        )


def _block(message: dict[str, Any], copy: Copy) -> str:
    """One message as plain text: who and when, then the text, then the names of its files."""
    author = message["author"]["name"] if "author" in message else _("You")
    at = datetime.fromisoformat(message["sent_at"])
    # a mail is read anywhere: whose clock it is stands beside the hour
    when = f"{format_date(at, copy.zone)} · {format_time(at, copy.zone)} ({zone_city(copy.zone)})"
    files = [_("File: {name}").format(name=file["name"]) for file in message["attachments"]]
    return "\n".join(part for part in (f"{author} · {when}", message["text"], *files) if part)
