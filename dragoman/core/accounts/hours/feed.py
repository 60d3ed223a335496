"""Days off out of a calendar at an address (iCalendar, RFC 5545): whole days only, the years around today."""

import datetime
from collections.abc import Iterator
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar

from dragoman.kit.address import clean
from dragoman.kit.guarded import Judge, NotFetched, fetch, is_public

MOST_BYTES = 2 * 1024 * 1024
MOST_DAYS = 2000
# how long one day off may last; longer ones are no holidays
LONGEST = 62
BEHIND, AHEAD = datetime.timedelta(days=31), datetime.timedelta(days=731)
DAY = datetime.timedelta(days=1)
# over how many days, all in all, the rules of a calendar are followed: 250 that are as old as may be
MOST_STEPS = 5_000_000
# how many years ago what comes again may have begun
OLDEST = 50
# after so many years the calendar is the same
CYCLE = 400
LONGEST_RULE = 500
FREQUENCIES = frozenset(["YEARLY", "MONTHLY", "WEEKLY"])
PARTS = frozenset(
    ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST"]
)
# why a calendar brought nothing: the words of kit.guarded.REASONS, and
NOT_A_CALENDAR = "not_a_calendar"


class BadFeed(Exception):
    """The calendar brought no days; `code` says why in a word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def fetch_days(
    url: str, *, today: datetime.date, allows: Judge = is_public, ports: tuple[int, ...] = (80, 443)
) -> list[dict[str, str]]:
    """Return the days off of a calendar at a public address as HolidayFeed keeps them; raises BadFeed."""
    try:
        data = fetch(
            url,
            accept="text/calendar",
            agent="Dragoman (days off)",
            limit=MOST_BYTES,
            allows=allows,
            ports=ports,
        )
    except NotFetched as fault:
        raise BadFeed(fault.why) from fault
    return read_days(data, today=today)


def read_days(data: bytes, *, today: datetime.date) -> list[dict[str, str]]:
    """Return the whole days of a calendar's events from a month ago to two years ahead, by day; raises BadFeed.

    Events with an hour, cancelled ones and such as last more than two months are left out; a day with several events
    has the first one's name.
    """
    try:
        calendar = Calendar.from_ical(data.decode("utf-8-sig"))
    except (ValueError, UnicodeDecodeError, IndexError, KeyError, AttributeError, TypeError) as fault:
        raise BadFeed(NOT_A_CALENDAR) from fault
    if getattr(calendar, "name", "") != "VCALENDAR":
        raise BadFeed(NOT_A_CALENDAR)
    found: dict[datetime.date, str] = {}
    budget = _Budget()
    for event in calendar.walk("VEVENT"):
        for day in _days(event, today - BEHIND, today + AHEAD, budget):
            found.setdefault(day, clean(str(event.get("SUMMARY", ""))).strip()[:80])
            if len(found) > MOST_DAYS:
                raise BadFeed("too_large")
    return [{"day": day.isoformat(), "name": name} for day, name in sorted(found.items())]


class _Budget:
    """How many days the rules of one calendar may still be followed over."""

    def __init__(self) -> None:
        self._left = MOST_STEPS

    def spend(self, days: int) -> None:
        """Take days away; raises BadFeed when there are none left."""
        self._left -= days
        if self._left < 0:
            raise BadFeed("too_large")


def _days(event: Any, first: datetime.date, last: datetime.date, budget: _Budget) -> Iterator[datetime.date]:
    """Yield the days of an event between two; one that cannot be read has none. Raises BadFeed."""
    try:
        start = event.decoded("DTSTART")
        end = event.decoded("DTEND") if "DTEND" in event else None
        length = end - start if end else event.decoded("DURATION") if "DURATION" in event else DAY
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return
    if isinstance(start, datetime.datetime) or not isinstance(start, datetime.date):
        return
    if not isinstance(length, datetime.timedelta):
        return
    days = max(length.days, 1)
    if days > LONGEST or str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    for begins in _starts(event, start, last, budget):
        if begins > last:
            return
        if begins < first - days * DAY:
            continue
        for step in range(days):
            day = begins + step * DAY
            if first <= day <= last:
                yield day


def _starts(
    event: Any, start: datetime.date, last: datetime.date, budget: _Budget
) -> Iterator[datetime.date]:
    """Yield the days until `last` on which an event begins, again and again where it has a rule; raises BadFeed."""
    if "RRULE" not in event:
        yield start
        return
    if start > last or start.year < last.year - OLDEST:
        return
    # a date so many years later has the same weekday and leap years: a rule that never fits ends there at once
    later = (datetime.MAXYEAR - last.year) // CYCLE * CYCLE
    at = datetime.datetime(start.year + later, start.month, start.day)
    left_out = {day for value in _as_list(event.get("EXDATE")) for day in _dates(value)}
    try:
        rule, count, until = _rule(event["RRULE"])
        before = at
        for number, one in enumerate(rrulestr(rule, dtstart=at)):
            budget.spend((one - before).days + 1)
            before = one
            day = one.date().replace(year=one.year - later)
            if day > min(last, until) or (count is not None and number >= count):
                return
            if day not in left_out:
                yield day
    except (ValueError, OverflowError, TypeError, AttributeError, KeyError, IndexError):
        return
    budget.spend((datetime.datetime.max - before).days)


def _rule(rules: Any) -> tuple[str, int | None, datetime.date]:
    """Return (a rule without its end, how often, until when); raises ValueError for one that gives no whole days."""
    text = (rules[0] if isinstance(rules, list) else rules).to_ical().decode().upper()
    parts = dict(part.split("=", 1) for part in text.split(";") if part)
    if len(text) > LONGEST_RULE or set(parts) - PARTS or parts.get("FREQ") not in FREQUENCIES:
        raise ValueError("a rule that gives no whole days")
    count, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    if int(parts.get("INTERVAL", "1")) < 1:
        raise ValueError("a rule that stands still")
    # it may end at an instant, which a day without a zone cannot be held against
    end = datetime.datetime.strptime(until[:8], "%Y%m%d").date() if until else datetime.date.max
    return ";".join(f"{key}={value}" for key, value in parts.items()), int(count) if count else None, end


def _as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _dates(value: Any) -> Iterator[datetime.date]:
    for one in getattr(value, "dts", ()):
        yield one.dt.date() if isinstance(one.dt, datetime.datetime) else one.dt
