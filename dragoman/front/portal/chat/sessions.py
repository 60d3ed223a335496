"""Opening a session: who the browser is, and whom the shop's server vouched for."""

import time
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, StringConstraints

from dragoman.core.accounts.models import Brand
from dragoman.ground.channels.chat import Session, handle_of, is_signed_by, read_session
from dragoman.kit.address import normal_email, normal_phone
from dragoman.kit.errors import Forged, Refusal


class Identity(BaseModel):
    """What the shop gives to `Dragoman.identify`; `expires` is in Unix seconds."""

    model_config = ConfigDict(extra="forbid")

    email: Annotated[str, StringConstraints(max_length=254)] = ""
    name: Annotated[str, StringConstraints(max_length=200)] = ""
    phone: Annotated[str, StringConstraints(max_length=40)] = ""
    signature: Annotated[str, StringConstraints(max_length=128)]
    expires: int


class SessionWish(BaseModel):
    """The widget's request: `visitor` is a secret the browser made up, `session` the one it has."""

    model_config = ConfigDict(extra="forbid")

    visitor: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{32,100}$")]
    session: Annotated[str, StringConstraints(max_length=2000)] = ""
    identity: Identity | None = None


def open_session(brand: Brand, wish: SessionWish) -> Session:
    """Return the session of this visitor, the same one however often it is asked for.

    A vouched-for e-mail address names the thread itself, so that it follows the shopper to another device; a
    thread begun before stays, unless another person was vouched for in it. Raises Refusal 403 for a wrong
    signature.
    """
    before = _find_before(brand, wish.session)
    if wish.identity is None:
        return before or _anonymous(brand, wish.visitor)
    person = wish.identity
    email, phone = _vouched(brand, person)
    if before is not None and before.email in {"", email}:
        handle = before.handle
    elif email:
        handle = handle_of(brand.workspace_id, brand.slug, f"email:{email}")
    else:
        handle = _anonymous(brand, wish.visitor).handle
    since = before.since if before else int(time.time())
    return Session(brand.workspace_id, brand.slug, handle, email, person.name.strip(), phone, since)


def _anonymous(brand: Brand, visitor: str) -> Session:
    handle = handle_of(brand.workspace_id, brand.slug, f"visitor:{visitor}")
    return Session(brand.workspace_id, brand.slug, handle, since=int(time.time()))


def _find_before(brand: Brand, token: str) -> Session | None:
    if not token:
        return None
    try:
        return read_session(token, brand=brand.slug)
    except Forged:
        return None


def _vouched(brand: Brand, person: Identity) -> tuple[str, str]:
    signed = is_signed_by(
        brand.identity_secret,
        signature=person.signature,
        brand=brand.slug,
        email=person.email,
        name=person.name,
        phone=person.phone,
        expires=person.expires,
    )
    if not signed:
        text = _("The shop could not confirm who you are. Please log in to the shop again.")
        raise Refusal(text, code="bad_signature", status=403)
    if person.expires < time.time():
        text = _("The shop's confirmation has run out. Please load the page again.")
        raise Refusal(text, code="signature_expired", status=403)
    email = normal_email(person.email) if person.email else ""
    return email, normal_phone(person.phone) if person.phone else ""
