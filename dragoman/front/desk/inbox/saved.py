"""Saved views in the console: the column's entries with their counts, and what is done to them on the list itself."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.accounts.models import Agent, Team
from dragoman.core.segments.actions.views import (
    Wish,
    change_view,
    move_view,
    remove_view,
    restore_view,
    save_view,
    settle_view,
)
from dragoman.core.segments.counting import COUNTED, Counts, counts_of, known_counts
from dragoman.core.segments.models import SavedView
from dragoman.core.segments.queries import (
    CHOICES,
    get_view,
    list_views,
    may_change,
    shared_views_of,
    teams_to_share_with,
)
from dragoman.ground.design.functions import format_number
from dragoman.kit.errors import Refusal

from ..request import AgentRequest, wants_fragment
from ..toast import Toast, refused
from ..words import VIEWS, Words, word
from .query import Query, query_of, read_query

AUDIENCES: Final[Words] = {
    "own": gettext_lazy("Only you"),
    "team": gettext_lazy("A team"),
    "everybody": gettext_lazy("Everybody"),
}
_ICONS: Final = {"own": "star", "team": "users", "everybody": "globe"}


@dataclass(frozen=True)
class Saved:
    """One saved view as a screen shows it; `shown` is its count in words, empty where nobody has counted yet."""

    id: int
    name: str
    query: Query
    shared: str
    team_id: int | None
    audience: str
    may_change: bool
    shown: str = ""
    is_open: bool = False

    @property
    def href(self) -> str:
        """Return the address of its list."""
        return f"/?{self.query.string}"

    @property
    def icon(self) -> str:
        """Return the icon that tells who sees it."""
        return _ICONS[self.shared]


def _list_of(view: SavedView) -> Query:
    """Return the list of a view; a place that has no entry of its own in the column is one of its filters."""
    chosen = {name: str(view.chosen.get(name, "")) for name in CHOICES}
    place = view.view
    if place not in VIEWS:
        place, chosen["status"] = "all", chosen["status"] or place
    return read_query({"view": place, "q": view.q, "sort": view.sort, **chosen})


def _said(count: int | None) -> str:
    if count is None:
        return ""
    return f"{format_number(COUNTED)}+" if count > COUNTED else format_number(count)


def _audience(view: SavedView) -> str:
    return view.team.name if view.shared == "team" and view.team else word(AUDIENCES, view.shared)


def _shown(agent: Agent, views: list[SavedView], counts: Counts, opened: Query | None) -> list[Saved]:
    found = []
    for view in views:
        query = _list_of(view)
        found.append(
            Saved(
                view.pk,
                view.name,
                query,
                view.shared,
                view.team_id,
                _audience(view),
                may_change(agent, view),
                _said(counts.of.get(view.pk)),
                query == opened,
            )
        )
    return found


def saved_views(agent: Agent) -> list[Saved]:
    """Return the views this agent sees, in their order, with what was counted last."""
    return _shown(agent, list_views(agent), known_counts(agent), None)


def views_of_others(agent: Agent) -> list[Saved]:
    """Return the views of teams that an agent is not in, but leads: they stand in no column of theirs."""
    mine = {view.pk for view in list_views(agent)}
    others = shared_views_of(agent.workspace_id).exclude(pk__in=mine) if agent.can_lead else ()
    return _shown(agent, list(others), known_counts(agent), None)


def saved_view(agent: Agent, view: SavedView) -> Saved:
    """Return one view as a screen shows it."""
    return _shown(agent, [view], known_counts(agent), None)[0]


def saved_context(agent: Agent, query: Query, *, counts: Counts | None = None) -> dict[str, Any]:
    """Return the column's saved views; nothing is counted here, `count_in` says in how many seconds to ask for it."""
    views = list_views(agent)
    known = known_counts(agent) if counts is None else counts
    saved = _shown(agent, views, known, query)
    return {
        "saved": saved,
        "open_view": next((view for view in saved if view.is_open), None),
        "count_in": known.wait(views) if counts is None else None,
        "share_teams": teams_to_share_with(agent) if query.changed else [],
        "query": query,
    }


@require_GET
def counts(request: AgentRequest) -> HttpResponse:
    """Count what stands in each view now, and draw that part of the column anew."""
    counted = counts_of(request.agent, list_views(request.agent))
    return render(
        request, "desk/_saved.html", saved_context(request.agent, query_of(request), counts=counted)
    )


def sharing_in(request: HttpRequest, agent: Agent) -> tuple[str, Team | None]:
    """Return with whom a form shares a view: `own`, `everybody`, or `team:<id>` of a team one may choose."""
    shared, _colon, number = request.POST.get("shared", "own").partition(":")
    team = next((one for one in teams_to_share_with(agent) if str(one.pk) == number), None)
    return shared, team


def _wish(request: AgentRequest) -> Wish:
    query = read_query(request.POST)
    chosen = {name: getattr(query, name) for name in CHOICES if getattr(query, name)}
    shared, team = sharing_in(request, request.agent)
    return Wish(request.POST.get("name", ""), shared, team, query.view, chosen, query.q, query.sort)


@require_POST
def save(request: AgentRequest) -> HttpResponse:
    """Save the open list under a name, or let the view `replace` show it from now on."""
    agent, wish = request.agent, _wish(request)
    replaced = request.POST.get("replace", "")
    try:
        if replaced.isascii() and replaced.isdigit() and len(replaced) < 19:
            view = change_view(get_view(agent, int(replaced)), agent=agent, wish=wish)
        else:
            view = save_view(agent.workspace_id, agent=agent, wish=wish)
    except Refusal as refusal:
        return refused(request, refusal)
    return redirect(f"/?{_list_of(view).string}")


def _changed(request: AgentRequest, toast: Toast, *, back: str) -> HttpResponse:
    """Tell a script that the column has changed; without one, show the page `back`."""
    if not wants_fragment(request):
        return redirect(back)
    answer = render(request, "desk/_toast.html", {"toast": toast})
    answer.headers["HX-Trigger"] = "list-changed"
    return answer


@require_POST
def change(request: AgentRequest, view_id: int) -> HttpResponse:
    """Rename a view and say who sees it."""
    agent = request.agent
    try:
        view = get_view(agent, view_id)
        shared, team = sharing_in(request, agent)
        settle_view(view, agent=agent, name=request.POST.get("name", ""), shared=shared, team=team)
    except Refusal as refusal:
        return refused(request, refusal)
    return _changed(request, Toast(_("The view is saved")), back=f"/?{_list_of(view).string}")


@require_POST
def move(request: AgentRequest, view_id: int) -> HttpResponse:
    """Let a view change places with its neighbour in this agent's own column."""
    up = request.POST.get("up") == "1"
    try:
        move_view(request.agent, get_view(request.agent, view_id), up=up)
    except Refusal as refusal:
        return refused(request, refusal)
    return _changed(request, Toast(_("Moved up") if up else _("Moved down")), back="/settings/views")


@require_POST
def remove(request: AgentRequest, view_id: int) -> HttpResponse:
    """Remove a view, or bring it back."""
    try:
        if request.POST.get("back") == "1":
            restore_view(request.agent.workspace_id, view_id, agent=request.agent)
            toast = Toast(_("The view is back"))
        else:
            remove_view(get_view(request.agent, view_id), agent=request.agent)
            toast = Toast(_("The view is removed"), f"/desk/views/{view_id}/remove", (("back", "1"),))
    except Refusal as refusal:
        return refused(request, refusal)
    return _changed(request, toast, back="/")
