"""Service hours as they are kept, read as facts: the week, one-off days, and the calendar they make."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.ground.markets.calendar import Calendar, Span, Week
from dragoman.ground.markets.errors import NoMarket, NoRegion, NoTimeZone
from dragoman.ground.markets.public_holidays import holidays_on, is_public_holiday
from dragoman.ground.markets.zones import zone

from ..models import HolidayFeed, ServiceHours


@dataclass(frozen=True)
class Scope:
    """What hours are asked for, or hold for; what is empty is not named."""

    brand_id: int | None = None
    market: str = ""
    team_id: int | None = None
    channel: str = ""

    @property
    def named(self) -> tuple[bool, bool, bool, bool]:
        """Say what is named, what decides between rows that name as much first: team, channel, brand, market."""
        return bool(self.team_id), bool(self.channel), bool(self.brand_id), bool(self.market)

    def holds_for(self, asked: "Scope") -> bool:
        """Say whether everything this names is so in what is asked."""
        pairs = (
            (self.brand_id, asked.brand_id),
            (self.market, asked.market),
            (self.team_id, asked.team_id),
            (self.channel, asked.channel),
        )
        return all(not mine or mine == theirs for mine, theirs in pairs)


@dataclass(frozen=True)
class OneOff:
    """A day that is closed (no spans) or has other hours, and what it is called."""

    day: datetime.date
    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Hours:
    """Service hours as they hold; `off` are the days of feeds, by what they are called."""

    id: int
    scope: Scope
    calendar: Calendar
    country: str
    region: str
    days: Mapping[datetime.date, OneOff]
    off: Mapping[datetime.date, str]
    targets: Mapping[str, int]

    def why(self, day: datetime.date, language: str) -> str:
        """Return what a day that is not as usual is called, in a language where that is known; empty on others."""
        if day in self.days:
            return self.days[day].name
        if day in self.off:
            return self.off[day]
        if not self.country:
            return ""
        found = holidays_on(self.country, day, region=self.region, language=language)
        return next((one.name for one in found if one.public), "")


def read_time(written: str) -> datetime.time:
    """Return a time of day written as 09:00 or 9:00, 24:00 as midnight; raises ValueError."""
    hour, colon, minute = written.strip().partition(":")
    if not colon or not (hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit()):
        raise ValueError(written)
    if len(minute) != 2:
        raise ValueError(written)
    if (int(hour), int(minute)) == (24, 0):
        return datetime.time()
    return datetime.time(int(hour), int(minute))


def spans_of(kept: Sequence[Sequence[str]]) -> tuple[Span, ...]:
    """Return a day's hours as a calendar takes them; raises ValueError."""
    return tuple(sorted(Span.of(read_time(start), read_time(end)) for start, end in kept))


def hours_of(row: ServiceHours, feeds: Sequence[HolidayFeed]) -> Hours | None:
    """Return a row as facts; None where it was written by a version that knew more, and cannot be read."""
    try:
        here = zone(row.time_zone)
    except NoTimeZone as refusal:
        # retired since it was written: the clock on the wall is the same under today's name
        today = refusal.details.get("today")
        if not today:
            return None
        here = zone(today)
    try:
        week: Week = tuple(spans_of(day) for day in row.week)
        days = {one.day: one for one in map(_one_off, row.days)}
        off = {
            datetime.date.fromisoformat(one["day"]): str(one["name"])
            for feed in feeds
            if feed.hours_id in (None, row.pk)
            for one in feed.days
        }
    except (ValueError, KeyError, TypeError):
        return None
    country, region = row.country, row.region

    def is_closed(day: datetime.date) -> bool:
        if day in off:
            return True
        try:
            return bool(country) and is_public_holiday(country, day, region=region)
        except (NoMarket, NoRegion):
            # known when it was chosen, gone from the library since
            return False

    return Hours(
        id=row.pk,
        scope=Scope(row.brand_id, row.market, row.team_id, row.channel),
        calendar=Calendar(here, week, is_closed, {day: one.spans for day, one in days.items()}),
        country=country,
        region=region,
        days=days,
        off=off,
        targets={str(channel): int(minutes) for channel, minutes in row.targets.items()},
    )


def _one_off(kept: dict[str, Any]) -> OneOff:
    return OneOff(datetime.date.fromisoformat(kept["day"]), str(kept["name"]), spans_of(kept["spans"]))
