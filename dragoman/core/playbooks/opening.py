"""Whether a market is open at an instant, for a brand or for nobody: hours, holidays and the clock on its wall."""

import datetime
from dataclasses import dataclass
from typing import Literal

from dragoman.core.accounts.hours.queries import hours_for
from dragoman.ground.markets.calendar import Calendar
from dragoman.ground.markets.facts import Hours
from dragoman.ground.markets.opening import calendar_of, main_zone, opening, usual_calendar
from dragoman.ground.markets.playbook import playbook
from dragoman.ground.markets.public_holidays import holidays_on
from dragoman.ground.markets.zones import zone
from dragoman.kit.memo import Memo

from .queries import find_market, place_today, told

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
    place = _place_of(workspace_id, brand_id, country)
    region, name = region or place.region, time_zone or place.time_zone or main_zone(country)
    here = zone(name)
    local = at.astimezone(here)
    kept = holidays_on(country, local.date(), region=region, language=language)
    calendar: Calendar | None
    if set_hours:
        calendar = set_hours.calendar
    elif place.hours:
        calendar = calendar_of(country, place.hours, here, region=region)
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
        basis=("brand" if set_hours or place.hours else "usual") if found else "unknown",
    )


@dataclass(frozen=True)
class _Place:
    """What a brand said of a market: where in it, and its own hours."""

    region: str = ""
    time_zone: str = ""
    hours: Hours | None = None


_places: Memo[tuple[int, int, str], _Place] = Memo(seconds=5)
_NOWHERE = _Place()


def _place_of(workspace_id: int, brand_id: int | None, country: str) -> _Place:
    """Return what a brand said, at most 5 s old."""
    if not brand_id:
        return _NOWHERE

    def load() -> _Place:
        today = datetime.datetime.now(datetime.UTC).date()
        market = find_market(workspace_id, brand_id, country)
        known = told(workspace_id, brand_id, country, on=today)["service_hours"]
        ours = known.policy or (known.fact if known.is_corrected else None)
        region, name = place_today(market)
        return _Place(
            region=region,
            time_zone=name,
            hours=ours.value if ours and isinstance(ours.value, Hours) else None,
        )

    return _places.get((workspace_id, brand_id, country), load) or _NOWHERE
