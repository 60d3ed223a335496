"""Shapes of `/returns`: what a program sends of goods on their way back, and what it is shown."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StrictInt, StringConstraints

from dragoman.ground.providers.shops.shapes import Amount
from dragoman.service.returns.models import Method, Return, Why, Wish
from dragoman.service.returns.states import NEXT

from .commerce import MoneyOut
from .markets import At
from .returns import Sku
from .schemas import In

Words = Annotated[str, StringConstraints(max_length=4000)]
Short = Annotated[str, StringConstraints(max_length=200)]
Web = Annotated[str, StringConstraints(max_length=1000, pattern=r"^(https?://\S+)?$")]


class ReturnLineIn(In):
    """How many of a SKU come back, and why; an empty reason: the customer gave none."""

    sku: Sku
    quantity: Annotated[StrictInt, Field(ge=1, le=1_000_000)] = 1
    reason: Why | Literal[""] = ""
    words: Words = ""
    opened: bool = False
    instead: Annotated[str, StringConstraints(max_length=120)] = ""


class ReturnIn(In):
    """A return to open. `kind` `guarantee`: the goods are faulty; else law or policy as the quote says. `wish` is what
    the customer would like for it (a line's `instead` names which one); of a gift never money."""

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
    """What was found of a SKU: how many passed (null: all), and what is kept back of its worth, with a reason
    that the customer reads."""

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


class ElseIn(In):
    """Something else that the shop sells: its article number, and how many."""

    sku: Sku
    quantity: Annotated[StrictInt, Field(ge=1, le=1_000_000)] = 1


class ReturnExchangeIn(NoteIn):
    """`sends` (article numbers of the shop) or `lines` of the order go out; `reference` names an order made elsewhere.

    Without any of them it is what the customer wished for by number, else what comes back once more.
    """

    sends: Annotated[list[ElseIn], Field(max_length=20)] = []
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
    instead: str
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
    exchange beside what came back: above 0 the customer would pay it, below 0 get it back. `shop_return`: the shop's id
    of it, where the shop keeps returns."""

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
    shop_return: str
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
    """A return with what stands out of its customer's others; `told`: where telling its shop stands ("": nobody does).

    It is the state of an action of the order (`queued`, `done`, `failed` ...), `told_failure` the words of the shop.
    """

    told: str
    told_failure: str
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
                "reason": row.reason, "words": row.words, "instead": row.instead, "accepted": row.accepted,
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
