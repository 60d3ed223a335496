"""What a posted or typed order would become: nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.ground.providers.shops.facts import OrderFacts
from dragoman.ground.providers.shops.webhook import Unreadable, orders_in
from dragoman.kit.errors import Refusal

from .numbers import checked_number
from .states import sums_of

_SHOWN = 5


@dataclass(frozen=True)
class Seen:
    """An order as it would stand here; sums are minor units of its currency."""

    facts: OrderFacts
    total: int


@dataclass(frozen=True)
class Trial:
    """What came of a try: orders, the first ones alone, or (field, why) of what does not fit."""

    orders: Sequence[Seen] = ()
    faults: Sequence[tuple[str, str]] = ()


def try_mapping(sample: str, mapping: str) -> Trial:
    """Read a sample as a webhook's would be."""
    try:
        found = orders_in(sample.encode("utf-8", "replace"), mapping)
        return Trial([seen(one) for one in found[:_SHOWN]])
    except Unreadable as error:
        return Trial(faults=error.faults[:20])
    except Refusal as refusal:
        return Trial(faults=[("", str(refusal))])


def seen(facts: OrderFacts) -> Seen:
    """Return an order as it would stand here; raises Refusal for a number or sums that cannot be."""
    checked_number(facts.number)
    return Seen(facts, sums_of(facts)["total"])
