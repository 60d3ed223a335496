"""Asking which service hours hold."""

from collections.abc import Sequence

from django.db.models import QuerySet

from dragoman.kit.memo import Memo

from ..models import HolidayFeed, ServiceHours
from .errors import NoFeed, NoHours
from .rows import Hours, Scope, hours_of

known: Memo[int, tuple[Hours, ...]] = Memo(seconds=5)


def rows_of(workspace_id: int) -> QuerySet[ServiceHours]:
    """All hours of a workspace with what they are for, the most general first."""
    rows = ServiceHours.objects.filter(workspace_id=workspace_id).select_related("brand", "team")
    return rows.order_by("id")


def feeds_of(workspace_id: int) -> QuerySet[HolidayFeed]:
    """All calendars of days off, by name."""
    return HolidayFeed.objects.filter(workspace_id=workspace_id).order_by("name", "id")


def get_hours(workspace_id: int, pk: int) -> ServiceHours:
    """Return hours; raises NoHours."""
    found = rows_of(workspace_id).filter(pk=pk).first()
    if found is None:
        raise NoHours
    return found


def get_feed(workspace_id: int, pk: int) -> HolidayFeed:
    """Return a calendar of days off; raises NoFeed."""
    found = feeds_of(workspace_id).filter(pk=pk).first()
    if found is None:
        raise NoFeed
    return found


def all_hours(workspace_id: int) -> tuple[Hours, ...]:
    """Return all hours of a workspace as they hold, at most 5 s old."""

    def load() -> tuple[Hours, ...]:
        feeds: Sequence[HolidayFeed] = list(feeds_of(workspace_id))
        found = (hours_of(row, feeds) for row in rows_of(workspace_id))
        return tuple(hours for hours in found if hours is not None)

    return known.get(workspace_id, load) or ()


def matching(workspace_id: int, asked: Scope) -> list[Hours]:
    """Return the hours that hold for a scope, those that decide first.

    What names most of the scope stands first; of two that name as much, the one with the team, then the channel, then
    the brand, then the market.
    """
    found = [hours for hours in all_hours(workspace_id) if hours.scope.holds_for(asked)]
    return sorted(found, key=lambda hours: (sum(hours.scope.named), hours.scope.named), reverse=True)


def hours_for(
    workspace_id: int,
    *,
    brand_id: int | None = None,
    market: str = "",
    team_id: int | None = None,
    channel: str = "",
) -> Hours | None:
    """Return the hours that hold; None where the workspace set none (`playbooks.hours` knows what is usual then)."""
    return next(iter(matching(workspace_id, Scope(brand_id, market, team_id, channel))), None)


def target_for(workspace_id: int, asked: Scope) -> int | None:
    """Return within how many minutes of open time the first answer goes out over the channel asked; None: not set."""
    for hours in matching(workspace_id, asked):
        if asked.channel in hours.targets:
            return hours.targets[asked.channel]
    return None
