"""Asking for answers, and for what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Avg, Count, F, Q, QuerySet

from .models import Survey

BY: Final = {
    "brand": "brand__slug",
    "market": "market",
    "language": "conversation__language",
    "channel": "channel",
}


@dataclass(frozen=True)
class Mean:
    """What the answers of one value come to: `mean` from 1 to 5, `good` how many of them said 4 or 5."""

    value: str
    count: int
    mean: float
    good: int


def answers_of(
    workspace_id: int, *, since: datetime | None = None, until: datetime | None = None
) -> QuerySet[Survey]:
    """Return answers, the newest first, from a moment on and before another."""
    found = Survey.objects.filter(workspace_id=workspace_id).select_related("brand", "conversation", "agent")
    if since is not None:
        found = found.filter(answered_at__gte=since)
    if until is not None:
        found = found.filter(answered_at__lt=until)
    return found.order_by("-answered_at", "-pk")


def means_of(found: QuerySet[Survey], *, by: str) -> Sequence[Mean]:
    """Return what answers come to by `brand`, `market`, `language` or `channel`, the most answered first."""
    good = Count("pk", filter=Q(score__gte=4))
    rows = found.order_by().values(value=F(BY[by])).annotate(count=Count("pk"), mean=Avg("score"), good=good)
    return [Mean(**row) for row in rows.order_by("-count", "value")]


def mean_of(found: QuerySet[Survey]) -> float | None:
    """Return the mean of all of them, None where nobody answered."""
    told: float | None = found.order_by().aggregate(mean=Avg("score"))["mean"]
    return told
