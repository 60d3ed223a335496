"""Asking about saved views, their live counts, recent searches and bulk runs. Permission is in the query."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.access import conversations_of
from dragoman.core.conversations.asked import asked
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.narrow import narrowed
from dragoman.core.conversations.queries import COUNTED, VIEWS, active, filters_of_view, reader_of
from dragoman.core.conversations.shapes import Filters

from .errors import NoRun, NoView
from .models import BulkRun, RecentSearch, SavedView

# newest conversations of a status in which a view counts: whatever it is narrowed to, counting costs the same
WALKED = 5000
RECENT = 10
CHOICES = ("status", "channel", "brand", "market", "language", "intent", "tag")


def views_of(agent: Agent) -> QuerySet[SavedView]:
    """All views this agent sees, in their order: their own, their teams', everybody's."""
    seen = (
        Q(shared="everybody")
        | Q(shared="own", owner=agent)
        | Q(shared="team", team__in=agent.teams.filter(workspace_id=agent.workspace_id))
    )
    found = SavedView.objects.filter(workspace_id=agent.workspace_id, removed_at=None)
    return found.filter(seen).select_related("owner", "team").order_by("position", "id")


def shared_views_of(workspace_id: int) -> QuerySet[SavedView]:
    """All views that are not one agent's own, for programs."""
    found = SavedView.objects.filter(workspace_id=workspace_id, removed_at=None)
    return found.exclude(shared="own").select_related("owner", "team").order_by("position", "id")


def get_view(agent: Agent, view_id: int) -> SavedView:
    """Return a view this agent sees; raises NoView."""
    found = views_of(agent).filter(pk=view_id).first()
    if found is None:
        raise NoView
    return found


def filters_of(view: SavedView) -> Filters:
    """Return what a view narrows to."""
    chosen: dict[str, Any] = {name: str(view.chosen.get(name, "")) for name in CHOICES if name != "status"}
    status = str(view.chosen.get("status", ""))
    return Filters(status=(status,) if status else (), q=view.q, **chosen)


def listed_filters_of(view: SavedView) -> Filters:
    """Return what a view narrows to for a program, which has no queue of its own: its place counts by its status."""
    filters = filters_of(view)
    status = filters.status or ((VIEWS[view.view],) if VIEWS.get(view.view) else ())
    return replace(filters, status=status, unassigned=view.view == "unassigned", junk=view.view == "junk")


def _walked(agent: Agent, view: SavedView) -> QuerySet[Conversation]:
    """Return at most COUNTED conversations of a view, found among the newest WALKED of its status and assignee."""
    wanted = asked(agent.workspace_id, view.q, reader_of(agent))
    filters = filters_of_view(agent, view.view, filters_of(view))
    everything = conversations_of(agent.workspace_id)
    found = narrowed(everything, filters, wanted)
    if wanted.in_messages:
        hits = RawSQL(
            "SELECT of_group FROM search_messages_from(%s::tsquery, NULL, %s, false)",
            [wanted.dated_query, COUNTED],
        )
        return found.filter(pk__in=hits).order_by()[:COUNTED]
    scope = Filters(
        status=filters.status, assignee=filters.assignee, unassigned=filters.unassigned, junk=filters.junk
    )
    recent = narrowed(everything, scope, asked(agent.workspace_id, ""))
    newest = recent.order_by("-last_message_at", "-id").values("pk")[:WALKED]
    return active(found, wanted).filter(pk__in=newest).order_by()[:COUNTED]


def counts_of(agent: Agent, views: Sequence[SavedView]) -> dict[int, int]:
    """Count what stands in each view now, at most COUNTED each, in one round trip."""
    parts: list[str] = []
    values: list[Any] = []
    counted: list[int] = []
    for view in views:
        try:
            sql, given = _walked(agent, view).values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"(SELECT count(*) FROM ({sql}) v{view.pk})")
        values += given
        counted.append(view.pk)
    if not parts:
        return dict.fromkeys((view.pk for view in views), 0)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        found = cursor.fetchone()
    return {**dict.fromkeys((view.pk for view in views), 0), **dict(zip(counted, found, strict=True))}


def recent_searches_of(agent: Agent, *, most: int = RECENT) -> list[str]:
    """Return what this agent searched for lately, newest first."""
    mine = RecentSearch.objects.filter(workspace_id=agent.workspace_id, agent=agent)
    return list(mine.order_by("-searched_at", "-id").values_list("q", flat=True)[:most])


def get_run(workspace_id: int, run_id: int, *, agent: Agent | None = None) -> BulkRun:
    """Return a bulk run, of this agent where one is given; raises NoRun."""
    found = BulkRun.objects.filter(workspace_id=workspace_id, pk=run_id)
    run = (found.filter(agent=agent) if agent is not None else found).first()
    if run is None:
        raise NoRun
    return run
