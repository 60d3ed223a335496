"""When nobody is written to unasked: the brand's policy, else the country's law, else our own 21:00 to 08:00."""

import datetime
from dataclasses import dataclass
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from dragoman.ground.markets.calendar import WHOLE_DAY, Calendar, Span, never
from dragoman.ground.markets.facts import WEEKDAYS, QuietHours
from dragoman.ground.markets.playbook import Fact
from dragoman.ground.markets.public_holidays import is_public_holiday
from dragoman.ground.markets.zones import zone
from dragoman.kit.memo import Memo

from .places import place_of
from .queries import fact_for

# where neither a brand nor a law says anything
OURS: Final = QuietHours(start=datetime.time(21), end=datetime.time(8))


@dataclass(frozen=True)
class Quiet:
    """The quiet hours of a country; `fact` says where they stand, None: they are ours."""

    hours: QuietHours
    fact: Fact | None
    country: str = ""
    region: str = ""

    @property
    def is_ours(self) -> bool:
        """Say whether nothing but our own habit sets them."""
        return self.fact is None

    def allowed(self, here: ZoneInfo) -> Calendar:
        """Return when customers of a zone may be written to unasked."""
        start, end = (one.hour * 60 + one.minute for one in (self.hours.start, self.hours.end))
        if start == end:
            # the whole day is quiet
            spans: tuple[Span, ...] = ()
        elif start > end:
            spans = (Span(end, start),)
        else:
            spans = tuple(
                Span(first, last) for first, last in ((0, start), (end, WHOLE_DAY.end)) if first < last
            )
        week = tuple(() if day in self.hours.days_off else spans for day in WEEKDAYS)
        off = self.hours.holidays_off and self.country
        closed = partial(is_public_holiday, self.country, region=self.region) if off else never
        return Calendar(here, week, closed)


_known: Memo[tuple[int, int, str, datetime.date], Quiet] = Memo(seconds=5)


def quiet_hours(workspace_id: int, *, brand_id: int | None, country: str, on: datetime.date) -> Quiet:
    """Return the quiet hours that hold for a brand's customers in a country on a day."""

    def load() -> Quiet:
        fact = fact_for(workspace_id, brand_id, country, "quiet_hours", on=on)
        if fact is None or not isinstance(fact.value, QuietHours):
            return Quiet(OURS, None)
        return Quiet(fact.value, fact, country, place_of(workspace_id, brand_id, country).region)

    return _known.get((workspace_id, brand_id or 0, country, on), load) or Quiet(OURS, None)


def is_quiet(
    workspace_id: int, *, brand_id: int | None, country: str, time_zone: str, at: datetime.datetime
) -> bool:
    """Say whether a customer in a zone must not be written to unasked at an instant; raises NoTimeZone."""
    here = zone(time_zone)
    quiet = quiet_hours(workspace_id, brand_id=brand_id, country=country, on=at.astimezone(here).date())
    return not quiet.allowed(here).is_open(at)


def next_allowed(
    workspace_id: int, *, brand_id: int | None, country: str, time_zone: str, at: datetime.datetime
) -> datetime.datetime | None:
    """Return when a customer may be written to unasked, at the soonest; UTC, None: not within a year."""
    here = zone(time_zone)
    quiet = quiet_hours(workspace_id, brand_id=brand_id, country=country, on=at.astimezone(here).date())
    return quiet.allowed(here).next_open(at)
