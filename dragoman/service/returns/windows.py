"""From which day to which day something may be sent back: counted as the law of a country counts.

Days are those of the buyer's calendar. The day of the event is not counted, unless a law says so (Japan). In the EU a
time that would end on a Saturday, Sunday or public holiday ends on the next working day (Regulation 1182/71 Art. 3(4)).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from dragoman.ground.markets.errors import NoMarket, NoRegion
from dragoman.ground.markets.facts import WEEKDAYS, Withdrawal
from dragoman.ground.markets.library import country as known_country
from dragoman.ground.markets.public_holidays import is_public_holiday

_DAY: Final = timedelta(days=1)
# no people rests longer than the Chinese new year
_LONGEST_REST: Final = 30


@dataclass(frozen=True)
class Window:
    """The first and the last day on which something may be sent back; None: not begun, or without an end yet.

    `days` is the figure of the law or the policy, whatever the calendar made of it.
    """

    days: int
    starts_on: date | None = None
    ends_on: date | None = None

    def is_open(self, day: date) -> bool:
        """Say whether it is not over yet; what has not begun is open."""
        return self.ends_on is None or day <= self.ends_on


@dataclass(frozen=True)
class Rest:
    """Whose days of rest count: a country, and a region (ISO 3166-2 without the country) where it has its own."""

    country: str
    region: str = ""

    def is_holiday(self, day: date) -> bool:
        """Say whether it is a public holiday there; a country nobody keeps holidays of has none."""
        try:
            return is_public_holiday(self.country, day, region=self.region)
        except NoRegion:
            return is_public_holiday(self.country, day)
        except NoMarket:
            return False

    def is_working(self, day: date) -> bool:
        """Say whether people work there on a day."""
        return WEEKDAYS[day.weekday()] not in weekend_of(self.country) and not self.is_holiday(day)

    def past(self, day: date, never: tuple[str, ...]) -> date:
        """Return a day, or the next on which a time may end; `never` is as in `facts.Withdrawal.never_ends_on`."""
        for _tried in range(_LONGEST_REST if never else 0):
            if not (_names(day) & set(never) or ("holiday" in never and self.is_holiday(day))):
                break
            day += _DAY
        return day


def _names(day: date) -> set[str]:
    """Return what laws call a day that no calendar of public holidays has to know."""
    found = {WEEKDAYS[day.weekday()], day.strftime("%m-%d")}
    if day == easter(day.year) - 2 * _DAY:  # type: ignore[no-untyped-call]
        found.add("good_friday")
    if day.month == 6 and 19 <= day.day <= 25 and day.weekday() == 4:
        found.add("midsummer_eve")
    return found


def weekend_of(country: str) -> tuple[str, ...]:
    """Return the days of a country's weekend (CLDR)."""
    return known_country(country).weekend


def by_policy(days: int, event: date | None) -> Window:
    """Return a brand's window: so many days after an event; not begun without one."""
    if event is None:
        return Window(days)
    return Window(days, event + _DAY, event + timedelta(days=days))


def by_law(law: Withdrawal, event: date | None, rest: Rest, *, informed: bool) -> Window:
    """Return the window that a law gives after an event (its day there); not begun without one."""
    days = law.days or 0
    if not informed and law.days_if_not_informed:
        days = law.days_if_not_informed
    if event is None or (not informed and law.waits_for_information):
        return Window(days)
    first = event if law.counts_first_day else event + _DAY
    if law.day_type == "business":
        starts, ends = _working(first, days, rest)
        return Window(days, starts, ends)
    ends = rest.past(first + timedelta(days=days - 1), law.never_ends_on)
    if not informed and law.months_more_if_not_informed:
        longer = relativedelta(months=law.months_more_if_not_informed)  # type: ignore[no-untyped-call]
        begins = ends if law.more_from == "end" else first - _DAY
        ends = max(ends, rest.past(begins + longer, law.never_ends_on))
    return Window(days, first, ends)


def _working(first: date, days: int, rest: Rest) -> tuple[date, date]:
    """Return the first and the last of so many working days, from a day on."""
    while not rest.is_working(first):
        first += _DAY
    last = first
    for _each in range(days - 1):
        last += _DAY
        while not rest.is_working(last):
            last += _DAY
    return first, last
