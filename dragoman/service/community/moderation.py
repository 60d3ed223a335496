"""Asking about moderation: what waits for a person, what was decided, the figures that the law wants published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, QuerySet

from dragoman.core.accounts.models import Agent
from dragoman.kit.memo import Memo

from .errors import NoCommunity
from .models import Appeal, Decision, Post, Report
from .queries import has_community

# Article 20 (1): a complaint may be made for at least six months
APPEAL_FOR: Final = timedelta(days=183)
_waiting: Memo[int, int] = Memo(seconds=5)


def held_posts(workspace_id: int) -> QuerySet[Post]:
    """Return what waits for a moderator, the oldest first."""
    rows = Post.objects.filter(workspace_id=workspace_id, state=Post.State.HELD)
    return rows.select_related("thread__brand", "thread__space", "member").order_by("created_at", "pk")


def open_reports(workspace_id: int) -> QuerySet[Report]:
    """Return reports that nobody decided, the oldest first."""
    rows = Report.objects.filter(workspace_id=workspace_id, decision=None)
    return rows.select_related("post__thread__brand", "post__member", "post__agent", "member").order_by("pk")


def open_appeals(workspace_id: int) -> QuerySet[Appeal]:
    """Return complaints that nobody decided, the oldest first."""
    rows = Appeal.objects.filter(workspace_id=workspace_id, decided_at=None)
    return rows.select_related("decision__post__thread", "decision__member", "decision__agent").order_by("pk")


def waiting_in_community(agent: Agent) -> int:
    """Return how much waits for a moderator in all, at most 5 s old; 0 for who decides nothing."""
    workspace_id = agent.workspace_id
    if not agent.can_lead or not has_community(workspace_id):
        return 0

    def load() -> int:
        found = (held_posts(workspace_id), open_reports(workspace_id), open_appeals(workspace_id))
        return sum(one.count() for one in found)

    return _waiting.get(workspace_id, load) or 0


def decisions_of(workspace_id: int) -> QuerySet[Decision]:
    """Return what was decided, the newest first."""
    rows = Decision.objects.filter(workspace_id=workspace_id)
    return rows.select_related("post__thread", "member", "agent", "brand").order_by("-pk")


def get_decision(workspace_id: int, decision_id: int) -> Decision:
    """Return a decision; raises NoCommunity."""
    found = decisions_of(workspace_id).filter(pk=decision_id).first()
    if found is None:
        raise NoCommunity
    return found


def may_appeal(decision: Decision, by: str, *, now: datetime) -> bool:
    """Say whether somebody may complain of a decision now, once each."""
    done = {one.by for one in decision.appeals.all()}
    mine = decision.limits if by == Appeal.By.WRITER else decision.kind == Decision.Kind.KEEP
    return mine and by not in done and decision.created_at > now - APPEAL_FOR


def may_decide(appeal: Appeal, agent: Agent) -> bool:
    """Say whether an agent may decide a complaint: a lead who did not decide the matter."""
    return agent.can_lead and appeal.decision.agent_id != agent.pk


@dataclass(frozen=True)
class Figures:
    """What happened in a span of time, for the report of Article 15 and Article 24."""

    reports: Mapping[str, int]
    decisions: Mapping[str, int]
    grounds: Mapping[str, int]
    found_by: Mapping[str, int]
    bans: int
    appeals: int
    reversed: int
    median_hours: float | None


def figures(workspace_id: int, since: datetime, until: datetime) -> Figures:
    """Count reports, decisions and complaints of a span of time, and how long reports waited (median, hours)."""
    between: dict[str, Any] = {
        "workspace_id": workspace_id,
        "created_at__gte": since,
        "created_at__lt": until,
    }
    reports, decided = Report.objects.filter(**between), Decision.objects.filter(**between)
    limiting = decided.filter(kind__in=[Decision.Kind.REMOVE, Decision.Kind.BAN])
    waits = sorted(
        (made - came).total_seconds() / 3600
        for came, made in reports.exclude(decision=None).values_list("created_at", "decision__created_at")
    )
    appeals = Appeal.objects.filter(**between)
    return Figures(
        reports=_counted(reports, "ground"),
        decisions=_counted(decided, "kind"),
        grounds=_counted(limiting, "ground"),
        found_by=_counted(limiting, "found_by"),
        bans=decided.filter(kind=Decision.Kind.BAN).count(),
        appeals=appeals.count(),
        reversed=appeals.filter(outcome=Appeal.Outcome.REVERSED).count(),
        median_hours=waits[len(waits) // 2] if waits else None,
    )


def _counted(rows: "QuerySet[Any]", field: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(field).annotate(count=Count("pk")))


def with_reports(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Note at posts whether a report waits (`is_reported`)."""
    waiting_for = Report.objects.filter(
        workspace_id=OuterRef("workspace_id"), post_id=OuterRef("pk"), decision=None
    )
    return posts.annotate(is_reported=Exists(waiting_for))
