"""`/returns`: goods on their way back, opened, shown, and taken on step by step."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import ConfigDict, Field, StrictInt, StringConstraints

from dragoman.core.commerce.queries import get_order
from dragoman.ground.providers.shops.shapes import Amount
from dragoman.kit.errors import Refusal
from dragoman.service.returns.actions import refunds, steps
from dragoman.service.returns.actions.notes import contest_signals
from dragoman.service.returns.actions.requests import AskedLine, By, Request, request_return
from dragoman.service.returns.finding import get_return, return_page
from dragoman.service.returns.models import Method, Return, State, Why, Wish
from dragoman.service.returns.ports import find_refunder
from dragoman.service.returns.queries import Asked, lines_named
from dragoman.service.returns.signals import signals_of
from dragoman.service.returns.slip import slip_pdf
from dragoman.service.returns.states import NEXT

from .commerce import MoneyOut
from .conversations import number_of, workspace_of
from .markets import At
from .order_actions import SCOPE
from .problems import ERRORS
from .returns import Sku, order_named
from .schemas import In, Listed, below_of

router = Router(tags=["returns"])
Words = Annotated[str, StringConstraints(max_length=4000)]
Short = Annotated[str, StringConstraints(max_length=200)]
Web = Annotated[str, StringConstraints(max_length=1000, pattern=r"^(https?://\S+)?$")]
PROGRAM = By("api")


class ReturnLineIn(In):
    """How many of a SKU come back, and why."""

    sku: Sku
    quantity: Annotated[StrictInt, Field(ge=1, le=1_000_000)] = 1
    reason: Why = Why.OTHER
    words: Words = ""
    opened: bool = False


class ReturnIn(In):
    """A return to open. `kind` `guarantee`: the goods are faulty; else law or policy as the quote says. `wish` is what
    the customer would like for it (a line's `words` name which one instead); of a gift never money."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "order": "KSL-20418",
                    "lines": [{"sku": "SHOE-42", "quantity": 1, "reason": "size", "words": "Too small"}],
                    "method": "own_carrier",
                }
            ]
        },
    )

    order: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    brand: Annotated[str, StringConstraints(max_length=63)] = ""
    lines: Annotated[list[ReturnLineIn], Field(min_length=1, max_length=500)]
    method: Method | Literal[""] = ""
    kind: Literal["", "guarantee"] = ""
    wish: Wish = Wish.REFUND
    words: Words = ""
    at: At | None = None
    gift: bool = False
    recipient: Annotated[str, StringConstraints(max_length=254)] = ""


class NoteIn(In):
    """What is said of a step; it stays in the return's history."""

    note: Words = ""


class SendIn(NoteIn):
    """Proof that goods were sent; a parcel that is named is followed from then on."""

    carrier: Annotated[str, StringConstraints(max_length=60)] = ""
    tracking_number: Annotated[str, StringConstraints(max_length=80)] = ""


class LabelIn(NoteIn):
    """The label the customer got."""

    carrier: Annotated[str, StringConstraints(max_length=60)] = ""
    tracking_number: Annotated[str, StringConstraints(max_length=80)] = ""
    url: Web = ""


class LookIn(In):
    """What was found of a SKU: how many passed (null: all), and what is kept back of its worth, with a reason."""

    sku: Sku
    accepted: Annotated[StrictInt, Field(ge=0)] | None = None
    condition: Short = ""
    restock: bool | None = None
    deduction: Annotated[StrictInt, Field(ge=0, le=10**15)] = 0
    deduction_reason: Annotated[str, StringConstraints(max_length=300)] = ""


class InspectIn(NoteIn):
    """What passed: {SKU: how many}, or `lines` with more; what is not named passed whole."""

    accepted: dict[str, Annotated[StrictInt, Field(ge=0)]] = {}
    lines: Annotated[list[LookIn], Field(max_length=500)] = []


class ContestIn(In):
    """What the customer says against what stands out of their returns; `signal` is a code, empty: all."""

    text: Annotated[str, StringConstraints(min_length=3, max_length=2000)]
    signal: Annotated[str, StringConstraints(max_length=40)] = ""


class RefundIn(NoteIn):
    """Without `amount` all that is due; `reference` names one that was sent elsewhere, and no shop is asked."""

    amount: Amount | None = None
    reference: Short = ""


class SentOutIn(In):
    """How many of a SKU of the order go out."""

    sku: Sku
    quantity: Annotated[StrictInt, Field(ge=1, le=1_000_000)] = 1


class ExchangeIn(NoteIn):
    """`lines` go out, without them those that come back; `reference` is the number of a new order made elsewhere."""

    lines: Annotated[list[SentOutIn], Field(max_length=500)] = []
    reference: Short = ""


class ReturnedLineOut(Schema):
    """What comes back; `accepted` is null until somebody looked."""

    sku: str
    line: str
    title: str
    quantity: int
    reason: str
    words: str
    amount: MoneyOut
    accepted: int | None
    condition: str
    restock: bool | None
    deduction: MoneyOut
    deduction_reason: str


class StepOut(Schema):
    """One step, and who took it: an agent's name, else customer, api or system."""

    before: str
    state: str
    by: str
    note: str
    at: datetime


class SignalOut(Schema):
    """What is worth a look, in words."""

    code: str
    text: str


class ReturnOut(Schema):
    """A return. `refund_due_on`: the last day by law (null: none set, or it waits for the goods); `next`: what it can
    become; `kept_promise`: whether the money went within 24 hours of arrival. `ending`: what a shop was asked to end
    it with, while it is under way; `refund_failure`: its words where it did not. `difference`: what went out for an
    exchange beside what came back: above 0 the customer would pay it, below 0 get it back."""

    id: str
    number: str
    order: str
    brand: str
    kind: str
    state: str
    next: list[str]
    method: str
    wish: str
    country: str
    payer: str
    law: str
    words: str
    lines: list[ReturnedLineOut]
    amount: MoneyOut | None
    difference: MoneyOut | None
    reference: str
    ending: str
    refund_failure: str
    carrier: str
    tracking_number: str
    label_url: str
    gift: bool
    refund_due_on: date | None
    notice_at: datetime
    sent_at: datetime | None
    received_at: datetime | None
    refunded_at: datetime | None
    kept_promise: bool | None
    history: list[StepOut]
    created_at: datetime


class OneReturnOut(ReturnOut):
    """A return with what stands out of its customer's others."""

    signals: list[SignalOut]


def return_json(one: Return) -> dict[str, Any]:
    """Return a return as the API shows it."""
    plain = {name: getattr(one, name) for name in ReturnOut.model_fields if hasattr(one, name)}

    def money(amount: int | None) -> dict[str, Any] | None:
        return None if amount is None else {"amount": amount, "currency": one.currency}

    return {
        **plain,
        "id": str(one.pk),
        "order": one.order.number,
        "brand": one.brand.slug,
        "next": list(NEXT[one.state]),
        "amount": money(one.amount),
        "difference": money(one.difference),
        "ending": "" if one.closed_at else one.ending,
        "lines": [
            {
                "sku": row.line.sku, "line": str(row.line_id), "title": row.line.title, "quantity": row.quantity,
                "reason": row.reason, "words": row.words, "accepted": row.accepted,
                "condition": row.condition, "restock": row.restock, "deduction": money(row.deduction),
                "deduction_reason": row.deduction_reason,
                "amount": money(row.amount),
            }
            for row in one.lines.all()
        ],
        "history": [
            {"before": row.before, "state": row.state, "by": row.agent.name if row.agent else row.actor,
             "note": row.note, "at": row.at}
            for row in one.events.all()
        ],
    }  # fmt: skip


def _shown(request: HttpRequest, one: Return) -> dict[str, Any]:
    workspace_id = workspace_of(request)
    found = get_return(workspace_id, one.pk)
    signals = signals_of(workspace_id, found.order.customer_id)
    return {**return_json(found), "signals": [{"code": each.code, "text": each.text} for each in signals]}


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
def exchange(request: HttpRequest, return_id: str, data: ExchangeIn | None = None) -> Any:
    """Send other goods at once, before the old ones are back: by the shop where it can, else `reference` names the
    order that was made. `difference` says what they come to beside what comes back."""
    told = data or ExchangeIn()
    known = _may_end(request, return_id, State.EXCHANGED, told.reference)
    asked = [Asked(one.sku, one.quantity) for one in told.lines]
    made = refunds.exchange_return(
        workspace_of(request),
        known.pk,
        by=PROGRAM,
        lines=lines_named(known.order, asked),
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
