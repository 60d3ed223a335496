"""Taking in what carriers tell of parcels: the same again changes nothing, late words overwrite nothing newer."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from dragoman.ground.events.actions import publish
from dragoman.ground.providers.carriers.facts import EventFacts, ParcelFacts
from dragoman.ground.providers.carriers.formats import carriers, tracking_url
from dragoman.ground.providers.statuses import FulfilmentStatus, ShipmentDetail
from dragoman.ground.providers.statuses import ShipmentStatus as S
from dragoman.kit.address import clean

from ..cleaning import Cleaner
from ..errors import NoParcel
from ..events import InwardShipmentChanged, ShipmentChanged
from ..models import Order, Shipment, ShipmentEvent
from ..numbers import number_key
from ..personal import without_person
from ..standing import Standing, standing_of
from .lateness import clear_trouble
from .parts import carrier_of

MOST_EVENTS: Final = 300
# nothing happens to a parcel before parcels had numbers, nor much later than now: such clocks are wrong
_EARLIEST: Final = timedelta(days=3 * 365)
_AHEAD: Final = timedelta(days=2)
# how long until a carrier is asked again, by what may happen next
_PAUSES: Final = {
    S.OUT_FOR_DELIVERY: timedelta(hours=1),
    S.ATTEMPT_FAILED: timedelta(hours=3),
    S.IN_TRANSIT: timedelta(hours=4),
    S.EXCEPTION: timedelta(hours=4),
    S.READY_TO_COLLECT: timedelta(hours=6),
}
_RARELY: Final = timedelta(hours=12)


@dataclass(frozen=True)
class Taken:
    """What became of a parcel's news: how many events are new, and whether it stands elsewhere than before."""

    shipment: Shipment
    new_events: int = 0
    changed: bool = False


@transaction.atomic
def take_parcel(workspace_id: int, *, facts: ParcelFacts) -> list[Taken]:
    """Take in what is told of a number, for each order that has it; raises NoParcel where none has."""
    key = number_key(facts.number)
    rows = Shipment.objects.select_for_update(no_key=True, of=("self",)).filter(
        Q(removed=False) | Q(inward=True), workspace_id=workspace_id, tracking_key=key
    )
    mine = list(rows.select_related("order").order_by("pk")) if key else []
    if not mine:
        raise NoParcel
    return [_take(one, facts) for one in mine]


def _take(shipment: Shipment, facts: ParcelFacts) -> Taken:
    now = timezone.now()
    new = _keep_events(shipment, facts.events, now)
    kept = ShipmentEvent.objects.filter(workspace_id=shipment.workspace_id, shipment_id=shipment.pk)
    standing = standing_of(list(kept)) if new or shipment.told_at is None else None
    fields = _fields(shipment, facts, standing)
    fields["due_at"] = now + _PAUSES.get(S(fields.get("status", shipment.status)), _RARELY)
    fields = _kept(shipment, Shipment, fields)
    if facts.known and (facts.events or shipment.told_at is not None):
        fields["told_at"] = now
    news = {name for name, value in fields.items() if getattr(shipment, name) != value}
    told = bool(news - {"due_at", "told_at"})
    for name in news:
        setattr(shipment, name, fields[name])
    if news:
        shipment.save(update_fields=sorted(news))
    if "status" in news and not shipment.inward:
        clear_trouble(shipment)
        _follow(shipment.order)
    if told or new:
        event = InwardShipmentChanged if shipment.inward else ShipmentChanged
        publish(
            event(
                order_id=shipment.order_id,
                shipment_id=shipment.pk,
                status=shipment.status,
                detail=shipment.detail,
            )
        )
    return Taken(shipment, new, told)


def _keep_events(shipment: Shipment, events: Sequence[EventFacts], now: datetime) -> int:
    """Store the events that are new; returns how many."""
    cleaner = Cleaner(shipment.workspace_id, shipment.order.brand_id)
    rows: dict[str, ShipmentEvent] = {}
    for one in list(events)[-MOST_EVENTS:]:
        if not now - _EARLIEST <= one.at <= now + _AHEAD:
            continue
        text, where = cleaner.line(one.text, 500), cleaner.line(one.place, 200)
        key = f"id:{one.key[:120]}" if one.key else _key_of(one, text, where)
        if shipment.order.anonymised_at is not None:
            # an id may be made of the parcel's number
            key = f"was:{hashlib.sha256(key.encode()).hexdigest()[:40]}"
        values = {
            "at": one.at,
            "status": one.status.value,
            "detail": one.detail if one.detail in ShipmentDetail.values else "",
            "text": text,
            "place": where,
            "country": one.country[:2].upper(),
        }
        rows[key] = ShipmentEvent(
            workspace_id=shipment.workspace_id,
            shipment_id=shipment.pk,
            key=key,
            **_kept(shipment, ShipmentEvent, values),
        )
    here = ShipmentEvent.objects.filter(workspace_id=shipment.workspace_id, shipment_id=shipment.pk)
    have = set(here.filter(key__in=rows).values_list("key", flat=True))
    fresh = [row for key, row in rows.items() if key not in have]
    ShipmentEvent.objects.bulk_create(fresh)
    return len(fresh)


def _kept(shipment: Shipment, model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is stored of a row: whoever was taken out of the order stays out of its parcels."""
    anonymised = shipment.order.anonymised_at is not None
    return without_person(model, values) if anonymised else dict(values)


def _key_of(one: EventFacts, text: str, where: str) -> str:
    """Return what tells an event without an id apart: its moment to the minute, its state and its words."""
    said = "\0".join([one.at.strftime("%Y%m%d%H%M"), one.status.value, str(one.detail), text, where])
    return f"said:{hashlib.sha256(said.encode()).hexdigest()[:40]}"


def _fields(shipment: Shipment, facts: ParcelFacts, standing: Standing | None) -> dict[str, Any]:
    """Return what the parcel becomes; what is not told stays."""
    fields: dict[str, Any] = {}
    if standing is not None:
        fields |= {
            "status": standing.status,
            "detail": standing.detail,
            "status_at": standing.since,
            "delivered_at": standing.delivered_at,
            "shipped_at": standing.shipped_at or shipment.shipped_at,
        }
    told = {
        "estimated_at": facts.estimated_at,
        "origin": facts.origin[:2].upper(),
        "destination": facts.destination[:2].upper(),
        "service": shipment.service or facts.service[:80],
    }
    fields |= {name: value for name, value in told.items() if value}
    if facts.carrier in carriers() and facts.carrier != "upu":
        fields["carrier_code"] = facts.carrier
        if not shipment.carrier:
            fields["carrier"] = carriers()[facts.carrier].name
    carrier = fields.get("carrier_code", shipment.carrier_code)
    if not shipment.tracking_url and (url := tracking_url(carrier, shipment.tracking_number)):
        fields["tracking_url"] = url
    return fields


def _follow(order: Order) -> None:
    """Let an order of which its shop says no more than "sent" be delivered or returned when its parcels are."""
    known = set(
        Shipment.objects.filter(
            workspace_id=order.workspace_id, order_id=order.pk, removed=False
        ).values_list("status", flat=True)
    )
    sent, home = FulfilmentStatus.SENT, FulfilmentStatus.DELIVERED
    wanted = order.fulfilment_status
    if known == {S.DELIVERED} and wanted in (sent, FulfilmentStatus.PARTLY_DELIVERED):
        wanted = home
    elif S.DELIVERED in known and wanted == sent:
        wanted = FulfilmentStatus.PARTLY_DELIVERED
    elif known == {S.RETURNED} and wanted in (sent, home):
        wanted = FulfilmentStatus.RETURNED
    if wanted != order.fulfilment_status:
        Order.objects.filter(workspace_id=order.workspace_id, pk=order.pk).update(fulfilment_status=wanted)


def ask_later(workspace_id: int, shipment_ids: Sequence[int], *, pause: timedelta) -> None:
    """Ask for these parcels no sooner than after a pause."""
    mine = Shipment.objects.filter(workspace_id=workspace_id, pk__in=shipment_ids)
    mine.update(due_at=timezone.now() + pause)


def expect_back(workspace_id: int, *, order_id: int, key: str, carrier: str, number: str) -> Shipment | None:
    """Expect a parcel that brings goods of an order back, inside a transaction; None where it has no number.

    `key` tells it from the order's other parcels. From now on carriers are asked for it, and what they tell of it is
    `InwardShipmentChanged`.
    """
    found = number_key(number)
    if not found:
        return None
    said = {
        "carrier": clean(carrier)[:60],
        "carrier_code": carrier_of(carrier, number),
        "tracking_number": " ".join(clean(number).split())[:80],
        "tracking_key": found,
    }
    mine = Shipment.objects.filter(workspace_id=workspace_id, order_id=order_id, key=f"back:{key}"[:160])
    row = mine.first()
    if row is not None and row.tracking_key == found:
        return row
    fresh = {**said, "inward": True, "removed": True}
    if row is None:
        return Shipment.objects.create(
            workspace_id=workspace_id, order_id=order_id, key=f"back:{key}"[:160], **fresh
        )
    # another parcel than before: nothing is known of it yet
    row.events.all().delete()
    blank = dict.fromkeys(("status_at", "shipped_at", "delivered_at", "estimated_at", "told_at", "due_at"))
    mine.update(**said, **blank, status=S.PENDING, detail="", tracking_url="")
    row.refresh_from_db()
    return row
