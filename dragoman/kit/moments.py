"""An instant as words for a customer: in their language and by the clock of their zone (CLDR)."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, dates


@lru_cache(maxsize=128)
def _locale(language: str, market: str) -> Locale:
    """Return the locale of a language as a market writes it, else of the language, else of its base, else English's."""
    base = language.split("-")[0]
    wished = [f"{language}-{market}"] if market and language == base else []
    # plain `en` is Europe's, with 24 hours and the day first
    for tag in (*wished, "en-150" if language == "en" else language, base, "en-150"):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    raise AssertionError("CLDR always has English")


def said_time(at: datetime, zone: ZoneInfo, language: str, market: str = "") -> str:
    """Return the hour and minute."""
    return str(dates.format_time(at.astimezone(zone), "short", locale=_locale(language, market)))


def said_day(day: date, language: str, market: str = "") -> str:
    """Return a day with its weekday and without a year: Montag, 30. November."""
    locale = _locale(language, market)
    pattern = locale.datetime_skeletons.get("MMMMEd") or locale.datetime_skeletons.get("MMMEd")
    wide = str(pattern.pattern if pattern else "EEEE d MMMM")
    # CLDR keeps this skeleton with short names, and some alone as a heading has them; this stands in a sentence
    for short, whole in (("ccc", "EEEE"), ("EEE", "EEEE"), ("E", "EEEE"), ("LLL", "MMMM"), ("MMM", "MMMM")):
        wide = _widened(wide, short, whole)
    return str(dates.format_date(day, wide, locale=locale))


def _widened(pattern: str, short: str, whole: str) -> str:
    letter = short[0]
    found = max((len(run) for run in _runs(pattern) if run[0] == letter), default=0)
    return pattern.replace(letter * found, whole) if found == len(short) else pattern


def _runs(pattern: str) -> list[str]:
    runs: list[str] = []
    quoted = False
    for sign in pattern:
        quoted = quoted != (sign == "'")
        if quoted or not sign.isalpha():
            runs.append(" ")
        elif runs and runs[-1][0] == sign:
            runs[-1] += sign
        else:
            runs.append(sign)
    return runs


def said_moment(
    at: datetime, zone: ZoneInfo, language: str, *, now: datetime, market: str = "", named: bool = False
) -> str:
    """Return an instant as it stands in a sentence: the hour if it is today there, else weekday, day and hour.

    Whoever reads it takes it for their own clock's: where it may be another, let the city be `named`.
    """
    hour = said_time(at, zone, language, market)
    if named:
        city = dates.get_timezone_location(zone, locale=_locale(language, market), return_city=True)
        hour = f"{hour} ({city})"
    local = at.astimezone(zone).date()
    if local == now.astimezone(zone).date():
        return hour
    join = str(_locale(language, market).datetime_formats["medium"])
    return join.replace("{1}", said_day(local, language, market)).replace("{0}", hour)
