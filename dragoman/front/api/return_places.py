"""`/returns/places`: where a brand's goods may come back to."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import ConfigDict, Field, StringConstraints

from dragoman.core.accounts.queries import get_brand
from dragoman.kit.shapes import Market
from dragoman.service.returns.actions.places import PlaceFacts, remove_place, set_place
from dragoman.service.returns.models import PlaceKind, ReturnPlace
from dragoman.service.returns.places import places_of

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import In, Listed

router = Router(tags=["returns"])


class PlaceIn(In):
    """A place: a `hub` gets parcels, people walk into a `store` or `drop_off`. `takes_from`: countries, empty: all."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "Hub Tallinn", "street": "Sadama 5", "postcode": "10111", "city": "Tallinn",
                    "country": "EE", "kind": "hub", "reference": "EE101234567", "languages": ["et", "en"],
                    "hours": "Mo-Fr 9-17",
                }
            ]
        },
    )  # fmt: skip

    brand: Annotated[str, StringConstraints(max_length=63)] = ""
    kind: PlaceKind = PlaceKind.HUB
    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    street: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    postcode: Annotated[str, StringConstraints(max_length=20)] = ""
    city: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    region: Annotated[str, StringConstraints(max_length=100)] = ""
    country: Annotated[str, StringConstraints(min_length=2, max_length=2)]
    phone: Annotated[str, StringConstraints(max_length=40)] = ""
    reference: Annotated[str, StringConstraints(max_length=60)] = ""
    languages: Annotated[list[str], Field(max_length=20)] = []
    hours: Annotated[str, StringConstraints(max_length=300)] = ""
    takes_from: Annotated[list[Market], Field(max_length=250)] = []
    is_open: bool = True


class PlaceOut(Schema):
    """A return place."""

    id: str
    brand: str
    kind: str
    name: str
    street: str
    postcode: str
    city: str
    region: str
    country: str
    phone: str
    reference: str
    languages: list[str]
    hours: str
    takes_from: list[str]
    is_open: bool


def place_json(row: ReturnPlace) -> dict[str, Any]:
    """Return a place as the API shows it."""
    plain = {name: getattr(row, name) for name in PlaceOut.model_fields}
    return {**plain, "id": str(row.pk), "brand": row.brand.slug}


@router.get("/returns/places", response={200: Listed[PlaceOut], **ERRORS}, summary="List return places")
def list_places(request: HttpRequest, brand: Annotated[str, Query(max_length=63)] = "") -> Any:
    """List the places of all brands, or of one: hubs first."""
    workspace_id = workspace_of(request)
    brand_id = get_brand(workspace_id, brand).pk if brand else None
    return {"items": [place_json(row) for row in places_of(workspace_id, brand_id=brand_id)], "next": None}


@router.post("/returns/places", response={201: PlaceOut, **ERRORS}, summary="Add a return place")
def add_place(request: HttpRequest, data: PlaceIn) -> Any:
    """Add a place; 422 `bad_place` names what is wrong, 409 `place_twice` a name the brand has already."""
    return Status(201, _kept(request, data))


@router.put("/returns/places/{place}", response={200: PlaceOut, **ERRORS}, summary="Change a return place")
def change_place(request: HttpRequest, place: str, data: PlaceIn) -> Any:
    """Put what is given in place of all that was."""
    return _kept(request, data, number_of(place))


@router.delete("/returns/places/{place}", response={204: None, **ERRORS}, summary="Remove a return place")
def take_place_away(request: HttpRequest, place: str) -> Any:
    """Take it away: returns on their way to it lose their address and keep their state."""
    remove_place(workspace_of(request), agent=None, place_id=number_of(place))
    return Status(204, None)


def _kept(request: HttpRequest, data: PlaceIn, place_id: int | None = None) -> dict[str, Any]:
    workspace_id = workspace_of(request)
    facts = PlaceFacts(**data.model_dump(exclude={"brand"}))
    brand = get_brand(workspace_id, data.brand)
    return place_json(set_place(workspace_id, agent=None, brand_id=brand.pk, facts=facts, place_id=place_id))
