"""What comes back for an exchange that was asked for at the order: a return of its own, awaited from then on."""

from django.db import transaction
from django.utils import timezone

from dragoman.core.accounts.authority_models import ActionKind, ActionReason
from dragoman.core.commerce.action_models import ActionState, OrderAction
from dragoman.core.commerce.actions.asking import locked_order
from dragoman.ground.events.actions import publish

from ..events import ReturnRequested
from ..quoting import OWN_CARRIER
from ..return_models import Kind, Return, ReturnLine, State, Why, Wish
from .requests import By, log, number_for
from .steps import move

_WHYS = {
    ActionReason.DAMAGED: Why.DAMAGED,
    ActionReason.FAULTY: Why.DAMAGED,
    ActionReason.WRONG: Why.WRONG_ITEM,
    ActionReason.DIFFERENT: Why.NOT_AS_DESCRIBED,
    ActionReason.LATE: Why.LATE,
    ActionReason.WITHDRAWN: Why.CHANGED_MIND,
}


@transaction.atomic
def await_exchange(workspace_id: int, action: OrderAction) -> Return | None:
    """Open the return of what an exchange brings back, once; it is approved, and nothing but the exchange ends it.

    Its `difference` is what goes out less what comes back. A shop that keeps returns has one of its own by then.
    """
    if action.kind != ActionKind.EXCHANGE or action.state != ActionState.DONE:
        return None
    locked_order(workspace_id, action.order_id)
    known = Return.objects.filter(
        workspace_id=workspace_id, order_id=action.order_id, exchange=action
    ).first()
    if known is not None:
        return known
    order, by = action.order, By("agent", action.agent) if action.agent else By("api")
    made = Return.objects.create(
        workspace_id=workspace_id,
        order=order,
        brand_id=order.brand_id,
        number=number_for(order),
        kind=Kind.POLICY,
        method=OWN_CARRIER,
        country=order.country,
        wish=Wish.EXCHANGE,
        currency=order.currency,
        exchange=action,
        reference=action.external_id[:200],
        difference=action.amount - sum(amount for _line, _quantity, amount in action.goods),
        notice_at=action.created_at or timezone.now(),
    )
    why = _WHYS.get(ActionReason(action.reason), Why.OTHER) if action.reason else Why.OTHER
    ReturnLine.objects.bulk_create(
        ReturnLine(
            workspace_id=workspace_id, parent=made, line_id=line, quantity=quantity, reason=why, amount=amount
        )
        for line, quantity, amount in action.goods
    )
    log(made, "", by=by)
    publish(ReturnRequested(return_id=made.pk, order_id=order.pk))
    return move(made, State.APPROVED, by=by, note="")
