"""What a posted or typed order would become: nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.ground.providers.shops.facts import OrderFacts
from dragoman.ground.providers.shops.mapping import read_json, rules_of, unfound
from dragoman.ground.providers.shops.webhook import Unreadable, orders_in
from dragoman.ground.providers.statuses import FulfilmentStatus, PaymentStatus
from dragoman.kit.errors import Refusal

from .numbers import checked_number
from .states import contents, fulfilment_of, line_keys, named_lines, payment_of, refunded_of, sums_of

_SHOWN = 5


@dataclass(frozen=True)
class Seen:
    """An order as it would stand here; sums are minor units of its currency."""

    facts: OrderFacts
    total: int
    payment: str
    sending: str


@dataclass(frozen=True)
class Trial:
    """What came of a try: orders, the first ones alone, or (field, why) of what does not fit.

    `unfound` are the lines of the mapping that found nothing in the sample.
    """

    orders: Sequence[Seen] = ()
    faults: Sequence[tuple[str, str]] = ()
    unfound: Sequence[str] = ()


def try_mapping(sample: str, mapping: str) -> Trial:
    """Read a sample as a webhook's would be."""
    raw = sample.encode("utf-8", "replace")
    lost = _unfound(raw, mapping)
    try:
        return Trial([seen(one) for one in orders_in(raw, mapping)[:_SHOWN]], unfound=lost)
    except Unreadable as error:
        return Trial(faults=error.faults[:20], unfound=lost)
    except Refusal as refusal:
        return Trial(faults=[("", str(refusal))], unfound=lost)


def _unfound(raw: bytes, mapping: str) -> list[str]:
    try:
        return unfound(rules_of(mapping), read_json(raw))
    except (Refusal, ValueError, RecursionError):
        # said as a fault of the whole
        return []


def seen(facts: OrderFacts) -> Seen:
    """Return an order as it would stand here; raises Refusal for a number or sums that cannot be."""
    checked_number(facts.number)
    total = sums_of(facts)["total"]
    refunded = (
        facts.totals.refunded if facts.totals.refunded is not None else refunded_of(facts.refunds or ())
    )
    keys = line_keys(facts.lines)
    names = named_lines(facts.lines, keys)
    packed = [contents(one, facts.lines, keys, names) for one in facts.shipments or ()]
    money = facts.payment_status or payment_of(total, refunded, facts.payments or ())
    goods = facts.fulfilment_status or fulfilment_of(facts.lines, facts.shipments or (), packed)
    return Seen(facts, total, str(PaymentStatus(money).label), str(FulfilmentStatus(goods).label))
