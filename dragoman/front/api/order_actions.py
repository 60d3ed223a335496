"""`/orders/{number}/refund` and its like: what shops are asked to do."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from dragoman.core.accounts.authority.verdicts import Verdict
from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import agents_of, get_brand
from dragoman.core.commerce.actions.asking import Asker, Preview, ask, preview, undo
from dragoman.core.commerce.errors import BadWish
from dragoman.core.commerce.models import Order, OrderAction
from dragoman.core.commerce.queries import get_order
from dragoman.core.commerce.shelf import found_in
from dragoman.core.commerce.wants import Wanted
from dragoman.kit.errors import Refusal

from .commerce import MoneyOut
from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import In, Listed

router = Router(tags=["commerce"])
SCOPE = "order_actions"
Short = Annotated[str, StringConstraints(max_length=120)]
Amount = Annotated[int, Field(ge=0, le=10**15)]


class ChosenIn(In):
    """How many of a line: `line` is its id or its SKU."""

    line: Short
    quantity: Annotated[int, Field(ge=0, le=1_000_000)]


class ActionIn(In):
    """What every action takes. `agent`: on whose authority; without, the limits of programs hold."""

    agent: Annotated[str, StringConstraints(max_length=20)] = ""
    reason: Annotated[str, StringConstraints(max_length=20)] = ""
    note: Annotated[str, StringConstraints(max_length=500)] = ""
    comment: Annotated[str, StringConstraints(max_length=1000)] = ""
    brand: Annotated[str, StringConstraints(max_length=63)] = ""
    conversation: Annotated[str, StringConstraints(max_length=20)] = ""
    preview: bool = False
    notify: bool = False


class RefundIn(ActionIn):
    """Lines and shipping, or a sum alone."""

    lines: Annotated[list[ChosenIn], Field(max_length=500)] = []
    shipping: Amount = 0
    amount: Amount | None = None
    restock: bool = False


class CancelIn(ActionIn):
    """The lines to cancel, none for all of the order."""

    lines: Annotated[list[ChosenIn], Field(max_length=500)] = []


class AddressIn(ActionIn):
    """Where to send it instead."""

    address: dict[str, Any]


class ReshipIn(ActionIn):
    """What to send once more, where it went or elsewhere."""

    lines: Annotated[list[ChosenIn], Field(max_length=500)]
    address: dict[str, Any] = {}


class DiscountIn(ActionIn):
    """A code for the customer: an amount or a percentage, valid for `days` (0: for good)."""

    amount: Amount | None = None
    percent: Annotated[int, Field(ge=0, le=100)] = 0
    days: Annotated[int, Field(ge=0, le=1830)] = 0
    store_credit: bool = False


class DuplicateIn(ActionIn):
    """What to order again, nothing for all of it."""

    lines: Annotated[list[ChosenIn], Field(max_length=500)] = []


class SendIn(In):
    """What goes out in an exchange: its article number, and how many."""

    sku: Short
    quantity: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class ExchangeIn(ActionIn):
    """What comes back, and what is sent instead."""

    lines: Annotated[list[ChosenIn], Field(max_length=500)]
    sends: Annotated[list[SendIn], Field(min_length=1, max_length=20)]


class VerdictOut(Schema):
    """`outcome` is allowed, needs_approval or refused; what is left is None where there is no limit."""

    outcome: str
    why: str
    limit: str | None
    most: int | None
    left_today: int | None
    left_month: int | None
    left_customer: int | None


class PreviewOut(Schema):
    """What would happen; `difference` of an exchange: what the customer pays more, below 0 what they get back."""

    kind: str
    amount: MoneyOut
    store_amount: MoneyOut | None
    left: MoneyOut
    difference: MoneyOut | None = None
    authority: VerdictOut


class OrderActionOut(Schema):
    """What a shop was asked to do; `code` is for the customer, `left` what the shop did not do of it."""

    id: str
    order: str
    kind: str
    state: str
    amount: MoneyOut
    reason: str
    note: str
    agent: str | None
    approval: str | None
    external_id: str
    code: str
    failure: str
    left: str
    due_at: datetime | None
    done_at: datetime | None
    created_at: datetime


def ref_of(pk: int | None) -> str | None:
    """Return an id as the contract writes it, null for none."""
    return str(pk) if pk else None


def action_json(action: OrderAction, number: str) -> dict[str, Any]:
    """Return an action as the contract shows it."""
    same = ("kind", "state", "reason", "note", "external_id", "code", "failure", "left")
    times = ("due_at", "done_at", "created_at")
    return {
        **{name: getattr(action, name) for name in (*same, *times)},
        "id": str(action.pk),
        "order": number,
        "amount": {"amount": action.amount, "currency": action.currency},
        "agent": ref_of(action.agent_id),
        "approval": ref_of(action.approval_id),
    }


def _verdict_json(found: Verdict) -> dict[str, Any]:
    same = ("most", "left_today", "left_month", "left_customer")
    return {
        **{name: getattr(found, name) for name in same},
        "outcome": str(found.outcome),
        "why": str(found.why),
        "limit": ref_of(found.rule.pk) if found.rule else None,
    }


def _preview_json(found: Preview) -> dict[str, Any]:
    plan, order = found.plan, found.plan.order
    store = plan.store_amount
    return {
        "kind": plan.wanted.kind,
        "amount": {"amount": plan.amount, "currency": order.currency},
        "store_amount": None if store is None else {"amount": store, "currency": order.store_currency},
        "left": {"amount": plan.left, "currency": order.currency},
        "difference": {"amount": plan.difference, "currency": order.currency}
        if plan.wanted.kind == "exchange"
        else None,
        "authority": _verdict_json(found.verdict),
    }


def agent_named(request: HttpRequest, opaque: str) -> Agent | None:
    """Return the agent that a program names, None where it names none; raises Refusal."""
    if not opaque:
        return None
    found = agents_of(workspace_of(request)).filter(pk=number_of(opaque), is_active=True).first()
    if found is None:
        raise Refusal("There is no such agent.", code="unknown_agent", status=422)
    return found


def _order(request: HttpRequest, number: str, brand: str) -> Order:
    workspace_id = workspace_of(request)
    named = get_brand(workspace_id, brand).pk if brand else None
    return get_order(workspace_id, number, brand_id=named)


def _lines(order: Order, chosen: Sequence[ChosenIn]) -> list[tuple[int, int]]:
    by_name = {one.sku: one.pk for one in reversed(list(order.lines.all())) if one.sku}
    by_name |= {str(one.pk): one.pk for one in order.lines.all()}
    found = []
    for one in chosen:
        if one.line not in by_name:
            raise BadWish("This line is not of the order.", place="lines")
        found.append((by_name[one.line], one.quantity))
    return found


def _do(request: HttpRequest, order: Order, data: ActionIn, wanted: Wanted) -> Any:
    caller = request.caller  # type: ignore[attr-defined]
    if not caller.may(SCOPE):
        raise Refusal(f"This token does not reach “{SCOPE}”.", code="out_of_scope", status=403)
    agent, workspace_id = agent_named(request, data.agent), workspace_of(request)
    if data.preview:
        return Status(200, _preview_json(preview(workspace_id, order.pk, agent=agent, wanted=wanted)))
    said = request.META.get("HTTP_IDEMPOTENCY_KEY", "")
    # without a key nobody can ask for the same again
    key = f"token:{caller.token_id}:{said[:200]}" if said else uuid.uuid4().hex
    asker = Asker(agent, key, number_of(data.conversation) or None, data.comment)
    return Status(201, action_json(ask(workspace_id, order.pk, asker=asker, wanted=wanted), order.number))


_ANSWERS: Any = {200: PreviewOut, 201: OrderActionOut, **ERRORS}


def _common(data: ActionIn) -> dict[str, Any]:
    return {"reason": data.reason, "note": data.note, "notify": data.notify}


@router.post("/orders/{path:number}/refund", response=_ANSWERS, summary="Refund")
def refund(request: HttpRequest, number: str, data: RefundIn) -> Any:
    """Have the shop give money back; with `preview` say what would happen."""
    order = _order(request, number, data.brand)
    lines = _lines(order, data.lines)
    more: dict[str, Any] = {"shipping": data.shipping, "amount": data.amount, "restock": data.restock}
    more["lines"] = lines
    return _do(request, order, data, Wanted(kind="refund", **_common(data), **more))


@router.post("/orders/{path:number}/cancel", response=_ANSWERS, summary="Cancel")
def cancel(request: HttpRequest, number: str, data: CancelIn) -> Any:
    """Have the shop cancel an order, or lines of it that were not sent."""
    order = _order(request, number, data.brand)
    return _do(request, order, data, Wanted(kind="cancel", lines=_lines(order, data.lines), **_common(data)))


@router.post("/orders/{path:number}/address", response=_ANSWERS, summary="Change the address")
def address(request: HttpRequest, number: str, data: AddressIn) -> Any:
    """Have the shop send an order elsewhere, within the same country, before it is sent."""
    order = _order(request, number, data.brand)
    return _do(request, order, data, Wanted(kind="address", address=data.address, **_common(data)))


@router.post("/orders/{path:number}/reship", response=_ANSWERS, summary="Send again")
def reship(request: HttpRequest, number: str, data: ReshipIn) -> Any:
    """Have the shop send lines once more at no cost."""
    order = _order(request, number, data.brand)
    wanted = Wanted(kind="reship", lines=_lines(order, data.lines), address=data.address, **_common(data))
    return _do(request, order, data, wanted)


@router.post("/orders/{path:number}/discount", response=_ANSWERS, summary="Discount or store credit")
def discount(request: HttpRequest, number: str, data: DiscountIn) -> Any:
    """Have the shop make a code for the customer of an order; it stands in `code` once the action is done."""
    order = _order(request, number, data.brand)
    kind = "store_credit" if data.store_credit else "discount"
    more: dict[str, Any] = {"amount": data.amount, "percent": data.percent, "days": data.days}
    return _do(request, order, data, Wanted(kind=kind, **_common(data), **more))


@router.post("/orders/{path:number}/exchange", response=_ANSWERS, summary="Exchange")
def exchange(request: HttpRequest, number: str, data: ExchangeIn) -> Any:
    """Have the shop await what comes back and send something else for it."""
    order = _order(request, number, data.brand)
    sends = found_in(order, [(one.sku, one.quantity) for one in data.sends])
    wanted = Wanted(kind="exchange", lines=_lines(order, data.lines), sends=sends, **_common(data))
    return _do(request, order, data, wanted)


@router.post("/orders/{path:number}/duplicate", response=_ANSWERS, summary="The same order again")
def duplicate(request: HttpRequest, number: str, data: DuplicateIn) -> Any:
    """Have the shop make a new order of the same things for the same customer, who pays it."""
    order = _order(request, number, data.brand)
    return _do(
        request, order, data, Wanted(kind="duplicate", lines=_lines(order, data.lines), **_common(data))
    )


@router.get(
    "/orders/{path:number}/actions", response={200: Listed[OrderActionOut], **ERRORS}, summary="Actions"
)
def actions(request: HttpRequest, number: str, brand: Annotated[str, Query(max_length=63)] = "") -> Any:
    """List what the shop was asked to do with an order, the newest first."""
    order = _order(request, number, brand)
    rows = sorted(order.actions.all(), key=lambda one: -one.pk)
    return {"items": [action_json(one, order.number) for one in rows], "next": None}


@router.post(
    "/orders/{path:number}/actions/{action}/undo",
    response={200: OrderActionOut, **ERRORS},
    summary="Take an action back",
)
def undo_action(
    request: HttpRequest, number: str, action: str, brand: Annotated[str, Query(max_length=63)] = ""
) -> Any:
    """Take an action back that waits or is held; 409 `too_late` once the shop was asked."""
    order = _order(request, number, brand)
    if not request.caller.may(SCOPE):  # type: ignore[attr-defined]
        raise Refusal(f"This token does not reach “{SCOPE}”.", code="out_of_scope", status=403)
    known = {one.pk for one in order.actions.all()}
    wanted = number_of(action)
    found = undo(workspace_of(request), wanted if wanted in known else 0, agent=None)
    return action_json(found, order.number)
