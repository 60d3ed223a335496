"""Whether a market is open at an instant, for a brand or for nobody: hours, holidays and the clock on its wall."""

import datetime
from dataclasses import dataclass
from typing import Literal

from dragoman.core.accounts.hours.queries import hours_for
from dragoman.ground.markets.calendar import Calendar
from dragoman.ground.markets.facts import Hours
from dragoman.ground.markets.opening import calendar_of, opening, usual_calendar
from dragoman.ground.markets.playbook import playbook
from dragoman.ground.markets.public_holidays import holidays_on
from dragoman.ground.markets.zones import zone, zone_in, zone_of_region

from .places import place_of
from .queries import told_lately

Basis = Literal["brand", "usual", "unknown"]


@dataclass(frozen=True)
class OpenIn:
    """What is told of an instant in a market; times later than it are on the market's clock, None: not within a year.

    `open` is None where no hours are known.
    """

    open: bool | None
    local_time: datetime.datetime
    time_zone: str
    holiday: str | None
    observances: list[str]
    next_open: datetime.datetime | None
    next_close: datetime.datetime | None
    basis: Basis


def opening_in(
    workspace_id: int,
    *,
    brand_id: int | None,
    country: str,
    at: datetime.datetime,
    region: str = "",
    time_zone: str = "",
    language: str = "en",
) -> OpenIn:
    """Return whether customers are answered in a country at an instant; raises NoMarket, NoRegion, NoTimeZone.

    Service hours that the workspace set (`accounts.hours`) go before what a brand says is usual in the market.
    """
    playbook(country)
    set_hours = None
    if brand_id and not (region or time_zone):
        set_hours = hours_for(workspace_id, brand_id=brand_id, market=country)
    place, own_hours = place_of(workspace_id, brand_id, country), _own_hours(workspace_id, brand_id, country)
    name = time_zone or zone_of_region(country, region) or place.zone
    region, here = region or place.region, zone_in(country, name) if time_zone else zone(name)
    local = at.astimezone(here)
    kept = holidays_on(country, local.date(), region=region, language=language)
    calendar: Calendar | None
    if set_hours:
        calendar = set_hours.calendar
    elif own_hours:
        calendar = calendar_of(country, own_hours, here, region=region)
    else:
        calendar = usual_calendar(country, region=region, time_zone=name, on=local.date())
    found = opening(calendar, at) if calendar else None
    return OpenIn(
        open=found.open if found else None,
        local_time=local,
        time_zone=name,
        holiday=next((one.name for one in kept if one.public), None),
        observances=[one.name for one in kept if not one.public],
        next_open=found.next_open.astimezone(here) if found and found.next_open else None,
        next_close=found.next_close.astimezone(here) if found and found.next_close else None,
        basis=("brand" if set_hours or own_hours else "usual") if found else "unknown",
    )


def _own_hours(workspace_id: int, brand_id: int | None, country: str) -> Hours | None:
    """Return the hours a brand says are usual there, at most 5 s old; None where it says nothing."""
    if not brand_id:
        return None

    today = datetime.datetime.now(datetime.UTC).date()
    known = told_lately(workspace_id, brand_id, country, on=today)["service_hours"]
    ours = known.policy or (known.fact if known.is_corrected else None)
    return ours.value if ours and isinstance(ours.value, Hours) else None
