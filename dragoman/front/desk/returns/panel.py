"""The returns of an order as an agent sees them: until when it may go back, what is under way, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.commerce.models import Order, OrderAction
from dragoman.ground.design.functions import format_date
from dragoman.service.returns.finding import return_page
from dragoman.service.returns.models import Return, State, Why
from dragoman.service.returns.queries import quote_for
from dragoman.service.returns.quoting import LAW, POLICY, Answer, Quote
from dragoman.service.returns.signals import Signal, signals_of
from dragoman.service.returns.states import NEXT, is_ending
from dragoman.service.returns.words import REASONS

STEPS: Final[dict[str, Any]] = {
    State.APPROVED: _("Approve"),
    State.LABEL: _("Label sent"),
    State.IN_TRANSIT: _("On its way back"),
    State.RECEIVED: _("Has arrived"),
    State.INSPECTED: _("Looked at, all well"),
    State.REFUNDED: _("Refund"),
    State.EXCHANGED: _("Exchanged"),
    State.CREDITED: _("Store credit given"),
    State.REJECTED: _("Reject"),
    State.CANCELLED: _("Call off"),
}
ACTORS: Final[dict[str, Any]] = {
    "customer": _("the customer"),
    "api": _("a program"),
    "agent": _("an agent"),
    "system": _("Dragoman"),
}
_ASKED: Final = frozenset([State.REFUNDED, State.REJECTED])


@dataclass(frozen=True)
class Panel:
    """What the section on an order shows."""

    order: Order
    quote: Quote
    returns: Sequence[Return]
    signals: Sequence[Signal]

    @property
    def open_lines(self) -> list[Answer]:
        """Return the lines of which something is left; a fault may be told of any."""
        return [one for one in self.quote.answers if one.goods.left]

    @property
    def reasons(self) -> list[tuple[str, Any]]:
        """Return why something may come back."""
        return list(Why.choices)

    @staticmethod
    def reason(answer: Answer) -> str:
        """Say why a line may or may not go back."""
        return str(REASONS[answer.reason])

    @staticmethod
    def whose(answer: Answer) -> str:
        """Say whose day it is until which a line may go back: the law's, by its article, or a policy's, by its name."""
        if answer.basis == POLICY:
            return str(_("By your policy: %(name)s") % {"name": answer.source})
        if answer.until_by == LAW or not (answer.law and answer.law.ends_on and answer.rule):
            return answer.source
        said = {"day": format_date(answer.law.ends_on), "law": answer.source, "policy": answer.rule.name}
        return str(_("By law until %(day)s (%(law)s); longer by your policy: %(policy)s") % said)

    @staticmethod
    def under_way(one: Return) -> Any:
        """Say what a shop was asked to end a return with and where that stands; None: nothing is under way."""
        if one.closed_at or not one.refund_key:
            return None
        actions = OrderAction.objects.filter(workspace_id=one.workspace_id, key=one.refund_key)
        return actions.first()

    @staticmethod
    def steps(one: Return) -> list[tuple[str, Any]]:
        """Return the buttons of a return: only steps that may follow."""
        # where other goods went out before, no money does
        states = [
            state
            for state in NEXT[one.state]
            if not (is_ending(state) and (one.ending or (one.exchange_id and state != State.EXCHANGED)))
        ]
        return [(state, STEPS[state]) for state in states]

    @staticmethod
    def asks(one: Return) -> bool:
        """Say whether a step needs words."""
        return bool(_ASKED & set(NEXT[one.state]))

    @staticmethod
    def actor(actor: str) -> str:
        """Name who took a step, where it was no agent."""
        return str(ACTORS.get(actor, actor))


def panel_of(order: Order) -> Panel:
    """Return the section of an order (with its parts)."""
    found = return_page(order.workspace_id, order_id=order.pk, limit=20)
    signals = signals_of(order.workspace_id, order.customer_id)
    return Panel(order, quote_for(order, at=timezone.now()), found.items, signals)
