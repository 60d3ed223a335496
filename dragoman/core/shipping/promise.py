"""When a parcel is there: from the order's time over its hand-over to both sides' working days; never a guess."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dragoman.core.commerce.lanes import ENOUGH
from dragoman.core.commerce.models import LaneTime, Order, Shipment
from dragoman.ground.markets.errors import NoMarket
from dragoman.ground.markets.opening import main_zone
from dragoman.ground.markets.playbook import countries
from dragoman.ground.markets.working_days import day_both_work, day_but_holidays, working_day
from dragoman.ground.markets.zones import zone, zones_of
from dragoman.ground.providers.statuses import ShipmentStatus as S

from .models import ShippingTerms
from .queries import quote_of, quotes_for_any_weight, quotes_on, terms_of

_DAY: Final = 86_400


class Basis(StrEnum):
    """What the days come from."""

    MEASURED = "measured"  # parcels of that lane: half of them, nine of ten
    TABLE = "table"  # the brand's own table of rates


class Why(StrEnum):
    """Why nothing is promised."""

    NO_ORIGIN = "no_origin"
    NO_DESTINATION = "no_destination"
    NO_HANDLING = "no_handling"
    NO_DAYS = "no_days"
    NO_CALENDAR = "no_calendar"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody asks: when a parcel of an order placed at `at` is there.

    `handed_over` is when it went, None where it has not; `carrier`, `service` "" where any may carry it; `weight` is
    grams, None for any.
    """

    at: datetime.datetime
    destination: str
    origin: str = ""
    carrier: str = ""
    service: str = ""
    weight: int | None = None
    handed_over: datetime.datetime | None = None


@dataclass(frozen=True)
class Promise:
    """The first and the last day, both None where that is not known and `why` says so.

    `handover` is the day it goes to the carrier; `carriers`, `services` say by what, `parcels` how many were measured.
    """

    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    handover: datetime.date | None = None
    basis: Basis | None = None
    why: Why | None = None
    carriers: Sequence[str] = ()
    services: Sequence[str] = ()
    parcels: int = 0

    @property
    def is_known(self) -> bool:
        """Say whether there are days."""
        return self.earliest is not None


@dataclass(frozen=True)
class _Transit:
    """How long it is under way: days by the calendar where measured, days both sides work where said."""

    least: int
    most: int
    basis: Basis
    carriers: Sequence[str] = ()
    services: Sequence[str] = ()
    parcels: int = 0


def promise_for(workspace_id: int, brand_id: int, wish: Wish) -> Promise:
    """Return when a parcel of a brand is at its destination."""
    terms = terms_of(workspace_id, brand_id)
    origin = wish.origin or terms.sends_from
    if not origin:
        return Promise(why=Why.NO_ORIGIN)
    if not wish.destination:
        return Promise(why=Why.NO_DESTINATION)
    try:
        handover = handover_day(terms, origin, wish)
        if handover is None:
            return Promise(why=Why.NO_HANDLING)
        transit = _measured(workspace_id, origin, wish) or _tabled(workspace_id, brand_id, origin, wish)
        if transit is None:
            return Promise(handover=handover, why=Why.NO_DAYS)
        walk = day_but_holidays if transit.basis is Basis.MEASURED else day_both_work
        first, last = (
            walk(origin, wish.destination, handover, days) for days in (transit.least, transit.most)
        )
    except NoMarket:
        # without a country's holidays nobody can say which days are worked there
        return Promise(why=Why.NO_CALENDAR)
    return Promise(
        first,
        last,
        handover,
        transit.basis,
        carriers=transit.carriers,
        services=transit.services,
        parcels=transit.parcels,
    )


def handover_day(terms: ShippingTerms, origin: str, wish: Wish) -> datetime.date | None:
    """Return the day a parcel goes to its carrier, by the clock where it starts; None where the brand did not say."""
    here = zone(main_zone(origin) if origin in countries() else (zones_of(origin) or ("UTC",))[0])
    if wish.handed_over is not None:
        return wish.handed_over.astimezone(here).date()
    if terms.cut_off is None or terms.handling_days is None:
        return None
    placed = wish.at.astimezone(here)
    day = placed.date()
    if placed.time() > terms.cut_off:
        day += datetime.timedelta(days=1)
    begun = working_day(origin, day, 0)
    return working_day(origin, begun, terms.handling_days)


def _measured(workspace_id: int, origin: str, wish: Wish) -> _Transit | None:
    """Return what parcels of the lane took; by any carrier, the widest of them all: nobody knows whose it will be."""
    rows = LaneTime.objects.filter(
        workspace_id=workspace_id,
        origin=origin,
        destination=wish.destination,
        stage=LaneTime.DOOR,
        parcels__gte=ENOUGH,
        service__in=["", wish.service.lower()],
    )
    if wish.carrier:
        rows = rows.filter(carrier=wish.carrier)
    best: dict[str, LaneTime] = {}
    for row in rows.order_by("service"):
        # the service's own figures stand after those of all services
        best[row.carrier] = row
    if not best:
        return None
    return _Transit(
        min(math.ceil(row.median / _DAY) for row in best.values()),
        max(math.ceil(row.p90 / _DAY) for row in best.values()),
        Basis.MEASURED,
        carriers=sorted(best),
        services=sorted({row.service for row in best.values() if row.service}),
        parcels=sum(row.parcels for row in best.values()),
    )


def _tabled(workspace_id: int, brand_id: int, origin: str, wish: Wish) -> _Transit | None:
    """Return the days of the brand's table, of the same service whose price counts for the landed cost."""
    lane = {"origin": origin, "destination": wish.destination}
    day = wish.at.date()
    if wish.weight is None:
        quotes = quotes_for_any_weight(workspace_id, brand_id, **lane, day=day)
    else:
        quotes = quotes_on(workspace_id, brand_id, **lane, weight=wish.weight, day=day)
    quote = quote_of(quotes, wish.service)
    if quote is None or quote.days is None:
        return None
    return _Transit(*quote.days, Basis.TABLE, services=[quote.service])


_OVER: Final = frozenset({S.DELIVERED, S.RETURNED, S.RETURNING, S.LOST, S.CANCELLED})


def promise_for_order(order: Order) -> Promise | None:
    """Return when what is awaited of an order is there; None where nothing is: all came, went back or is not sent.

    Of a parcel under way its carrier, service and hand-over count, and the one that takes longest is the order's.
    """
    lines = [one for one in order.lines.all() if not one.removed]
    if order.status == "cancelled" or (lines and all(one.digital for one in lines)):
        return None
    parcels = [one for one in order.shipments.all() if not one.removed]
    awaited = [one for one in parcels if one.status not in _OVER]
    if parcels and not awaited:
        return None
    wishes = [_wish(order, one) for one in awaited] or [_wish(order, None)]
    found = [promise_for(order.workspace_id, order.brand_id, one) for one in wishes]
    unknown = next((one for one in found if not one.is_known), None)
    return unknown or max(found, key=lambda one: one.latest or datetime.date.min)


def _wish(order: Order, parcel: Shipment | None) -> Wish:
    weights = [
        one.weight * one.quantity if one.weight is not None else None
        for one in order.lines.all()
        if not (one.removed or one.digital)
    ]
    weight = sum(one or 0 for one in weights) if all(one is not None for one in weights) else None
    if parcel is None:
        return Wish(at=order.placed_at, destination=order.country, weight=weight)
    return Wish(
        at=order.placed_at,
        destination=parcel.destination or order.country,
        origin=parcel.origin,
        carrier=parcel.carrier_code,
        service=parcel.service,
        handed_over=parcel.shipped_at,
        weight=weight,
    )
