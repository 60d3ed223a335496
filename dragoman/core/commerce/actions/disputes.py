"""Disputes: kept as vendors tell them, answered once by a person, asked about where no answer came."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.ground.providers.payments.ports import Disputed, NotSent
from dragoman.ground.providers.statuses import DisputeState
from dragoman.kit.address import clean
from dragoman.kit.errors import OutsideError, Refusal, Rejected

from ..cleaning import Cleaner
from ..errors import DisputeOver, NoDispute, NotByProgram, NotForDisputes
from ..events import DisputeAnswered, DisputeChanged, DisputeOpened
from ..evidence import evidence_of, hash_of
from ..models import Answer, Dispute, Order, Payment, PaymentAccount
from ..numbers import search_key
from ..paying import account_as_called, desk_of
from .payments import note_payments

log = logging.getLogger(__name__)

_LONGEST: Final = 5000
_SOON: Final = timedelta(minutes=1)
_MOST_TRIES: Final = 8
# what is decided stays so, whatever comes late
_ENDED: Final = (DisputeState.WON, DisputeState.LOST, DisputeState.CLOSED)


@transaction.atomic
def note_dispute(row: PaymentAccount, told: Disputed) -> Dispute:
    """Keep a dispute as its vendor tells it: the same again, or an older word, changes nothing."""
    here = {"workspace_id": row.workspace_id}
    facts = {
        "status": clean(told.status)[:60],
        "reason": clean(told.reason)[:200],
        "code": clean(told.code)[:40],
        "scheme": clean(told.scheme)[:40],
        "amount": told.amount,
        "currency": told.currency,
    }
    order = _order_of(row.workspace_id, told)
    found, made = Dispute.objects.get_or_create(
        **here,
        vendor=row.vendor,
        external_id=told.external_id[:120],
        defaults={
            **facts,
            "account": row,
            "order": order,
            "payment": told.payment[:120],
            "reference": clean(told.reference)[:120],
            "state": told.state,
            "due_by": told.due_by,
            "moved_at": told.moved_at,
            "opened_at": told.opened_at or told.moved_at or timezone.now(),
        },
    )
    if made:
        publish(DisputeOpened(dispute_id=found.pk, order_id=order.pk if order else None))
        return found
    dispute = Dispute.objects.select_for_update(of=("self",)).get(**here, pk=found.pk)
    if told.moved_at and dispute.moved_at and told.moved_at < dispute.moved_at:
        if told.opened_at and told.opened_at < dispute.opened_at:
            Dispute.objects.filter(**here, pk=dispute.pk).update(opened_at=told.opened_at)
        return dispute
    was = (dispute.state, dispute.due_by)
    for name, value in facts.items():
        if value not in ("", None):
            setattr(dispute, name, value)
    # a dispute opens again only where its vendor says when (a second round)
    if dispute.state not in _ENDED or told.moved_at:
        dispute.state = told.state
    dispute.due_by, dispute.moved_at = told.due_by or dispute.due_by, told.moved_at or dispute.moved_at
    dispute.account = dispute.account or row
    dispute.order = dispute.order or order
    if dispute.answer == Answer.UNSURE and dispute.state != DisputeState.OPEN:
        dispute.answer, dispute.answer_error, dispute.answer_due_at = Answer.SENT, "", None
    dispute.save()
    if was != (dispute.state, dispute.due_by):
        _tell(dispute)
    return dispute


def _order_of(workspace_id: int, told: Disputed) -> Order | None:
    """Return the order of a dispute: that of its payment, else the only one of the number the shop gave it."""
    if told.payment:
        mine = Payment.objects.filter(workspace_id=workspace_id, external_id=told.payment, removed=False)
        paid = list(mine.select_related("order")[:2])
        if len(paid) == 1:
            return paid[0].order
    key = search_key(told.reference)
    rows = list(Order.objects.filter(workspace_id=workspace_id, search_key=key)[:2]) if key else []
    same = [one for one in rows if one.currency == told.currency]
    return same[0] if len(rows) == 1 and same else None


def find_orders(workspace_id: int) -> None:
    """Give open disputes their order where it was mirrored only later."""
    lonely = Dispute.objects.filter(workspace_id=workspace_id, order=None, state=DisputeState.OPEN)
    for one in lonely[:200]:
        told = Disputed(
            external_id=one.external_id, payment=one.payment, amount=one.amount, currency=one.currency,
            reason="", status="", reference=one.reference,
        )  # fmt: skip
        order = _order_of(workspace_id, told)
        if order is not None:
            Dispute.objects.filter(workspace_id=workspace_id, pk=one.pk, order=None).update(order=order)


@transaction.atomic
def keep_statement(agent: Agent, dispute: Dispute, *, statement: str) -> None:
    """Keep what a person says to a dispute, unsent. Raises DisputeOver, Refusal `not_allowed`."""
    row = _mine(agent, dispute.pk)
    if not row.can_answer:
        raise DisputeOver
    row.statement = _said(row, statement)
    row.save(update_fields=["statement"])


@transaction.atomic
def answer_dispute(agent: Agent, dispute: Dispute, *, statement: str) -> Dispute:
    """Have evidence sent, for good and once; the vendor is called by a job.

    Raises DisputeOver, NotByProgram, Refusal `not_allowed`.
    """
    row, now = _mine(agent, dispute.pk), timezone.now()
    if not row.can_answer or (row.due_by is not None and row.due_by < now):
        raise DisputeOver
    if row.account is None or row.account.account_id is None or desk_of(row.vendor) is None:
        raise NotByProgram
    row.statement = _said(row, statement)
    row.answer, row.answer_error, row.answer_due_at = Answer.QUEUED, "", now + _SOON
    row.answered_by, row.answered_at = agent, now
    row.answer_tries += 1
    row.save()
    publish(DisputeAnswered(dispute_id=row.pk, agent_id=agent.pk))
    return row


def _mine(agent: Agent, dispute_id: int) -> Dispute:
    if not agent.can_lead:
        raise NotForDisputes
    rows = Dispute.objects.select_related("account__account", "order")
    found = (
        rows.select_for_update(of=("self",)).filter(workspace_id=agent.workspace_id, pk=dispute_id).first()
    )
    if found is None:
        raise NoDispute
    return found


def _said(row: Dispute, statement: str) -> str:
    brand = row.order.brand_id if row.order else None
    return (
        Cleaner(row.workspace_id, brand).words(statement, _LONGEST) if brand else clean(statement)[:_LONGEST]
    )


def send_answer(workspace_id: int, dispute_id: int) -> None:
    """Send what was queued: marked first, so that a call whose answer is lost is never made again by itself."""
    with transaction.atomic():
        row = _locked(workspace_id, dispute_id)
        if row is None or row.answer != Answer.QUEUED:
            return
        desk = desk_of(row.vendor)
        if row.account is None or desk is None:
            _failed(row, str(NotByProgram.message))
            return
        try:
            evidence = evidence_of(row)
            account = account_as_called(row.account)
        except (Refusal, Rejected) as fault:
            _failed(row, str(fault))
            return
        row.answer, row.paper_hash = Answer.UNSURE, hash_of(evidence.paper)
        row.answer_due_at = timezone.now() + _SOON
        row.save(update_fields=["answer", "paper_hash", "answer_due_at"])
    try:
        told = desk.submit(account, row.external_id, evidence)
    except NotSent as fault:
        _again(workspace_id, dispute_id, str(fault.__cause__ or fault))
    except Rejected as fault:
        _ended(workspace_id, dispute_id, Answer.FAILED, str(fault))
    except OutsideError as fault:
        _ended(workspace_id, dispute_id, Answer.UNSURE, str(fault))
    else:
        _ended(workspace_id, dispute_id, Answer.SENT, "")
        if told is not None:
            note_dispute(row.account, told)


def look_at_answer(workspace_id: int, dispute_id: int) -> None:
    """Ask the vendor what became of an answer that nobody knows of; what it still waits for was not taken."""
    row = (
        Dispute.objects.select_related("account__account")
        .filter(workspace_id=workspace_id, pk=dispute_id)
        .first()
    )
    if row is None or row.answer != Answer.UNSURE:
        return
    desk = desk_of(row.vendor)
    if row.account is None or desk is None or not desk.asks:
        _ended(workspace_id, dispute_id, Answer.UNSURE, _("Look at the vendor whether the evidence arrived."))
        return
    try:
        told = desk.dispute(account_as_called(row.account), row.external_id)
    except OutsideError as fault:
        _ended(workspace_id, dispute_id, Answer.UNSURE, str(fault))
        return
    if told is not None:
        note_dispute(row.account, told)
        if told.state == DisputeState.OPEN:
            words = _("The vendor has no evidence of ours: send it again.")
            _ended(workspace_id, dispute_id, Answer.FAILED, words)
        else:
            _ended(workspace_id, dispute_id, Answer.SENT, "")


def _locked(workspace_id: int, dispute_id: int) -> Dispute | None:
    rows = Dispute.objects.select_related("account__account", "order").select_for_update(of=("self",))
    return rows.filter(workspace_id=workspace_id, pk=dispute_id).first()


def _failed(row: Dispute, words: str) -> None:
    row.answer, row.answer_error, row.answer_due_at = Answer.FAILED, clean(words)[:500], None
    row.save(update_fields=["answer", "answer_error", "answer_due_at"])
    _tell(row)


@transaction.atomic
def _again(workspace_id: int, dispute_id: int, words: str) -> None:
    """Try again later what was not heard; the deadline is the end of it."""
    row = _locked(workspace_id, dispute_id)
    if row is None or row.answer != Answer.UNSURE:
        return
    now = timezone.now()
    if row.due_by is not None and row.due_by < now:
        _failed(row, words)
        return
    row.answer, row.answer_error, row.answer_due_at = Answer.QUEUED, clean(words)[:500], now + 2 * _SOON
    row.save(update_fields=["answer", "answer_error", "answer_due_at"])


@transaction.atomic
def _ended(workspace_id: int, dispute_id: int, answer: Answer, words: str) -> None:
    row = _locked(workspace_id, dispute_id)
    if row is None or row.answer != Answer.UNSURE:
        return
    row.answer, row.answer_error = answer, clean(words)[:500]
    row.answer_due_at = timezone.now() + 10 * _SOON if answer == Answer.UNSURE else None
    if answer == Answer.SENT and row.state == DisputeState.OPEN:
        row.state = DisputeState.REVIEW
    row.save(update_fields=["answer", "answer_error", "answer_due_at", "state"])
    _tell(row)


def _tell(row: Dispute) -> None:
    publish(DisputeChanged(dispute_id=row.pk, state=str(row.state), answer=str(row.answer)))


def ask_for_disputes(row: PaymentAccount, *, since: datetime) -> int:
    """Ask a vendor for its disputes, so that a webhook that was lost is not missed; returns how many it told."""
    desk = desk_of(row.vendor)
    if desk is None or not desk.asks:
        return 0
    try:
        told = desk.disputes(account_as_called(row), since=since)
    except OutsideError as fault:
        note_payments(row, error=str(fault))
        return 0
    for one in told:
        note_dispute(row, one)
    note_payments(row)
    return len(told)
