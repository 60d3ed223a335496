"""Playbooks of markets: how much is known from sources, and whether calendars and holidays are right."""

import datetime
import random
import statistics
import time
from collections.abc import Iterator
from functools import partial

import holidays

from dragoman.core.playbooks.opening import opening_in
from dragoman.ground.markets.calendar import Calendar
from dragoman.ground.markets.coverage import coverage
from dragoman.ground.markets.playbook import countries
from dragoman.ground.markets.public_holidays import is_public_holiday, public_holidays
from dragoman.ground.markets.tests import brute
from dragoman.ground.markets.zones import zone, zones_of

CASES = 10_000
# how many minutes are walked one by one: for a stretch of work, and to the next opening or closing (every tenth case)
LONGEST, FARTHEST = 240, 1500


def coverage_rows(on: datetime.date) -> Iterator[tuple[str, str, int, int, int, int]]:
    """Kind of fact, share of the markets with a source read, and how many: read, of these official, general knowledge, unknown."""
    for row in coverage(on):
        yield row.kind, f"{row.share:.2f}", row.verified, row.official, row.unverified, row.unknown


def calendar_rows(cases: int = CASES) -> Iterator[tuple[str, int, int]]:
    """Question, times it was asked, and answers other than the wall clock's, over the zones of all countries."""
    dice, codes = random.Random(61), countries()
    asked: dict[str, list[bool]] = {"open?": [], "working time": [], "next opening": [], "next closing": []}
    for number in range(cases):
        calendar, when = _case(dice, codes[number % len(codes)])
        stretch = dice.randrange(1, LONGEST)
        worked = calendar.working_time(when, when + stretch * brute.MINUTE)
        asked["open?"].append(calendar.is_open(when) == brute.is_open(calendar, when))
        asked["working time"].append(worked == brute.minutes_open(calendar, when, stretch) * brute.MINUTE)
        if number % 10 == 0:
            for opens, name, answer in (
                (True, "next opening", calendar.next_opening(when)),
                (False, "next closing", calendar.next_close(when)),
            ):
                walked = brute.next_change(calendar, when, opens=opens, most=FARTHEST)
                far = answer is None or answer >= when + (FARTHEST - 1) * brute.MINUTE
                asked[name].append(answer == walked or (walked is None and far))
    for name, right in asked.items():
        yield name, len(right), right.count(False)


def _case(dice: random.Random, country: str) -> tuple[Calendar, datetime.datetime]:
    here = zone(dice.choice(zones_of(country)))
    when = brute.moment(dice, here)
    days = [when.date() + datetime.timedelta(days=step) for step in range(-2, 4)]
    return brute.some_calendar(dice, here, partial(is_public_holiday, country), days), when


def holiday_rows(first: int) -> Iterator[tuple[int, int, int]]:
    """Year, public holidays of all countries, and countries whose days are not those of the library."""
    for year in range(first, first + 3):
        ours = {code: {one.day for one in public_holidays(code, year)} for code in countries()}
        wrong = sum(days != set(holidays.country_holidays(code, years=year)) for code, days in ours.items())
        yield year, sum(map(len, ours.values())), wrong


def hours_rows(calls: int = 3000) -> Iterator[tuple[str, str]]:
    """What a call of `hours` takes in this process, in milliseconds; the first of a country reads its files."""
    dice, codes, taken = random.Random(5), countries(), []
    first = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    for number in range(len(codes) + calls):
        at = first + datetime.timedelta(minutes=dice.randrange(365 * 1440))
        began = time.perf_counter()
        opening_in(0, brand_id=None, country=codes[number % len(codes)], at=at)
        taken.append((time.perf_counter() - began) * 1000)
    warm = sorted(taken[len(codes) :])
    yield "median", f"{statistics.median(warm):.3f}"
    yield "mean", f"{statistics.fmean(warm):.3f}"
    yield "99 of 100 within", f"{warm[len(warm) * 99 // 100]:.3f}"
    yield "first of a country, mean", f"{statistics.fmean(taken[: len(codes)]):.3f}"


def tables(on: datetime.date) -> Iterator[tuple[str, list[str], list[tuple[object, ...]]]]:
    """Title, heads and rows of each table."""
    yield (
        f"Markets: kinds of fact known, of {len(countries())} markets",
        ["kind", "share with a source read", "read", "official", "general knowledge", "unknown"],
        [*coverage_rows(on)],
    )
    yield (
        "Calendars held against the wall clock, minute by minute (random hours, zones, holidays, changes of the clock)",
        ["question", "asked", "wrong"],
        [*calendar_rows()],
    )
    yield (
        "Public holidays held against the library",
        ["year", "days", "countries that differ"],
        [*holiday_rows(on.year)],
    )
    yield "`/markets/{country}/hours` in process (ms a call; aim 1)", ["", "ms"], [*hours_rows()]
