"""A place in a list that is sorted by when each changed: it survives changes while it is read.

A number of rows to skip alone does not: whatever changes meanwhile moves to the end, and its successors are missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dragoman.kit.errors import Rejected


@dataclass(frozen=True)
class Place:
    """Read on with what changed at `moment` (as the shop writes it) or later, without the first `skip` of these."""

    moment: str = ""
    skip: int = 0

    @property
    def just_before(self) -> str:
        """Return the millisecond before, for shops that leave out the moment they are asked for."""
        return written(moment_of(self.moment) - timedelta(milliseconds=1))


def place_of(cursor: str, since: datetime | None) -> Place:
    """Return where a page begins; raises Rejected for a cursor that is not ours."""
    if not cursor:
        return Place(written(since) if since else "")
    skip, _colon, moment = cursor.partition("@")
    if not skip.isdigit():
        raise Rejected("this cursor is not one of ours")
    return Place(moment, int(skip))


def cursor_after(place: Place, moments: Sequence[str], *, limit: int) -> str:
    """Return the cursor behind a page; `moments` is when each of its rows changed, in order. Empty at the end."""
    if len(moments) < limit or not moments:
        return ""
    last = moments[-1]
    same = sum(one == last for one in moments)
    return f"{same + (place.skip if last == place.moment else 0)}@{last}"


def written(at: datetime) -> str:
    """Return a time as shops in JavaScript write it: UTC, milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """Read a time of a shop, UTC where it names no zone; raises ValueError."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
