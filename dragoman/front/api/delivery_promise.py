"""`/delivery-promise`: between which days a parcel is there, and by what; never a guess."""

import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema

from dragoman.core.accounts.queries import get_brand
from dragoman.core.commerce.queries import get_order
from dragoman.core.shipping.places import checked_country
from dragoman.core.shipping.promise import Promise, Wish, promise_for, promise_for_order
from dragoman.kit.errors import Refusal

from .conversations import workspace_of
from .markets import At
from .problems import ERRORS

router = Router(tags=["delivery promise"])


class PromiseOut(Schema):
    """The first and the last day, null where that is not known; `reason` says why then.

    `basis` measured: half of the parcels of that lane were there by `earliest`, nine of ten by `latest`; table: the
    brand's own rates say the days. `handover` is the day it goes to the carrier.
    """

    known: bool
    earliest: datetime.date | None
    latest: datetime.date | None
    handover: datetime.date | None
    basis: Literal["measured", "table"] | None
    carriers: list[str]
    services: list[str]
    parcels: int
    reason: Literal["no_origin", "no_destination", "no_handling", "no_days", "no_calendar"] | None


def _json(found: Promise) -> dict[str, Any]:
    return {
        "known": found.is_known,
        "earliest": found.earliest,
        "latest": found.latest,
        "handover": found.handover,
        "basis": found.basis,
        "carriers": list(found.carriers),
        "services": list(found.services),
        "parcels": found.parcels,
        "reason": found.why,
    }


@router.get(
    "/delivery-promise", response={200: PromiseOut, **ERRORS}, summary="Between which days a parcel is there"
)
def get_promise(
    request: HttpRequest,
    order: Annotated[str, Query(max_length=80)] = "",
    brand: Annotated[str, Query(max_length=63)] = "",
    to: Annotated[str, Query(max_length=2)] = "",
    carrier: Annotated[str, Query(max_length=40)] = "",
    service: Annotated[str, Query(max_length=80)] = "",
    at: Annotated[At | None, Query()] = None,
) -> Any:
    """Say it of an `order`, or of one that would be placed `at` (default now) for a country (`to`).

    409 `nothing_awaited` where all of the order came, went back or is not sent at all.
    """
    workspace_id = workspace_of(request)
    if order:
        named = get_brand(workspace_id, brand).pk if brand else None
        found = promise_for_order(get_order(workspace_id, order, brand_id=named))
        if found is None:
            raise Refusal(
                "Nothing of this order is awaited: it came, went back or was cancelled.",
                code="nothing_awaited",
                status=409,
            )
        return _json(found)
    wish = Wish(
        at=at or datetime.datetime.now(datetime.UTC),
        destination=checked_country(to),
        carrier=carrier,
        service=service,
    )
    return _json(promise_for(workspace_id, get_brand(workspace_id, brand).pk, wish))
