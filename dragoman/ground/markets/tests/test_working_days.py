"""Counting working days agrees with a calendar that is written out day by day."""

import datetime
import random

import holidays
import pytest

from dragoman.ground.markets.working_days import day_both_work, day_but_holidays, working_day, works_on

DAY = datetime.timedelta(days=1)
# weekends as the countries keep them: CLDR's week data, written anew
WEEKENDS = {"FI": {5, 6}, "DE": {5, 6}, "JP": {5, 6}, "TH": {5, 6}, "SA": {4, 5}, "BR": {5, 6}, "US": {5, 6}}
YEARS = range(2025, 2029)
OFF = {one: set(holidays.country_holidays(one, years=YEARS)) for one in WEEKENDS}


def at_work(country: str, day: datetime.date) -> bool:
    return day.weekday() not in WEEKENDS[country] and day not in OFF[country]


def kept(country: str, day: datetime.date) -> bool:
    return day.weekday() not in WEEKENDS[country] and day in OFF[country]


def written_out(origin: str, there: str, day: datetime.date, number: int, *, measured: bool) -> datetime.date:
    """Write every later day down, cross out those that do not count, and take the one that is looked for."""
    later = [day + DAY * step for step in range(1, 90)]
    rest = [
        one
        for one in later
        if (
            not (kept(origin, one) or kept(there, one))
            if measured
            else at_work(origin, one) and at_work(there, one)
        )
    ]
    least = rest[number - 1] if number else day
    return next(one for one in [day, *later] if one >= least and at_work(there, one))


def test_days_between_two_countries_agree_with_days_written_out() -> None:
    dice = random.Random(20261128)
    for _number in range(150):
        origin, there = dice.choice(list(WEEKENDS)), dice.choice(list(WEEKENDS))
        day = datetime.date(2025, 11, 1) + DAY * dice.randrange(700)
        number = dice.randrange(25)
        case = (origin, there, day, number)
        assert day_both_work(*case) == written_out(*case, measured=False), case
        assert day_but_holidays(*case) == written_out(*case, measured=True), case
        assert works_on(there, day) == at_work(there, day)
        later = [day + DAY * step for step in range(60)]
        worked = [one for one in later if at_work(there, one)]
        wanted = worked[number if at_work(there, day) or not number else number - 1]
        assert working_day(there, day, number) == wanted, case


@pytest.mark.parametrize(
    ("placed", "number", "wanted"),
    # Finland: Christmas Eve is kept, the 25th and 26th are holidays, Epiphany too
    [("2026-12-23", 1, "2026-12-28"), ("2026-12-31", 1, "2027-01-04"), ("2027-01-05", 1, "2027-01-07")],
)
def test_the_days_around_christmas_in_finland(placed: str, number: int, wanted: str) -> None:
    found = working_day("FI", datetime.date.fromisoformat(placed), number)
    assert found == datetime.date.fromisoformat(wanted)
