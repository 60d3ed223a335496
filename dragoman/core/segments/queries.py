"""Asking about saved views, recent searches and bulk runs. Permission is in the query."""

from dataclasses import replace
from typing import Any

from django.db.models import BigIntegerField, F, Q, QuerySet
from django.db.models.expressions import RawSQL

from dragoman.core.accounts.models import Agent, Team
from dragoman.core.accounts.queries import teams_of
from dragoman.core.conversations.queries import VIEWS
from dragoman.core.conversations.shapes import Filters
from dragoman.ground.database.compiled import compiled

from .errors import NoRun, NoView
from .models import BulkRun, RecentSearch, SavedView

RECENT = 10
CHOICES = ("status", "channel", "brand", "market", "language", "intent", "mood", "tag", "segment")


def views_of(agent: Agent) -> QuerySet[SavedView]:
    """All views this agent sees, in the agent's order: their own, also those they share with
    a team they are not in, their teams', everybody's.
    """
    return _seen_by(agent.workspace_id, agent.pk)


def _seen_by(workspace_id: Any, agent_id: Any) -> QuerySet[SavedView]:
    teams = Team.objects.filter(workspace_id=workspace_id, members=agent_id)
    seen = Q(shared="everybody") | Q(owner=agent_id) | Q(shared="team", team__in=teams.values("pk"))
    found = SavedView.objects.filter(workspace_id=workspace_id, removed_at=None)
    chosen = RawSQL(
        "array_position((SELECT ids FROM segments_vieworder WHERE workspace_id = %s AND agent_id = %s),"
        " segments_savedview.id)",
        [workspace_id, agent_id],
        output_field=BigIntegerField(),
    )
    ordered = found.filter(seen).select_related("owner", "team").annotate(place=chosen)
    return ordered.order_by(F("place").asc(nulls_last=True), "position", "id")


_listed = compiled(_seen_by)


def list_views(agent: Agent) -> list[SavedView]:
    """Return all views this agent sees, in their order."""
    return _listed(agent.workspace_id, agent.pk)


def teams_to_share_with(agent: Agent) -> list[Team]:
    """Return the teams this agent may share a view with: their own, all of them for leads."""
    found = (
        teams_of(agent.workspace_id)
        if agent.can_lead
        else agent.teams.filter(workspace_id=agent.workspace_id)
    )
    return list(found.order_by("name"))


def may_change(agent: Agent, view: SavedView) -> bool:
    """Say whether this agent may change a view: it is theirs, or they lead; everybody's is for leads."""
    mine = view.owner_id == agent.pk and view.shared != SavedView.Shared.EVERYBODY
    return mine or agent.can_lead


def shared_views_of(workspace_id: int) -> QuerySet[SavedView]:
    """All views that are not one agent's own, for programs."""
    found = SavedView.objects.filter(workspace_id=workspace_id, removed_at=None)
    return found.exclude(shared="own").select_related("owner", "team").order_by("position", "id")


def get_view(agent: Agent, view_id: int) -> SavedView:
    """Return a view this agent sees, or, where they lead, one that is shared with anybody; raises NoView."""
    found = views_of(agent).filter(pk=view_id).first()
    if found is None and agent.can_lead:
        found = shared_views_of(agent.workspace_id).filter(pk=view_id).first()
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
