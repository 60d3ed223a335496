"""The slow and obvious answers that calendars are held against: the wall clock, minute by minute."""

import datetime
import random
from zoneinfo import ZoneInfo

from dragoman.ground.markets.calendar import UTC, Calendar, Span

MINUTE = datetime.timedelta(minutes=1)


def is_open(calendar: Calendar, at: datetime.datetime) -> bool:
    """Read the wall clock, then today's hours and those that began yesterday or the day before."""
    wall = at.astimezone(calendar.zone).replace(tzinfo=None)
    for back in (0, 1):
        day = wall.date() - datetime.timedelta(days=back)
        since = (wall - datetime.datetime.combine(day, datetime.time())).total_seconds() / 60
        if any(span.start <= since < span.end for span in calendar.spans_of(day)):
            return True
    return False


def minutes_open(calendar: Calendar, start: datetime.datetime, minutes: int) -> int:
    """Count the open minutes of a stretch that begins on a whole minute."""
    return sum(is_open(calendar, start + step * MINUTE) for step in range(minutes))


def next_change(
    calendar: Calendar, at: datetime.datetime, *, opens: bool, most: int
) -> datetime.datetime | None:
    """Walk minute by minute to the next opening or closing after `at`, at most so many minutes."""
    before = is_open(calendar, at)
    for step in range(1, most):
        now = is_open(calendar, at + step * MINUTE)
        if now != before and now == opens:
            return at + step * MINUTE
        before = now
    return None


def some_calendar(dice: random.Random, zone: ZoneInfo, is_holiday, days: list[datetime.date]) -> Calendar:
    """Make up working hours: several a day, past midnight, one-off days."""

    def day() -> tuple[Span, ...]:
        spans = []
        for _ in range(dice.choice([0, 1, 1, 1, 2, 3])):
            start = dice.randrange(0, 1440, 5)
            spans.append(Span(start, start + dice.randrange(5, 1441, 5)))
        return tuple(sorted(spans))

    special = {one: day() for one in dice.sample(days, k=min(3, len(days)))}
    return Calendar(zone, tuple(day() for _ in range(7)), is_holiday, special)


def moment(dice: random.Random, zone: ZoneInfo) -> datetime.datetime:
    """Return a minute of 2015 to 2035, every third one close to a change of the clock."""
    at = datetime.datetime(2015, 1, 1, tzinfo=UTC) + dice.randrange(20 * 366 * 1440) * MINUTE
    if dice.random() < 0.34:
        hour = at.replace(minute=0)
        for _ in range(24 * 250):
            later = hour + 60 * MINUTE
            if later.astimezone(zone).utcoffset() != hour.astimezone(zone).utcoffset():
                return later + dice.randrange(-300, 300) * MINUTE
            hour = later
    return at
