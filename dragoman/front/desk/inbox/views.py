"""The inbox: the page and the parts of it that are fetched anew."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.accounts.actions import change_agent
from dragoman.core.accounts.models import Density
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.segments.actions.views import remember_search
from dragoman.ground.design.functions import THEMES

from ..frame import frame
from ..request import AgentRequest, wants_fragment
from ..welcome.awaited import is_awaited
from ..words import Say
from .lists import PAGE, list_context, views_context
from .query import choices_of, orders, query_of

YEAR = 365 * 24 * 3600


def _number(request: AgentRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0


@require_GET
def inbox(request: AgentRequest) -> HttpResponse:
    """Show a view, or what a search found, without an open conversation; the first owner is led to the first steps."""
    if not request.GET and is_awaited(request):
        return redirect("welcome")
    query = query_of(request)
    cursor = request.GET.get("cursor")
    if query.q and not cursor:
        remember_search(request.agent, query.q)
    context = {
        **list_context(request.agent, query, cursor=cursor),
        **views_context(request.agent, query),
        "title": query.q or query.label,
        "conversation": None,
    }
    return render(request, "desk/inbox.html", frame(request, section="inbox", **context))


def _parts(request: AgentRequest, matter: dict[str, Any]) -> dict[str, Any]:
    return {
        "words": Say,
        "reader": workspace_facts(request.agent.workspace_id).language,
        **matter,
    }


def next_after(request: AgentRequest, conversation_id: int) -> str:
    """Return the address of the conversation below this one in the list it was opened from, else of the list."""
    query = query_of(request)
    rows = [row.id for row in list_context(request.agent, query)["page"].items]
    later = rows[rows.index(conversation_id) + 1 :] if conversation_id in rows else rows
    return f"/conversations/{later[0]}{query.tail}" if later else f"/{query.tail}"


@require_GET
def list_pane(request: AgentRequest) -> HttpResponse:
    """Fetch list and views anew: as many rows as the reader had (`loaded`), the open one marked (`open`)."""
    query = query_of(request)
    rows = list_context(
        request.agent, query, limit=max(_number(request, "loaded"), PAGE), selected=_number(request, "open")
    )
    return render(
        request, "desk/_lists.html", _parts(request, {**rows, **views_context(request.agent, query)})
    )


@require_GET
def more_rows(request: AgentRequest) -> HttpResponse:
    """Fetch the rows after a cursor."""
    query = query_of(request)
    rows = list_context(request.agent, query, cursor=request.GET.get("cursor"))
    return render(request, "desk/_rows.html", _parts(request, rows))


@require_GET
def filters(request: AgentRequest) -> HttpResponse:
    """Show what a list can be narrowed to: a form for the menu, or a page of its own."""
    query = query_of(request)
    matter = {"query": query, "choices": choices_of(request.agent, query), "orders": orders()}
    if wants_fragment(request):
        return render(request, "desk/_filter_form.html", matter)
    return render(request, "desk/filters.html", frame(request, section="filters", **matter))


@require_GET
def keys(request: AgentRequest) -> HttpResponse:
    """Show the keyboard map as a page."""
    return render(request, "desk/keys.html", frame(request, section="keys"))


def _back(request: AgentRequest) -> HttpResponseRedirect:
    """Lead back to the page a form was sent from."""
    came_from = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    return redirect(came_from if safe else "/")


@require_POST
def density(request: AgentRequest) -> HttpResponse:
    """Remember how much a row shows; without a choice the other one of the two."""
    chosen = request.POST.get("density", "")
    if chosen not in Density.values:
        chosen = Density.THREE if request.agent.density == Density.ONE else Density.ONE
    change_agent(request.agent, changes={"density": chosen})
    return HttpResponse(status=204) if wants_fragment(request) else _back(request)


@require_POST
def theme(request: AgentRequest) -> HttpResponseRedirect:
    """Remember light, dark or the system's choice in a cookie of this browser."""
    chosen = request.POST.get("theme", "")
    answer = _back(request)
    if chosen in THEMES:
        answer.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        answer.delete_cookie("theme")
    return answer
