"""Asking about approvals, who may decide them, and what was used of limits."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from ..authority_models import Approval, AuthorityLimit, StandIn
from ..models import Agent
from .errors import NoApproval
from .verdicts import Ask, beginnings, rules_of, uses_of, verdict_by

MOST_WAITING = 200


def approvals_of(workspace_id: int) -> QuerySet[Approval]:
    """All requests of a workspace, the newest first."""
    found = Approval.objects.filter(workspace_id=workspace_id)
    return found.select_related("requester", "decided_by", "stands_for").order_by("-id")


def get_approval(workspace_id: int, approval_id: int) -> Approval:
    """Return a request; raises NoApproval."""
    found = approvals_of(workspace_id).filter(pk=approval_id).first()
    if found is None:
        raise NoApproval
    return found


def absent_of(agent: Agent) -> list[Agent]:
    """Return the agents that somebody stands in for now."""
    now = timezone.now()
    found = StandIn.objects.filter(
        workspace_id=agent.workspace_id, deputy_id=agent.pk, starts_at__lte=now, ends_at__gt=now
    )
    return [one.agent for one in found.select_related("agent").order_by("id") if one.agent.is_active]


def stand_in_of(agent: Agent) -> StandIn | None:
    """Return who stands in for an agent, now or later; None where nobody does."""
    found = StandIn.objects.filter(workspace_id=agent.workspace_id, agent_id=agent.pk)
    return found.filter(ends_at__gt=timezone.now()).select_related("deputy").first()


def waiting_for(agent: Agent) -> list[Approval]:
    """Return the requests that wait and that this agent's limits (or an absent one's) would let them decide.

    What was used of them is left out: a request that does not fit any more today is still theirs to see.
    """
    if not agent.can_reply:
        return []
    waiting = approvals_of(agent.workspace_id).filter(
        state=Approval.State.WAITING, expires_at__gt=timezone.now()
    )
    rows = list(waiting.exclude(requester_id=agent.pk).order_by("id")[:MOST_WAITING])
    if not rows:
        return []
    holders = [agent, *absent_of(agent)]
    rules = rules_of(agent.workspace_id)
    return [
        row for row in rows if any(_would(rules, one, row) for one in holders if one.pk != row.requester_id)
    ]


def _would(rules: list[AuthorityLimit], holder: Agent, row: Approval) -> bool:
    ask = Ask(row.kind, row.market, row.reason, row.amount, row.currency, row.customer_id)
    return verdict_by(rules, row.workspace_id, holder, ask, used=False).allowed


def approvers_of(approval: Approval) -> list[Agent]:
    """Return whom to ask: leads and owners whose limits cover it, else anybody's, and who stands in for them."""
    here = Agent.objects.filter(workspace_id=approval.workspace_id, is_active=True)
    rules = rules_of(approval.workspace_id)
    able = [one for one in here if one.pk != approval.requester_id and _would(rules, one, approval)]
    chosen = [one for one in able if one.can_lead] or able
    now = timezone.now()
    away = StandIn.objects.filter(
        workspace_id=approval.workspace_id,
        agent_id__in=[one.pk for one in chosen],
        starts_at__lte=now,
        ends_at__gt=now,
    ).select_related("deputy")
    deputies = [one.deputy for one in away if one.deputy_id != approval.requester_id]
    return list({one.pk: one for one in [*chosen, *deputies]}.values())


@dataclass(frozen=True)
class Running:
    """What an agent did on their own authority: how many today, and this month how many and how much by currency."""

    agent: Agent | None
    today: int
    month: int
    sums: tuple[tuple[str, int], ...]


def running_use(workspace_id: int, agent: Agent | None) -> Running:
    """Return what somebody used today and this month, by their own clock."""
    day, month = beginnings(agent)
    mine = uses_of(workspace_id, agent).filter(at__gte=month)
    counted = mine.aggregate(today=Count("id", filter=Q(at__gte=day)), month=Count("id"))
    sums = mine.exclude(currency="").filter(amount__gt=0).values("currency").annotate(sum=Sum("amount"))
    by_currency = tuple((row["currency"], row["sum"]) for row in sums.order_by("currency"))
    return Running(agent, counted["today"], counted["month"], by_currency)
