"""Which order a conversation is about, and what is known of it for its texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo

from dragoman.core.commerce.models import Order
from dragoman.core.commerce.ports import facts
from dragoman.core.commerce.queries import card_of
from dragoman.core.commerce.telling import Told, tell
from dragoman.ground.design.functions import zone_of

from .countries import whereabouts_of, whereabouts_of_customer
from .models import Conversation
from .slot_values import values_in


@dataclass(frozen=True)
class Meant:
    """The order that is meant; where several may be, none is, and `choices` are these."""

    order: Order | None
    choices: tuple[Order, ...] = ()


def zone_for(conversation: Conversation) -> tzinfo:
    """Return the clock of a conversation's customer, UTC where it is not known."""
    found = whereabouts_of(conversation) or whereabouts_of_customer(conversation.customer)
    zone: tzinfo = zone_of(found.zone) if found else UTC
    return zone


def order_meant(conversation: Conversation) -> Meant:
    """Return the customer's order that a conversation names; where it names none, their only one.

    An order that is somebody else's is never meant, whoever names it.
    """
    numbers = values_in(conversation, language=conversation.language or "en").get("order", [])
    return meant_of(conversation.workspace_id, conversation.customer_id, numbers)


def meant_of(workspace_id: int, customer_id: int, numbers: list[str]) -> Meant:
    """Return the customer's order that some numbers name; where they name none, their only one."""
    card = card_of(workspace_id, customer_id=customer_id, numbers=numbers)
    named = [one for one in card.orders if one.pk in card.spoken]
    found = named or card.orders
    if len(found) == 1:
        return Meant(found[0])
    return Meant(None, tuple(found))


def facts_named(names: Iterable[str]) -> list[str]:
    """Return which of these names are facts of an order."""
    return [one for one in dict.fromkeys(names) if one in facts]


def told_of(
    conversation: Conversation, names: Iterable[str], *, language: str, order: Order | None = None
) -> Mapping[str, Told]:
    """Return facts of the order that is meant, or of `order`; nothing where no order is meant."""
    wanted = facts_named(names)
    found = order or (order_meant(conversation).order if wanted else None)
    if found is None:
        return {}
    return tell(found, wanted, language=language, zone=zone_for(conversation))


def fact_values(conversation: Conversation, names: Iterable[str], *, language: str) -> dict[str, str]:
    """Return what fills the slots of these names that are facts; a fact that is not known is left out."""
    told = told_of(conversation, names, language=language)
    return {name: one.text for name, one in told.items() if one.known}
