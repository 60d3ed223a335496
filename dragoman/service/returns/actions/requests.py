"""Taking a return in: the order is locked, so that two requests at once never ask for more than there is."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.db import transaction
from django.utils import timezone

from dragoman.core.accounts.models import Agent
from dragoman.core.commerce.errors import NoOrder
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.queries import order_by_id
from dragoman.ground.events.actions import publish
from dragoman.kit import tags
from dragoman.kit.address import clean

from ..errors import BadMethod, GuaranteeOver, NotReturnable
from ..events import ReturnRequested
from ..hubs import best_place
from ..queries import Asked, duties_for, place_for, quote_for
from ..quoting import LAW, OWN_CARRIER, Answer, Quote
from ..return_models import Kind, Return, ReturnEvent, ReturnLine, Why, Wish
from ..words import REASONS
from .due import due_of

LONGEST: Final = 4000
Actor = Literal["customer", "agent", "api", "system"]


@dataclass(frozen=True, kw_only=True)
class AskedLine:
    """How many of which SKU come back, why, what the customer says of it and would like instead (a number, a size)."""

    sku: str
    quantity: int
    reason: str = ""
    words: str = ""
    opened: bool = False
    instead: str = ""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked: lines, a way ("": the first that is offered), what was said, when; `guarantee`: of faults.

    The same `key` for an order opens one return, however often it is sent. `language` (BCP 47): in which they asked.
    `gift`: who got it sends it back, and `recipient` is their mail address; money they do not get, so that a wish for
    it is one for credit, and the law's right, which is the buyer's, is not what it stands on.
    """

    lines: Sequence[AskedLine]
    method: str = ""
    words: str = ""
    guarantee: bool = False
    at: datetime.datetime | None = None
    wish: str = Wish.REFUND
    key: str = ""
    gift: bool = False
    recipient: str = ""
    language: str = ""


@dataclass(frozen=True)
class By:
    """Who does it."""

    actor: Actor
    agent: Agent | None = None


@transaction.atomic
def request_return(workspace_id: int, *, order_id: int, request: Request, by: By) -> Return:
    """Open a return; raises NoOrder, NoSuchLine, TooMany, NotReturnable, GuaranteeOver, BadMethod."""
    locked = Order.objects.select_for_update(no_key=True).filter(workspace_id=workspace_id, pk=order_id)
    if not locked.exists():
        raise NoOrder
    before = _before(workspace_id, order_id, request.key)
    if before is not None:
        return before
    order, at = order_by_id(workspace_id, order_id), request.at or timezone.now()
    asked = [Asked(one.sku, one.quantity, one.opened) for one in request.lines]
    found = quote_for(order, at=at, asked=asked)
    kind = _kind(order, request, found, at)
    methods = (*found.methods, OWN_CARRIER) if kind == Kind.GUARANTEE else found.methods
    if request.method and request.method not in methods:
        raise BadMethod(tuple(dict.fromkeys(methods)))
    made = Return(
        workspace_id=workspace_id,
        order=order,
        brand_id=order.brand_id,
        number=number_for(order),
        kind=kind,
        method=request.method or next(iter(methods), OWN_CARRIER),
        country=found.country,
        payer="seller" if kind == Kind.GUARANTEE else found.payer or "",
        law=_article(order, kind, found, at),
        words=clean(request.words)[:LONGEST],
        wish=Wish.CREDIT if request.gift and request.wish == Wish.REFUND else request.wish,
        request_key=request.key[:64],
        currency=order.currency,
        notice_at=at,
        gift=request.gift,
        language=tags.normalise(request.language)[:20] if request.language else "",
        recipient=clean(request.recipient).strip()[:254] if request.gift else "",
    )
    made.refund_due_on = due_of(made)
    made.save()
    ReturnLine.objects.bulk_create(_lines(order, made, request, found))
    made.place = best_place(made, order, day=at.date())
    if made.place:
        made.save(update_fields=["place"])
    log(made, "", by=by)
    publish(ReturnRequested(return_id=made.pk, order_id=order.pk))
    return made


def _before(workspace_id: int, order_id: int, key: str) -> Return | None:
    """Return what the same request opened before."""
    if not key:
        return None
    return Return.objects.filter(workspace_id=workspace_id, order_id=order_id, request_key=key[:64]).first()


def log(made: Return, before: str, *, by: By, note: str = "") -> None:
    """Write a step into the return's history."""
    ReturnEvent.objects.create(
        workspace_id=made.workspace_id,
        parent=made,
        before=before,
        state=made.state,
        actor=by.actor,
        agent=by.agent,
        note=clean(note)[:LONGEST],
    )


def _kind(order: Order, request: Request, found: Quote, at: datetime.datetime) -> str:
    if request.guarantee:
        gone = [one for one in found.answers if one.reason == "already_returned"]
        if gone:
            raise NotReturnable([_refused(one) for one in gone])
        duties = duties_for(order, at=at)
        if duties and duties.is_over(place_for(order).day(at)):
            raise GuaranteeOver
        return Kind.GUARANTEE
    refused = [one for one in found.answers if not one.allowed]
    if refused:
        raise NotReturnable([_refused(one) for one in refused])
    lawful = all(one.basis == LAW for one in found.answers)
    return Kind.WITHDRAWAL if lawful and not request.gift else Kind.POLICY


def _article(order: Order, kind: str, found: Quote, at: datetime.datetime) -> str:
    if kind == Kind.GUARANTEE:
        duties = duties_for(order, at=at)
        return duties.article[:300] if duties else ""
    return found.law.article[:300] if kind == Kind.WITHDRAWAL else ""


def _refused(answer: Answer) -> dict[str, object]:
    return {"sku": answer.goods.sku, "reason": answer.reason, "message": str(REASONS[answer.reason])}


def number_for(order: Order) -> str:
    """Return the RMA number: the order's and which of its returns it is."""
    place = Return.objects.filter(workspace_id=order.workspace_id, order_id=order.pk).count() + 1
    return f"R{place}-{order.number}"[:100]


def _lines(order: Order, made: Return, request: Request, found: Quote) -> list[ReturnLine]:
    said = {one.sku: one for one in reversed(request.lines)}
    by_id = {line.pk: line for line in order.lines.all()}
    rows: list[ReturnLine] = []
    for answer in found.answers:
        line = by_id[answer.goods.line_id]
        told = said.get(line.sku) or said.get(line.external_id) or request.lines[0]
        rows.append(
            ReturnLine(
                workspace_id=made.workspace_id,
                parent=made,
                line=line,
                quantity=answer.goods.asked,
                reason=told.reason if told.reason in ("", *Why.values) else Why.OTHER,
                words=clean(told.words)[:LONGEST],
                instead=clean(told.instead).strip()[:120],
                amount=answer.goods.value,
            )
        )
    return rows
