"""The days that are looked at: by the clock of a place, so that a day there is a day here."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from .errors import BadSpan

DAYS: Final = 30
CHOICES: Final = (30, 90, 365)
MOST_DAYS: Final = 1100
EARLIEST: Final = date(1971, 1, 1)
LATEST: Final = date(2200, 12, 31)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """The days from `first` to `last`, both counted, by the clock of `zone`."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1

    @property
    def since(self) -> datetime:
        """Return the instant it begins, in UTC."""
        return self._midnight(self.first)

    @property
    def until(self) -> datetime:
        """Return the instant it is over, in UTC."""
        return self._midnight(self.last + _DAY)

    @property
    def before(self) -> "Span":
        """Return as many days right before it."""
        return Span(self.first - timedelta(days=self.days), self.first - _DAY, self.zone)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


def span_of(
    first: date | None, last: date | None, *, zone: ZoneInfo, days: int = DAYS, now: datetime | None = None
) -> Span:
    """Return the days from one to another, by default the last ones with today; raises BadSpan.

    With one end alone, it is so many days from there.
    """
    if last is None:
        today = (now or datetime.now(UTC)).astimezone(zone).date()
        last = today if first is None or first <= today else first
    if not EARLIEST <= last <= LATEST:
        raise BadSpan
    first = last - timedelta(days=days - 1) if first is None else first
    if not (EARLIEST <= first <= last and (last - first).days < MOST_DAYS):
        raise BadSpan
    return Span(first, last, zone)
