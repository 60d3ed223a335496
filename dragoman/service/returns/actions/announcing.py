"""Telling the shop of a return where it keeps returns itself: once it is approved, once only, and what it said."""

from typing import Final
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from dragoman.core.commerce.action_models import ActionState, OrderAction
from dragoman.core.commerce.actions.announcing import News, announce, call_off, keeps_returns
from dragoman.core.commerce.actions.asking import locked_order, undo
from dragoman.core.commerce.models import Order

from ..ports import is_under_way
from ..return_models import Return, State
from ..shop_refunds import reason_of
from ..states import VOID, can_become
from .requests import By
from .steps import locked_return, move

ANNOUNCED: Final = "announce-"
_HOUSE: Final = By("system")
# taken on, and not here yet
_AWAITED: Final = frozenset([State.APPROVED, State.LABEL, State.IN_TRANSIT])


@transaction.atomic
def announce_return(workspace_id: int, return_id: int, *, agent_id: int | None = None) -> Return:
    """Have the shop told that goods come back, where it keeps returns and was not told; raises NoReturn.

    What is being told, was told, or is the shop's own (of an exchange) is not told again; what it refused is, anew.
    """
    order_id = Return.objects.filter(workspace_id=workspace_id, pk=return_id).values_list(
        "order_id", flat=True
    )
    for known in order_id:
        # the order before the return, as whoever opens one
        locked_order(workspace_id, known)
    made = locked_return(workspace_id, return_id)
    if made.state not in _AWAITED or made.exchange_id is not None:
        return made
    if not keeps_returns(made.order) or _is_told(made):
        return made
    made.shop_key = f"{ANNOUNCED}{made.pk}-{uuid4().hex[:12]}"
    made.save(update_fields=["shop_key"])
    news = News(
        key=made.shop_key,
        lines=[(row.line_id, row.quantity) for row in made.lines.all()],
        reason=reason_of(made),
        note=made.number,
        tracking_number=made.tracking_number,
        agent_id=agent_id,
    )
    announce(workspace_id, made.order_id, news=news)
    return made


def _is_told(made: Return) -> bool:
    action = told_by(made)
    return action is not None and (action.is_open or action.state == ActionState.DONE)


def told_by(made: Return) -> OrderAction | None:
    """Return what the shop was asked to keep of a return; None where it was not told."""
    if not made.shop_key:
        return None
    return OrderAction.objects.filter(workspace_id=made.workspace_id, key=made.shop_key).first()


@transaction.atomic
def note_announced(workspace_id: int, action: OrderAction) -> None:
    """Keep the shop's id of a return it was told of; one that ended here meanwhile is called off there."""
    found = Return.objects.filter(workspace_id=workspace_id, shop_key=action.key).first()
    if found is None or action.state != ActionState.DONE:
        return
    made = locked_return(workspace_id, found.pk)
    made.shop_return = action.external_id
    made.save(update_fields=["shop_return"])
    if made.state in VOID:
        _call_off(made)


@transaction.atomic
def withdraw_return(workspace_id: int, return_id: int) -> None:
    """Let the shop await no more what was called off or rejected here."""
    made = locked_return(workspace_id, return_id)
    action = told_by(made)
    if made.state not in VOID or action is None:
        return
    if action.can_undo:
        undo(workspace_id, action.pk, agent=None)
    elif action.state == ActionState.DONE:
        _call_off(made)


def _call_off(made: Return) -> None:
    if made.shop_return and made.shop_return not in made.order.returns_called_off:
        news = News(key=f"calloff-{made.shop_key}", note=made.number)
        call_off(made.workspace_id, made.order_id, news=news, returned=made.shop_return)


def follow_shop(workspace_id: int, order_id: int) -> None:
    """Call off here what the shop called off; what is on its way, has ended or is being ended stays."""
    order = Order.objects.filter(workspace_id=workspace_id, pk=order_id).first()
    if order is None or not order.returns_called_off:
        return
    here = Return.objects.filter(workspace_id=workspace_id, order_id=order_id)
    for found in here.filter(shop_return__in=order.returns_called_off):
        with transaction.atomic():
            made = locked_return(workspace_id, found.pk)
            if can_become(made.state, State.CANCELLED) and not is_under_way(workspace_id, made.refund_key):
                move(made, State.CANCELLED, by=_HOUSE, note=_("The shop called it off."))
