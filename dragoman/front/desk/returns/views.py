"""Returns: the list with its due dates, the section of an order, and the steps an agent takes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.commerce.actions.asking import check_may_act
from dragoman.core.commerce.queries import order_by_id
from dragoman.kit.errors import Refusal
from dragoman.service.returns.actions import refunds, steps
from dragoman.service.returns.actions.requests import AskedLine, By, Request, request_return
from dragoman.service.returns.errors import BadStep
from dragoman.service.returns.finding import count_by_state, get_return, promise_kept, return_page
from dragoman.service.returns.models import Return, State, Why
from dragoman.service.returns.ports import find_refunder
from dragoman.service.returns.states import NEXT, is_ending

from ..frame import frame
from ..request import AgentRequest, number_in, wants_fragment
from .page import page
from .panel import panel_of

MOST = 50
Step = Callable[[int, int, By, str], Return]
STEPS: Final[dict[str, Step]] = {
    State.APPROVED: lambda ws, pk, by, _said: steps.approve_return(ws, pk, by=by),
    State.LABEL: lambda ws, pk, by, _said: steps.send_label(ws, pk, by=by, label=steps.Label()),
    State.IN_TRANSIT: lambda ws, pk, by, _said: steps.send_off(ws, pk, by=by),
    State.RECEIVED: lambda ws, pk, by, _said: steps.receive_return(ws, pk, by=by),
    State.INSPECTED: lambda ws, pk, by, _said: steps.inspect_return(ws, pk, by=by),
    State.REFUNDED: lambda ws, pk, by, said: refunds.refund_return(ws, pk, by=by, reference=said),
    State.CREDITED: lambda ws, pk, by, said: refunds.credit_return(ws, pk, by=by, reference=said),
    State.EXCHANGED: lambda ws, pk, by, said: refunds.exchange_return(ws, pk, by=by, reference=said),
    State.REJECTED: lambda ws, pk, by, said: steps.reject_return(ws, pk, by=by, note=said),
    State.CANCELLED: lambda ws, pk, by, said: steps.cancel_return(ws, pk, by=by, note=said),
}


@require_GET
def returns(request: AgentRequest) -> HttpResponse:
    """List returns, the newest first, of one state where it is named."""
    workspace_id, state = request.agent.workspace_id, request.GET.get("state", "")
    state = state if state in State.values else ""
    page = return_page(
        workspace_id, states=(state,) if state else (), below=number_in(request, "below") or None, limit=MOST
    )
    counts, now = count_by_state(workspace_id), timezone.now()
    context = {
        "rows": [(one, bool(one.refund_due_on and one.refund_due_on <= now.date())) for one in page.items],
        "next": page.next,
        "state": state,
        "states": [(one.value, one.label, counts[one.value]) for one in State if counts[one.value]],
        "promise": promise_kept(workspace_id, since=now - timedelta(days=30), until=now),
    }
    return render(request, "desk/returns/list.html", frame(request, section="returns", **context))


@require_GET
def of_order(request: AgentRequest, order_id: int) -> HttpResponse:
    """Show the section of one order."""
    return _panel(request, order_id)


@require_POST
def open_one(request: AgentRequest, order_id: int) -> HttpResponse:
    """Open a return of what was named."""
    order = order_by_id(request.agent.workspace_id, order_id)
    reason = request.POST.get("reason", "")
    lines = [
        AskedLine(
            sku=line.sku or line.external_id,
            quantity=number,
            reason=reason if reason in Why.values else Why.OTHER,
        )
        for line in order.lines.all()
        if (number := number_in(request, f"line-{line.pk}"))
    ]
    asked = Request(lines=lines, guarantee=bool(request.POST.get("guarantee")))
    if not lines:
        return _panel(request, order_id)

    def do() -> Any:
        check_may_act(request.agent)
        return request_return(order.workspace_id, order_id=order.pk, request=asked, by=_by(request))

    return _done(request, order_id, do)


def step_or_page(request: AgentRequest, return_id: int) -> HttpResponse:
    """Show a return, or take it on."""
    return step(request, return_id) if request.method == "POST" else page(request, return_id)


@require_POST
def step(request: AgentRequest, return_id: int) -> HttpResponse:
    """Take a return one step on."""
    workspace_id = request.agent.workspace_id
    made, name = get_return(workspace_id, return_id), request.POST.get("step", "")
    said = request.POST.get("said", "")[:200]

    def do() -> Any:
        if name not in STEPS:
            raise BadStep(made.state, tuple(NEXT[made.state]))
        check_may_act(request.agent)
        # what the shop does itself needs no reference: the words are why something is rejected
        asks = is_ending(name) and find_refunder(made.order, name) is not None
        return STEPS[name](workspace_id, return_id, _by(request), "" if asks else said)

    return _done(request, made.order_id, do)


def _by(request: AgentRequest) -> By:
    return By("agent", request.agent)


def _done(request: AgentRequest, order_id: int, do: Callable[[], Any]) -> HttpResponse:
    """Do it and show the section again, with what was refused; without a script go back to the order."""
    try:
        do()
    except Refusal as refusal:
        if not wants_fragment(request):
            raise
        return _panel(request, order_id, str(refusal))
    return _panel(request, order_id) if wants_fragment(request) else redirect("order", order_id)


def _panel(request: AgentRequest, order_id: int, refusal: str = "") -> HttpResponse:
    order = order_by_id(request.agent.workspace_id, order_id)
    context = {"panel": panel_of(order), "zone": request.agent.time_zone, "refusal": refusal}
    return render(request, "desk/returns/_panel.html", context)
