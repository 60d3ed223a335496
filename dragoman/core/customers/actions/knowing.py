"""Whose addresses these are: somebody known, or somebody new. The one way for all that is no message."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from dragoman.kit import address
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import normalise

from ..errors import IdentityTaken
from ..models import Customer, Identity
from . import change_customer, create_customer
from .merge import hold_merges_off

_NAME, _MARKET = 200, 2


@dataclass(frozen=True)
class Somebody:
    """A person as another system wrote them; what is no address is left out, a name joins nobody."""

    email: str = ""
    phone: str = ""
    name: str = ""
    language: str = ""
    market: str = ""

    def addresses(self) -> list[tuple[str, str]]:
        """Return the addresses in the form they are known by, the surer first."""
        found = []
        try:
            found += [(Identity.Kind.EMAIL.value, address.normal_email(self.email))] if self.email else []
        except Refusal:
            pass
        try:
            phone = address.normal_phone(self.phone, region=self.market or None) if self.phone else ""
            found += [(Identity.Kind.PHONE.value, phone)] if phone else []
        except Refusal:
            pass
        return found


def customer_known_by(workspace_id: int, somebody: Somebody) -> Customer | None:
    """Return whose the mail address is, else whose the phone, else a new customer; None without an address.

    Nobody is joined: where mail and phone are two customers', the mail's it is. Somebody known keeps what is known of
    them and learns only what was empty. Must run in a transaction, which nobody merges customers beside; one that locks
    rows before calls `hold_merges_off` before that.
    """
    addresses = somebody.addresses()
    if not addresses:
        return None
    hold_merges_off(workspace_id)
    for _attempt in range(2):
        known = _find(workspace_id, addresses)
        if known is not None:
            return _told_more(known, somebody)
        try:
            with transaction.atomic():
                return create_customer(
                    workspace_id,
                    identities=[(kind, value, False) for kind, value in addresses],
                    name=somebody.name[:_NAME],
                    language=normalise(somebody.language),
                    market=somebody.market[:_MARKET],
                )
        except IdentityTaken:  # somebody else met them at the same moment
            continue
    raise IdentityTaken


def _find(workspace_id: int, addresses: Sequence[tuple[str, str]]) -> Customer | None:
    mine = Identity.objects.filter(workspace_id=workspace_id).select_related("customer")
    for kind, value in addresses:
        found = mine.filter(kind=kind, value=value).first()
        if found is not None:
            return found.customer
    return None


def _told_more(customer: Customer, somebody: Somebody) -> Customer:
    told = {
        "name": somebody.name[:_NAME],
        "language": normalise(somebody.language),
        "market": somebody.market[:_MARKET],
    }
    news = {name: value for name, value in told.items() if value and not getattr(customer, name)}
    if news:
        change_customer(customer, changes=news)
    return customer
