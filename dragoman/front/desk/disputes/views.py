"""Disputes: what is due first, one with its evidence, the answer that a person sends once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.commerce.actions.disputes import answer_dispute, keep_statement
from dragoman.core.commerce.evidence import pack_of
from dragoman.core.commerce.paying import desk_of, disputes_of, get_dispute, payment_accounts_of
from dragoman.ground.design.paper import NoFont
from dragoman.ground.providers.statuses import DisputeState
from dragoman.kit.errors import Refusal

from ..frame import frame
from ..request import AgentRequest, number_in
from .shown import shown

MOST = 200
_PAGE = 50


@require_GET
def disputes(request: AgentRequest) -> HttpResponse:
    """List what waits for an answer, by its deadline; below it what was answered or decided, the newest first."""
    workspace_id = request.agent.workspace_id
    rows = disputes_of(workspace_id)
    due = rows.filter(state=DisputeState.OPEN).order_by(F("due_by").asc(nulls_last=True), "pk")[:MOST]
    ended = rows.exclude(state=DisputeState.OPEN).order_by("-opened_at", "-pk")
    page = Paginator(ended, _PAGE).get_page(number_in(request, "page") or 1)
    context = {
        "due": [shown(one) for one in due],
        "ended": [shown(one) for one in page],
        "page": page,
        "has_accounts": payment_accounts_of(workspace_id).exists(),
        "may_connect": request.agent.can_lead,
    }
    return render(request, "desk/disputes/list.html", frame(request, section="disputes", **context))


@require_GET
def dispute(request: AgentRequest, dispute_id: int) -> HttpResponse:
    """Show one dispute with all that is known against it."""
    found = get_dispute(request.agent.workspace_id, dispute_id)
    by_program = desk_of(found.vendor) is not None and found.account is not None
    context = {
        "one": shown(found),
        "pack": pack_of(found),
        "may_answer": request.agent.can_lead and found.can_answer,
        "by_program": by_program,
        "title": found.external_id,
    }
    return render(request, "desk/disputes/page.html", frame(request, section="disputes", **context))


@require_GET
def evidence(request: AgentRequest, dispute_id: int) -> HttpResponse:
    """Give the evidence as PDF, for handing in by hand; where a font is missing, say which."""
    found = get_dispute(request.agent.workspace_id, dispute_id)
    try:
        data = pack_of(found).pdf()
    except NoFont as missing:
        messages.warning(request, str(missing))
        return redirect("dispute", found.pk)
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="evidence-{found.pk}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def answer(request: AgentRequest, dispute_id: int) -> HttpResponse:
    """Keep what is said to a dispute; with `send` and its tick, send all of it for good."""
    found = get_dispute(request.agent.workspace_id, dispute_id)
    statement = request.POST.get("statement", "")[:5000]
    try:
        if "send" not in request.POST:
            keep_statement(request.agent, found, statement=statement)
            messages.success(request, _("Your words are kept. Nothing was sent."))
        elif not request.POST.get("sure"):
            keep_statement(request.agent, found, statement=statement)
            messages.error(request, _("Tick that you read it: evidence is sent once."))
        else:
            answer_dispute(request.agent, found, statement=statement)
            messages.success(request, _("The evidence is on its way."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("dispute", found.pk)
