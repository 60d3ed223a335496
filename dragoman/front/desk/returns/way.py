"""A return's way at the desk: to which place it goes, when it is fetched, its customs papers and what to print."""

import datetime
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.commerce.actions.asking import check_may_act
from dragoman.kit.errors import Refusal
from dragoman.service.returns.actions import arranging
from dragoman.service.returns.actions.requests import By
from dragoman.service.returns.errors import BadCustoms, BadFetch
from dragoman.service.returns.finding import get_return
from dragoman.service.returns.models import Return
from dragoman.service.returns.paper_pdf import PAPERS, paper_pdf
from dragoman.service.returns.paper_words import MISSING
from dragoman.service.returns.papers import papers_of
from dragoman.service.returns.slip import to_print

from ..request import AgentRequest, number_in
from .page import show_return


@require_POST
def arrange(request: AgentRequest, return_id: int) -> HttpResponse:
    """Choose the place, ask for a pick-up, or fill in what customs are told; what is refused is said on the page."""
    made = get_return(request.agent.workspace_id, return_id)
    steps: dict[str, Callable[[AgentRequest, Return], Any]] = {
        "place": _place,
        "fetch": _fetch,
        "customs": _customs,
    }
    step = steps.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    try:
        check_may_act(request.agent)
        step(request, made)
    except Refusal as refusal:
        return show_return(request, get_return(made.workspace_id, return_id), str(refusal))
    return redirect("return_page", return_id)


def _by(request: AgentRequest) -> By:
    return By("agent", request.agent)


def _place(request: AgentRequest, made: Return) -> None:
    arranging.send_to(made.workspace_id, made.pk, by=_by(request), place_id=number_in(request, "place") or 0)


def _fetch(request: AgentRequest, made: Return) -> None:
    first, last = (_day(request, name) for name in ("first", "last"))
    if first is None or last is None:
        raise BadFetch([])
    note = request.POST.get("note", "")
    arranging.ask_to_fetch(made.workspace_id, made.pk, by=_by(request), first=first, last=last, note=note)


def _day(request: AgentRequest, name: str) -> datetime.date | None:
    try:
        return parse_date(request.POST.get(name, ""))
    except ValueError:
        return None


def _customs(request: AgentRequest, made: Return) -> None:
    told = {}
    for row in made.lines.all():
        weight = request.POST.get(f"weight-{row.line_id}", "").strip()
        if weight and not (weight.isascii() and weight.isdigit() and len(weight) < 10):
            raise BadCustoms("weight", MISSING["weight"])
        told[row.line_id] = arranging.Told(
            text=request.POST.get(f"text-{row.line_id}", ""),
            hs_code=request.POST.get(f"hs-{row.line_id}", ""),
            origin=request.POST.get(f"origin-{row.line_id}", ""),
            weight=int(weight) if weight else None,
        )
    arranging.tell_customs(made.workspace_id, made.pk, by=_by(request), lines=told)


@require_GET
def paper(request: AgentRequest, return_id: int, paper: str) -> HttpResponse:
    """Hand out one customs paper, or all of them."""
    if paper not in (*PAPERS, "all"):
        raise Http404
    made = get_return(request.agent.workspace_id, return_id)
    pdf = paper_pdf(papers_of(made), "" if paper == "all" else paper)
    return _file(pdf, "application/pdf", f"{paper}-{made.pk}.pdf")


@require_GET
def printed(request: AgentRequest, return_id: int) -> HttpResponse:
    """Hand out what the customer prints: the carrier's label where one was added, else our slip."""
    made = get_return(request.agent.workspace_id, return_id)
    found = to_print(made)
    return _file(found.content, found.media_type, f"return-{made.pk}.{found.ending}")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
