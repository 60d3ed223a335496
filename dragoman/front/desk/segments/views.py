"""Segments of customers: the list, one with its members, the editor with its live count."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.customers.queries import customers_of
from dragoman.core.segments.actions.segments import change_segment, remove_segment, save_segment
from dragoman.core.segments.criteria import facts_of, problems_of, read_clauses, stored_clauses
from dragoman.core.segments.figures import figures_of
from dragoman.core.segments.membership import condition, count_members, members_of
from dragoman.core.segments.models import Segment
from dragoman.core.segments.queries import shared_views_of
from dragoman.core.segments.segments import get_segment, segment_for, segments_for
from dragoman.kit.errors import Refusal

from ..frame import frame
from ..request import AgentRequest
from ..words import Say
from .editing import Row, drawn, given, rows_in, rows_of
from .words import said

PAGE = 50
SAMPLE = 5
DAYS = 30


def _page(request: AgentRequest, template: str, *, status: int = 200, **matter: Any) -> HttpResponse:
    context = frame(request, section="customers", may_lead=request.agent.can_lead, **matter)
    return render(request, f"desk/segments/{template}", context, status=status)


@require_GET
def segments(request: AgentRequest) -> HttpResponse:
    """List all segments; each is counted once its line is seen."""
    facts = facts_of(request.agent.workspace_id)
    listed = []
    for one in segments_for(request.agent):
        clauses = stored_clauses(one.clauses)
        listed.append((one, said(request.agent, clauses, facts), problems_of(clauses, facts)))
    return _page(request, "list.html", segments=listed, title=_("Segments"))


@require_GET
def count(request: AgentRequest, segment_id: int) -> HttpResponse:
    """Say how many customers a segment has now."""
    found = segment_for(request.agent, segment_id)
    members = count_members(found.workspace_id, stored_clauses(found.clauses))
    return render(request, "desk/segments/_number.html", {"members": members})


@require_GET
def segment(request: AgentRequest, segment_id: int) -> HttpResponse:
    """Show what a segment asks, what its members do here, and who they are."""
    found = segment_for(request.agent, segment_id)
    facts, clauses = facts_of(found.workspace_id), stored_clauses(found.clauses)
    cursor = request.GET.get("cursor", "")
    below = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 19 else None
    theirs = members_of(found).order_by("-pk")
    page = list((theirs if below is None else theirs.filter(pk__lt=below))[: PAGE + 1])
    return _page(
        request,
        "segment.html",
        segment=found,
        title=found.name,
        asks=said(request.agent, clauses, facts),
        problems=problems_of(clauses, facts),
        figures=figures_of([found], days=DAYS)[0] if below is None else None,
        days=DAYS,
        items=page[:PAGE],
        next=page[PAGE - 1].pk if len(page) > PAGE else None,
    )


def _editor(request: AgentRequest, rows: list[Row], name: str) -> dict[str, Any]:
    """Return the editor as it stands, with who fits by now and what keeps it from being counted."""
    workspace_id = request.agent.workspace_id
    facts = facts_of(workspace_id)
    matter: dict[str, Any] = {
        "facts": list(facts.values()),
        "groups": drawn(request.agent, rows, facts),
        "name": name,
        "words": Say,
        "members": None,
        "sample": [],
        "hint": "",
        "counted": False,
    }
    asked = given(rows, begun=True)
    if not asked:
        return matter
    try:
        clauses = read_clauses(workspace_id, asked)
    except Refusal as refusal:
        return {**matter, "hint": str(refusal)}
    members = count_members(workspace_id, clauses)
    sample = []
    if members:
        sample = list(
            customers_of(workspace_id).filter(condition(workspace_id, clauses)).order_by("-pk")[:SAMPLE]
        )
    return {**matter, "members": members, "sample": sample, "counted": True}


@require_POST
def draft(request: AgentRequest) -> HttpResponse:
    """Draw the editor anew after a choice; nothing is saved."""
    if not request.agent.can_lead:
        raise PermissionDenied
    editor = _editor(request, rows_in(request.POST), request.POST.get("name", ""))
    return render(request, "desk/segments/_editor.html", {**editor, "at": request.POST.get("at", "")})


@require_http_methods(["GET", "POST"])
def edit(request: AgentRequest, segment_id: int | None = None) -> HttpResponse:
    """Make a segment, or change one."""
    if not request.agent.can_lead:
        raise PermissionDenied
    workspace_id = request.agent.workspace_id
    known = None if segment_id is None else get_segment(workspace_id, segment_id)
    if request.method != "POST":
        rows = rows_of(stored_clauses(known.clauses)) if known else [Row(0)]
        return _edited(request, known, rows, known.name if known else "")
    rows, name = rows_in(request.POST), request.POST.get("name", "")
    if request.POST.get("do", "") != "save":
        return _edited(request, known, rows, name)
    try:
        made = _saved(request, known, rows, name)
    except Refusal as refusal:
        return _edited(request, known, rows, name, problem=str(refusal), status=422)
    messages.success(request, _("The segment is saved."))
    return redirect("segment", made.pk)


def _saved(request: AgentRequest, known: Segment | None, rows: list[Row], name: str) -> Segment:
    if known is None:
        return save_segment(request.agent.workspace_id, agent=request.agent, name=name, clauses=given(rows))
    return change_segment(known, agent=request.agent, name=name, clauses=given(rows))


def _edited(
    request: AgentRequest,
    known: Segment | None,
    rows: list[Row],
    name: str,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    facts = facts_of(request.agent.workspace_id)
    return _page(
        request,
        "edit.html",
        status=status,
        segment=known,
        problem=problem,
        problems=problems_of(stored_clauses(known.clauses), facts) if known else [],
        title=known.name if known else _("New segment"),
        at=request.path,
        **_editor(request, rows, name),
    )


@require_http_methods(["GET", "POST"])
def remove(request: AgentRequest, segment_id: int) -> HttpResponse:
    """Say who uses a segment, then remove it; its customers stay."""
    if not request.agent.can_lead:
        raise PermissionDenied
    known = get_segment(request.agent.workspace_id, segment_id)
    if request.method == "POST":
        remove_segment(known, agent=request.agent)
        messages.success(request, _("The segment is removed."))
        return redirect("segments")
    views = shared_views_of(known.workspace_id).filter(chosen__segment=str(known.pk))
    return _page(request, "remove.html", segment=known, title=known.name, views=list(views))
