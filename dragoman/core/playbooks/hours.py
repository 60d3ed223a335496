"""When a customer is answered: the hours the workspace set, else what is usual in the market; promises of an answer."""

import datetime
from dataclasses import dataclass

from dragoman.core.accounts.hours.queries import hours_for, matching, target_for
from dragoman.core.accounts.hours.rows import Hours, Scope
from dragoman.ground.markets.calendar import Calendar
from dragoman.ground.markets.facts import Hours as UsualHours
from dragoman.ground.markets.facts import ResponseTimes
from dragoman.ground.markets.opening import calendar_of
from dragoman.ground.markets.public_holidays import holidays_on
from dragoman.ground.markets.zones import zone
from dragoman.kit.memo import Memo

from .places import place_of
from .queries import fact_for, has_playbook


@dataclass(frozen=True)
class Service:
    """A calendar and where it comes from: `hours` the workspace set, else usual in `country` (and `region`)."""

    calendar: Calendar
    hours: Hours | None
    country: str
    region: str

    def why(self, day: datetime.date, language: str) -> str:
        """Return what a day that is not as usual is called, in a language where that is known; empty on others."""
        if self.hours:
            return self.hours.why(day, language)
        found = holidays_on(self.country, day, region=self.region, language=language)
        return next((one.name for one in found if one.public), "")


_usual: Memo[tuple[int, int, str, datetime.date], Service] = Memo(seconds=5)


def service_for(
    workspace_id: int,
    *,
    brand_id: int | None = None,
    market: str = "",
    team_id: int | None = None,
    channel: str = "",
) -> Service | None:
    """Return when customers are answered: the workspace's hours that name most of the scope (`accounts.hours`), else
    the market's usual ones as the brand knows them, closed on its public holidays; None where neither is known.
    """
    hours = hours_for(workspace_id, brand_id=brand_id, market=market, team_id=team_id, channel=channel)
    if hours:
        return Service(hours.calendar, hours, hours.country, hours.region)
    if not market:
        return None
    today = datetime.datetime.now(datetime.UTC).date()
    key = (workspace_id, brand_id or 0, market, today)
    return _usual.get(key, lambda: _usual_service(workspace_id, brand_id, market, today))


def _usual_service(
    workspace_id: int, brand_id: int | None, market: str, today: datetime.date
) -> Service | None:
    if not has_playbook(market):
        return None
    fact = fact_for(workspace_id, brand_id, market, "service_hours", on=today)
    if fact is None or not isinstance(fact.value, UsualHours):
        return None
    place = place_of(workspace_id, brand_id, market)
    calendar = calendar_of(market, fact.value, zone(place.zone), region=place.region)
    return Service(calendar, None, market, place.region)


def is_open(service: Service, at: datetime.datetime) -> bool:
    """Say whether customers are answered at an instant."""
    return service.calendar.is_open(at)


def next_open(service: Service, at: datetime.datetime) -> datetime.datetime | None:
    """Return when customers are answered again, now where they are; None: not within a year."""
    return service.calendar.next_open(at)


def working_time(service: Service, start: datetime.datetime, end: datetime.datetime) -> datetime.timedelta:
    """Return how long customers were answered between two instants."""
    return service.calendar.working_time(start, end)


def answer_by(workspace_id: int, asked: Scope, at: datetime.datetime) -> datetime.datetime | None:
    """Return by when a customer who writes at an instant may be told to have an answer; UTC, None: nothing is promised.

    Only hours that the workspace set promise anything. A target set beside them is counted in open time. Without one,
    what the market expects of the channel counts by the wall clock from when it opens; if that ends while it is
    closed, the answer is due when it closes next, so that it comes on a working day.
    """
    hours = next(iter(matching(workspace_id, asked)), None)
    if hours is None:
        return None
    calendar = hours.calendar
    target = target_for(workspace_id, asked)
    if target is not None:
        return calendar.after(at, datetime.timedelta(minutes=target))
    expected = expected_minutes(workspace_id, asked)
    opens = calendar.next_open(at)
    if expected is None or opens is None:
        return None
    due = opens + datetime.timedelta(minutes=expected)
    return due if calendar.is_open(due) else calendar.next_close(due)


def expected_minutes(workspace_id: int, asked: Scope) -> int | None:
    """Return within how many minutes customers of a market expect an answer over a channel; None: unknown."""
    today = datetime.datetime.now(datetime.UTC).date()
    fact = fact_for(workspace_id, asked.brand_id, asked.market, "response_times", on=today)
    if fact is None or not isinstance(fact.value, ResponseTimes):
        return None
    return fact.value.root.get(asked.channel)
