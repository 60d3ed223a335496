"""The tools that tell a customer of their own orders: one for each group of facts, and one that lists them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.core.commerce.models import Order
from dragoman.core.commerce.numbers import is_meant, search_key
from dragoman.core.commerce.ports import Group, facts_in
from dragoman.core.commerce.queries import card_of, orders_of, with_parts
from dragoman.core.commerce.telling import Told, tell
from dragoman.core.customers.models import Customer, Identity
from dragoman.kit.errors import NotFound, Refusal

from .order_values import Meant, meant_of, order_meant
from .ports import For, Tool

_MOST: Final = 20
ORDER: Final = {
    "type": "string",
    "maxLength": 80,
    "description": "Its number as the customer writes it; without it, the one the conversation is about.",
}
_ORDER: Final = {"type": "object", "properties": {"order": ORDER}, "additionalProperties": False}
_NOTHING: Final = {"type": "object", "properties": {}, "additionalProperties": False}
_ABOUT: Final = {
    Group.ORDER: "What was ordered, when, for how much, and where the order stands.",
    Group.PARCEL: "Where the parcel of an order is: carrier, tracking number and link, expected delivery, last place.",
    Group.PAYMENT: "How and when an order was paid, what was refunded, and by which day a refund is with the customer.",
    Group.RETURN: "Where the return of an order stands, the last day to send something back, and the link to do so.",
}


class NotIdentified(Refusal):
    """Nobody made sure that the customer is who they say."""

    code = "not_identified"
    status = 403
    message = _("Make sure first that the customer is who they say: ask them to confirm their address.")


class NoOwnOrder(NotFound):
    """The customer has no such order; whether somebody else has is not said."""

    message = _("This customer has no such order.")


class WhichOrder(Refusal):
    """Several orders may be meant; `orders` names them."""

    code = "which_order"
    status = 409
    message = _("Several orders may be meant: ask the customer which, and name its number.")

    def __init__(self, orders: list[str]) -> None:
        super().__init__(details={"orders": orders})


class WrongArguments(Refusal):
    """What was given does not fit the tool's schema; `field` names it."""

    code = "wrong_arguments"
    status = 422

    def __init__(self, field: str) -> None:
        words = _("“%(field)s” does not fit what the tool takes: see its schema.") % {"field": field[:80]}
        super().__init__(words, details={"field": field[:80]})


def is_identified(customer: Customer) -> bool:
    """Say whether an address of a customer is verified: what anybody may write below a message proves nothing."""
    here = {"workspace_id": customer.workspace_id, "customer_id": customer.pk}
    return Identity.objects.filter(**here, verified_at__isnull=False).exists()


def checked(tool: Tool, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the arguments of a tool that takes texts; raises WrongArguments for what its schema does not allow."""
    known: Mapping[str, Any] = tool.arguments["properties"]
    for name, value in given.items():
        if name not in known or not isinstance(value, str) or len(value) > known[name]["maxLength"]:
            raise WrongArguments(name)
    return given


def use(tool: Tool, whom: For, given: Mapping[str, Any]) -> dict[str, Any]:
    """Use a tool for a customer; raises NotIdentified, WrongArguments, and what the tool refuses.

    One that changes something does it once under `whom.key`.
    """
    if tool.personal and not whom.identified:
        raise NotIdentified
    if tool.changes and not whom.key:
        raise ValueError("what changes something is done under a key")
    return tool.run(whom, checked(tool, given))


def rehearse(tool: Tool, whom: For, given: Mapping[str, Any]) -> dict[str, Any]:
    """Say what using a tool would come to, and change nothing; raises as `use` does."""
    if tool.personal and not whom.identified:
        raise NotIdentified
    return (tool.preview or tool.run)(whom, checked(tool, given))


def order_for(whom: For, given: Mapping[str, Any]) -> Order:
    """Return the customer's own order that is asked for; raises NoOwnOrder, WhichOrder."""
    customer = whom.customer
    if number := str(given.get("order", "")).strip():
        return own_order(customer, number)
    if whom.conversation is not None and whom.conversation.customer_id == customer.pk:
        meant = order_meant(whom.conversation)
    else:
        meant = meant_of(customer.workspace_id, customer.pk, [])
    return _the_one(meant)


def own_order(customer: Customer, number: str) -> Order:
    """Return a customer's own order by its number as they write it; raises NoOwnOrder, WhichOrder."""
    key = search_key(number)
    mine = orders_of(customer.workspace_id).filter(customer_id=customer.pk, anonymised_at=None)
    rows = with_parts(mine.order_by("-placed_at", "-pk"), customer.workspace_id)
    exact = list(rows.filter(search_key=key)[:2]) if key else []
    near = exact or [one for one in rows[:_MOST] if key and is_meant(one.number_key, key)]
    return _the_one(Meant(near[0]) if len(near) == 1 else Meant(None, tuple(near)))


def _the_one(meant: Meant) -> Order:
    if meant.order is not None:
        return meant.order
    if not meant.choices:
        raise NoOwnOrder
    raise WhichOrder([one.number for one in meant.choices])


def said_fact(one: Told) -> dict[str, Any]:
    """Return a fact as a tool tells it."""
    return {
        "name": one.fact.name,
        "label": str(one.fact.label),
        "kind": str(one.fact.kind),
        "value": one.value,
        "text": one.text,
    }


def _tell_group(group: Group) -> Tool:
    def run(whom: For, given: Mapping[str, Any]) -> dict[str, Any]:
        order = order_for(whom, given)
        names = ["order.number", *(one.name for one in facts_in(group))]
        told = tell(order, dict.fromkeys(names), language=whom.language, zone=whom.zone)
        return {
            "order": order.number,
            "facts": [said_fact(one) for one in told.values() if one.known],
            "unknown": [one.fact.name for one in told.values() if not one.known],
        }

    return Tool(_ABOUT[group], _ORDER, run)


def _list_orders(whom: For, _given: Mapping[str, Any]) -> dict[str, Any]:
    customer = whom.customer
    card = card_of(customer.workspace_id, customer_id=customer.pk, numbers=[])
    names = ("order.number", "order.placed", "order.status", "order.total", "order.items")
    rows = [tell(one, names, language=whom.language, zone=whom.zone) for one in card.orders]
    return {
        "orders": [{"facts": [said_fact(one) for one in row.values() if one.known]} for row in rows],
        "more": card.more,
    }


def order_tools() -> Iterator[tuple[str, Tool]]:
    """Yield each tool with its name."""
    yield (
        "orders",
        Tool(
            "The customer's newest orders, for when it is not clear which is meant.", _NOTHING, _list_orders
        ),
    )
    for group in Group:
        yield f"{group}_facts", _tell_group(group)
