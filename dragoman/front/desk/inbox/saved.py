"""Saved views in the console: the column's entries, saving the list that is open, removing one."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.queries import COUNTED
from dragoman.core.segments.actions.views import Wish, remove_view, restore_view, save_view
from dragoman.core.segments.models import SavedView
from dragoman.core.segments.queries import CHOICES, counts_of, get_view, views_of
from dragoman.ground.design.functions import format_number
from dragoman.kit.errors import Refusal

from ..request import AgentRequest, wants_fragment
from ..toast import Toast, refused


@dataclass(frozen=True)
class Saved:
    """One saved view as the column shows it."""

    name: str
    href: str
    shown: str
    shared: bool


def _href(view: SavedView) -> str:
    return "/?" + urlencode({"view": view.view, **view.chosen, **({"q": view.q} if view.q else {})})


def saved_views(agent: Agent) -> list[Saved]:
    """Return the views this agent sees, each with its live count."""
    views = list(views_of(agent))
    counts = counts_of(agent, views)

    def said(count: int) -> str:
        return f"{format_number(COUNTED)}+" if count >= COUNTED else format_number(count)

    return [Saved(view.name, _href(view), said(counts[view.pk]), view.shared != "own") for view in views]


@require_POST
def save(request: AgentRequest) -> HttpResponse:
    """Save the open list under a name."""
    given = request.POST
    chosen = {name: given.get(name, "")[:200] for name in CHOICES if given.get(name)}
    shared = "everybody" if given.get("shared") == "everybody" else "own"
    wish = Wish(given.get("name", ""), shared, None, given.get("view", "all"), chosen, given.get("q", ""))
    try:
        view = save_view(request.agent.workspace_id, agent=request.agent, wish=wish)
    except Refusal as refusal:
        return refused(request, refusal)
    return redirect(_href(view))


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
    if not wants_fragment(request):
        return redirect("/")
    return render(request, "desk/_toast.html", {"toast": toast})
