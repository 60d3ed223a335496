"""When an order was sent and when all of it was there, at a moment and as days of the buyer's calendar; pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dragoman.core.commerce.models import Order, OrderLine, Shipment
from dragoman.ground.providers.statuses import ShipmentStatus

from .quoting import Happened

# a parcel that is none, or brings nothing any more
_GONE = frozenset([ShipmentStatus.CANCELLED, ShipmentStatus.LOST, ShipmentStatus.RETURNED])


def happened_to(order: Order, *, at: datetime, zone: ZoneInfo) -> Happened:
    """Return what had happened to an order (with its parts) by a moment."""
    shipments = list(order.shipments.all())
    sent = [one.shipped_at for one in shipments if one.shipped_at and one.shipped_at <= at]
    there = _all_there(list(order.lines.all()), shipments, at)

    def day(moment: datetime | None) -> date | None:
        return moment.astimezone(zone).date() if moment else None

    return Happened(
        placed=order.placed_at.astimezone(zone).date(),
        dispatched=day(max(sent, default=None)),
        delivered=day(there),
        informed=order.informed,
    )


def arrived(shipment: Shipment) -> datetime | None:
    """Return when a parcel was delivered; None where it was not, or nobody says when."""
    if shipment.delivered_at:
        return shipment.delivered_at
    return shipment.status_at if shipment.status == ShipmentStatus.DELIVERED else None


def _all_there(lines: list[OrderLine], shipments: Iterable[Shipment], at: datetime) -> datetime | None:
    """Return when the last of the goods came (Directive 2011/83/EU Art. 9(2)(b)); None while something is to come."""
    moments: list[datetime] = []
    held: Counter[int] = Counter()
    unsaid = False
    for one in shipments:
        came = arrived(one)
        if came is None or came > at:
            if one.status not in _GONE:
                return None
            continue
        moments.append(came)
        packed = list(one.lines.all())
        unsaid |= not packed
        for part in packed:
            held[part.line_id] += part.quantity
    if not moments:
        return None
    missing = any(held[line.pk] < _wanted(line) for line in lines if not line.digital)
    return None if missing and not unsaid else max(moments)


def _wanted(line: OrderLine) -> int:
    """Return how many of a line have to arrive: neither cancelled nor paid back without ever having come."""
    return max(0, line.quantity - line.cancelled - max(0, line.refunded - line.returned))
