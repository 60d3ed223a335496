"""Whom one can be in the demo: its customers with a mail address, those of the page's language first."""

from dataclasses import dataclass

from dragoman.core.accounts.models import Brand
from dragoman.core.connections.models import Connection
from dragoman.core.customers.models import Identity


@dataclass(frozen=True)
class Persona:
    """A customer to play."""

    name: str
    address: str
    language: str


def personas(brand: Brand, language: str) -> list[Persona]:
    """Return the demo's customers who write mail in this language, or a made-up one where there is none."""
    found = (
        Identity.objects.filter(
            workspace_id=brand.workspace_id,
            kind=Identity.Kind.EMAIL,
            customer__language__istartswith=language.partition("-")[0],
        )
        .order_by("pk")
        .values_list("customer__name", "value", "customer__language")[:6]
    )
    return [Persona(*facts) for facts in found] or [Persona("Alex", f"alex.{language}@example.com", language)]


def find_mailbox_address(brand: Brand) -> str:
    """Return the address this shop takes mail at; empty where it has no mailbox."""
    mailboxes = Connection.objects.filter(
        workspace_id=brand.workspace_id, brand_id=brand.pk, channel="email"
    ).exclude(state=Connection.State.OFF)
    return mailboxes.exclude(address="").order_by("pk").values_list("address", flat=True).first() or ""
