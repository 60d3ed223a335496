"""An order as its reader sees it: where it stands in words and signs, its amounts, what is in which parcel."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dragoman.core.commerce.actions.by_hand import METHOD as BY_HAND
from dragoman.core.commerce.models import Order, OrderLine, Refund, Shipment, ShipmentEvent
from dragoman.core.playbooks.queries import has_playbook
from dragoman.ground.design.functions import format_date, format_money, format_number, format_time
from dragoman.ground.markets.arrival import arrives
from dragoman.ground.markets.zones import zones_of
from dragoman.ground.providers.statuses import ShipmentDetail, ShipmentStatus

from ..market_words import payment

_BAD = frozenset({"cancelled", "failed", "lost", "attempt_failed", "exception"})
_WARN = frozenset(
    {"pending", "partly_paid", "partly_refunded", "authorised", "returning", "expired", "unconfirmed"}
)
_WELL = frozenset({"paid", "delivered", "completed", "done"})


def tone(state: str) -> str:
    """Return the kind of a badge: well, to be looked at, bad, or a plain fact."""
    return "bad" if state in _BAD else "warn" if state in _WARN else "ok" if state in _WELL else ""


@dataclass(frozen=True)
class Chip:
    """One state of an order in a word."""

    label: str
    kind: str


@dataclass(frozen=True)
class Step:
    """What happened to a parcel in our words; `there` is the hour by the clock of the place, or ""."""

    row: ShipmentEvent
    said: str
    there: str


@dataclass(frozen=True)
class Parcel:
    """A parcel with what is in it."""

    row: Shipment
    status: str
    detail: str
    kind: str
    held: list[tuple[OrderLine, int]]

    @property
    def troubles(self) -> list[str]:
        """Say by what it is held and for how many days, and what is wrong with its time; empty where nothing is."""
        row, said = self.row, []
        days = (timezone.now() - row.status_at).days if row.status_at else 0
        if row.status == ShipmentStatus.EXCEPTION and row.detail.startswith("customs") and days:
            held = ngettext("At customs for %(days)s day", "At customs for %(days)s days", days)
            said.append(held % {"days": format_number(days)})
        if row.trouble:
            said.append(str(row.get_trouble_display()))
        return said

    def steps(self) -> Iterator[Step]:
        """Yield what happened to it, the newest first."""
        for one in self.row.events.all():
            status = str(ShipmentStatus(one.status).label)
            detail = str(ShipmentDetail(one.detail).label) if one.detail in ShipmentDetail.values else ""
            zones = zones_of(one.country)
            # where a country has several clocks nobody knows which one hung there
            there = format_time(one.at, zones[0]) if len(zones) == 1 else ""
            yield Step(one, detail or status, there)


@dataclass(frozen=True)
class Shown:
    """An order with the words around it; `spoken`: the conversation names it; `acts`: what may be done."""

    order: Order
    spoken: bool = False
    acts: Mapping[str, Any] | None = None

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return reverse("order", args=[self.order.pk])

    def chips(self) -> Iterator[Chip]:
        """Yield where the order, its goods and its money stand; a cancelled order needs no word on its goods."""
        order = self.order
        if order.status == "cancelled":
            yield Chip(order.get_status_display(), "bad")
        else:
            yield Chip(order.get_fulfilment_status_display(), tone(order.fulfilment_status))
        yield Chip(order.get_payment_status_display(), tone(order.payment_status))

    def money(self, minor: int) -> str:
        """Write an amount in what the customer was charged in."""
        return format_money(minor, self.order.currency)

    @property
    def in_store(self) -> str:
        """Return the total in the shop's own currency as the shop said it, "" where it said none."""
        order = self.order
        if order.store_total is None or not order.store_currency or order.store_currency == order.currency:
            return ""
        return format_money(order.store_total, order.store_currency)

    @property
    def market(self) -> str:
        """Return the address of the market whose law protects the buyer."""
        return (
            reverse("settings_market", args=[self.order.country.lower()])
            if has_playbook(self.order.country)
            else ""
        )

    def sums(self) -> Iterator[tuple[str, str, str]]:
        """Yield (label, amount, beside) of what the total is made of; `beside` is the shop's own amount, or ""."""
        order = self.order
        yield _("Items"), self.money(order.items_total), ""
        if order.discount_total:
            yield _("Discount"), self.money(-order.discount_total), ""
        if order.shipping_total:
            yield _("Shipping"), self.money(order.shipping_total), ""
        if order.tax_total:
            said = _("Tax included") if order.tax_included else _("Tax")
            yield said, self.money(order.tax_total), ""
        yield _("Total"), self.money(order.total), self.in_store
        if order.refunded_total:
            yield _("Refunded"), self.money(-order.refunded_total), ""

    def line_total(self, line: OrderLine) -> str:
        """Write what a line cost."""
        return self.money(line.unit_price * line.quantity - line.discount)

    def parcels(self) -> Iterator[Parcel]:
        """Yield the parcels, the words of their states and what is in them."""
        lines = {line.pk: line for line in self.order.lines.all()}
        for row in self.order.shipments.all():
            held = [(lines[one.line_id], one.quantity) for one in row.lines.all() if one.line_id in lines]
            detail = str(ShipmentDetail(row.detail).label) if row.detail in ShipmentDetail.values else ""
            yield Parcel(row, str(ShipmentStatus(row.status).label), detail, tone(row.status), held)

    @property
    def is_awaited(self) -> bool:
        """Say whether something of it is still to come."""
        order = self.order
        over = {"delivered", "returned"}
        return order.status != "cancelled" and order.fulfilment_status not in over and bool(order.country)

    def arrival(self, refund: Refund) -> str:
        """Say when a refund that went out is with the buyer, "" where nobody read how long it takes."""
        if refund.status != "done" or refund.refunded_at is None or not refund.method:
            return ""
        found = arrives(refund.method, self.order.country, refund.refunded_at)
        if found.earliest is None or found.latest is None:
            return ""
        first, last = format_date(found.earliest), format_date(found.latest)
        if first == last:
            return _("with the customer on %(day)s") % {"day": first}
        return _("with the customer between %(first)s and %(last)s") % {"first": first, "last": last}

    @staticmethod
    def method(code: str) -> str:
        """Name a method of payment: a playbook's word, else as the shop has it."""
        if code == BY_HAND:
            return _("noted in its return")
        return payment(code) if code else _("the way it was paid")
