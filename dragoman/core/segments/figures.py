"""What the members of segments do here, side by side: for reports."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, Q
from django.utils import timezone

from dragoman.core.conversations.access import conversations_of
from dragoman.core.conversations.moods import in_mood

from .counting import within
from .criteria import stored_clauses
from .membership import count_members, members_of
from .models import Segment

# milliseconds for one segment, and seconds for all of a report
EACH: Final = 2000
ROUND: Final = 6.0


@dataclass(frozen=True)
class Figures:
    """A segment's numbers since a moment, None where there was no time to count.

    `open` and `unassigned` are those of now; `came`, `reopened` and `upset` count conversations since then, `active`
    members who wrote or were written to.
    """

    segment: Segment
    members: int | None = None
    open: int | None = None
    unassigned: int | None = None
    came: int | None = None
    reopened: int | None = None
    upset: int | None = None
    active: int | None = None


def figures_of(segments: Iterable[Segment], *, days: int = 30) -> list[Figures]:
    """Return the numbers of segments over the last days, in their order."""
    started, since = time.monotonic(), timezone.now() - timedelta(days=days)
    return [_figures(one, since) if time.monotonic() - started < ROUND else Figures(one) for one in segments]


def _figures(segment: Segment, since: datetime) -> Figures:
    members = count_members(segment.workspace_id, stored_clauses(segment.clauses), patience=EACH)
    theirs = conversations_of(segment.workspace_id).filter(
        junk=False, side_of=None, customer_id__in=members_of(segment).order_by().values("pk")
    )
    lately = Q(last_message_at__gte=since)
    counts = {
        "n_open": Count("pk", filter=Q(status="open")),
        "n_unassigned": Count("pk", filter=Q(status="open", assignee=None)),
        "n_came": Count("pk", filter=Q(created_at__gte=since)),
        "n_reopened": Count("pk", filter=Q(reopened_at__gte=since)),
        "n_upset": Count("pk", filter=lately & in_mood("upset")),
        "n_active": Count("customer_id", filter=lately, distinct=True),
    }
    grouped = theirs.order_by().values("workspace_id").annotate(**counts).values_list(*counts)
    try:
        sql, values = grouped.query.sql_with_params()
    except EmptyResultSet:
        return Figures(segment, members, 0, 0, 0, 0, 0, 0)
    # a row even where there is no conversation
    row = within(EACH, f"SELECT f.* FROM (SELECT 1) one LEFT JOIN ({sql}) f ON true", values)
    return Figures(segment, members) if row is None else Figures(segment, members, *(one or 0 for one in row))
