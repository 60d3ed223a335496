"""Where a parcel stands by all that happened to it, whatever order it was told in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from dragoman.ground.providers.statuses import ShipmentStatus as S

_HOME: Final = S.DELIVERED
_BACK: Final = frozenset({S.RETURNING, S.RETURNED})
_NOT_SENT: Final = frozenset({S.PENDING, S.INFO_RECEIVED, S.CANCELLED})
# of two things at one moment the later in a parcel's life counts
_LIFE: Final = {status: place for place, status in enumerate(S.values)}


class Happened(Protocol):
    """An event, as a carrier told it or as we keep it."""

    @property
    def at(self) -> datetime: ...
    @property
    def status(self) -> str: ...
    @property
    def detail(self) -> str: ...


@dataclass(frozen=True)
class Standing:
    """A parcel's state; `since` is when it came into it, `last_at` when anything was told last."""

    status: str
    detail: str
    since: datetime
    last_at: datetime
    shipped_at: datetime | None
    delivered_at: datetime | None


def standing_of(events: Sequence[Happened]) -> Standing | None:
    """Return where a parcel stands, None before anything happened.

    What is delivered stays delivered, whatever scans come after, unless it goes back.
    """
    ordered = sorted(events, key=lambda one: (one.at, _LIFE.get(one.status, 0)))
    if not ordered:
        return None
    delivered = next((one for one in ordered if one.status == _HOME), None)
    counted = ordered
    if delivered is not None:
        after = [one for one in ordered if one.at >= delivered.at and one.status in {*_BACK, _HOME}]
        counted = [one for one in ordered if one.at < delivered.at] + after
    last = counted[-1]
    since = last.at
    for one in reversed(counted):
        if (one.status, one.detail) != (last.status, last.detail):
            break
        since = one.at
    sent = next((one.at for one in ordered if one.status not in _NOT_SENT), None)
    home = delivered.at if delivered is not None and last.status == _HOME else None
    return Standing(last.status, last.detail, since, ordered[-1].at, sent, home)
