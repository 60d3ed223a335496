"""The tools that change a customer's own order: by the shop's own actions, within authority, once under a key."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from dragoman.core.accounts.authority.verdicts import Outcome
from dragoman.core.accounts.authority_models import ActionKind
from dragoman.core.commerce.action_models import ActionState
from dragoman.core.commerce.actions.asking import Asker, ask, preview
from dragoman.core.commerce.errors import BadWish, MoreThanLeft, NotOffered
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.wants import Wanted
from dragoman.ground.providers.statuses import FulfilmentStatus, OrderStatus

from .order_tools import ORDER, order_for
from .ports import For, Tool

Wish = Callable[[Order, Mapping[str, Any]], Wanted]
_PLACE: Final = {"type": "string", "maxLength": 200}
_CANCEL: Final = {"type": "object", "properties": {"order": ORDER}, "additionalProperties": False}
_ADDRESS: Final = {
    "type": "object",
    "properties": {
        "order": ORDER,
        "street": {**_PLACE, "description": "Street and number, flat, as they are written there."},
        "postcode": {**_PLACE, "description": "The postcode."},
        "city": {**_PLACE, "description": "The city."},
    },
    "required": ["street", "city"],
    "additionalProperties": False,
}
OUTCOMES: Final = "`outcome`: done, waiting (for approval), too_late, already, or by_hand (a person has to)."


def _cancel(_order: Order, _given: Mapping[str, Any]) -> Wanted:
    return Wanted(kind=ActionKind.CANCEL, notify=True)


def _address(order: Order, given: Mapping[str, Any]) -> Wanted:
    known: Mapping[str, Any] = order.shipping_address or {}
    kept = {name: known[name] for name in ("name", "phone", "company", "region") if known.get(name)}
    said = {
        "lines": [str(given.get("street", ""))],
        "postcode": str(given.get("postcode", "")),
        "city": str(given.get("city", "")),
        "country": str(known.get("country") or order.country),
    }
    return Wanted(kind=ActionKind.ADDRESS, address={**kept, **said})


def _against(order: Order) -> str:
    """Say in a word why nothing can be done with an order here."""
    if order.status == OrderStatus.CANCELLED:
        return "already"
    return "by_hand" if order.fulfilment_status == FulfilmentStatus.UNFULFILLED else "too_late"


def _previewed(wish: Wish) -> Callable[[For, Mapping[str, Any]], dict[str, Any]]:
    def run(whom: For, given: Mapping[str, Any]) -> dict[str, Any]:
        order = order_for(whom, given)
        try:
            seen = preview(order.workspace_id, order.pk, agent=None, wanted=wish(order, given))
        except NotOffered:
            return {"order": order.number, "outcome": _against(order)}
        except (BadWish, MoreThanLeft):
            return {"order": order.number, "outcome": "by_hand"}
        outcome = {Outcome.ALLOWED: "done", Outcome.NEEDS_APPROVAL: "waiting"}.get(seen.verdict.outcome)
        return {"order": order.number, "outcome": outcome or "by_hand"}

    return run


def _run(wish: Wish) -> Callable[[For, Mapping[str, Any]], dict[str, Any]]:
    may = _previewed(wish)

    def run(whom: For, given: Mapping[str, Any]) -> dict[str, Any]:
        seen = may(whom, given)
        if seen["outcome"] not in {"done", "waiting"}:
            return seen
        order = order_for(whom, given)
        conversation = whom.conversation.pk if whom.conversation else None
        asker = Asker(None, whom.key, conversation)
        made = ask(order.workspace_id, order.pk, asker=asker, wanted=wish(order, given))
        return {**seen, "outcome": "waiting" if made.state == ActionState.WAITING else "done"}

    return run


def change_tools() -> Iterator[tuple[str, Tool]]:
    """Yield each tool with its name."""
    for name, about, arguments, wish in (
        ("cancel_order", "Cancel a whole order that is not sent yet.", _CANCEL, _cancel),
        (
            "change_address",
            "Send an order that is not packed yet to another address in its country.",
            _ADDRESS,
            _address,
        ),
    ):
        yield name, Tool(f"{about} {OUTCOMES}", arguments, _run(wish), _previewed(wish))
