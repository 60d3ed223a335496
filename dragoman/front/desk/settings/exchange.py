"""Files that a workspace's words come in by and go out by: looked at first, then brought in whole."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.language.actions.exchange import drop_file, keep_file, waiting_file
from dragoman.core.language.exchange import check_size
from dragoman.kit.errors import Refusal

from ..request import AgentRequest
from .places import show

SHOWN = 50  # of what would change


@dataclass(frozen=True)
class Kind:
    """What comes in: `name` is its place in the settings; `bring` stores all of a file and says so in a sentence."""

    name: str
    read: Callable[[bytes], Any]
    plan: Callable[[int, Any], Any]
    bring: Callable[[Agent, Any], str]


def bring_in(request: AgentRequest, kind: Kind) -> HttpResponse:
    """Keep a file that can be read, show what it would change, and store it when that was seen."""
    agent, problem, status = request.agent, "", 200
    if request.method == "POST":
        try:
            return _posted(request, kind)
        except Refusal as refusal:
            problem, status = str(refusal), refusal.status
    waiting = waiting_file(agent, kind.name)
    plan = kind.plan(agent.workspace_id, kind.read(bytes(waiting.content))) if waiting else None
    return show(
        request,
        f"{kind.name}_import.html",
        place=kind.name,
        status=status,
        up=f"/settings/{kind.name}",
        waiting=waiting,
        plan=plan,
        shown=SHOWN,
        problem=problem,
    )


def _posted(request: AgentRequest, kind: Kind) -> HttpResponse:
    agent = request.agent
    if "confirm" in request.POST:
        waiting = waiting_file(agent, kind.name)
        if waiting is None:
            messages.error(request, _("The file is gone: choose it again."))
            return redirect(f"settings_{kind.name}_import")
        said = kind.bring(agent, kind.read(bytes(waiting.content)))
        drop_file(agent, kind.name)
        messages.success(request, said)
        return redirect(f"settings_{kind.name}")
    if "cancel" in request.POST:
        drop_file(agent, kind.name)
        return redirect(f"settings_{kind.name}")
    file = request.FILES.get("file")
    raw = file.read() if file else b""
    if file:
        # whoever chose another file does not want the first one brought in
        drop_file(agent, kind.name)
    check_size(raw)
    kind.read(raw)
    keep_file(agent, kind=kind.name, name=(file.name or "") if file else "", content=raw)
    return redirect(f"settings_{kind.name}_import")


def taken_out(body: str | bytes | Iterable[str | bytes], *, content_type: str, name: str) -> HttpResponse:
    """Return a file to keep."""
    answer = HttpResponse(body, content_type=f"{content_type}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
