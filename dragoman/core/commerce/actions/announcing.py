"""Telling a shop that keeps returns as objects what comes back, or no more does. Nobody's authority is used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from dragoman.ground.events.actions import publish
from dragoman.ground.providers.shops.ports import Can

from ..action_models import CALLED_OFF, RETURN, ActionState, OrderAction
from ..doers import can_of
from ..events import OrderActionAsked
from ..models import Order
from ..queries import order_by_id
from .asking import held_until, locked_order


@dataclass(frozen=True, kw_only=True)
class News:
    """What a shop is told under a key: `lines` [(our id of the line, quantity)] come back, by a parcel if it is known.

    `agent_id` None: a customer, a program or the house itself.
    """

    key: str
    lines: Sequence[tuple[int, int]] = ()
    reason: str = ""
    note: str = ""
    tracking_number: str = ""
    agent_id: int | None = None


def keeps_returns(order: Order) -> bool:
    """Say whether an order's shop keeps returns as objects and can be told of them."""
    return bool(order.external_id) and order.anonymised_at is None and Can.RETURN in can_of(order.shop)


def announce(workspace_id: int, order_id: int, *, news: News) -> OrderAction:
    """Have the shop told once that goods come back; raises NoOrder."""
    return _ask(workspace_id, order_id, RETURN, news, {"tracking_number": news.tracking_number})


def call_off(workspace_id: int, order_id: int, *, news: News, returned: str) -> OrderAction:
    """Have the shop told once that what was announced (the shop's id of it) comes back no more; raises NoOrder."""
    return _ask(workspace_id, order_id, CALLED_OFF, news, {"returned": returned})


@transaction.atomic
def _ask(workspace_id: int, order_id: int, kind: str, news: News, wanted: Mapping[str, Any]) -> OrderAction:
    locked_order(workspace_id, order_id)
    known = OrderAction.objects.filter(workspace_id=workspace_id, key=news.key).first()
    if known is not None:
        return known
    order = order_by_id(workspace_id, order_id)
    action = OrderAction.objects.create(
        workspace_id=workspace_id,
        order=order,
        kind=kind,
        state=ActionState.QUEUED,
        key=news.key,
        request_hash="",
        wanted=dict(wanted),
        goods=[[line, quantity, 0] for line, quantity in news.lines],
        reason=news.reason,
        note=news.note[:500],
        currency=order.currency,
        agent_id=news.agent_id,
        due_at=held_until(workspace_id),
    )
    by = news.agent_id or 0
    publish(OrderActionAsked(order_id=order.pk, action_id=action.pk, agent_id=by, kind=kind))
    return action
