"""`/returns`: goods on their way back, opened, shown, and taken on step by step."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from dragoman.core.commerce.queries import get_order
from dragoman.kit.errors import Refusal
from dragoman.service.returns.actions import refunds, steps
from dragoman.service.returns.actions.announcing import told_by
from dragoman.service.returns.actions.notes import contest_signals
from dragoman.service.returns.actions.requests import AskedLine, By, Request, request_return
from dragoman.service.returns.finding import get_return, return_page
from dragoman.service.returns.models import Return, State
from dragoman.service.returns.ports import find_refunder
from dragoman.service.returns.queries import Asked, lines_named
from dragoman.service.returns.signals import signals_of
from dragoman.service.returns.slip import slip_pdf

from .conversations import number_of, workspace_of
from .order_actions import SCOPE
from .problems import ERRORS
from .return_shapes import (
    ContestIn,
    InspectIn,
    LabelIn,
    NoteIn,
    OneReturnOut,
    RefundIn,
    ReturnExchangeIn,
    ReturnIn,
    ReturnOut,
    SendIn,
    return_json,
)
from .returns import order_named
from .schemas import Listed, below_of

router = Router(tags=["returns"])
PROGRAM = By("api")


def _shown(request: HttpRequest, one: Return) -> dict[str, Any]:
    workspace_id = workspace_of(request)
    found = get_return(workspace_id, one.pk)
    signals = signals_of(workspace_id, found.order.customer_id)
    action = told_by(found)
    return {
        **return_json(found),
        "signals": [{"code": each.code, "text": each.text} for each in signals],
        "told": action.state if action else "",
        "told_failure": action.failure if action else "",
    }


def _may_end(request: HttpRequest, return_id: str, ending: str, reference: str) -> Return:
    """Let only tokens ask a shop that reach its actions; noting what was done elsewhere is the return's own."""
    made = get_return(workspace_of(request), number_of(return_id))
    asks = not reference.strip() and find_refunder(made.order, ending) is not None
    if asks and not request.caller.may(SCOPE):  # type: ignore[attr-defined]
        raise Refusal(f"This token does not reach “{SCOPE}”.", code="out_of_scope", status=403)
    return made


@router.post("/returns", response={201: OneReturnOut, **ERRORS}, summary="Open a return")
def open_return(request: HttpRequest, data: ReturnIn) -> Any:
    """Open a return for what law or policy takes back at that moment; `kind: guarantee` for faulty goods.

    409 `not_returnable` tells each line's reason, 422 `too_many` how much is left, 422 `bad_method` the ways there are.
    """
    order = order_named(request, data.order, data.brand)
    lines = [AskedLine(**one.model_dump()) for one in data.lines]
    asked = Request(
        lines=lines,
        method=data.method,
        words=data.words,
        guarantee=data.kind == "guarantee",
        wish=data.wish,
        at=data.at,
        gift=data.gift,
        recipient=data.recipient,
    )
    made = request_return(workspace_of(request), order_id=order.pk, request=asked, by=PROGRAM)
    return Status(201, _shown(request, made))


@router.get("/returns", response={200: Listed[ReturnOut], **ERRORS}, summary="List returns")
def list_returns(
    request: HttpRequest,
    order: Annotated[str, Query(max_length=80)] = "",
    state: Annotated[State | None, Query()] = None,
    due_by: Annotated[date | None, Query()] = None,
    cursor: Annotated[str | None, Query(max_length=20)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> Any:
    """List returns, the newest first: of an `order`, in a `state`, or with the refund due by a day and still open."""
    workspace_id = workspace_of(request)
    page = return_page(
        workspace_id,
        states=(str(state),) if state else (),
        order_id=get_order(workspace_id, order).pk if order else None,
        due_by=due_by,
        below=below_of(cursor),
        limit=limit,
    )
    return {"items": [return_json(one) for one in page.items], "next": str(page.next) if page.next else None}


@router.get("/returns/{return_id}", response={200: OneReturnOut, **ERRORS}, summary="One return")
def one_return(request: HttpRequest, return_id: str) -> Any:
    """Return a return with its history, and what stands out of its customer's others."""
    return _shown(request, get_return(workspace_of(request), number_of(return_id)))


@router.post(
    "/returns/{return_id}/approve", response={200: OneReturnOut, **ERRORS}, summary="Approve a return"
)
def approve(request: HttpRequest, return_id: str, data: NoteIn | None = None) -> Any:
    """Take a request on. A step that was taken already changes nothing; one that cannot follow is 409 `bad_step`."""
    note = data.note if data else ""
    return _shown(
        request,
        steps.approve_return(workspace_of(request), number_of(return_id), by=PROGRAM, note=note),
    )


@router.post("/returns/{return_id}/label", response={200: OneReturnOut, **ERRORS}, summary="Send a label")
def label(request: HttpRequest, return_id: str, data: LabelIn | None = None) -> Any:
    """Note the label the customer got."""
    told = data or LabelIn()
    sent = steps.Label(carrier=told.carrier, tracking_number=told.tracking_number, url=told.url)
    made = steps.send_label(
        workspace_of(request), number_of(return_id), by=PROGRAM, label=sent, note=told.note
    )
    return _shown(request, made)


@router.post(
    "/returns/{return_id}/send", response={200: OneReturnOut, **ERRORS}, summary="Goods are on their way"
)
def send(request: HttpRequest, return_id: str, data: SendIn | None = None) -> Any:
    """Note proof that the goods were sent, and by which parcel."""
    told = data or SendIn()
    parcel = steps.Label(carrier=told.carrier, tracking_number=told.tracking_number)
    made = steps.send_off(
        workspace_of(request), number_of(return_id), by=PROGRAM, label=parcel, note=told.note
    )
    return _shown(request, made)


@router.post(
    "/returns/{return_id}/receive", response={200: OneReturnOut, **ERRORS}, summary="Goods have arrived"
)
def receive(request: HttpRequest, return_id: str, data: NoteIn | None = None) -> Any:
    """Note that the goods are here: the 24 hours until the refund begin."""
    note = data.note if data else ""
    return _shown(
        request, steps.receive_return(workspace_of(request), number_of(return_id), by=PROGRAM, note=note)
    )


@router.post(
    "/returns/{return_id}/inspect", response={200: OneReturnOut, **ERRORS}, summary="Goods were looked at"
)
def inspect(request: HttpRequest, return_id: str, data: InspectIn | None = None) -> Any:
    """Note how many of each SKU passed; what is not named passed whole."""
    told = data or InspectIn()
    known = get_return(workspace_of(request), number_of(return_id))
    looks = {sku: steps.Look(accepted=many) for sku, many in told.accepted.items()}
    looks |= {one.sku: steps.Look(**one.model_dump(exclude={"sku"})) for one in told.lines}
    ids = {row.line.sku: row.line_id for row in known.lines.all()}
    found = {ids[sku]: look for sku, look in looks.items() if sku in ids}
    made = steps.inspect_return(workspace_of(request), known.pk, by=PROGRAM, found=found, note=told.note)
    return _shown(request, made)


@router.post("/returns/{return_id}/refund", response={200: OneReturnOut, **ERRORS}, summary="Refund a return")
def refund(request: HttpRequest, return_id: str, data: RefundIn | None = None) -> Any:
    """Have the shop send the money, or note where it was sent: without a connected shop 422 `reference_needed`; above
    what is left of the order 422 `too_much`. A shop does it a moment later, or somebody approves first: `ending` says
    `refunded` meanwhile, and the return stays where it is. The scope `order_actions` is needed for that."""
    told = data or RefundIn()
    _may_end(request, return_id, State.REFUNDED, told.reference)
    made = refunds.refund_return(
        workspace_of(request),
        number_of(return_id),
        by=PROGRAM,
        amount=told.amount.amount if told.amount else None,
        reference=told.reference,
        note=told.note,
    )
    return _shown(request, made)


@router.post(
    "/returns/{return_id}/credit", response={200: OneReturnOut, **ERRORS}, summary="Give store credit"
)
def credit(request: HttpRequest, return_id: str, data: RefundIn | None = None) -> Any:
    """Give store credit instead of money, by the shop where it can; else it is noted, with a reference or without."""
    told = data or RefundIn()
    _may_end(request, return_id, State.CREDITED, told.reference)
    made = refunds.credit_return(
        workspace_of(request),
        number_of(return_id),
        by=PROGRAM,
        amount=told.amount.amount if told.amount else None,
        reference=told.reference,
        note=told.note,
    )
    return _shown(request, made)


@router.post(
    "/returns/{return_id}/exchange", response={200: OneReturnOut, **ERRORS}, summary="Exchange the goods"
)
def exchange(request: HttpRequest, return_id: str, data: ReturnExchangeIn | None = None) -> Any:
    """Send other goods at once, before the old ones are back: by the shop where it can, else `reference` names the
    order that was made. `difference` says what they come to beside what comes back."""
    told = data or ReturnExchangeIn()
    known = _may_end(request, return_id, State.EXCHANGED, told.reference)
    asked = [Asked(one.sku, one.quantity) for one in told.lines]
    made = refunds.exchange_return(
        workspace_of(request),
        known.pk,
        by=PROGRAM,
        out=refunds.Out(
            lines=lines_named(known.order, asked), sends=[(one.sku, one.quantity) for one in told.sends]
        ),
        reference=told.reference,
        note=told.note,
    )
    return _shown(request, made)


@router.post(
    "/returns/{return_id}/cancel", response={200: OneReturnOut, **ERRORS}, summary="Call a return off"
)
def cancel(request: HttpRequest, return_id: str, data: NoteIn | None = None) -> Any:
    """Call it off: the goods stay with the customer, and may be asked for again."""
    note = data.note if data else ""
    return _shown(
        request, steps.cancel_return(workspace_of(request), number_of(return_id), by=PROGRAM, note=note)
    )


@router.post("/returns/{return_id}/reject", response={200: OneReturnOut, **ERRORS}, summary="Reject a return")
def reject(request: HttpRequest, return_id: str, data: NoteIn | None = None) -> Any:
    """Refuse it, with a reason in `note` (422 `reason_needed`); a withdrawal that the law gives is 409 `lawful_return`
    before the goods are here."""
    note = data.note if data else ""
    return _shown(
        request, steps.reject_return(workspace_of(request), number_of(return_id), by=PROGRAM, note=note)
    )


@router.post(
    "/returns/{return_id}/contest", response={200: OneReturnOut, **ERRORS}, summary="Contest a signal"
)
def contest(request: HttpRequest, return_id: str, data: ContestIn) -> Any:
    """Keep what the customer says against what stands out of their returns; agents read it beside."""
    made = get_return(workspace_of(request), number_of(return_id))
    contest_signals(workspace_of(request), made.pk, text=data.text, signal=data.signal)
    return _shown(request, made)


@router.get("/returns/{return_id}/slip", response={200: str, **ERRORS}, summary="The return slip as PDF")
def slip(request: HttpRequest, return_id: str) -> HttpResponse:
    """Return the page that goes into the parcel, in the customer's language, with a QR code of the return's number."""
    made = get_return(workspace_of(request), number_of(return_id))
    return HttpResponse(slip_pdf(made), content_type="application/pdf")
