"""One return whole: its goods, what comes next with what each step needs, its files, its history."""

from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.commerce.actions.asking import check_may_act
from dragoman.core.commerce.doers import can_of
from dragoman.core.commerce.queries import order_by_id
from dragoman.ground.files.store import open_file
from dragoman.ground.providers.shops.ports import Can
from dragoman.kit.errors import Refusal
from dragoman.kit.money import to_major, to_minor
from dragoman.service.returns.actions import refunds, steps
from dragoman.service.returns.actions.announcing import announce_return, told_by
from dragoman.service.returns.actions.files import add_file
from dragoman.service.returns.actions.notes import note_on_returns
from dragoman.service.returns.actions.requests import By
from dragoman.service.returns.errors import BadFile, BadStep
from dragoman.service.returns.finding import get_file, get_return, refundable
from dragoman.service.returns.models import FileKind, Return, State, Why
from dragoman.service.returns.ports import find_refunder
from dragoman.service.returns.reasons import reasons
from dragoman.service.returns.return_models import PROMISE
from dragoman.service.returns.signals import notes_of, signals_of
from dragoman.service.returns.slip import slip_pdf
from dragoman.service.returns.states import NEXT

from ..frame import frame
from ..orders.shown import Shown
from ..request import AgentRequest, number_in
from .panel import Panel
from .whereabouts import whereabouts

SPANS = (30, 90, 365)
MOST_SENT = 20


@require_GET
def page(request: AgentRequest, return_id: int) -> HttpResponse:
    """Show one return."""
    return show_return(request, get_return(request.agent.workspace_id, return_id))


def show_return(request: AgentRequest, made: Return, refusal: str = "") -> HttpResponse:
    """Show a return, with what was refused."""
    order, due = order_by_id(made.workspace_id, made.order_id), refundable(made)
    customer = order.customer_id
    context: dict[str, Any] = {
        "one": made,
        "shown": Shown(order),
        "panel": Panel,
        "following": following_of(made),
        "due": due,
        "amount": to_major(min(due.goods + due.shipping, due.left), made.currency),
        "asks_shop": find_refunder(made.order, State.REFUNDED) is not None,
        "announced": told_by(made),
        "sends": _rows_sent(request, made),
        "signals": signals_of(made.workspace_id, customer),
        "notes": list(notes_of(made.workspace_id, customer)[:20]) if customer else [],
        "promised": made.received_at + PROMISE if made.received_at and not made.closed_at else None,
        "late": bool(made.received_at and not made.closed_at and made.received_at + PROMISE < timezone.now()),
        "zone": request.agent.time_zone,
        **whereabouts(made),
        "refusal": refusal,
        "refused": request.POST.get("step", "") if refusal else "",
        "said": request.POST,
        "title": made.number,
    }
    status = 422 if refusal else 200
    return render(
        request, "desk/returns/page.html", frame(request, section="returns", **context), status=status
    )


@require_POST
def act(request: AgentRequest, return_id: int) -> HttpResponse:
    """Take a step with what was said of it, add a file or a note; what is refused is said on the page."""
    made = get_return(request.agent.workspace_id, return_id)
    try:
        check_may_act(request.agent)
        _do(request, made, request.POST.get("step", ""))
    except Refusal as refusal:
        return show_return(request, get_return(made.workspace_id, return_id), str(refusal))
    return redirect("return_page", return_id)


def _do(request: AgentRequest, made: Return, step: str) -> None:
    here, by = (made.workspace_id, made.pk), By("agent", request.agent)
    said = {
        name: request.POST.get(name, "").strip()[:4000] for name in ("note", "reference", "amount", "signal")
    }
    amount = to_minor(said["amount"].replace(",", "."), made.currency) if said["amount"] else None
    label = steps.Label(
        carrier=request.POST.get("carrier", ""),
        tracking_number=request.POST.get("tracking_number", ""),
        url=request.POST.get("url", "") if request.POST.get("url", "").startswith("https://") else "",
    )
    more: dict[str, Any] = {"by": by, "note": said["note"]}
    ending = {"reference": said["reference"], **more}
    known: dict[str, Any] = {
        State.APPROVED: lambda: steps.approve_return(*here, **more),
        State.LABEL: lambda: steps.send_label(*here, label=label, **more),
        State.IN_TRANSIT: lambda: steps.send_off(*here, label=label, **more),
        State.RECEIVED: lambda: steps.receive_return(*here, **more),
        State.INSPECTED: lambda: steps.inspect_return(*here, found=_looks(request, made), **more),
        State.REFUNDED: lambda: refunds.refund_return(*here, amount=amount, **ending),
        State.CREDITED: lambda: refunds.credit_return(*here, amount=amount, **ending),
        State.EXCHANGED: lambda: refunds.exchange_return(*here, out=_out(request), **ending),
        "tell": lambda: announce_return(*here, agent_id=request.agent.pk),
        State.REJECTED: lambda: steps.reject_return(*here, **more),
        State.CANCELLED: lambda: steps.cancel_return(*here, **more),
        "file": lambda: _add_file(request, made, by),
        "contest": lambda: note_on_returns(
            made.workspace_id,
            customer_id=made.order.customer_id or 0,
            agent=request.agent,
            text=said["note"],
            signal=said["signal"],
        ),
    }
    if step not in known:
        raise BadStep(made.state, tuple(NEXT[made.state]))
    known[step]()


def following_of(made: Return) -> list[str]:
    """Return what may follow: nothing while a shop ends it, and no money where other goods went out before."""
    if made.ending and made.refund_key:
        return []
    money = {State.REFUNDED, State.CREDITED} if made.exchange_id else set()
    return [one for one in NEXT[made.state] if one not in money]


def _rows_sent(request: AgentRequest, made: Return) -> list[tuple[int, str, int]]:
    """Return the fields of what is sent instead where the shop sends it: as typed, else as the customer wished."""
    if Can.EXCHANGE not in can_of(made.order.shop) or made.exchange_id:
        return []
    wished = [
        (row.instead, row.quantity if row.accepted is None else row.accepted) for row in made.lines.all()
    ]
    known = [one for one in wished if all(one)] + [("", 1)]
    if request.POST.get("step") == State.EXCHANGED:
        known = [
            (request.POST.get(f"sku-{row}", ""), number_in(request, f"count-{row}") or 1)
            for row in range(1, len(known) + 1)
        ]
    return [(place, sku, number) for place, (sku, number) in enumerate(known, start=1)]


def _out(request: AgentRequest) -> refunds.Out:
    """Return what is to be sent instead: article numbers of the shop and how many of each."""
    rows = [
        (request.POST.get(f"sku-{row}", "").strip()[:120], number_in(request, f"count-{row}") or 1)
        for row in range(1, MOST_SENT + 1)
    ]
    return refunds.Out(sends=[(sku, number) for sku, number in rows if sku])


def _add_file(request: AgentRequest, made: Return, by: By) -> None:
    given = request.FILES.get("file")
    if given is None:
        raise BadFile
    kind = FileKind.LABEL if request.POST.get("kind") == FileKind.LABEL else FileKind.PHOTO
    add_file(made.workspace_id, made.pk, by=by, kind=kind, name=given.name or "", source=given)  # type: ignore[arg-type]


def _looks(request: AgentRequest, made: Return) -> dict[int, steps.Look]:
    found = {}
    for row in made.lines.all():
        said = {
            name: request.POST.get(f"{name}-{row.line_id}", "").strip()
            for name in ("condition", "deduction", "because", "passed")
        }
        found[row.line_id] = steps.Look(
            accepted=number_in(request, f"passed-{row.line_id}") if said["passed"] else None,
            condition=said["condition"],
            restock=bool(request.POST.get(f"restock-{row.line_id}")),
            deduction=to_minor(said["deduction"].replace(",", "."), made.currency)
            if said["deduction"]
            else 0,
            deduction_reason=said["because"],
        )
    return found


@require_GET
def file(request: AgentRequest, return_id: int, file_id: int) -> HttpResponseBase:
    """Hand out a photo or label."""
    found = get_file(request.agent.workspace_id, return_id, file_id)
    return FileResponse(
        open_file(found.file_key),
        content_type=found.media_type,
        filename=found.name,
        headers={"X-Content-Type-Options": "nosniff"},
    )


@require_GET
def slip(request: AgentRequest, return_id: int) -> HttpResponse:
    """Hand out our own slip as PDF."""
    made = get_return(request.agent.workspace_id, return_id)
    return HttpResponse(
        slip_pdf(made),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="return-{made.pk}.pdf"'},
    )


@require_GET
def why(request: AgentRequest) -> HttpResponse:
    """Show why things come back, by market, category or product, beside the same time before."""
    by = request.GET.get("by", "")
    by = by if by in {"market", "category", "product"} else "reason"
    days = number_in(request, "days")
    days = days if days in SPANS else 90
    rows = reasons(request.agent.workspace_id, by=by, days=days, now=timezone.now())
    context: dict[str, Any] = {
        "rows": rows[:100],
        "whole": sum(row.pieces for row in rows),
        "by": by,
        "days": days,
        "spans": SPANS,
        "views": [
            ("reason", _("Reasons")),
            ("market", _("Markets")),
            ("category", _("Categories")),
            ("product", _("Products")),
        ],
        "names": {**dict(Why.choices), "": _("No reason given")},
    }
    return render(request, "desk/returns/why.html", frame(request, section="returns", **context))
