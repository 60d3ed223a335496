"""Returns that end at a connected shop: an action on the order is asked for, within authority, and once."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from dragoman.core.accounts.authority_models import ActionKind, ActionReason
from dragoman.core.accounts.models import Agent
from dragoman.core.commerce.action_models import ActionState, OrderAction
from dragoman.core.commerce.actions.asking import Asker, ask, check_may_act, preview
from dragoman.core.commerce.doers import NEEDS, can_of
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.commerce.wants import Wanted
from dragoman.ground.providers.shops.ports import Can

from .errors import RefundRefused
from .ports import RefundOutcome, Wish
from .return_models import Kind, Return, State, Why

# an exchange sends something else, or the same goods once more
KINDS: Final = {
    State.REFUNDED: (ActionKind.REFUND,),
    State.CREDITED: (ActionKind.STORE_CREDIT,),
    State.EXCHANGED: (ActionKind.EXCHANGE, ActionKind.RESHIP),
}
_REASONS: Final = {
    Why.DAMAGED: ActionReason.DAMAGED,
    Why.WRONG_ITEM: ActionReason.WRONG,
    Why.NOT_AS_DESCRIBED: ActionReason.DIFFERENT,
    Why.LATE: ActionReason.LATE,
}
# how long credit holds that a shop gives for a return: it stands for money, so it does not run out by itself
_FOR_GOOD: Final = 0


def reason_of(made: Return) -> str:
    """Return what limits and shops are told as the reason: that of the lines where they agree, else the ground."""
    said = {row.reason for row in made.lines.all()}
    told = {str(why): reason for why, reason in _REASONS.items()}
    if len(said) == 1 and (known := told.get(said.pop())):
        return str(known)
    return str(ActionReason.FAULTY if made.kind == Kind.GUARANTEE else ActionReason.WITHDRAWN)


@dataclass(frozen=True)
class ShopRefunder:
    """Asks for the action on the order that ends a return."""

    def can(self, order: Order, ending: str) -> bool:
        """Say whether the shop of an order is connected and does that."""
        can = can_of(order.shop) if order.external_id else frozenset()
        return any(can.intersection(NEEDS[kind]) for kind in KINDS.get(State(ending), ()))

    def send(self, wish: Wish) -> RefundOutcome:
        """Ask for it once; raises what asking refuses, and RefundRefused where the shop takes no such sum."""
        agent = None
        if wish.agent_id is not None:
            agent = Agent.objects.filter(workspace_id=wish.workspace_id, pk=wish.agent_id).first()
        check_may_act(agent)
        known = OrderAction.objects.filter(workspace_id=wish.workspace_id, key=wish.key).first()
        if known is None:
            wanted = _wanted(wish, agent)
            known = ask(wish.workspace_id, wish.order_id, asker=Asker(agent, wish.key), wanted=wanted)
        return outcome_of(known)

    def is_open(self, workspace_id: int, key: str) -> bool:
        """Say whether an action was asked for under a key that may still happen."""
        found = OrderAction.objects.filter(workspace_id=workspace_id, key=key).first()
        return found is not None and found.is_open


def outcome_of(action: OrderAction) -> RefundOutcome:
    """Return where an action leaves the return it was asked for."""
    if action.state == ActionState.DONE:
        return RefundOutcome("done", action.code or action.external_id, amount=action.amount)
    if action.is_open:
        return RefundOutcome("waiting", amount=action.amount)
    return RefundOutcome("refused", message=action.failure or _("It was taken back, or not approved."))


def _wanted(wish: Wish, agent: Agent | None) -> Wanted:
    said: dict[str, Any] = {"reason": wish.reason, "note": wish.number}
    if wish.ending == State.EXCHANGED and wish.sends:
        more: dict[str, Any] = {"sends": wish.sends, "worth": wish.worth, "instead": wish.instead}
        return Wanted(kind=ActionKind.EXCHANGE, lines=wish.lines, **said, **more)
    if wish.ending == State.EXCHANGED:
        return Wanted(kind=ActionKind.RESHIP, lines=wish.lines, **said)
    if wish.ending == State.CREDITED:
        credit = ActionKind.STORE_CREDIT
        return Wanted(kind=credit, amount=wish.amount, days=_FOR_GOOD, notify=True, **said)
    return _refund(wish, agent)


def _refund(wish: Wish, agent: Agent | None) -> Wanted:
    """Name the lines where what they come to is what is due, so that the shop knows them; else the sum alone."""
    can = can_of(order_by_id(wish.workspace_id, wish.order_id).shop)
    if Can.REFUND in can and wish.lines:
        whole = Wanted(
            kind=ActionKind.REFUND,
            reason=wish.reason,
            note=wish.number,
            lines=wish.lines,
            shipping=wish.shipping,
            restock=wish.restock,
        )
        # raises where the lines went back already: no sum goes out for the same goods again
        comes_to = preview(wish.workspace_id, wish.order_id, agent=agent, wanted=whole).plan.amount
        # shares of a discount are rounded by line, a coin a piece at most
        near = 0 if wish.exact else sum(quantity for _line, quantity in wish.lines)
        if abs(comes_to - wish.amount) <= near:
            return whole
    if Can.REFUND_SUM not in can:
        raise RefundRefused(
            _("This shop refunds whole lines only: refund another sum there, and give its reference.")
        )
    return Wanted(kind=ActionKind.REFUND, reason=wish.reason, note=wish.number, amount=wish.amount)
