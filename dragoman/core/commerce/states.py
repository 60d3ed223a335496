"""What follows from an order's lines, parcels and money where its shop did not say it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from dragoman.ground.providers.shops.facts import (
    LineFacts,
    OrderFacts,
    PaymentFacts,
    RefundFacts,
    ShipmentFacts,
)
from dragoman.ground.providers.statuses import (
    FulfilmentStatus,
    MoneyStatus,
    OrderStatus,
    PaymentStatus,
    ShipmentStatus,
)
from dragoman.kit.address import clean

from .cleaning import cleaned_id, masked_cards

# nothing has left the house, or it came back
_NOT_SENT: Final = frozenset({ShipmentStatus.PENDING, ShipmentStatus.INFO_RECEIVED, ShipmentStatus.CANCELLED})


def line_keys(lines: Sequence[LineFacts]) -> list[str]:
    """Return a key for each line: the shop's id, else its SKU (or title) and which of those it is."""
    ids = [cleaned_id(line.external_id) for line in lines]
    return numbered(
        [
            f"id:{one}" if one else f"sku:{masked_cards(clean(line.sku or line.title))[:120]}"
            for one, line in zip(ids, lines, strict=True)
        ]
    )


def numbered(keys: Sequence[str]) -> list[str]:
    """Return the keys, each once: one that comes again says the how manieth it is."""
    taken = set(keys)
    last: Counter[str] = Counter()
    found = []
    for key in keys:
        last[key] += 1
        # a shop may call one thing `A#2` itself
        while last[key] > 1 and f"{key}#{last[key]}" in taken:
            last[key] += 1
        found.append(key if last[key] == 1 else f"{key}#{last[key]}")
    return found


def named_lines(lines: Sequence[LineFacts], keys: Sequence[str]) -> dict[str, str]:
    """Return {what a parcel or refund may call a line: its key}; its id before its SKU, the first before others."""
    names: dict[str, str] = {}
    for line, key in zip(lines, keys, strict=True):
        if line.external_id:
            names.setdefault(line.external_id, key)
    for line, key in zip(lines, keys, strict=True):
        if line.sku:
            names.setdefault(line.sku, key)
    return names


def contents(
    shipment: ShipmentFacts, lines: Sequence[LineFacts], keys: Sequence[str], names: Mapping[str, str]
) -> dict[str, int]:
    """Return {key of a line: how many} of a parcel; what names no line of the order is left out."""
    if shipment.lines is None:
        physical = [(key, one) for key, one in zip(keys, lines, strict=True) if not one.digital]
        return {key: one.quantity - one.cancelled for key, one in physical if one.quantity > one.cancelled}
    found: Counter[str] = Counter()
    for name, quantity in shipment.lines:
        if name in names and quantity > 0:
            found[names[name]] += quantity
    return dict(found)


def sent_of(shipments: Sequence[ShipmentFacts], packed: Sequence[Mapping[str, int]]) -> Counter[str]:
    """Return {key of a line: how many left the house}."""
    sent: Counter[str] = Counter()
    for shipment, lines in zip(shipments, packed, strict=True):
        if shipment.status not in _NOT_SENT:
            sent.update(lines)
    return sent


def fulfilment_of(
    lines: Sequence[LineFacts],
    shipments: Sequence[ShipmentFacts],
    packed: Sequence[Mapping[str, int]],
) -> FulfilmentStatus:
    """Return where the goods are, by how many of them are in which parcels."""
    wanted = sum(max(0, one.quantity - one.cancelled) for one in lines if not one.digital)
    back = sum(one.returned for one in lines)
    if wanted and back >= wanted:
        return FulfilmentStatus.RETURNED
    sent = sent_of(shipments, packed).total()
    home = sum(
        sum(held.values())
        for shipment, held in zip(shipments, packed, strict=True)
        if shipment.status == ShipmentStatus.DELIVERED
    )
    if not sent:
        return FulfilmentStatus.UNFULFILLED
    if home >= wanted:
        return FulfilmentStatus.DELIVERED
    if home:
        return FulfilmentStatus.PARTLY_DELIVERED
    return FulfilmentStatus.SENT if sent >= wanted else FulfilmentStatus.PARTLY_SENT


def payment_of(total: int, refunded: int, payments: Sequence[PaymentFacts]) -> PaymentStatus:
    """Return where the money is: what came in, what went back."""
    paid = sum(one.amount for one in payments if one.status == MoneyStatus.DONE)
    if refunded and refunded >= max(paid, 1):
        return PaymentStatus.REFUNDED
    if refunded:
        return PaymentStatus.PARTLY_REFUNDED
    if paid >= total and (paid or not total):
        return PaymentStatus.PAID
    if paid:
        return PaymentStatus.PARTLY_PAID
    states = {one.status for one in payments}
    if MoneyStatus.AUTHORISED in states:
        return PaymentStatus.AUTHORISED
    if states and states <= {MoneyStatus.FAILED, MoneyStatus.VOIDED}:
        return PaymentStatus.FAILED if MoneyStatus.FAILED in states else PaymentStatus.VOIDED
    return PaymentStatus.PENDING


def refunded_of(refunds: Sequence[RefundFacts]) -> int:
    """Return how much went back for sure."""
    return sum(one.amount for one in refunds if one.status == MoneyStatus.DONE)


def sums_of(facts: OrderFacts) -> dict[str, int]:
    """Return the order's totals as its shop told them, else as its lines add up."""
    told = facts.totals
    items = sum(one.unit_price * one.quantity for one in facts.lines) if told.items is None else told.items
    discount = sum(one.discount for one in facts.lines) if told.discount is None else told.discount
    tax = sum(one.tax for one in facts.lines) if told.tax is None else told.tax
    shipping = told.shipping or 0
    total = items - discount + shipping + (0 if told.tax_included else tax)
    return {
        "items_total": items,
        "discount_total": discount,
        "shipping_total": shipping,
        "tax_total": tax,
        "total": max(0, total) if told.total is None else told.total,
    }


def status_of(facts: OrderFacts, fulfilment: str) -> OrderStatus:
    """Return the order's state: cancelled once it says when, completed once all is delivered."""
    if facts.status is not None:
        return facts.status
    if facts.cancelled_at is not None:
        return OrderStatus.CANCELLED
    done = fulfilment in (FulfilmentStatus.DELIVERED, FulfilmentStatus.RETURNED)
    return OrderStatus.COMPLETED if done else OrderStatus.OPEN
