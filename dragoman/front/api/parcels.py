"""`/shipments/{tracking}` and `/carriers`: what happened to parcels, told by any program, and whose a number is."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import BeforeValidator, Field, StringConstraints

from dragoman.core.commerce.actions.parcels import MOST_EVENTS, take_parcel
from dragoman.core.commerce.errors import NoParcel
from dragoman.core.commerce.models import Shipment
from dragoman.core.commerce.queries import parcels_numbered
from dragoman.ground.providers.carriers.facts import EventFacts, ParcelFacts
from dragoman.ground.providers.carriers.formats import recognise
from dragoman.ground.providers.shops.shapes import parcel_status
from dragoman.ground.providers.statuses import ShipmentDetail, ShipmentStatus

from .conversations import workspace_of
from .problems import ERRORS
from .schemas import In, Market, Moment

router = Router(tags=["commerce"])
Code = Annotated[str, StringConstraints(max_length=60)]


class EventIn(In):
    """What happened to a parcel; `text` in its carrier's words, `id` the carrier's id of it."""

    at: Moment
    status: Annotated[ShipmentStatus, BeforeValidator(parcel_status)]
    detail: ShipmentDetail | None = None
    text: Annotated[str, StringConstraints(max_length=500)] = ""
    place: Annotated[str, StringConstraints(max_length=200)] = ""
    country: Market = ""
    id: Annotated[str, StringConstraints(max_length=120)] = ""


class EventsIn(In):
    """News of a parcel; what is left out stays."""

    events: Annotated[list[EventIn], Field(max_length=MOST_EVENTS)]
    carrier: Code = ""
    service: Annotated[str, StringConstraints(max_length=80)] = ""
    estimated_at: Moment | None = None
    origin: Market = ""
    destination: Market = ""


class EventOut(Schema):
    """What happened to a parcel."""

    at: datetime
    status: str
    detail: str
    text: str
    place: str
    country: str


class ParcelOut(Schema):
    """A parcel with what happened to it, the newest first."""

    id: str
    order: str
    carrier: str
    carrier_code: str
    service: str
    tracking_number: str
    tracking_url: str
    status: str
    detail: str
    status_at: datetime | None
    shipped_at: datetime | None
    estimated_at: datetime | None
    delivered_at: datetime | None
    origin: str
    destination: str
    trouble: str
    trouble_at: datetime | None
    events: list[EventOut]


class ParcelsOut(Schema):
    """Parcels of one number."""

    items: list[ParcelOut]


class CandidateOut(Schema):
    """Whose parcel a number may be."""

    carrier: str
    name: str
    format: str
    number: str
    checked: bool
    sure: bool
    country: str
    service: str
    tracking_url: str


class CandidatesOut(Schema):
    """Candidates, the likeliest first."""

    items: list[CandidateOut]


def _json(row: Shipment) -> dict[str, Any]:
    plain = {
        name: getattr(row, name) for name in ParcelOut.model_fields if name not in ("id", "order", "events")
    }
    events = [{name: getattr(one, name) for name in EventOut.model_fields} for one in row.events.all()]
    return {**plain, "id": str(row.pk), "order": row.order.number, "events": events}


@router.get("/shipments/{tracking}", response={200: ParcelsOut, **ERRORS}, summary="One parcel")
def get_parcel(request: HttpRequest, tracking: str) -> Any:
    """Return the parcels of a number, in any spacing, with what happened to them."""
    rows = parcels_numbered(workspace_of(request), tracking)
    if not rows:
        raise NoParcel
    return {"items": [_json(one) for one in rows]}


@router.post("/shipments/{tracking}/events", response={200: ParcelsOut, **ERRORS}, summary="Tell of a parcel")
def post_events(request: HttpRequest, tracking: str, data: EventsIn) -> Any:
    """Take in what happened to a parcel; the same again changes nothing."""
    workspace_id = workspace_of(request)
    events = [
        EventFacts(**one.model_dump(exclude={"id", "detail"}), detail=str(one.detail or ""), key=one.id)
        for one in data.events
    ]
    plain = data.model_dump(exclude={"events"})
    take_parcel(workspace_id, facts=ParcelFacts(number=tracking, events=events, **plain))
    return {"items": [_json(one) for one in parcels_numbered(workspace_id, tracking)]}


@router.get("/carriers/recognise", response={200: CandidatesOut, **ERRORS}, summary="Whose parcel is it")
def get_candidates(
    request: HttpRequest,
    number: Annotated[str, Query(max_length=120)],
    country: Annotated[str, Query(max_length=2)] = "",
    carrier: Annotated[str, Query(max_length=40)] = "",
) -> Any:
    """Return whose parcel a number may be, the likeliest first."""
    found = recognise(number, country=country.upper(), carrier=carrier)
    return {
        "items": [
            {
                "carrier": one.carrier.code,
                "name": one.carrier.name,
                "format": one.format,
                "number": one.number,
                "checked": one.checked,
                "sure": one.sure,
                "country": one.country,
                "service": one.service,
                "tracking_url": one.url,
            }
            for one in found
        ]
    }
