"""Sending the money of a return: by whoever speaks to the shop, else noted as sent elsewhere."""

from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.kit.address import clean

from ..errors import BadStep, ReferenceNeeded, RefundRefused, TooMuch
from ..finding import refundable
from ..ports import RefundOutcome, find_refunder
from ..return_models import Return, State
from ..states import NEXT, can_become
from .requests import By
from .steps import locked_return, move


def refund_return(
    workspace_id: int,
    return_id: int,
    *,
    by: By,
    amount: int | None = None,
    reference: str = "",
    note: str = "",
) -> Return:
    """Refund a return: `amount` in minor units of its currency, without one all that is due for what passed.

    The key is kept before anybody is asked, so a second try never sends twice. Raises NoReturn, BadStep, TooMuch,
    ReferenceNeeded (nobody here sends money), RefundRefused, and the OutsideError of a shop that is down.
    """
    refunder = find_refunder()
    made, sum_ = _begun(workspace_id, return_id, amount)
    if made.state == State.REFUNDED:
        return made
    if refunder is None:
        if len(clean(reference).strip()) < 3:
            raise ReferenceNeeded
        outcome = RefundOutcome("done", clean(reference)[:200])
    else:
        lines = [(one.line_id, one.quantity) for one in made.lines.all()]
        agent_id = by.agent.pk if by.agent else None
        outcome = refunder.refund(made.order_id, lines, sum_, made.currency, made.refund_key, agent_id)
    if outcome.status == "refused":
        _given_up(workspace_id, return_id)
        raise RefundRefused(outcome.message or _("The shop refused the refund."))
    return _noted(workspace_id, return_id, by, outcome, note)


@transaction.atomic
def credit_return(
    workspace_id: int,
    return_id: int,
    *,
    by: By,
    amount: int | None = None,
    reference: str = "",
    note: str = "",
) -> Return:
    """Note store credit that the customer took instead of money. Raises NoReturn, BadStep, TooMuch."""
    made = locked_return(workspace_id, return_id)
    made.amount, made.reference = _sum(made, amount), clean(reference)[:200]
    return move(made, State.CREDITED, by=by, note=note)


@transaction.atomic
def _begun(workspace_id: int, return_id: int, amount: int | None) -> tuple[Return, int]:
    """Keep the sum and the key of a refund; one that was begun keeps both."""
    made = locked_return(workspace_id, return_id)
    if made.state == State.REFUNDED:
        return made, made.amount or 0
    if not can_become(made.state, State.REFUNDED):
        raise BadStep(made.state, tuple(NEXT[made.state]))
    if not made.refund_key:
        made.amount, made.refund_key = _sum(made, amount), f"return-{made.pk}-{uuid4().hex[:12]}"
        made.save(update_fields=["amount", "refund_key"])
    return made, made.amount or 0


@transaction.atomic
def _given_up(workspace_id: int, return_id: int) -> None:
    """Forget a refund that the shop refused, so that another may be tried."""
    made = locked_return(workspace_id, return_id)
    made.refund_key, made.amount = "", None
    made.save(update_fields=["refund_key", "amount"])


def _sum(made: Return, amount: int | None) -> int:
    due, left = refundable(made)
    wanted = min(due, left) if amount is None else amount
    if not 0 <= wanted <= left:
        raise TooMuch(left, made.currency)
    return wanted


@transaction.atomic
def _noted(workspace_id: int, return_id: int, by: By, outcome: RefundOutcome, note: str) -> Return:
    made = locked_return(workspace_id, return_id)
    made.reference = outcome.reference[:200] or made.reference
    if outcome.status == "waiting" or made.state == State.REFUNDED:
        made.save(update_fields=["reference"])
        return made
    made.refunded_at = made.refunded_at or timezone.now()
    return move(made, State.REFUNDED, by=by, note=note)
