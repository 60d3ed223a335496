"""The facts of orders, parcels and money that others may use, each declared once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dragoman.ground.markets.arrival import Arrival, arrives
from dragoman.ground.markets.payment_names import payment_name
from dragoman.ground.providers.carriers.formats import carrier_named, tracking_url
from dragoman.ground.providers.statuses import (
    FulfilmentStatus,
    MoneyStatus,
    OrderStatus,
    PaymentStatus,
    ShipmentDetail,
    ShipmentStatus,
)
from dragoman.kit.money import Money

from .events import (
    OrderCancelled,
    OrderMirrored,
    PaymentChanged,
    RefundChanged,
    ShipmentChanged,
    ShipmentLate,
)
from .models import Order, Payment, Refund, Shipment
from .parcel_models import MOVING
from .ports import About, Group, Kind, Trigger, fact

_ORDER, _PARCEL, _PAYMENT = Group.ORDER, Group.PARCEL, Group.PAYMENT
_LIVE = frozenset(MOVING)


def parcel_of(order: Order) -> Shipment | None:
    """Return the parcel that is meant: the newest still awaited, else the newest."""
    rows = [one for one in order.shipments.all() if one.status != ShipmentStatus.CANCELLED]
    awaited = [one for one in rows if one.status in _LIVE]
    return max(awaited or rows, key=lambda one: one.pk, default=None)


def payment_of(order: Order) -> Payment | None:
    """Return the payment that is meant: the newest that came in, else the newest."""
    rows: Sequence[Payment] = list(order.payments.all())
    came = [one for one in rows if one.status == MoneyStatus.DONE]
    return max(came or rows, key=lambda one: one.pk, default=None)


def refund_of(order: Order) -> Refund | None:
    """Return the newest refund that was not refused."""
    gone = {MoneyStatus.FAILED, MoneyStatus.VOIDED}
    rows = [one for one in order.refunds.all() if one.status not in gone]
    return max(rows, key=lambda one: one.pk, default=None)


@fact("order.number", _ORDER, Kind.CODE, _("Order number"), slot="order")
def _number(about: About) -> str:
    return about.order.number


@fact("order.status", _ORDER, Kind.STATE, _("Where the order stands"))
def _status(about: About) -> Promise | None:
    order = about.order
    if order.status == OrderStatus.CANCELLED:
        return OrderStatus.CANCELLED.label
    return FulfilmentStatus(order.fulfilment_status).label


@fact("order.placed", _ORDER, Kind.DATE, _("Day of the order"), slot="date")
def _placed(about: About) -> date | None:
    return about.day(about.order.placed_at)


@fact("order.items", _ORDER, Kind.LIST, _("What was ordered"), slot="product")
def _items(about: About) -> list[str] | None:
    lines = [one for one in about.order.lines.all() if one.quantity > one.cancelled]
    return [said_of(one, one.quantity - one.cancelled) for one in lines] or None


def said_of(line: Any, quantity: int) -> str:
    """Name goods with how many of them there are, where that is more than one."""
    title = f"{line.title} ({line.variant})" if line.variant else str(line.title)
    return title if quantity == 1 else f"{quantity} × {title}"


@fact("order.total", _ORDER, Kind.MONEY, _("Total of the order"), slot="amount")
def _total(about: About) -> Money:
    return Money(about.order.total, about.order.currency)


@fact("order.shipping", _ORDER, Kind.MONEY, _("Shipping cost"))
def _shipping(about: About) -> Money:
    return Money(about.order.shipping_total, about.order.currency)


@fact("order.city", _ORDER, Kind.TEXT, _("City it goes to"))
def _city(about: About) -> str | None:
    to = about.order.shipping_address
    return " ".join(str(to[part]) for part in ("postcode", "city") if to.get(part)) or None


@fact("parcel.status", _PARCEL, Kind.STATE, _("Where the parcel stands"))
def _parcel_status(about: About) -> Promise | None:
    row = parcel_of(about.order)
    if row is None:
        return None
    if row.detail in ShipmentDetail.values:
        return ShipmentDetail(row.detail).label
    return ShipmentStatus(row.status).label


@fact("parcel.carrier", _PARCEL, Kind.TEXT, _("Carrier"), slot="carrier")
def _carrier(about: About) -> str | None:
    row = parcel_of(about.order)
    known = carrier_named(row.carrier_code or row.carrier) if row else None
    return known.name if known else (row.carrier if row else "") or None


@fact("parcel.tracking", _PARCEL, Kind.CODE, _("Tracking number"), slot="tracking")
def _tracking(about: About) -> str | None:
    row = parcel_of(about.order)
    return (row.tracking_number if row else "") or None


@fact("parcel.link", _PARCEL, Kind.LINK, _("Tracking link"), slot="url")
def _link(about: About) -> str | None:
    row = parcel_of(about.order)
    if row is None:
        return None
    told = row.tracking_url if row.tracking_url.startswith("https://") else ""
    return told or tracking_url(row.carrier_code or row.carrier, row.tracking_number) or None


@fact("parcel.sent", _PARCEL, Kind.DATE, _("Day it was sent"), slot="date")
def _sent(about: About) -> date | None:
    row = parcel_of(about.order)
    return about.day(row.shipped_at) if row else None


@fact("parcel.expected", _PARCEL, Kind.DATE, _("Expected delivery"), slot="date")
def _expected(about: About) -> date | None:
    row = parcel_of(about.order)
    return about.day(row.estimated_at) if row and row.status in _LIVE else None


@fact("parcel.delivered", _PARCEL, Kind.DATE, _("Day it was delivered"), slot="date")
def _delivered(about: About) -> date | None:
    row = parcel_of(about.order)
    return about.day(row.delivered_at) if row else None


@fact("parcel.place", _PARCEL, Kind.TEXT, _("Last place of the parcel"))
def _place(about: About) -> str | None:
    row = parcel_of(about.order)
    return next((one.place for one in row.events.all() if one.place), None) if row else None


@fact("payment.status", _PAYMENT, Kind.STATE, pgettext_lazy("fact", "Where the payment stands"))
def _payment_status(about: About) -> Promise | None:
    return PaymentStatus(about.order.payment_status).label


@fact("payment.method", _PAYMENT, Kind.TEXT, _("Payment method"))
def _method(about: About) -> str | None:
    row = payment_of(about.order)
    return (row.said or payment_name(row.method)) if row else None


@fact("payment.amount", _PAYMENT, Kind.MONEY, _("Amount paid"), slot="amount")
def _paid(about: About) -> Money | None:
    row = payment_of(about.order)
    return Money(row.amount, row.currency) if row else None


@fact("payment.date", _PAYMENT, Kind.DATE, _("Day it was paid"), slot="date")
def _paid_on(about: About) -> date | None:
    row = payment_of(about.order)
    return about.day(row.paid_at) if row else None


@fact("refund.amount", _PAYMENT, Kind.MONEY, _("Amount refunded"), slot="amount")
def _refunded(about: About) -> Money | None:
    row = refund_of(about.order)
    return Money(row.amount, row.currency) if row else None


@fact("refund.date", _PAYMENT, Kind.DATE, _("Day of the refund"), slot="date")
def _refunded_on(about: About) -> date | None:
    row = refund_of(about.order)
    return about.day(row.refunded_at) if row else None


@fact("refund.arrival", _PAYMENT, Kind.DATE, _("Day by which the refund is there"), slot="date")
def _arrival(about: About) -> date | None:
    row = refund_of(about.order)
    paid = payment_of(about.order)
    method = (row.method if row else "") or (paid.method if paid else "")
    if row is None or row.status != MoneyStatus.DONE or row.refunded_at is None or not method:
        return None
    found: Arrival = arrives(method, about.order.country, row.refunded_at)
    return found.latest


TRIGGERS = (
    Trigger("order_changed", _("An order is new or changed"), OrderMirrored, (_ORDER, _PAYMENT, _PARCEL)),
    Trigger("order_cancelled", _("A shop cancelled an order"), OrderCancelled, (_ORDER, _PAYMENT)),
    Trigger("parcel_changed", _("A parcel stands elsewhere"), ShipmentChanged, (_PARCEL, _ORDER)),
    Trigger("parcel_late", _("A parcel is late, slow or stalled"), ShipmentLate, (_PARCEL, _ORDER)),
    Trigger("payment_changed", _("A payment came in or changed"), PaymentChanged, (_PAYMENT, _ORDER)),
    Trigger("refund_changed", _("A refund went out or changed"), RefundChanged, (_PAYMENT, _ORDER)),
)
