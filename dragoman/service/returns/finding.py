"""Asking about returns that were made: one, pages of them, what is due for them, how the promise was kept."""

import datetime
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from dragoman.core.commerce.action_models import ActionState
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.commerce.wants import left_of, share

from .errors import NoFile, NoReturn
from .models import Kind, Return, ReturnEvent, ReturnFile, ReturnLine, State, Why
from .return_models import PROMISE
from .withdrawal_models import Withdrawal

REASON_KEYS: Final = {
    "reason": "reason",
    "market": "parent__country",
    "category": "line__category",
    "product": "line__title",
}


@dataclass(frozen=True)
class ReturnPage:
    """Returns, the newest first, and the id the next page begins below."""

    items: list[Return]
    next: int | None


def return_page(
    workspace_id: int,
    *,
    states: tuple[str, ...] = (),
    order_id: int | None = None,
    due_by: datetime.date | None = None,
    below: int | None = None,
    limit: int = 25,
) -> ReturnPage:
    """List returns in some states, of an order, or with the money due by a day."""
    found = returns_of(workspace_id)
    if states:
        found = found.filter(state__in=states)
    if order_id is not None:
        found = found.filter(order_id=order_id)
    if due_by is not None:
        found = found.filter(closed_at=None, refund_due_on__lte=due_by)
    if below is not None:
        found = found.filter(pk__lt=below)
    rows = list(found[: limit + 1])
    return ReturnPage(rows[:limit], rows[limit - 1].pk if len(rows) > limit else None)


def count_by_state(workspace_id: int) -> dict[str, int]:
    """Return how many returns stand in each state."""
    rows = Return.objects.filter(workspace_id=workspace_id).values_list("state").annotate(many=Count("pk"))
    found = dict(rows.order_by("state"))
    return {str(state): found.get(state, 0) for state in State.values}


@dataclass(frozen=True)
class Promise:
    """How many returns were refunded after their goods arrived, and how many of them within 24 hours."""

    refunded: int
    kept: int


def promise_kept(workspace_id: int, *, since: datetime.datetime, until: datetime.datetime) -> Promise:
    """Return how the promise "refunded within 24 hours of arrival" was kept for goods that arrived in a time."""
    here = Return.objects.filter(
        workspace_id=workspace_id, received_at__gte=since, received_at__lt=until, refunded_at__isnull=False
    )
    kept = Q(refunded_at__lte=F("received_at") + PROMISE)
    row = here.aggregate(refunded=Count("pk"), kept=Count("pk", filter=kept))
    return Promise(row["refunded"], row["kept"])


def reason_counts(
    workspace_id: int, *, by: str = "reason", since: datetime.datetime, until: datetime.datetime
) -> list[tuple[str, str, int]]:
    """Return (reason, market or category or "", pieces) of what was asked to come back in a time, the most first."""
    rows = ReturnLine.objects.filter(
        workspace_id=workspace_id, parent__created_at__gte=since, parent__created_at__lt=until
    )
    named = rows.values("reason", group=F(REASON_KEYS[by])).annotate(pieces=Sum("quantity"))
    known = {"", *Why.values}
    found = [
        (
            row["reason"] if row["reason"] in known else Why.OTHER,
            "" if by == "reason" else row["group"],
            row["pieces"],
        )
        for row in named
    ]
    return sorted(found, key=lambda row: (-row[2], row[0], row[1]))


@dataclass(frozen=True)
class Due:
    """What is due for a return, in minor units: for its goods and for their delivery; `left` of the order's money."""

    goods: int
    shipping: int
    left: int


def refundable(made: Return) -> Due:
    """Return what is due for a return and what is left of the order's money.

    Due is what was paid for what passed (all, where nobody inspected), less what was kept back with a reason; a
    withdrawal from the whole order brings the delivery's cost back, too (Directive 2011/83/EU Art. 13(1), CDC Art. 49).
    """
    order, lines = order_by_id(made.workspace_id, made.order_id), list(made.lines.all())
    goods = sum(worth_back(one) for one in lines)
    wanted = sum(one.quantity - one.cancelled for one in order.lines.all())
    actions = list(order.actions.all())
    shipping = 0
    if made.kind == Kind.WITHDRAWAL and sum(one.quantity for one in lines) >= wanted:
        gone = sum(one.shipping for one in actions if one.is_open or one.state == ActionState.DONE)
        shipping = max(0, order.shipping_total - gone)
    others = Return.objects.filter(workspace_id=made.workspace_id, order_id=order.pk).exclude(pk=made.pk)
    ours = others.exclude(refunded_at=None).aggregate(sum=Sum("amount"))["sum"] or 0
    left = max(0, order.total - max(order.refunded_total, ours))
    return Due(goods, shipping, min(left, left_of(order, actions)) if order.payments.all() else left)


def worth_back(line: ReturnLine) -> int:
    """Return what is due for a line: its share for what passed, less the deduction, never below 0."""
    passed = line.amount if line.accepted is None else share(line.amount, line.quantity, line.accepted)
    return max(0, passed - line.deduction)


def returns_of(workspace_id: int) -> QuerySet[Return]:
    """All returns of a workspace with their orders and brands, the newest first."""
    found = Return.objects.filter(workspace_id=workspace_id).select_related("order", "brand", "place")
    return found.prefetch_related(
        Prefetch(
            "lines",
            ReturnLine.objects.filter(workspace_id=workspace_id).select_related("line").order_by("pk"),
        ),
        Prefetch(
            "events",
            ReturnEvent.objects.filter(workspace_id=workspace_id).select_related("agent").order_by("pk"),
        ),
        Prefetch("files", ReturnFile.objects.filter(workspace_id=workspace_id).order_by("pk")),
    ).order_by("-pk")


def get_return(workspace_id: int, return_id: int) -> Return:
    """Return one with its parts; raises NoReturn."""
    found = returns_of(workspace_id).filter(pk=return_id).first()
    if found is None:
        raise NoReturn
    return found


def get_file(workspace_id: int, return_id: int, file_id: int) -> ReturnFile:
    """Return a file of a return; raises NoFile."""
    found = ReturnFile.objects.filter(workspace_id=workspace_id, parent_id=return_id, pk=file_id).first()
    if found is None:
        raise NoFile
    return found


def declared_orders(workspace_id: int, conversation_id: int, *, customer_id: int) -> list[str]:
    """Return the numbers of a customer's orders that a conversation's declarations withdraw from."""
    here = Withdrawal.objects.filter(workspace_id=workspace_id, order__customer_id=customer_id)
    return list(
        here.filter(conversation_id=conversation_id)
        .order_by("-pk")
        .values_list("order__number", flat=True)[:10]
    )
