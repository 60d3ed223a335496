"""Money that went back by hand, as a return tells it: a refund of the order until its shop tells of the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F

from dragoman.ground.events.actions import publish
from dragoman.ground.providers.shops.facts import RefundFacts
from dragoman.ground.providers.statuses import MoneyStatus

from ..action_models import OrderAction
from ..cleaning import cleaned_id, means
from ..events import OrderMirrored, RefundChanged
from ..models import Order, Refund
from ..personal import without_person

METHOD: Final = "return"
_BEFORE: Final = f"{METHOD}:"
_NOT_GIVEN: Final = frozenset({MoneyStatus.FAILED, MoneyStatus.VOIDED})


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """What somebody says they gave back: `named` tells it from others of the order, `reference` where it was done."""

    named: str
    amount: int
    reference: str
    reason: str
    at: datetime


@transaction.atomic
def note_refund(workspace_id: int, order_id: int, *, told: ByHand) -> None:
    """Count what was given back by hand once; nothing where the shop told of that reference already."""
    order = Order.objects.select_for_update(no_key=True).get(workspace_id=workspace_id, pk=order_id)
    key, reference = _BEFORE + told.named, means(told.reference, 120)
    if refund_called(order, reference) or order.refunds.filter(key=key).exists():
        return
    values = {
        "external_id": reference,
        "method": METHOD,
        "amount": told.amount,
        "currency": order.currency,
        "reason": told.reason[:300],
        "refunded_at": told.at,
    }
    if order.anonymised_at is not None:
        values = without_person(Refund, values)
    row = Refund.objects.create(workspace_id=workspace_id, order=order, key=key, **values)
    order.refunded_total += told.amount
    order.payment_status = given_back(order.payment_status, order.refunded_total, order.total)
    order.save(update_fields=["refunded_total", "payment_status"])
    # what the shop was asked for besides is not in the mirror because of this
    waiting = OrderAction.objects.filter(workspace_id=workspace_id, order_id=order_id, settled=False)
    waiting.update(before=F("before") + told.amount)
    publish(
        OrderMirrored(order_id=order.pk, customer_id=order.customer_id, new=False),
        RefundChanged(order_id=order.pk, refund_id=row.pk, status=row.status),
    )


def refund_called(order: Order, reference: str) -> Refund | None:
    """Return the order's refund of a reference."""
    here = Refund.objects.filter(workspace_id=order.workspace_id, order_id=order.pk, removed=False)
    return here.filter(external_id=reference).first() if reference else None


def given_back(state: str, refunded: int, total: int) -> str:
    """Return where the money is, with what went back by hand counted."""
    return "refunded" if state == "refunded" or refunded >= total else "partly_refunded"


def untold(order: Order, told: Sequence[tuple[str, RefundFacts]] | None) -> list[Refund]:
    """Return what was given back by hand and the shop does not tell of: `told` are its refunds by key, None for unsaid.

    A refund of the shop's is the same by its reference, else one that is new here and of the same amount.
    """
    if order.pk is None or not order.refunded_total:
        return []
    rows = list(Refund.objects.filter(workspace_id=order.workspace_id, order_id=order.pk, removed=False))
    ours = [row for row in rows if row.key.startswith(_BEFORE)]
    if told is None:
        return ours
    known, left, kept = {row.key for row in rows}, list(told), []
    for row in ours:
        called = (
            one for one in left if row.external_id and cleaned_id(one[1].external_id) == row.external_id
        )
        alike = (
            one
            for one in left
            if one[0] not in known and one[1].amount == row.amount and one[1].status not in _NOT_GIVEN
        )
        same = next(called, None) or next(alike, None)
        if same is None:
            kept.append(row)
        else:
            left.remove(same)
    return kept
