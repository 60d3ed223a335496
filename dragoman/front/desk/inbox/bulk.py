"""Changing many conversations at once: what is picked, what would change and why not, progress, stop and undo."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.accounts.queries import agents_of, teams_of
from dragoman.core.conversations.access import check_may_reply
from dragoman.core.conversations.queries import filters_of_view, reader_of
from dragoman.core.segments.actions import bulk as actions
from dragoman.core.segments.models import BulkRun
from dragoman.core.segments.queries import get_run
from dragoman.ground.design.functions import format_number
from dragoman.kit.errors import Refusal

from ..frame import frame
from ..handling.snoozes import Zones, chosen_time, snooze_times
from ..request import AgentRequest, wants_fragment
from ..toast import Toast, refused
from ..words import SNOOZES, Say
from .bulk_words import reasons, said_of
from .query import query_of

LONGEST = 500


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _picked(request: AgentRequest) -> list[int]:
    """Return the ids a form names, or all that the list beside it holds; raises Refusal where there are none."""
    agent, given = request.agent, request.POST
    if given.get("all") == "1":
        query = query_of(request)
        filters = filters_of_view(agent, query.view, query.filters())
        ids = actions.selected_by(agent.workspace_id, filters, reader=reader_of(agent))
    else:
        named = [*given.getlist("id"), *given.get("ids", "").split(",")]
        ids = [pk for pk in dict.fromkeys(_number(text) for text in named) if pk][: actions.MOST]
    if not ids:
        raise Refusal(_("Select at least one conversation."), code="none_selected", status=422)
    return ids


def _change(request: AgentRequest) -> actions.Change:
    """Read `verb:value`; tags and a snooze's own time stand in fields beside it."""
    verb, _colon, value = request.POST.get("change", "").partition(":")
    if verb in {"add_tags", "remove_tags"} and not value:
        value = request.POST.get("tags", "")
    if verb == "snooze" and (value == "at" or value in SNOOZES):
        zones = Zones(request.agent.time_zone)
        value = chosen_time(value, request.POST.get("at", ""), now=timezone.now(), zones=zones).isoformat()
    return actions.Change(verb, value[:LONGEST])


def _step(request: AgentRequest, **matter: Any) -> HttpResponse:
    """Show one step: inside the list for a script, else as a page of its own."""
    matter = {"query": query_of(request), "words": Say, **matter}
    if wants_fragment(request):
        return render(request, "desk/_bulk_step.html", matter)
    return render(request, "desk/bulk.html", frame(request, section="bulk", **matter))


def _choices(request: AgentRequest, ids: list[int]) -> dict[str, Any]:
    workspace_id = request.agent.workspace_id
    return {
        "ids": ids,
        "ask": request.POST.get("ask", ""),
        "agents": [one for one in agents_of(workspace_id).filter(is_active=True) if one.can_reply],
        "teams": list(teams_of(workspace_id)),
        "snoozes": snooze_times(timezone.now(), Zones(request.agent.time_zone)),
        "zone": request.agent.time_zone,
    }


@require_POST
def choose(request: AgentRequest) -> HttpResponse:
    """Ask what is to change, or say what a change would do, before anything is done."""
    try:
        check_may_reply(request.agent)
        ids = _picked(request)
        if not request.POST.get("change"):
            return _step(request, **_choices(request, ids))
        change = _change(request)
        trial = actions.try_bulk(request.agent.workspace_id, agent=request.agent, ids=ids, change=change)
        said = said_of(request.agent, change)
    except Refusal as refusal:
        return refused(request, refusal)
    return _step(
        request, ids=ids, change=change, trial=trial, said=said, reasons=reasons(trial.skipped, would=True)
    )


@require_POST
def run(request: AgentRequest) -> HttpResponse:
    """Do what the trial said."""
    try:
        change = _change(request)
        begun = actions.start_bulk(
            request.agent.workspace_id, agent=request.agent, ids=_picked(request), change=change
        )
    except Refusal as refusal:
        return refused(request, refusal)
    return _told(request, begun)


@require_GET
def progress(request: AgentRequest, run_id: int) -> HttpResponse:
    """Say how far a change is."""
    return _told(request, get_run(request.agent.workspace_id, run_id, agent=request.agent))


@require_POST
def stop(request: AgentRequest, run_id: int) -> HttpResponse:
    """Stop after the batch that is being changed."""
    found = get_run(request.agent.workspace_id, run_id, agent=request.agent)
    return _told(request, actions.stop_bulk(found))


@require_POST
def undo(request: AgentRequest, run_id: int) -> HttpResponse:
    """Give every conversation back what it had."""
    try:
        found = get_run(request.agent.workspace_id, run_id, agent=request.agent)
        begun = actions.undo_bulk(found, agent=request.agent)
    except Refusal as refusal:
        return refused(request, refusal)
    return _told(request, begun)


def _told(request: AgentRequest, found: BulkRun) -> HttpResponse:
    """Show a run: its progress while it goes on, else what came of it with the way back."""
    matter = {"run": found, "reasons": reasons(found.skipped, would=False), "query": query_of(request)}
    running = found.state == BulkRun.State.RUNNING
    if not wants_fragment(request):
        if running and request.method == "POST":
            return redirect(f"/desk/bulk/{found.pk}")
        matter["toast"] = None if running else _toast(found)
        return render(request, "desk/bulk.html", frame(request, section="bulk", **matter))
    if running:
        step = render(request, "desk/_bulk_step.html", matter)
        # an undo comes from the toast, which shows no progress
        step["HX-Retarget"], step["HX-Reswap"] = "#bulk-box", "innerHTML"
        return step
    answer = render(request, "desk/_toast.html", {"toast": _toast(found)})
    # what one selected meanwhile stays selected when an earlier change is undone
    answer["HX-Trigger-After-Swap"] = "bulk-undone" if found.undoes else "bulk-done"
    return answer


def _toast(found: BulkRun) -> Toast:
    n = format_number(found.changed)
    if found.undoes:
        text = ngettext(
            "%(n)s conversation is as it was", "%(n)s conversations are as they were", found.changed
        )
        return Toast(text % {"n": n})
    text = ngettext("%(n)s conversation changed", "%(n)s conversations changed", found.changed) % {"n": n}
    return Toast(text, f"/desk/bulk/{found.pk}/undo" if found.changed else "", seconds=20)
