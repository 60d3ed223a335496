"""Asking for the log of what left the house."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Count, QuerySet, Sum

from dragoman.core.language.engine_models import Departure

Line = Departure


def departures_of(workspace_id: int, *, since: date, before: int | None = None) -> QuerySet[Departure]:
    """What left the house from a day (UTC) on, the newest first; `before` goes on behind a row."""
    found = Departure.objects.filter(workspace_id=workspace_id, at__gte=_start(since)).order_by("-pk")
    return found if before is None else found.filter(pk__lt=before)


def totals_of(workspace_id: int, *, since: date) -> Sequence[dict[str, Any]]:
    """Return calls and characters by vendor and host, the most first."""
    found = Departure.objects.filter(workspace_id=workspace_id, at__gte=_start(since))
    summed = found.values("vendor", "host").annotate(calls=Count("pk"), characters=Sum("characters"))
    return [dict(one) for one in summed.order_by("-characters")]


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
