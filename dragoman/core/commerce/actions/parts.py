"""From what a shop told to the rows of an order's parts, and what of it is news."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from dragoman.ground.events.registry import Event
from dragoman.ground.providers.carriers.formats import carrier_named, sure_carrier
from dragoman.ground.providers.shops.facts import (
    LineFacts,
    OrderFacts,
    PaymentFacts,
    RefundFacts,
    ShipmentFacts,
)
from dragoman.ground.providers.statuses import ShipmentDetail
from dragoman.kit.address import clean

from ..cleaning import Cleaner, cleaned_id, means, tariff_code
from ..events import PaymentChanged, RefundChanged, ShipmentChanged
from ..models import Order, OrderLine, Payment, Refund, Shipment
from ..numbers import number_key
from ..personal import names_parcel, without_person
from ..states import (
    contents,
    fulfilment_of,
    line_keys,
    named_lines,
    numbered,
    payment_of,
    refunded_of,
    sent_of,
    status_of,
)
from .by_hand import given_back, untold
from .syncing import Row, Synced, pack, sync

PARCEL: Final = "parcel"  # the key of one that neither an id nor a number tells apart
# what of a line needs no cleaning
_AS_TOLD: Final = (
    "quantity", "unit_price", "discount", "tax", "final_sale", "custom_made", "digital", "hygiene", "weight",
    "returned", "refunded", "cancelled",
)  # fmt: skip


class Parts:
    """The lines, parcels, payments and refunds of one state of an order."""

    def __init__(self, order: Order, facts: OrderFacts, cleaner: Cleaner, *, new: bool) -> None:
        """Read the facts; nothing is stored yet."""
        self._order, self._facts, self._new, self.cleaner = order, facts, new, cleaner
        self._keys = line_keys(facts.lines)
        self._names = named_lines(facts.lines, self._keys)
        self._packed = [contents(one, facts.lines, self._keys, self._names) for one in facts.shipments or ()]
        self._back = _money_keys([one.external_id for one in facts.refunds or ()])
        told = None if facts.refunds is None else list(zip(self._back, facts.refunds, strict=True))
        self._by_hand = untold(order, told)
        self._shipments: Synced[Shipment] = Synced()
        self._payments: Synced[Payment] = Synced()
        self._refunds: Synced[Refund] = Synced()

    def refunded(self) -> int:
        """Return how much went back: as the shop tells, and what was given back by hand besides."""
        told, by_hand = self._facts.totals.refunded, sum(one.amount for one in self._by_hand)
        if self._facts.refunds is None:
            return self._order.refunded_total if told is None else max(told, by_hand)
        rows = refunded_of(self._facts.refunds) + by_hand
        return rows if told is None else max(told, rows if by_hand else 0)

    def states(self, *, refunded: int, total: int) -> dict[str, str]:
        """Return the order's three states, told or following from its parts; untold parts change none."""
        facts, order = self._facts, self._order
        goods: str = order.fulfilment_status
        if facts.fulfilment_status is not None:
            goods = facts.fulfilment_status
        elif facts.shipments is not None:
            goods = fulfilment_of(facts.lines, facts.shipments, self._packed)
        money: str = order.payment_status
        if facts.payment_status is not None:
            money = facts.payment_status
        elif facts.payments is not None:
            money = payment_of(total, refunded, facts.payments)
        elif facts.refunds is not None and refunded:
            money = "refunded" if refunded >= total else "partly_refunded"
        if self._by_hand:
            money = given_back(money, refunded, total)
        return {
            "fulfilment_status": str(goods),
            "payment_status": str(money),
            "status": str(status_of(facts, goods)),
        }

    def store(self) -> bool:
        """Write the parts of the order, which is stored; returns whether any changed."""
        facts, order, new = self._facts, self._order, self._new
        sent = sent_of(facts.shipments, self._packed) if facts.shipments is not None else None
        pairs = zip(self._keys, facts.lines, strict=True)
        rows = {
            key: self._line(place, line, sent[key] if sent is not None else None)
            for place, (key, line) in enumerate(pairs)
        }
        lines = sync(OrderLine, order, rows, new=new)
        changed = lines.changed
        if facts.shipments is not None:
            keys = numbered([self._parcel_key(one) for one in facts.shipments])
            self._shipments = self._sync(
                Shipment, keys, map(self._parcel, facts.shipments), kept_of=_carriers_own
            )
            ids = {key: row.pk for key, row in lines.rows.items()}
            held = [
                (self._shipments.rows[key].pk, {ids[name]: number for name, number in packed.items()})
                for key, packed in zip(keys, self._packed, strict=True)
            ]
            changed |= self._shipments.changed | pack(order, held, new=new)
        if facts.payments is not None:
            keys = _money_keys([one.external_id for one in facts.payments])
            self._payments = self._sync(Payment, keys, map(self._payment, facts.payments))
            changed |= self._payments.changed
        if facts.refunds is not None:
            keys = [*self._back, *(one.key for one in self._by_hand)]
            rows_back = [*map(self._refund, facts.refunds), *({} for _one in self._by_hand)]
            self._refunds = self._sync(Refund, keys, rows_back)
            changed |= self._refunds.changed
        return changed

    def _sync(
        self,
        model: type[Row],
        keys: Sequence[str],
        rows: Iterable[Mapping[str, Any]],
        *,
        kept_of: Callable[[Row], Collection[str]] = lambda _row: (),
    ) -> Synced[Row]:
        """Write one kind of part; whoever was taken out of the order stays out of its parts."""
        if self._order.anonymised_at is not None:
            rows = (without_person(model, one) for one in rows)
        wanted = dict(zip(keys, rows, strict=True))
        return sync(model, self._order, wanted, new=self._new, kept_of=kept_of)

    def events(self) -> Iterator[Event]:
        """Yield what is news of parcels and money."""
        pk = self._order.pk
        for parcel in self._shipments.moved:
            yield ShipmentChanged(
                order_id=pk, shipment_id=parcel.pk, status=parcel.status, detail=parcel.detail
            )
        for paid in self._payments.moved:
            yield PaymentChanged(order_id=pk, payment_id=paid.pk, status=paid.status)
        for back in self._refunds.moved:
            yield RefundChanged(order_id=pk, refund_id=back.pk, status=back.status)

    def _line(self, place: int, line: LineFacts, sent: int | None) -> Mapping[str, Any]:
        say = self.cleaner.line
        fulfilled = line.fulfilled if line.fulfilled is not None else sent
        return {
            "position": place,
            "external_id": cleaned_id(line.external_id),
            "sku": say(line.sku, 120),
            "title": say(line.title, 300),
            "variant": say(line.variant, 200),
            "category": say(line.category, 120),
            "hs_code": tariff_code(line.hs_code),
            "origin": line.origin.upper()[:2],
            "image_url": clean(line.image_url)[:1000],
            **{name: getattr(line, name) for name in _AS_TOLD},
            **({} if fulfilled is None else {"fulfilled": min(fulfilled, line.quantity)}),
        }

    def _parcel_key(self, parcel: ShipmentFacts) -> str:
        if shops := self._parcel_id(parcel):
            return f"id:{shops}"
        # of an order that names nobody, only how many parcels it has tells them apart
        number = number_key(parcel.tracking_number) if self._order.anonymised_at is None else ""
        return f"no:{number}" if number else PARCEL

    def _parcel_id(self, parcel: ShipmentFacts) -> str:
        """Return the shop's id of a parcel; one that is made of its number names nobody of an anonymised order."""
        gone = self._order.anonymised_at is not None
        named = gone and names_parcel(parcel.external_id, parcel.tracking_number)
        return "" if named else cleaned_id(parcel.external_id)

    def _parcel(self, parcel: ShipmentFacts) -> Mapping[str, Any]:
        say = self.cleaner.line
        return {
            "external_id": self._parcel_id(parcel),
            "carrier": say(parcel.carrier, 60),
            "carrier_code": carrier_of(parcel.carrier, parcel.tracking_number),
            "service": say(parcel.service, 80),
            # not masked: a parcel's number is no card's, and one that is cut in its middle finds nothing
            "tracking_number": " ".join(clean(parcel.tracking_number).split())[:80],
            "tracking_key": number_key(parcel.tracking_number),
            "tracking_url": clean(parcel.tracking_url)[:1000],
            "status": str(parcel.status),
            "detail": parcel.detail if parcel.detail in ShipmentDetail.values else "",
            **{
                name: getattr(parcel, name)
                for name in ("status_at", "shipped_at", "estimated_at", "delivered_at")
            },
        }

    def _payment(self, paid: PaymentFacts) -> Mapping[str, Any]:
        return {
            "external_id": means(paid.external_id, 120),
            "gateway": means(paid.gateway, 60),
            "method": means(paid.method, 60),
            "said": means(paid.said, 120),
            "amount": paid.amount,
            "currency": self._facts.currency,
            "status": str(paid.status),
            "paid_at": paid.paid_at,
        }

    def _refund(self, back: RefundFacts) -> Mapping[str, Any]:
        payments = self._payments.rows
        given = payments.get(f"id:{cleaned_id(back.payment)}") if back.payment else None
        return {
            "external_id": means(back.external_id, 120),
            "method": means(back.method, 60),
            "amount": back.amount,
            "currency": self._facts.currency,
            "status": str(back.status),
            "reason": self.cleaner.words(back.reason, 300),
            "items": [
                {"line": self._names[name], "quantity": number, "amount": amount}
                for name, number, amount in back.items
                if name in self._names
            ],
            "refunded_at": back.refunded_at,
            **({"payment_id": given.pk} if given is not None else {}),
        }


# once a carrier tells of a parcel itself, the shop's word for it is an echo
_STATES = frozenset(
    {"status", "detail", "status_at", "shipped_at", "estimated_at", "delivered_at", "carrier_code"}
)


def _carriers_own(row: Shipment) -> Collection[str]:
    return _STATES if row.told_at is not None else ()


def carrier_of(name: str, number: str) -> str:
    """Return our word for the carrier that a shop names, else for the one of a number only parcels have, or ""."""
    named = carrier_named(name) if name else None
    if named is not None:
        return named.code
    sure = sure_carrier(number) if number and not name else None
    return sure.carrier.code if sure else ""


def _money_keys(external_ids: Sequence[str]) -> list[str]:
    """Return a key for each payment or refund: the shop's id, else its place."""
    ids = map(cleaned_id, external_ids)
    return numbered([f"id:{one}" if one else f"no:{place}" for place, one in enumerate(ids)])
