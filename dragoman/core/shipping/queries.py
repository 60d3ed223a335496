"""Asking what sending costs: a quote on a lane, the duty on goods, the terms of a brand."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Q, QuerySet

from dragoman.ground.markets.landed.parts import Goods, Why

from .models import DutyRate, ShippingRate, ShippingTerms


@dataclass(frozen=True)
class Quote:
    """What a service takes for a parcel; `handling` None: not known. `days`: working days under way, where said."""

    service: str
    price: int
    currency: str
    handling: int | None
    days: tuple[int, int] | None = None


def _on(day: datetime.date) -> Q:
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    return begun & (Q(valid_to=None) | Q(valid_to__gte=day))


def rates_of(workspace_id: int, brand_id: int) -> QuerySet[ShippingRate]:
    """All rates of a brand by lane, service and weight."""
    rows = ShippingRate.objects.filter(workspace_id=workspace_id, brand_id=brand_id)
    return rows.order_by("origin", "destination", "service", "up_to", "valid_from")


def duties_of(workspace_id: int, brand_id: int) -> QuerySet[DutyRate]:
    """All rates of duty of a brand."""
    rows = DutyRate.objects.filter(workspace_id=workspace_id, brand_id=brand_id)
    return rows.order_by("destination", "hs", "origin", "valid_from")


def terms_of(workspace_id: int, brand_id: int) -> ShippingTerms:
    """Return how a brand sends; one that said nothing sends unregistered, and customers pay at the border."""
    found = ShippingTerms.objects.filter(workspace_id=workspace_id, brand_id=brand_id).first()
    return found or ShippingTerms(workspace_id=workspace_id, brand_id=brand_id)


def quotes_on(
    workspace_id: int, brand_id: int, *, origin: str, destination: str, weight: int | None, day: datetime.date
) -> list[Quote]:
    """Return what each service takes on a lane for a weight in grams, by price where the currency is one.

    A lane of its own hides the one for everywhere else, service by service. Without a weight only prices for any
    weight count.
    """
    best: dict[str, ShippingRate] = {}
    for row in _on_lane(workspace_id, brand_id, origin, destination, day):
        if row.up_to is not None and (weight is None or row.up_to < weight):
            continue
        before = best.get(row.service)
        if before is None or _fits_closer(row, before):
            best[row.service] = row
    return _by_price(best.values())


def quotes_for_any_weight(
    workspace_id: int, brand_id: int, *, origin: str, destination: str, day: datetime.date
) -> list[Quote]:
    """Return what each service takes for its lightest parcel, and days that hold for all of its weights.

    Of weights that take different days the widest; None where one of them says none.
    """
    bands: dict[tuple[str, int | None], ShippingRate] = {}
    for row in _on_lane(workspace_id, brand_id, origin, destination, day):
        before = bands.get((row.service, row.up_to))
        if before is None or _fits_closer(row, before):
            bands[row.service, row.up_to] = row
    lightest: dict[str, ShippingRate] = {}
    days: dict[str, list[tuple[int, int] | None]] = {}
    for row in bands.values():
        days.setdefault(row.service, []).append(_days(row))
        before = lightest.get(row.service)
        if before is None or _fits_closer(row, before):
            lightest[row.service] = row
    quotes = _by_price(lightest.values())
    return [replace(one, days=_widest(days[one.service])) for one in quotes]


def quote_of(quotes: Sequence[Quote], service: str) -> Quote | None:
    """Return the quote that counts: of the service that is named, else the cheapest; None where it is not listed."""
    return next((one for one in quotes if service.lower() in ("", one.service.lower())), None)


def _on_lane(
    workspace_id: int, brand_id: int, origin: str, destination: str, day: datetime.date
) -> list[ShippingRate]:
    """Return the rows that hold on a lane, without those for everywhere else that a service's own row hides."""
    rates = rates_of(workspace_id, brand_id)
    rows = list(rates.filter(_on(day), origin=origin, destination__in=[destination, ""]))
    named = {row.service for row in rows if row.destination}
    return [row for row in rows if row.destination or row.service not in named]


def _by_price(rows: Iterable[ShippingRate]) -> list[Quote]:
    found = [Quote(one.service, one.price, one.currency, one.handling, _days(one)) for one in rows]
    return sorted(found, key=lambda one: (one.currency, one.price, one.service))


def _widest(days: Sequence[tuple[int, int] | None]) -> tuple[int, int] | None:
    said = [one for one in days if one is not None]
    if not said or len(said) < len(days):
        return None
    return min(least for least, _most in said), max(most for _least, most in said)


def _days(row: ShippingRate) -> tuple[int, int] | None:
    return None if row.days_min is None or row.days_max is None else (row.days_min, row.days_max)


def _fits_closer(row: ShippingRate, before: ShippingRate) -> bool:
    """Say whether a row is a smaller band, or one that began later."""
    heaviest = 2**31
    size, known = row.up_to or heaviest, before.up_to or heaviest
    begun, first = row.valid_from or datetime.date.min, before.valid_from or datetime.date.min
    return (size, -begun.toordinal()) < (known, -first.toordinal())


def duty_rates(
    workspace_id: int,
    brand_id: int | None,
    *,
    places: Sequence[str],
    day: datetime.date,
    goods: Sequence[Goods],
) -> Callable[[Goods], Decimal | Why]:
    """Return a function that says the percent of duty on goods at a destination (`places`: it and its union)."""
    codes = {one.hs_code[:length] for one in goods for length in range(2, len(one.hs_code) + 1)}
    rows: list[DutyRate] = []
    if brand_id and codes:
        known = duties_of(workspace_id, brand_id)
        rows = list(known.filter(_on(day), destination__in=places, hs__in=codes))

    def rate(one: Goods) -> Decimal | Why:
        if not one.hs_code:
            return Why.NO_HS
        fitting = [row for row in rows if one.hs_code.startswith(row.hs)]
        if not fitting:
            return Why.NO_RATE
        longest = max(len(row.hs) for row in fitting)
        fitting = [row for row in fitting if len(row.hs) == longest]
        if not one.origin and any(row.origin for row in fitting):
            return Why.NO_ORIGIN
        fitting = [row for row in fitting if row.origin in ("", one.origin)]
        if not fitting:
            return Why.NO_RATE
        first = datetime.date.min
        return max(
            fitting,
            key=lambda row: (row.origin == one.origin, row.destination == places[0], row.valid_from or first),
        ).percent

    return rate
