"""Merging and splitting conversations: look first, choose what stays, undo."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.conversations.access import check_may_reply, get_conversation
from dragoman.core.conversations.actions.merge import merge_conversations, preview_merge, undo_merge
from dragoman.core.conversations.actions.split import plan_split, split_conversation, undo_split
from dragoman.core.conversations.errors import NoConversation
from dragoman.core.conversations.links import find_merge, find_split
from dragoman.core.conversations.merging import MergePlan
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.queries import others_of
from dragoman.kit.errors import Refusal

from ..conversations.clock import clock_for
from ..frame import frame
from ..inbox.query import query_of
from ..request import AgentRequest, number_in
from ..words import Say
from .words import FIELDS, WARNINGS


def fields_in(request: HttpRequest, *, stays: int) -> dict[str, str]:
    """Return the side chosen for each conflicting field; a form names sides by number, whoever stays in the end."""
    given = request.POST if request.method == "POST" else request.GET
    chosen = {name: given[f"field_{name}"] for name in FIELDS if given.get(f"field_{name}")}
    return {
        name: value if value == "both" else "survivor" if value == str(stays) else "merged"
        for name, value in chosen.items()
    }


def _pair(request: AgentRequest, one: Conversation, other: Conversation) -> tuple[Conversation, Conversation]:
    """Return (what goes, what stays): as chosen by `keep`, else the older one stays if it is not closed."""
    keep = number_in(request, "keep")
    if keep not in {one.pk, other.pk}:
        older = min((one, other), key=lambda each: (each.status == "closed", each.created_at))
        keep = older.pk
    return (other, one) if keep == one.pk else (one, other)


@require_GET
def merge(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Choose the other conversation, then see both sides and what will be."""
    check_may_reply(request.agent)
    here = get_conversation(request.agent, conversation_id)
    wanted = number_in(request, "with")
    plan: MergePlan | None = None
    problem = ""
    if wanted:
        try:
            gone, stays = _pair(request, here, get_conversation(request.agent, wanted))
            plan = preview_merge(gone, stays, agent=request.agent, fields=fields_in(request, stays=stays.pk))
        except NoConversation:
            problem = _("There is no conversation with this number.")
        except Refusal as refusal:
            problem = str(refusal)
    matter = {
        "here": here,
        "others": others_of(request.agent, here, most=8),
        "wanted": wanted or "",
        "plan": plan,
        "problem": problem,
        "warnings": [WARNINGS[code] for code in plan.warnings] if plan else [],
        "field_words": FIELDS,
        "title": _("Merge conversations"),
        "clock": clock_for(here),
        "clock_for": clock_for,
        "query": query_of(request),
    }
    return render(request, "desk/merging/merge.html", frame(request, section="merge", **matter))


@require_POST
def do_merge(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Merge as previewed and show the conversation that stays, with the way back."""
    here = get_conversation(request.agent, conversation_id)
    other = get_conversation(request.agent, number_in(request, "with"))
    gone, stays = _pair(request, here, other)
    merge_conversations(gone, stays, agent=request.agent, fields=fields_in(request, stays=stays.pk))
    return redirect(f"/conversations/{stays.pk}?merged={gone.pk}{query_of(request).more}")


@require_GET
def unmerge(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Say what undoing brings back and what stays."""
    check_may_reply(request.agent)
    link = find_merge(request.agent.workspace_id, conversation_id)
    if link is None:
        return redirect(f"/conversations/{conversation_id}{query_of(request).tail}")
    return _undo_page(request, conversation_id, link.survivor_id, "unmerge")


@require_POST
def do_unmerge(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Part a merged conversation again and show it."""
    undo_merge(request.agent.workspace_id, conversation_id, agent=request.agent)
    return _moved(request, f"/conversations/{conversation_id}{query_of(request).tail}")


def _undo_page(request: AgentRequest, gone: int, stays: int, verb: str) -> HttpResponse:
    matter = {"gone": gone, "stays": stays, "verb": verb, "title": _("Undo"), "query": query_of(request)}
    return render(request, "desk/merging/undo.html", frame(request, section="merge", **matter))


@require_GET
def split(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Show which messages would go and which stay."""
    check_may_reply(request.agent)
    here = get_conversation(request.agent, conversation_id)
    scope = _scope(request)
    message = number_in(request, "message")
    plan, problem = None, ""
    try:
        plan = plan_split(here, message_id=message, scope=scope, subject=request.GET.get("subject", ""))
    except Refusal as refusal:
        problem = str(refusal)
    matter: dict[str, Any] = {
        "here": here,
        "plan": plan,
        "problem": problem,
        "scope": scope,
        "message": message,
        "customer_name": Say.customer(here.customer),
        "clock": clock_for(here),
        "title": _("Split the conversation"),
        "query": query_of(request),
    }
    return render(request, "desk/merging/split.html", frame(request, section="merge", **matter))


def _scope(request: HttpRequest) -> Literal["from", "only"]:
    given = request.POST if request.method == "POST" else request.GET
    return "only" if given.get("scope") == "only" else "from"


@require_POST
def do_split(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Split and show the new conversation, with the way back."""
    here = get_conversation(request.agent, conversation_id)
    made = split_conversation(
        here,
        agent=request.agent,
        message_id=number_in(request, "message"),
        scope=_scope(request),
        subject=request.POST.get("subject", ""),
    )
    return redirect(f"/conversations/{made.pk}?split={here.pk}{query_of(request).more}")


@require_GET
def unsplit(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Say what undoing brings back."""
    check_may_reply(request.agent)
    link = find_split(request.agent.workspace_id, conversation_id)
    if link is None:
        return redirect(f"/conversations/{conversation_id}{query_of(request).tail}")
    return _undo_page(request, conversation_id, link.origin_id, "unsplit")


@require_POST
def do_unsplit(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Bring what was split off back and show where it came from."""
    origin = undo_split(request.agent.workspace_id, conversation_id, agent=request.agent)
    return _moved(request, f"/conversations/{origin.pk}{query_of(request).tail}")


def _moved(request: AgentRequest, where: str) -> HttpResponse:
    """Lead to another page, whether a form or a script asked."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return redirect(where)
