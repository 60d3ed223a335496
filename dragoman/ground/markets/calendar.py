"""When a place is open: working hours in a zone, holidays and one-off days; pure, and right over clock changes.

A place is open when its own wall clock says so. An hour that the clock skips is not there, one that comes twice is
open twice.
"""

import datetime
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

UTC = datetime.UTC
DAY = datetime.timedelta(days=1)
HALF_DAY = datetime.timedelta(hours=12)
SECOND = datetime.timedelta(seconds=1)
# how far is looked ahead for an opening: a year of holidays and a leap day
HORIZON = 400


@dataclass(frozen=True, order=True)
class Span:
    """From `start` to `end`, minutes after local midnight; an end above 1440 is on the next day."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < 1440 and self.start < self.end <= self.start + 1440):
            raise ValueError(f"{self.start}-{self.end} is no span of a day")

    @classmethod
    def of(cls, start: datetime.time, end: datetime.time) -> "Span":
        """Return the span between two times of day; one that does not end later ends on the next day."""
        first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
        return cls(first, last if last > first else last + 1440)


WHOLE_DAY = Span(0, 1440)
Week = tuple[tuple[Span, ...], ...]  # seven days, Monday first


def never(_day: datetime.date) -> bool:
    """Say of every day that it is no holiday."""
    return False


@dataclass(frozen=True)
class Calendar:
    """Working hours: `week` in `zone`; `is_holiday` closes a day, `special` (one-off days) says otherwise again."""

    zone: ZoneInfo
    week: Week
    is_holiday: Callable[[datetime.date], bool] = never
    special: Mapping[datetime.date, Sequence[Span]] = field(default_factory=dict)

    def spans_of(self, day: datetime.date) -> Sequence[Span]:
        """Return the hours that begin on a day; none where it is closed."""
        if day in self.special:
            return self.special[day]
        return () if self.is_holiday(day) else self.week[day.weekday()]

    def is_open(self, at: datetime.datetime) -> bool:
        """Say whether it is open at an instant (with a zone)."""
        here = at.astimezone(self.zone).date()
        days = (here + step * DAY for step in (-2, -1, 0, 1))
        return any(start <= at < end for day in days for start, end in self._instants(day))

    def next_open(self, at: datetime.datetime) -> datetime.datetime | None:
        """Return when it opens after an instant (now, where it is open); UTC; None if not within HORIZON days."""
        now = at.astimezone(UTC)
        return now if self.is_open(at) else next((start for start, _end in self._from(at)), None)

    def next_opening(self, at: datetime.datetime) -> datetime.datetime | None:
        """Return the next time its doors open, later than `at`; None if not within HORIZON days, or never shut."""
        return next((start for start, _end in self._from(at) if start > at), None)

    def next_close(self, at: datetime.datetime) -> datetime.datetime | None:
        """Return when it closes next; UTC; None if never within HORIZON days."""
        found = next(self._from(at), None)
        return found[1] if found and found[1] < at + HORIZON * DAY else None

    def state(self, at: datetime.datetime) -> tuple[bool, datetime.datetime | None, datetime.datetime | None]:
        """Return (is_open, next_opening, next_close) of an instant, looked up once for all three."""
        ahead = self._from(at)
        first = next(ahead, None)
        if first is None:
            return False, None, None
        opens, closes = first
        following = opens if opens > at else next((start for start, _end in ahead), None)
        return opens <= at, following, closes if closes < at + HORIZON * DAY else None

    def working_time(self, start: datetime.datetime, end: datetime.datetime) -> datetime.timedelta:
        """Return how long it is open between two instants; nothing where the end is not after the start."""
        open_time = (closes - opens for opens, closes in self.open_between(start, end))
        return sum(open_time, datetime.timedelta())

    def open_between(
        self, start: datetime.datetime, end: datetime.datetime
    ) -> list[tuple[datetime.datetime, datetime.datetime]]:
        """Return (opens, closes) in UTC, apart and in order, of all that is open between two instants."""
        found = ((max(opens, start), min(closes, end)) for opens, closes in self._from(start, until=end))
        return [(opens, closes) for opens, closes in found if opens < closes]

    def after(self, start: datetime.datetime, work: datetime.timedelta) -> datetime.datetime | None:
        """Return the instant when `work` of open time has passed since `start`; None if not within HORIZON days."""
        left = work
        for opens, closes in self._from(start):
            first = max(opens, start.astimezone(UTC))
            if closes - first >= left:
                return first + left
            left -= closes - first
        return None

    def _from(
        self, at: datetime.datetime, *, until: datetime.datetime | None = None
    ) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
        """Yield (opens, closes) in UTC, apart and in order, of everything that closes after `at`."""
        here = at.astimezone(self.zone).date()
        last = (until.astimezone(self.zone).date() if until else here + HORIZON * DAY) + DAY
        held: tuple[datetime.datetime, datetime.datetime] | None = None
        for start, end in self._in_order(here - 2 * DAY, last):
            if held and start <= held[1]:
                held = (held[0], max(held[1], end))
                continue
            if held and held[1] > at:
                yield held
            held = (start, end)
        if held and held[1] > at:
            yield held

    def _in_order(
        self, first: datetime.date, last: datetime.date
    ) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
        """Yield the hours that begin from one day (two before an instant may still be open) to another, by start.

        An hour that comes twice may lie, of the day before, after what the next day began: days are put in order.
        """
        waiting: list[tuple[datetime.datetime, datetime.datetime]] = []
        day = first
        while day <= last:
            waiting = sorted([*waiting, *self._instants(day)])
            # no zone is a whole day ahead: what begins on the next day begins after this
            sure = datetime.datetime.combine(day, datetime.time(), UTC)
            while waiting and waiting[0][0] < sure:
                yield waiting.pop(0)
            day += DAY
        yield from waiting

    def _instants(self, day: datetime.date) -> list[tuple[datetime.datetime, datetime.datetime]]:
        """Return a day's hours as instants; they run on into the next day, whose clock may change too."""
        found: list[tuple[datetime.datetime, datetime.datetime]] = []
        for span in self.spans_of(day):
            for since, till, offset in _offsets(self.zone, day):
                midnight = datetime.datetime.combine(day, datetime.time(), UTC) - offset
                start = max(midnight + datetime.timedelta(minutes=span.start), since)
                end = min(midnight + datetime.timedelta(minutes=span.end), till)
                if start < end:
                    found.append((start, end))
        return sorted(found)


@lru_cache(maxsize=8192)
def _offsets(
    zone: ZoneInfo, day: datetime.date
) -> tuple[tuple[datetime.datetime, datetime.datetime, datetime.timedelta], ...]:
    """Return (since, till, offset) from the day's beginning to the next day's end: pieces of one offset each."""
    first = datetime.datetime.combine(day, datetime.time(), UTC) - DAY
    last = first + 4 * DAY
    edges = [first, *_changes(zone, first, last), last]
    return tuple((since, till, _offset(zone, since)) for since, till in pairwise(edges))


def _offset(zone: ZoneInfo, at: datetime.datetime) -> datetime.timedelta:
    return at.astimezone(zone).utcoffset() or datetime.timedelta()


def _changes(zone: ZoneInfo, first: datetime.datetime, last: datetime.datetime) -> list[datetime.datetime]:
    """Return the instants between two at which the zone's offset changes (to the second)."""
    # two changes within half a day have never been
    halves = [first + step * HALF_DAY for step in range((last - first) // HALF_DAY + 1)]
    offsets = [_offset(zone, half) for half in halves]
    return [
        before + datetime.timedelta(seconds=_seconds_until(zone, before, was))
        for before, (was, now) in zip(halves, pairwise(offsets), strict=False)
        if was != now
    ]


def _seconds_until(zone: ZoneInfo, before: datetime.datetime, was: datetime.timedelta) -> int:
    """Return how many seconds after an instant the offset is another than it was, within half a day."""
    seconds = range(1, HALF_DAY // SECOND + 1)
    return seconds[bisect_right(seconds, 0, key=lambda after: _offset(zone, before + after * SECOND) != was)]
