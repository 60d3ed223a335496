"""Saved views: their order, names and who sees them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dragoman.core.segments.actions.views import check_may_change, remove_view, settle_view
from dragoman.core.segments.queries import get_view, teams_to_share_with
from dragoman.kit.errors import Refusal

from ...inbox.chips import chips_of
from ...inbox.saved import Saved, saved_view, saved_views, sharing_in, views_of_others
from ...request import AgentRequest
from ...words import ORDERS, VIEWS, word
from ..places import show


def _about(request: AgentRequest, view: Saved) -> list[str]:
    """Say in words what a view shows: its place, what it is narrowed to, its order."""
    query = view.query
    chips = [f"{chip.name} {chip.said}".strip() for chip in chips_of(request.agent, query)]
    plain = [query.q] if query.q and not chips else []
    return [word(VIEWS, query.view), *plain, *chips, *([] if query.is_newest else [word(ORDERS, query.sort)])]


@require_GET
def saved(request: AgentRequest) -> HttpResponse:
    """List the views this agent sees, in their order, and for leads those of other teams."""
    views = [(view, _about(request, view)) for view in saved_views(request.agent)]
    others = [(view, _about(request, view)) for view in views_of_others(request.agent)]
    return show(request, "views.html", place="views", views=views, others=others)


@require_http_methods(["GET", "POST"])
def view(request: AgentRequest, view_id: int) -> HttpResponse:
    """Rename a view, and say who sees it."""
    agent = request.agent
    known = get_view(agent, view_id)
    shown = saved_view(agent, known)
    problem, name = "", known.name
    if request.method == "POST":
        name = request.POST.get("name", "")
        shared, team = sharing_in(request, agent)
        try:
            settle_view(known, agent=agent, name=name, shared=shared, team=team)
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("The view is saved."))
            return redirect("settings_views")
    return show(
        request,
        "view.html",
        place="views",
        up="/settings/views",
        status=422 if problem else 200,
        view=shown,
        name=name,
        problem=problem,
        about=_about(request, shown),
        share_teams=teams_to_share_with(agent),
    )


@require_http_methods(["GET", "POST"])
def remove(request: AgentRequest, view_id: int) -> HttpResponse:
    """Ask, then remove a view; its conversations stay."""
    agent = request.agent
    known = get_view(agent, view_id)
    check_may_change(agent, known)
    if request.method == "POST":
        remove_view(known, agent=agent)
        messages.success(request, _("The view is removed."))
        return redirect("settings_views")
    return show(request, "view_remove.html", place="views", up=f"/settings/views/{view_id}", view=known)
