"""Dates as a person types them into a search: ISO, their own country's order, or back from today."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from dragoman.kit.text import lowered

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_PARTS = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})\.?")
_BACK = re.compile(r"(\d{1,4})([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_BUDDHIST = 543  # years a Thai calendar is ahead


def _order(language: str) -> str:
    """Return the order of day, month and year in this language, such as `dmy`."""
    try:
        pattern = Locale.parse(language.replace("-", "_")).date_formats["short"].pattern
    except (UnknownLocaleError, ValueError):
        pattern = "y-MM-dd"
    return "".join(dict.fromkeys(letter.lower() for letter in pattern if letter in "dMy"))


def _day(year: int, month: int, day: int) -> date | None:
    if year < 100:
        year += 2000
    if year > 2400:
        year -= _BUDDHIST
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_order(parts: tuple[int, int, int], language: str) -> date | None:
    """Read three numbers in the reader's order, and in another where theirs is no date."""
    if parts[0] > 31:
        return _day(*parts)
    own = _order(language)
    for order in (own, "dmy", "mdy"):
        named = dict(zip(order, parts, strict=False))
        if len(named) == 3 and (found := _day(named["y"], named["m"], named["d"])):
            return found
    return None


def _span(text: str, today: date, language: str) -> tuple[date, date] | None:
    """Return the first day of what is named, and the first day after it."""
    if whole := _ISO.fullmatch(text):
        year, month, day = (int(part) if part else 0 for part in whole.groups())
        first = _day(year, month or 1, day or 1)
        if first is None:
            return None
        if day:
            return first, first + timedelta(days=1)
        following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        return first, following if month else first.replace(year=first.year + 1)
    if parts := _PARTS.fullmatch(text):
        one, two, three = (int(part) for part in parts.groups())
        found = _in_order((one, two, three), language)
    elif back := _BACK.fullmatch(text):
        found = today - timedelta(days=int(back.group(1)) * _DAYS[back.group(2)])
    else:
        found = {"today": today, "yesterday": today - timedelta(days=1)}.get(text)
    return (found, found + timedelta(days=1)) if found else None


def span_of(text: str, *, zone: str, language: str, now: datetime) -> tuple[datetime, datetime] | None:
    """Return when the day, month or year that was named begins and ends in this zone (aware); None if it is no date."""
    there = ZoneInfo(zone)
    try:
        span = _span(lowered(text.strip()), now.astimezone(there).date(), language)
    except OverflowError:
        return None
    if span is None or not 1970 <= span[0].year <= 2200:
        return None
    first, after = (datetime.combine(day, time(), there) for day in span)
    return first, after
