"""Why things come back: pieces by reason, market, category or product, their share, and how that changed."""

import datetime
from dataclasses import dataclass

from .finding import reason_counts


@dataclass(frozen=True)
class Row:
    """Pieces of a group that came back for a reason; `before`: in the same time before, `share` of all in percent."""

    reason: str
    group: str
    pieces: int
    before: int
    share: int


def reasons(workspace_id: int, *, by: str, days: int, now: datetime.datetime) -> list[Row]:
    """Return the reasons of a span of days that ends now, the most pieces first."""
    span = datetime.timedelta(days=days)
    found = reason_counts(workspace_id, by=by, since=now - span, until=now)
    was = {
        (reason, group): pieces
        for reason, group, pieces in reason_counts(
            workspace_id, by=by, since=now - 2 * span, until=now - span
        )
    }
    whole = sum(pieces for _reason, _group, pieces in found)
    return [
        Row(reason, group, pieces, was.get((reason, group), 0), round(100 * pieces / whole))
        for reason, group, pieces in found
    ]
