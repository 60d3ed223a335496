"""The review queue: what waits at the left, sentences side by side, accepted, edited or rejected by one key."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.conversations.errors import NewerMessage, NoConversation
from dragoman.core.conversations.review import items_of_messages
from dragoman.core.language import queue as asking
from dragoman.core.language.ports import Opened, Said, Waiting
from dragoman.kit.errors import NotFound, Refusal

from ..conversations.clock import clock_of_zone
from ..frame import frame
from ..request import AgentRequest, wants_fragment
from ..toast import Toast
from ..today.views import duration
from . import words
from .reading import edited_in, reading_of, text_of
from .timing import is_late, left_of


def _address(line: Waiting | None) -> str:
    return reverse("review_item", args=[line.kind, line.pk]) if line else reverse("review")


def _context(request: AgentRequest, lines: Sequence[Waiting], opened: Opened | None) -> dict[str, Any]:
    here = (opened.kind, opened.pk) if opened else ("", 0)
    return {
        "lines": lines,
        "here": here,
        "address": _address,
        "left_of": left_of,
        "is_late": is_late,
        "duration": duration,
        "why": words.reason,
        "kind_words": words.KINDS,
        "state_words": words.STATES,
        "made_words": words.MADE,
        "zone": request.agent.time_zone,
        "clock": clock_of_zone(opened.zone) if opened else None,
        "next_line": asking.following(lines, *here) if lines else None,
        "previous_line": asking.following(lines, *here, by=-1) if opened else None,
        "title": _("Review"),
        "may_lead": request.agent.can_lead,
    }


def _page(
    request: AgentRequest,
    opened: Opened | None,
    *,
    edited: Sequence[str] | None = None,
    problem: str = "",
    comment: str | None = None,
    is_first: bool = False,
    status: int = 200,
) -> HttpResponse:
    lines = asking.waiting(request.agent.workspace_id, request.agent)
    if opened is None and lines:
        is_first = True
        opened = asking.opened(request.agent.workspace_id, request.agent, lines[0].kind, lines[0].pk)
    context = {
        **_context(request, lines, opened),
        "opened": opened,
        "reading": reading_of(opened, edited) if opened else None,
        "is_first": is_first,
        "problem": problem,
        "comment": comment,
        "layout": "review-desk",
        "review_said": request.session.pop("review.said", None),
    }
    return render(
        request, "desk/review/review.html", frame(request, section="review", **context), status=status
    )


@require_GET
def queue(request: AgentRequest) -> HttpResponse:
    """Show what waits, the most urgent one opened."""
    return _page(request, None)


@require_GET
def item(request: AgentRequest, kind: str, pk: int) -> HttpResponse:
    """Show one text, also one that is decided."""
    return _page(request, asking.opened(request.agent.workspace_id, request.agent, kind, pk))


@require_GET
def of_message(request: AgentRequest, message_id: int) -> HttpResponse:
    """Lead from a message to its review."""
    found = items_of_messages(request.agent.workspace_id, [message_id]).get(message_id)
    if found is None:
        raise NoConversation
    return redirect("review_item", "reply", found.pk)


@require_GET
def list_pane(request: AgentRequest) -> HttpResponse:
    """Fetch the list anew; `open` names what is open."""
    lines = asking.waiting(request.agent.workspace_id, request.agent)
    kind, _slash, pk = request.GET.get("open", "").partition("/")
    context = _context(request, lines, None)
    context["here"] = (kind, int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else 0)
    return render(request, "desk/review/_list.html", context)


@require_POST
def check(request: AgentRequest, kind: str, pk: int) -> HttpResponse:
    """Show differences and checks of what is edited so far; nothing is stored."""
    opened = asking.opened(request.agent.workspace_id, request.agent, kind, pk)
    edited = edited_in(request.POST)
    if not wants_fragment(request):
        return _page(request, opened, edited=edited)
    context = {**_context(request, (), opened), "opened": opened, "reading": reading_of(opened, edited)}
    return render(request, "desk/review/_checked.html", context)


@require_POST
def accept(request: AgentRequest, kind: str, pk: int) -> HttpResponse:
    """Let it out as the form has it, and go on with the next one."""
    opened = asking.opened(request.agent.workspace_id, request.agent, kind, pk)
    edited = edited_in(request.POST)
    text = text_of(opened, edited) if edited else None
    said = Said(text=text if text != opened.said.strip() else None, seen=_seen(request))
    return _decided(request, opened, said, edited, verb="accept")


@require_POST
def reject(request: AgentRequest, kind: str, pk: int) -> HttpResponse:
    """Send it back with a reason, and go on with the next one."""
    opened = asking.opened(request.agent.workspace_id, request.agent, kind, pk)
    said = Said(comment=request.POST.get("comment", ""))
    return _decided(request, opened, said, edited_in(request.POST), verb="reject")


def _seen(request: AgentRequest) -> int:
    given = request.POST.get("seen", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0


def _decided(
    request: AgentRequest, opened: Opened, said: Said, edited: list[str], *, verb: str
) -> HttpResponse:
    agent = request.agent
    lines = asking.waiting(agent.workspace_id, agent)
    after = asking.following(lines, opened.kind, opened.pk)
    after = after or asking.following(lines, opened.kind, opened.pk, by=-1)
    kind = asking.kind_of(opened.kind)
    try:
        decide = kind.accept if verb == "accept" else kind.reject
        decide(agent.workspace_id, agent, opened.pk, said)
    except NotFound:
        raise
    except Refusal as refusal:
        if isinstance(refusal, NewerMessage) or refusal.code in ("reason_needed", "empty", "not_allowed"):
            fresh = asking.opened(agent.workspace_id, agent, opened.kind, opened.pk)
            problem = _("The customer wrote meanwhile. Read it, then decide again.")
            told = problem if isinstance(refusal, NewerMessage) else str(refusal)
            # who was rejecting finds the reason open, empty or not
            why = said.comment if verb == "reject" else None
            return _page(request, fresh, edited=edited, problem=told, comment=why, status=409)
        _say(request, Toast(str(refusal), bad=True))
        return redirect(_address(after))
    if verb == "reject":
        told = _("Sent back with your reason") if opened.held else _("Marked, with your reason")
    elif opened.held:
        told = _("Sent as you edited it") if said.text is not None else _("Accepted and sent")
    else:
        told = _("Edited") if said.text is not None else _("Accepted")
    left = len(lines) - 1
    if left > 0:
        told = f"{told} · {ngettext('%(num)s waits', '%(num)s wait', left) % {'num': left}}"
    _say(request, Toast(told))
    return redirect(_address(after))


def _say(request: AgentRequest, toast: Toast) -> None:
    request.session["review.said"] = {"text": toast.text, "bad": toast.bad}
