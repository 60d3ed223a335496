"""Asking a shop to do something with an order: previewed, within somebody's authority or approved, held, undone.

Locks are taken in one order: a request for approval, the order, the action, then authority.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import format_lazy

from dragoman.core.accounts.authority import verdicts
from dragoman.core.accounts.authority.actions.approvals import ask_approval, withdraw
from dragoman.core.accounts.authority.errors import NoAuthority, UndoTooLate
from dragoman.core.accounts.authority.verdicts import Outcome, Verdict
from dragoman.core.accounts.authority_models import ActionKind
from dragoman.core.accounts.models import Agent, Approval
from dragoman.core.accounts.queries import workspace_facts
from dragoman.ground.events.actions import publish

from ..action_models import ActionState, OrderAction
from ..cleaning import Cleaner
from ..errors import ActionBegun, KeyReused, NoAction, NoOrder, NotYourAction
from ..events import OrderActionAsked, OrderActionChanged
from ..models import Order
from ..personal import PERSONAL
from ..queries import order_by_id
from ..wants import Plan, Wanted, plan

NOUN: Final = "order_action"


@dataclass(frozen=True)
class Asker:
    """Who asks (`agent` None: a program), under which key, from which conversation, with what word to an approver."""

    agent: Agent | None
    key: str
    conversation_id: int | None = None
    comment: str = ""


@dataclass(frozen=True)
class Preview:
    """What would happen: the plan, and whether it may."""

    plan: Plan
    verdict: Verdict


def preview(workspace_id: int, order_id: int, *, agent: Agent | None, wanted: Wanted) -> Preview:
    """Say what would happen; nothing is stored. Raises NoOrder, NotOffered, BadWish, MoreThanLeft."""
    order = order_by_id(workspace_id, order_id)
    found = plan(order, wanted, list(order.actions.all()))
    return Preview(found, verdicts.may(workspace_id, agent, found.ask))


@transaction.atomic
def ask(workspace_id: int, order_id: int, *, asker: Asker, wanted: Wanted) -> OrderAction:
    """Ask for it once: the same key and request give the first action again.

    It is held for `undo_order_action` seconds, or waits for approval. Raises NoOrder, NotOffered, BadWish,
    MoreThanLeft, NoAuthority, KeyReused.
    """
    digest = wanted.digest(order_id)
    locked_order(workspace_id, order_id)
    known = OrderAction.objects.filter(workspace_id=workspace_id, key=asker.key).first()
    if known is not None:
        if known.request_hash != digest:
            raise KeyReused
        return known
    order = order_by_id(workspace_id, order_id)
    found = plan(order, wanted, list(order.actions.all()))
    action = _stored(order, found, asker, digest)
    verdict = verdicts.take(workspace_id, asker.agent, found.ask, subject=subject_of(action))
    if verdict.outcome == Outcome.NEEDS_APPROVAL:
        action.approval = ask_approval(
            workspace_id,
            requester=asker.agent,
            ask=found.ask,
            subject=subject_of(action),
            facts={
                "title": str(format_lazy("{} · {}", ActionKind(action.kind).label, order.number)),
                "number": order.number,
                "path": f"/orders/{order.pk}",
            },
            comment=asker.comment,
        )
        action.state, action.due_at = ActionState.WAITING, None
        action.save(update_fields=["approval", "state", "due_at"])
    by = asker.agent.pk if asker.agent else 0
    publish(OrderActionAsked(order_id=order.pk, action_id=action.pk, agent_id=by, kind=action.kind))
    return action


def _stored(order: Order, found: Plan, asker: Asker, digest: str) -> OrderAction:
    wanted = found.wanted
    try:
        with transaction.atomic():
            return OrderAction.objects.create(
                workspace_id=order.workspace_id,
                order=order,
                kind=wanted.kind,
                state=ActionState.QUEUED,
                key=asker.key,
                request_hash=digest,
                wanted=asdict(wanted),
                goods=[[one.line.pk, one.quantity, one.amount] for one in found.goods],
                reason=wanted.reason,
                note=Cleaner(order.workspace_id, order.brand_id).words(wanted.note, 500)[:500],
                amount=found.amount,
                shipping=wanted.shipping,
                currency=order.currency,
                agent=asker.agent,
                conversation_id=asker.conversation_id,
                due_at=held_until(order.workspace_id),
            )
    except IntegrityError as fault:
        if "order_action_key_once" not in str(fault):
            raise
        # the same key at the same moment for another order
        raise KeyReused from None


def held_until(workspace_id: int) -> datetime:
    """Return until when an action can be taken back (a setting of the workspace)."""
    return timezone.now() + timedelta(seconds=workspace_facts(workspace_id).undo_order_action)


def subject_of(action: OrderAction) -> str:
    """Return what authority and approvals call an action."""
    return f"{NOUN}:{action.pk}"


def locked_order(workspace_id: int, order_id: int) -> Order:
    """Return an order that nobody else acts on until the transaction ends; raises NoOrder."""
    found = Order.objects.filter(workspace_id=workspace_id, pk=order_id)
    order = found.select_for_update(of=("self",), no_key=True).first()
    if order is None:
        raise NoOrder
    return order


def locked_action(workspace_id: int, action_id: int) -> OrderAction:
    """Return an action nobody else moves until the transaction ends; raises NoAction."""
    found = OrderAction.objects.filter(workspace_id=workspace_id, pk=action_id)
    action = found.select_for_update(of=("self",), no_key=True).first()
    if action is None:
        raise NoAction
    return action


@transaction.atomic
def undo(workspace_id: int, action_id: int, *, agent: Agent | None) -> OrderAction:
    """Take an action back that the shop knows nothing of; raises NoAction, NotYourAction, ActionBegun."""
    known = OrderAction.objects.filter(workspace_id=workspace_id, pk=action_id).first()
    if known is None:
        raise NoAction
    if agent is not None and not (agent.can_lead or (agent.can_reply and known.agent_id == agent.pk)):
        raise NotYourAction
    if known.approval_id is not None:
        withdraw(workspace_id, known.approval_id)
    action = locked_action(workspace_id, action_id)
    if not action.can_undo:
        raise ActionBegun
    let_go(action, ActionState.UNDONE, by=agent.pk if agent else 0)
    return action


def let_go(action: OrderAction, state: ActionState, *, by: int = 0, failure: str = "") -> None:
    """End an action that was not done: its money, its goods and its authority are free again."""
    action.state, action.due_at, action.failure, action.done_at = state, None, failure[:1000], timezone.now()
    action.save(update_fields=["state", "due_at", "failure", "done_at"])
    verdicts.release(action.workspace_id, subject_of(action))
    forget_person(action)
    tell(action, by=by)


def forget_person(action: OrderAction) -> None:
    """Take the person out of an action that ended, where its order was anonymised while it waited."""
    here = {"workspace_id": action.workspace_id}
    if Order.objects.filter(**here, pk=action.order_id, anonymised_at__isnull=False).exists():
        OrderAction.objects.filter(**here, pk=action.pk).update(**PERSONAL[OrderAction])


def tell(action: OrderAction, *, by: int = 0) -> None:
    """Tell that an action stands elsewhere than before."""
    publish(
        OrderActionChanged(
            order_id=action.order_id, action_id=action.pk, agent_id=by, state=str(action.state)
        )
    )


class ApprovedActions:
    """Acts on decisions: what was approved is held for a moment and done, everything else is not."""

    def approved(self, approval: Approval) -> None:
        """Let it be done."""
        action = self._waiting(approval)
        if action is not None and action.state == ActionState.WAITING:
            action.state, action.due_at = ActionState.QUEUED, held_until(action.workspace_id)
            action.save(update_fields=["state", "due_at"])
            tell(action, by=approval.decided_by_id or 0)

    def ended(self, approval: Approval) -> None:
        """Let it be."""
        action = self._waiting(approval)
        if action is not None and action.state == ActionState.WAITING:
            let_go(action, ActionState.CANCELLED, by=approval.decided_by_id or 0)

    def reopened(self, approval: Approval) -> None:
        """Let it wait again; raises UndoTooLate."""
        action = self._waiting(approval)
        if action is None or not action.can_undo:
            raise UndoTooLate
        action.state, action.due_at = ActionState.WAITING, None
        action.save(update_fields=["state", "due_at"])
        tell(action)

    def _waiting(self, approval: Approval) -> OrderAction | None:
        number = approval.subject.partition(":")[2]
        try:
            return locked_action(approval.workspace_id, int(number))
        except NoAction:
            return None


def check_may_act(agent: Agent | None) -> None:
    """Refuse light agents; None is the API, checked at its door."""
    if agent is not None and not agent.can_reply:
        raise NoAuthority
