"""A country's usual working hours, and what a clock on the wall there would say."""

import datetime
from dataclasses import dataclass
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from .calendar import Calendar, Span, Week
from .facts import WEEKDAYS, Hours
from .playbook import playbook
from .public_holidays import is_public_holiday
from .zones import zone, zones_of


@dataclass(frozen=True)
class Opening:
    """Whether a place is open; `next_open` and `next_close` come later (UTC; None: not within a year)."""

    open: bool
    local_time: datetime.datetime
    next_open: datetime.datetime | None
    next_close: datetime.datetime | None


def opening(calendar: Calendar, at: datetime.datetime) -> Opening:
    """Return what a calendar says at an instant (with a zone)."""
    is_open, next_open, next_close = calendar.state(at)
    return Opening(is_open, at.astimezone(calendar.zone), next_open, next_close)


def week_of(hours: Hours) -> Week:
    """Return the seven days of a playbook's hours."""
    return tuple(
        tuple(sorted(Span.of(one.start, one.end) for one in hours.root if day in one.days))
        for day in WEEKDAYS
    )


def main_zone(country: str) -> str:
    """Return the name of the zone most customers of a country live in; raises NoMarket."""
    fact = playbook(country).fact("time_zone", on=datetime.date.today())
    return str(fact.plain) if fact else zones_of(country)[0]


def usual_calendar(
    country: str, *, region: str = "", time_zone: str = "", on: datetime.date
) -> Calendar | None:
    """Return when shops there answer customers, closed on public holidays; None where that is unknown.

    Raises NoMarket, NoRegion, NoTimeZone.
    """
    here = zone(time_zone or main_zone(country))
    fact = playbook(country).fact("service_hours", on=on)
    if fact is None or not isinstance(fact.value, Hours):
        return None
    return calendar_of(country, fact.value, here, region=region)


@lru_cache(maxsize=1024)
def calendar_of(country: str, hours: Hours, here: ZoneInfo, *, region: str = "") -> Calendar:
    """Return hours by the clock of a zone, closed on the public holidays of a country; raises NoMarket, NoRegion."""
    closed = partial(is_public_holiday, country, region=region)
    closed(datetime.date.today())
    return Calendar(zone=here, week=week_of(hours), is_holiday=closed)
