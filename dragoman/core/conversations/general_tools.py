"""The tools that tell of no order, or of an order's border: when people answer, what customs cost."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from dragoman.core.language.slots import locale_of
from dragoman.core.playbooks.hours import service_for
from dragoman.core.shipping.landed import landed_for_order
from dragoman.ground.markets.zones import zone
from dragoman.kit.moments import said_moment
from dragoman.kit.money import Money, written

from .countries import whereabouts_of
from .models import Conversation
from .order_tools import ORDER, order_for
from .ports import For, Tool

_NOTHING: Final = {"type": "object", "properties": {}, "additionalProperties": False}
_ORDER: Final = {"type": "object", "properties": {"order": ORDER}, "additionalProperties": False}


def said_in_both_zones(
    conversation: Conversation, at: datetime, here: str, *, language: str, now: datetime
) -> str:
    """Return a moment by the customer's clock, and by the shop's, named, where theirs is another or not known."""
    market = conversation.market or conversation.customer.market
    shop = said_moment(at, zone(here), language, now=now, market=market, named=True)
    found = whereabouts_of(conversation)
    if found is None or found.guessed:
        return shop
    there = zone(found.zone)
    theirs = said_moment(at, there, language, now=now, market=market)
    same = at.astimezone(there).utcoffset() == at.astimezone(zone(here)).utcoffset()
    return theirs if same else f"{theirs} · {shop}"


def _hours(whom: For, _given: Mapping[str, Any]) -> dict[str, Any]:
    conversation = whom.conversation
    if conversation is None:
        return {"outcome": "unknown"}
    market = conversation.market or conversation.customer.market
    found = service_for(
        conversation.workspace_id,
        brand_id=conversation.brand_id,
        market=market,
        team_id=conversation.team_id,
        channel=conversation.channel,
    )
    if found is None:
        return {"outcome": "unknown"}
    now, calendar = datetime.now(UTC), found.calendar
    is_open = calendar.is_open(now)
    at = calendar.next_close(now) if is_open else calendar.next_open(now)
    if at is None:
        return {"outcome": "open" if is_open else "closed"}
    said = said_in_both_zones(conversation, at, calendar.zone.key, language=whom.language, now=now)
    return {"outcome": "open" if is_open else "closed", "until": said, "at": at.isoformat()}


def _landed(whom: For, given: Mapping[str, Any]) -> dict[str, Any]:
    order = order_for(whom, given)
    found = landed_for_order(order)
    if found is None:
        return {"order": order.number, "outcome": "no_border"}
    cost = found.landed
    if cost.at_least:
        return {"order": order.number, "outcome": "unknown"}
    if not cost.at_the_door:
        return {"order": order.number, "outcome": "nothing"}
    said = written(Money(cost.at_the_door, cost.currency), locale_of(whom.language))
    return {"order": order.number, "outcome": "known", "at_the_door": said}


def general_tools() -> Iterator[tuple[str, Tool]]:
    """Yield each tool with its name."""
    about = "Whether people answer now, until or from when: `outcome` open, closed or unknown, and `until`."
    yield "opening_hours", Tool(about, _NOTHING, _hours, personal=False)
    about = (
        "What the customer still pays at the door for an order that crosses a border: `outcome` known (`at_the_door`),"
        " nothing, no_border or unknown."
    )
    yield "landed_cost", Tool(about, _ORDER, _landed)
