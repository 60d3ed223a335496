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
    for event in calendar.walk("VEVENT"):
        for day in _days(event, today - BEHIND, today + AHEAD):
            found.setdefault(day, clean(str(event.get("SUMMARY", ""))).strip()[:80])
            if len(found) > MOST_DAYS:
                raise BadFeed("too_large")
    return [{"day": day.isoformat(), "name": name} for day, name in sorted(found.items())]


def _days(event: Any, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """Yield the days of an event between two; one that cannot be read has none."""
    try:
        start = event.decoded("DTSTART")
        end = event.decoded("DTEND") if "DTEND" in event else None
        length = end - start if end else event.decoded("DURATION") if "DURATION" in event else DAY
    except (ValueError, KeyError, TypeError, AttributeError):
        return
    if isinstance(start, datetime.datetime) or not isinstance(start, datetime.date):
        return
    days = max(length.days, 1)
    if days > LONGEST or str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    for begins in _starts(event, start, first - days * DAY, last):
        for step in range(days):
            day = begins + step * DAY
            if first <= day <= last:
                yield day


def _starts(
    event: Any, start: datetime.date, first: datetime.date, last: datetime.date
) -> Iterator[datetime.date]:
    """Yield the days on which an event begins, again and again where it has a rule."""
    if "RRULE" not in event:
        yield start
        return
    rules = event["RRULE"]
    rule = (rules[0] if isinstance(rules, list) else rules).to_ical().decode()
    # a rule may end at an instant, which a day without a zone cannot be held against
    rule = ";".join(part[:14] if part.startswith("UNTIL=") else part for part in rule.split(";"))
    if "FREQ=YEARLY" not in rule and "FREQ=MONTHLY" not in rule and "FREQ=WEEKLY" not in rule:
        return
    left_out = {day for value in _as_list(event.get("EXDATE")) for day in _dates(value)}
    at = datetime.datetime.combine(start, datetime.time())
    try:
        for one in rrulestr(rule, dtstart=at).xafter(
            datetime.datetime.combine(first, datetime.time()), inc=True
        ):
            if one.date() > last:
                return
            if one.date() not in left_out:
                yield one.date()
    except (ValueError, OverflowError):
        return


def _as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _dates(value: Any) -> Iterator[datetime.date]:
    for one in getattr(value, "dts", ()):
        yield one.dt.date() if isinstance(one.dt, datetime.datetime) else one.dt
