"""`/approvals`: what is beyond somebody's authority, and who says yes."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import StringConstraints

from dragoman.core.accounts.authority.actions.approvals import approve, decline
from dragoman.core.accounts.authority.queries import approvals_of, get_approval
from dragoman.core.accounts.models import Agent, Approval
from dragoman.kit.errors import Refusal

from .commerce import MoneyOut
from .conversations import number_of, workspace_of
from .order_actions import agent_named, ref_of
from .problems import ERRORS
from .schemas import In, Listed, below_of

router = Router(tags=["commerce"])


class ApprovalOut(Schema):
    """A request to do what is beyond somebody's authority."""

    id: str
    title: str
    order: str
    kind: str
    market: str
    reason: str
    amount: MoneyOut | None
    requester: str | None
    comment: str
    state: str
    decided_by: str | None
    stands_for: str | None
    answer: str
    decided_at: datetime | None
    expires_at: datetime
    created_at: datetime


class DecisionIn(In):
    """Who decides: never who asked, and within their own limits."""

    agent: Annotated[str, StringConstraints(max_length=20)]
    comment: Annotated[str, StringConstraints(max_length=1000)] = ""


def approval_json(row: Approval) -> dict[str, Any]:
    """Return a request as the contract shows it."""
    same = ("kind", "market", "reason", "comment", "state", "answer")
    times = ("decided_at", "expires_at", "created_at")
    return {
        **{name: getattr(row, name) for name in (*same, *times)},
        "id": str(row.pk),
        "title": str(row.facts.get("title", "")),
        "order": str(row.facts.get("number", "")),
        "amount": {"amount": row.amount, "currency": row.currency} if row.currency else None,
        "requester": ref_of(row.requester_id),
        "decided_by": ref_of(row.decided_by_id),
        "stands_for": ref_of(row.stands_for_id),
    }


@router.get("/approvals", response={200: Listed[ApprovalOut], **ERRORS}, summary="Requests for approval")
def list_approvals(
    request: HttpRequest,
    state: Annotated[str, Query(max_length=10)] = "",
    cursor: Annotated[str | None, Query(max_length=20)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> Any:
    """List requests, the newest first, of one `state` where it is named."""
    found = approvals_of(workspace_of(request))
    if state:
        found = found.filter(state=state)
    below = below_of(cursor)
    if below is not None:
        found = found.filter(pk__lt=below)
    rows = list(found[: limit + 1])
    following = str(rows[limit - 1].pk) if len(rows) > limit else None
    return {"items": [approval_json(one) for one in rows[:limit]], "next": following}


def _decider(request: HttpRequest, data: DecisionIn) -> Agent:
    agent = agent_named(request, data.agent)
    if agent is None:
        raise Refusal("Name the agent who decides.", code="unknown_agent", status=422)
    return agent


@router.post("/approvals/{approval}/approve", response={200: ApprovalOut, **ERRORS}, summary="Approve")
def approve_one(request: HttpRequest, approval: str, data: DecisionIn) -> Any:
    """Say yes: it is held for a moment, then done, and counts against the decider's limits."""
    workspace_id, pk = workspace_of(request), number_of(approval)
    approve(workspace_id, pk, agent=_decider(request, data), comment=data.comment)
    return approval_json(get_approval(workspace_id, pk))


@router.post("/approvals/{approval}/decline", response={200: ApprovalOut, **ERRORS}, summary="Decline")
def decline_one(request: HttpRequest, approval: str, data: DecisionIn) -> Any:
    """Say no: it is not done."""
    workspace_id, pk = workspace_of(request), number_of(approval)
    decline(workspace_id, pk, agent=_decider(request, data), comment=data.comment)
    return approval_json(get_approval(workspace_id, pk))
