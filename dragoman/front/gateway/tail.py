"""Reading the events table as a stream, though ids are given before they are committed.

A gap in the ids is a transaction still writing, or one that was rolled back: it is waited for, at most PATIENCE
seconds, then read past; rows that appear late within that time are still found, none is given twice.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

log = logging.getLogger(__name__)

PATIENCE = 5.0  # seconds; no transaction of ours writes for more than two


@dataclass(frozen=True)
class EventRow:
    """What the stream needs of an event: a pointer, never its facts."""

    id: int
    workspace_id: int
    name: str
    topic: str


class Tail:
    """Remembers what was given; `floor` is the id below which nothing new can come."""

    def __init__(self, floor: int) -> None:
        self.floor = floor
        self._seen: set[int] = set()
        self._gap_since: float | None = None

    def fresh(self, rows: Iterable[EventRow], *, now: float) -> list[EventRow]:
        """Return the rows not given before, and move the floor; rows must be all above the floor, by id."""
        new = [row for row in rows if row.id not in self._seen and row.id > self.floor]
        self._seen.update(row.id for row in new)
        self._advance(now)
        return new

    def _advance(self, now: float) -> None:
        before = self.floor
        while self.floor + 1 in self._seen:
            self.floor += 1
            self._seen.discard(self.floor)
        if not self._seen:
            self._gap_since = None
        elif self.floor != before or self._gap_since is None:
            self._gap_since = now
        elif now - self._gap_since > PATIENCE:
            log.info("live stream reads past event %s, nobody committed it", self.floor + 1)
            self.floor = min(self._seen) - 1
            self._gap_since = None
            self._advance(now)
