"""Days on which a country works, and counting in them: on one side, or on both sides of a border."""

import datetime
from collections.abc import Callable
from typing import Final

from . import library
from .facts import WEEKDAYS
from .public_holidays import is_public_holiday

# nothing is that far off: a calendar without a working day ends here and not never
_FARTHEST: Final = 400


def works_on(country: str, day: datetime.date) -> bool:
    """Say whether a day is neither weekend nor public holiday there; raises NoMarket."""
    # a country that is none is refused by its holidays
    return (
        not is_public_holiday(country, day)
        and WEEKDAYS[day.weekday()] not in library.country(country).weekend
    )


def working_day(country: str, day: datetime.date, number: int) -> datetime.date:
    """Return the day so many working days after a day; none after it is the first that is worked, itself or later."""
    left = number
    for _step in range(_FARTHEST + 2 * number):
        works = works_on(country, day)
        if works and left <= 0:
            return day
        day += datetime.timedelta(days=1)
        left -= works_on(country, day)
    return day


def day_both_work(origin: str, destination: str, day: datetime.date, number: int) -> datetime.date:
    """Return the day so many days later, of those on which both sides work; then the first that the far side works."""
    return _walk(destination, day, number, lambda there: not _both(origin, destination, there))


def day_but_holidays(origin: str, destination: str, day: datetime.date, number: int) -> datetime.date:
    """Return the day so many days later, public holidays of either side left out; then the first the far side works.

    Weekends count: they are in what was measured. Holidays are not, or hardly.
    """
    return _walk(destination, day, number, lambda there: _holiday(origin, destination, there))


def _both(origin: str, destination: str, day: datetime.date) -> bool:
    return works_on(origin, day) and works_on(destination, day)


def _holiday(origin: str, destination: str, day: datetime.date) -> bool:
    return any(
        is_public_holiday(country, day) and WEEKDAYS[day.weekday()] not in library.country(country).weekend
        for country in (origin, destination)
    )


def _walk(
    destination: str, day: datetime.date, number: int, rests: Callable[[datetime.date], bool]
) -> datetime.date:
    left = number
    for _step in range(_FARTHEST + 3 * number):
        if left <= 0 and works_on(destination, day):
            return day
        day += datetime.timedelta(days=1)
        left -= not rests(day)
    return day
