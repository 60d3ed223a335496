"""Moving a return on: each step once, only where it may follow, with who did it in its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.commerce.actions.parcels import expect_back
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean

from ..errors import (
    BadDeduction,
    BadStep,
    ExchangedAlready,
    LawfulReturn,
    NoReturn,
    ReasonNeeded,
    RefundUnderWay,
)
from ..events import ReturnMoved
from ..finding import worth_back
from ..ports import is_under_way
from ..return_models import Kind, Return, State
from ..states import CLOSED, NEXT, VOID, can_become
from .due import due_of
from .requests import By, log


@dataclass(frozen=True, kw_only=True)
class Label:
    """What takes goods back: a carrier, its number, and where the label is."""

    carrier: str = ""
    tracking_number: str = ""
    url: str = ""


def approve_return(workspace_id: int, return_id: int, *, by: By, note: str = "") -> Return:
    """Take a request on. Raises NoReturn, BadStep."""
    return _step(workspace_id, return_id, State.APPROVED, by=by, note=note)


@transaction.atomic
def send_label(workspace_id: int, return_id: int, *, by: By, label: Label, note: str = "") -> Return:
    """Note the label that the customer got; a request is approved by it. Raises NoReturn, BadStep."""
    made = _approved(workspace_id, return_id, by)
    if made.state != State.LABEL and not can_become(made.state, State.LABEL):
        raise BadStep(made.state, tuple(NEXT[made.state]))
    made.label_url = clean(label.url)[:1000]
    _take_parcel(made, label)
    return move(made, State.LABEL, by=by, note=note) if made.state != State.LABEL else _kept(made)


@transaction.atomic
def send_off(
    workspace_id: int,
    return_id: int,
    *,
    by: By,
    label: Label | None = None,
    at: datetime | None = None,
    note: str = "",
) -> Return:
    """Note proof that the goods were sent, for which a shop may wait with the money; `label` names the parcel of a
    customer's own carrier. Raises NoReturn, BadStep."""
    made = _approved(workspace_id, return_id, by)
    made.sent_at = made.sent_at or _past(at)
    if label and label.tracking_number:
        _take_parcel(made, label)
    return move(made, State.IN_TRANSIT, by=by, note=note)


@transaction.atomic
def receive_return(
    workspace_id: int, return_id: int, *, by: By, at: datetime | None = None, note: str = ""
) -> Return:
    """Note that the goods are here, since `at`: the promise of 24 hours begins. Raises NoReturn, BadStep."""
    made = _approved(workspace_id, return_id, by)
    made.received_at = made.received_at or _past(at)
    return move(made, State.RECEIVED, by=by, note=note)


@transaction.atomic
def note_arrival(workspace_id: int, return_id: int, *, at: datetime | None) -> Return:
    """Note when the goods of a return came that had ended before them; its state stays. Raises NoReturn."""
    made = locked_return(workspace_id, return_id)
    if made.received_at is None:
        made.received_at = _past(at)
        made.save(update_fields=["received_at"])
        log(made, made.state, by=By("system"), note=_("The goods have arrived."))
    return made


def _past(at: datetime | None) -> datetime:
    """Return a moment, none that is still to come: clocks of carriers may be wrong."""
    now = timezone.now()
    return min(at, now) if at else now


def _kept(made: Return) -> Return:
    made.save()
    return made


def _take_parcel(made: Return, label: Label) -> None:
    """Keep what brings the goods back, and have its carrier asked for it from now on."""
    made.carrier = clean(label.carrier)[:60]
    made.tracking_number = clean(label.tracking_number)[:80]
    made.parcel = expect_back(
        made.workspace_id,
        order_id=made.order_id,
        key=f"return:{made.pk}",
        carrier=made.carrier,
        number=made.tracking_number,
    )


@dataclass(frozen=True, kw_only=True)
class Look:
    """What was found of a line: how many passed (None: all), its condition, whether it is sold again, and what is kept
    back of its worth (minor units), with a reason."""

    accepted: int | None = None
    condition: str = ""
    restock: bool | None = None
    deduction: int = 0
    deduction_reason: str = ""


@transaction.atomic
def inspect_return(
    workspace_id: int, return_id: int, *, by: By, found: Mapping[int, Look] | None = None, note: str = ""
) -> Return:
    """Note what was found: {id of the order's line: look}; what is not named is all well.

    Raises NoReturn, BadStep, BadDeduction (more than the line's worth, or without a reason).
    """
    made = locked_return(workspace_id, return_id)
    for row in made.lines.select_related("line"):
        look = (found or {}).get(row.line_id, Look())
        wanted = row.quantity if look.accepted is None else look.accepted
        row.accepted = max(0, min(wanted, row.quantity))
        row.condition, row.restock = clean(look.condition).strip()[:200], look.restock
        row.deduction, row.deduction_reason = 0, ""
        worth = worth_back(row)
        if look.deduction:
            row.deduction_reason = clean(look.deduction_reason).strip()[:300]
            if not 0 < look.deduction <= worth or len(row.deduction_reason) < 3:
                raise BadDeduction(row.line.sku, worth, made.currency)
            row.deduction = look.deduction
        row.save(update_fields=["accepted", "condition", "restock", "deduction", "deduction_reason"])
    return move(made, State.INSPECTED, by=by, note=note)


@transaction.atomic
def reject_return(workspace_id: int, return_id: int, *, by: By, note: str) -> Return:
    """Refuse, with a reason; what the law gives only once the goods are here. Raises ReasonNeeded, LawfulReturn."""
    if len(clean(note).strip()) < 3:
        raise ReasonNeeded
    made = locked_return(workspace_id, return_id)
    if made.kind == Kind.WITHDRAWAL and made.state == State.REQUESTED:
        raise LawfulReturn(made.law)
    return move(made, State.REJECTED, by=by, note=note)


def cancel_return(workspace_id: int, return_id: int, *, by: By, note: str = "") -> Return:
    """Call it off: the customer keeps the goods. Raises NoReturn, BadStep.

    ExchangedAlready where a customer does it who got other goods for them.
    """
    with transaction.atomic():
        made = locked_return(workspace_id, return_id)
        if by.actor == "customer" and made.exchange_id is not None:
            raise ExchangedAlready
        return move(made, State.CANCELLED, by=by, note=note)


def locked_return(workspace_id: int, return_id: int) -> Return:
    """Return one for changing, inside a transaction; raises NoReturn."""
    found = Return.objects.select_for_update(no_key=True, of=("self",)).select_related("order")
    made = found.filter(workspace_id=workspace_id, pk=return_id).first()
    if made is None:
        raise NoReturn
    return made


@transaction.atomic
def _step(workspace_id: int, return_id: int, state: str, *, by: By, note: str) -> Return:
    return move(locked_return(workspace_id, return_id), state, by=by, note=note)


def _approved(workspace_id: int, return_id: int, by: By) -> Return:
    """Return one for changing; what goes on without a word was approved by that."""
    made = locked_return(workspace_id, return_id)
    return move(made, State.APPROVED, by=by, note="") if made.state == State.REQUESTED else made


def move(made: Return, state: str, *, by: By, note: str) -> Return:
    """Take a locked return one step on, the same step again changes nothing; raises BadStep."""
    before = made.state
    if before == state:
        return made
    if not can_become(before, state):
        raise BadStep(before, tuple(NEXT[before]))
    if state in VOID and is_under_way(made.workspace_id, made.refund_key):
        raise RefundUnderWay
    made.state = state
    if state in CLOSED:
        made.closed_at = timezone.now()
    made.refund_due_on = due_of(made)
    made.save()
    log(made, before, by=by, note=note)
    agent_id = by.agent.pk if by.agent else None
    publish(
        ReturnMoved(
            return_id=made.pk, order_id=made.order_id, before=before, state=made.state, agent_id=agent_id
        )
    )
    return made
