"""Asking for approval, deciding, undoing a decision, letting a request expire.

Who decides has the authority that was missing: their own, or that of somebody they stand in for; and never asked for it
themselves. What is approved counts against that authority, not against the requester's.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean

from ...authority_models import Approval
from ...events import ApprovalDecided, ApprovalExpired, ApprovalReopened, ApprovalRequested
from ...models import Agent
from ...queries import workspace_facts
from .. import verdicts
from ..errors import AlreadyDecided, NoApproval, NotYourDecision, OwnRequest, UndoTooLate
from ..ports import subject_of
from ..queries import absent_of
from ..verdicts import Ask, Verdict

_STATE = Approval.State


def ask_approval(
    workspace_id: int,
    *,
    requester: Agent | None,
    ask: Ask,
    subject: str,
    facts: Mapping[str, Any],
    comment: str = "",
) -> Approval:
    """Ask for what is beyond somebody's authority; inside the caller's transaction."""
    hours = workspace_facts(workspace_id).approval_hours
    made = Approval.objects.create(
        workspace_id=workspace_id,
        requester=requester,
        subject=subject,
        kind=ask.kind,
        market=ask.market,
        reason=ask.reason,
        amount=ask.amount,
        currency=ask.currency,
        customer_id=ask.customer_id,
        facts=dict(facts),
        comment=clean(comment).strip()[:1000],
        expires_at=timezone.now() + timedelta(hours=max(1, hours)),
    )
    publish(ApprovalRequested(approval_id=made.pk))
    return made


def ask_of(approval: Approval) -> Ask:
    """Return what an approval is about, as limits see it."""
    return Ask(
        kind=approval.kind,
        market=approval.market,
        reason=approval.reason,
        amount=approval.amount,
        currency=approval.currency,
        customer_id=approval.customer_id,
    )


@transaction.atomic
def approve(workspace_id: int, approval_id: int, *, agent: Agent, comment: str = "") -> Approval:
    """Let it be done; raises NoApproval, AlreadyDecided, OwnRequest, NotYourDecision."""
    row = _waiting(workspace_id, approval_id, agent)
    stands_for = _authority_for(row, agent)
    _decide(row, _STATE.APPROVED, agent=agent, stands_for=stands_for, comment=comment)
    verdicts.note_use(workspace_id, stands_for or agent, ask_of(row), subject=row.subject)
    subject_of(row).approved(row)
    return row


@transaction.atomic
def decline(workspace_id: int, approval_id: int, *, agent: Agent, comment: str = "") -> Approval:
    """Say no; raises NoApproval, AlreadyDecided, OwnRequest, NotYourDecision."""
    row = _waiting(workspace_id, approval_id, agent)
    stands_for = _authority_for(row, agent)
    _decide(row, _STATE.DECLINED, agent=agent, stands_for=stands_for, comment=comment)
    subject_of(row).ended(row)
    return row


@transaction.atomic
def undo_decision(workspace_id: int, approval_id: int, *, agent: Agent) -> Approval:
    """Take one's own yes back while nothing was done; raises NoApproval, AlreadyDecided, UndoTooLate."""
    row = locked(workspace_id, approval_id)
    if row.state != _STATE.APPROVED or row.decided_by_id != agent.pk:
        raise AlreadyDecided
    if row.expires_at <= timezone.now():
        raise UndoTooLate
    subject_of(row).reopened(row)
    verdicts.release(workspace_id, row.subject)
    row.state, row.decided_by, row.stands_for, row.decided_at, row.answer = (
        _STATE.WAITING,
        None,
        None,
        None,
        "",
    )
    row.save(update_fields=["state", "decided_by", "stands_for", "decided_at", "answer"])
    publish(ApprovalReopened(approval_id=row.pk, agent_id=agent.pk))
    return row


@transaction.atomic
def withdraw(workspace_id: int, approval_id: int) -> None:
    """Let a request be that nobody needs any more; one that is decided stays so."""
    row = locked(workspace_id, approval_id)
    if row.state == _STATE.WAITING:
        row.state, row.decided_at = _STATE.WITHDRAWN, timezone.now()
        row.save(update_fields=["state", "decided_at"])
        publish(ApprovalDecided(approval_id=row.pk, agent_id=row.requester_id or 0, state=row.state))


@transaction.atomic
def expire(workspace_id: int, approval_id: int) -> None:
    """End a request whose time is over: what it is about is not done."""
    row = locked(workspace_id, approval_id)
    if row.state != _STATE.WAITING or row.expires_at > timezone.now():
        return
    row.state, row.decided_at = _STATE.EXPIRED, timezone.now()
    row.save(update_fields=["state", "decided_at"])
    subject_of(row).ended(row)
    publish(ApprovalExpired(approval_id=row.pk))


def locked(workspace_id: int, approval_id: int) -> Approval:
    """Return a request nobody else can decide until the transaction ends; raises NoApproval."""
    found = Approval.objects.filter(workspace_id=workspace_id, pk=approval_id)
    row = found.select_for_update(of=("self",)).first()
    if row is None:
        raise NoApproval
    return row


def _waiting(workspace_id: int, approval_id: int, agent: Agent) -> Approval:
    row = locked(workspace_id, approval_id)
    if row.state != _STATE.WAITING or row.expires_at <= timezone.now():
        raise AlreadyDecided
    if row.requester_id == agent.pk:
        raise OwnRequest
    return row


def _authority_for(row: Approval, agent: Agent) -> Agent | None:
    """Return whom the decider stands in for, None where their own authority suffices; raises NotYourDecision.

    The holder is locked until the end: two yeses at once cannot pass what is left.
    """
    if not agent.can_reply or agent.workspace_id != row.workspace_id:
        raise NotYourDecision
    ask = ask_of(row)
    for holder in (agent, *absent_of(agent)):
        if holder.pk == row.requester_id:
            continue
        verdicts.lock(row.workspace_id, holder, row.customer_id)
        verdict: Verdict = verdicts.may(row.workspace_id, holder, ask)
        if verdict.allowed:
            return None if holder.pk == agent.pk else holder
    raise NotYourDecision


def _decide(row: Approval, state: str, *, agent: Agent, stands_for: Agent | None, comment: str) -> None:
    row.state, row.decided_by, row.stands_for = state, agent, stands_for
    row.answer, row.decided_at = clean(comment).strip()[:1000], timezone.now()
    row.save(update_fields=["state", "decided_by", "stands_for", "answer", "decided_at"])
    publish(ApprovalDecided(approval_id=row.pk, agent_id=agent.pk, state=state))
