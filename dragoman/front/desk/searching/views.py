"""The search box's fragment: what it offers, and forgetting what was searched for."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.conversations.operators import LONGEST
from dragoman.core.segments.actions.views import forget_search, forget_searches

from ..request import AgentRequest, wants_fragment
from .suggesting import suggestions


@require_GET
def suggest(request: AgentRequest) -> HttpResponse:
    """List what fits the search `q` with its cursor at `at`; `box` tells the two boxes of a page apart."""
    text = request.GET.get("q", "")[:LONGEST]
    given = request.GET.get("at", "")
    at = int(given) if given.isascii() and given.isdigit() and len(given) < 5 else len(text)
    groups = suggestions(request.agent, text, min(at, len(text)))
    box = "list" if request.GET.get("box") == "list" else "views"
    recent = any(option.recent for _title, options in groups for option in options)
    return render(request, "desk/_suggestions.html", {"groups": groups, "box": box, "has_recent": recent})


@require_POST
def forget(request: AgentRequest) -> HttpResponse:
    """Forget one search, or without `q` all of this agent's."""
    q = request.POST.get("q", "")
    if q:
        forget_search(request.agent, q)
    else:
        forget_searches(request.agent)
    return HttpResponse(status=204) if wants_fragment(request) else redirect("/")
