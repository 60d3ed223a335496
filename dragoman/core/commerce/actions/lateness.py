"""Noting which parcels are out of time, and telling it once."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Max

from dragoman.ground.events.actions import publish

from ..events import ShipmentLate
from ..lanes import Judged, Lanes, judge
from ..models import Shipment
from ..parcel_models import MOVING

AT_ONCE: Final = 500
# what nobody heard of for so long is no longer awaited
_FORGOTTEN: Final = timedelta(days=120)


def note_lateness(workspace_id: int, *, now: datetime, after: int = 0) -> int:
    """Judge the next parcels under way, 500 at most; returns the last one's id, 0 when there are no more."""
    rows = Shipment.objects.filter(
        workspace_id=workspace_id,
        removed=False,
        status__in=MOVING,
        pk__gt=after,
        order__placed_at__gt=now - _FORGOTTEN,
    )
    found = list(
        rows.exclude(tracking_key="")
        .select_related("order")
        .annotate(last_at=Max("events__at"))
        .order_by("pk")[:AT_ONCE]
    )
    lanes = Lanes(workspace_id)
    for one in found:
        judged = judge(one, lanes=lanes, country=one.order.country, last_at=one.last_at, now=now)
        if one.trouble != (judged.trouble if judged else ""):
            _note(one, judged)
    return found[-1].pk if len(found) == AT_ONCE else 0


@transaction.atomic
def _note(shipment: Shipment, judged: Judged | None) -> None:
    mine = Shipment.objects.filter(
        workspace_id=shipment.workspace_id, pk=shipment.pk, trouble=shipment.trouble
    )
    trouble, since = (judged.trouble.value, judged.since) if judged else ("", None)
    first = not shipment.trouble and bool(trouble)
    if mine.update(trouble=trouble, trouble_at=since) and first:
        publish(ShipmentLate(order_id=shipment.order_id, shipment_id=shipment.pk, trouble=trouble))


def clear_trouble(shipment: Shipment) -> None:
    """Take the mark off a parcel that is there, or on its way back."""
    if shipment.trouble and shipment.status not in MOVING:
        shipment.trouble, shipment.trouble_at = "", None
        shipment.save(update_fields=["trouble", "trouble_at"])
