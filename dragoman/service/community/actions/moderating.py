"""Deciding about posts and members: each decision has a person, a ground, a rule and a reason that is told."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean

from ..errors import BadDecision, MayNotModerate, NoCommunity, SamePerson
from ..events import AppealDecided, PostDecided
from ..models import Appeal, Decision, Member, Post, Report
from ..moderation import may_decide
from ..moderation_models import Ground
from .reporting import new_code
from .standing import go_live, take_down

LONGEST_BAN: Final = 366  # days
_SHORTEST_REASON: Final = 10


@dataclass(frozen=True)
class Why:
    """On what a decision rests: a ground, the law or rule it names, the facts."""

    ground: str
    rule: str
    reason: str


@transaction.atomic
def approve(agent: Agent, post: Post) -> Decision:
    """Let everybody read a post that waits. Raises MayNotModerate, NoCommunity."""
    check_may_moderate(agent)
    if post.state != Post.State.HELD:
        raise NoCommunity
    go_live(post)
    return _decided(agent, post, Decision.Kind.APPROVE, found_by=Decision.FoundBy.FILTER)


@transaction.atomic
def remove(agent: Agent, post: Post, why: Why) -> Decision:
    """Take a post down; its writer is told why and how to complain. Raises MayNotModerate, BadDecision, NoCommunity."""
    check_may_moderate(agent)
    if post.state not in (Post.State.LIVE, Post.State.HELD):
        raise NoCommunity
    kept = _checked(why)
    reported = _reports(post).exists()
    held = post.state == Post.State.HELD
    found_by = (
        Decision.FoundBy.REPORT if reported else Decision.FoundBy.FILTER if held else Decision.FoundBy.OWN
    )
    take_down(post)
    return _decided(agent, post, Decision.Kind.REMOVE, why=kept, found_by=found_by)


@transaction.atomic
def restore(agent: Agent, post: Post, *, reason: str) -> Decision:
    """Put a removed post back. Raises MayNotModerate, NoCommunity."""
    check_may_moderate(agent)
    if post.state != Post.State.REMOVED:
        raise NoCommunity
    go_live(post)
    return _decided(agent, post, Decision.Kind.RESTORE, why=Why("", "", clean(reason).strip()))


@transaction.atomic
def keep(agent: Agent, post: Post, *, reason: str) -> Decision:
    """Leave a reported post as it is, and tell those who reported it why. Raises MayNotModerate, BadDecision."""
    check_may_moderate(agent)
    if not _reports(post).exists():
        raise NoCommunity
    said = _said(reason)
    return _decided(agent, post, Decision.Kind.KEEP, why=Why("", "", said), found_by=Decision.FoundBy.REPORT)


@transaction.atomic
def ban(agent: Agent, member: Member, why: Why, *, days: int) -> Decision:
    """Keep a member from writing for some days. Raises MayNotModerate, BadDecision, NoCommunity."""
    check_may_moderate(agent)
    if not member.is_here:
        raise NoCommunity
    if not 1 <= days <= LONGEST_BAN:
        raise BadDecision("days", _("A suspension lasts 1 to 366 days."))
    kept = _checked(why)
    until = timezone.now() + timedelta(days=days)
    return _store(agent, member.brand_id, Decision.Kind.BAN, member=member, why=kept, until=until)


@transaction.atomic
def lift_ban(agent: Agent, decision: Decision) -> Decision:
    """End a suspension before its time. Raises MayNotModerate, NoCommunity."""
    check_may_moderate(agent)
    if decision.kind != Decision.Kind.BAN or not decision.is_in_force:
        raise NoCommunity
    return _lifted(agent, decision)


def _lifted(agent: Agent, decision: Decision) -> Decision:
    Decision.objects.filter(workspace_id=decision.workspace_id, pk=decision.pk).update(
        lifted_at=timezone.now()
    )
    return _store(agent, decision.brand_id, Decision.Kind.LIFT, member=decision.member)


@transaction.atomic
def decide_appeal(agent: Agent, appeal: Appeal, *, reverse: bool, reply: str) -> Appeal:
    """Decide a complaint; what is taken back is undone at once. Raises MayNotModerate, SamePerson, BadDecision."""
    check_may_moderate(agent)
    if not may_decide(appeal, agent):
        raise SamePerson
    said = _said(reply)
    here = Appeal.objects.filter(workspace_id=appeal.workspace_id, pk=appeal.pk, decided_at=None)
    outcome = Appeal.Outcome.REVERSED if reverse else Appeal.Outcome.UPHELD
    changed = here.update(
        outcome=outcome, reply=said, agent=agent, agent_name=agent.name[:120], decided_at=timezone.now()
    )
    if not changed:
        raise NoCommunity
    if reverse:
        _undo(agent, appeal.decision, said)
    publish(AppealDecided(decision_id=appeal.decision_id, appeal_id=appeal.pk, agent_id=agent.pk))
    appeal.refresh_from_db()
    return appeal


def _undo(agent: Agent, decision: Decision, said: str) -> None:
    if decision.kind == Decision.Kind.BAN and decision.is_in_force:
        _lifted(agent, decision)
    post = decision.post
    if post is None:
        return
    if decision.kind == Decision.Kind.REMOVE and post.state == Post.State.REMOVED:
        restore(agent, post, reason=said)
    elif decision.kind == Decision.Kind.KEEP and post.state == Post.State.LIVE:
        report = decision.reports.first()
        ground = report.ground if report else Ground.OTHER
        take_down(post)
        why = Why(ground, str(Ground(ground).label), said)
        _store(
            agent, decision.brand_id, Decision.Kind.REMOVE, post=post, member=post.member, why=why,
            found_by=Decision.FoundBy.REPORT,
        )  # fmt: skip


def check_may_moderate(agent: Agent) -> None:
    """Refuse all but leads and owners."""
    if not agent.can_lead:
        raise MayNotModerate


def _reports(post: Post) -> QuerySet[Report]:
    return Report.objects.filter(workspace_id=post.workspace_id, post_id=post.pk, decision=None)


def _decided(
    agent: Agent,
    post: Post,
    kind: str,
    *,
    why: Why | None = None,
    found_by: str = Decision.FoundBy.OWN,
) -> Decision:
    """Store a decision about a post; the reports that wait for it are answered by it."""
    made = _store(
        agent, post.thread.brand_id, kind, post=post, member=post.member, why=why, found_by=found_by
    )
    _reports(post).update(decision=made)
    return made


def _store(
    agent: Agent,
    brand_id: int,
    kind: str,
    **facts: object,
) -> Decision:
    why = facts.pop("why", None) or Why("", "", "")
    assert isinstance(why, Why)
    made = Decision.objects.create(
        workspace_id=agent.workspace_id,
        brand_id=brand_id,
        kind=kind,
        ground=why.ground,
        rule=why.rule,
        reason=why.reason,
        code=new_code(),
        agent=agent,
        agent_name=agent.name[:120],
        **facts,
    )
    publish(PostDecided(decision_id=made.pk, agent_id=agent.pk))
    return made


def _checked(why: Why) -> Why:
    if why.ground not in Ground.values:
        raise BadDecision("ground", _("Choose the ground: the law, or which rule."))
    rule = " ".join(clean(why.rule).split())[:300]
    if not rule:
        if why.ground in (Ground.ILLEGAL, Ground.OTHER):
            raise BadDecision("rule", _("Name the law or the rule that it breaks."))
        rule = str(Ground(why.ground).label)
    return Why(why.ground, rule, _said(why.reason))


def _said(reason: str) -> str:
    said = clean(reason).strip()[:3000]
    if len(said) < _SHORTEST_REASON:
        raise BadDecision("reason", _("Give the reason in a sentence: it is told to whom it concerns."))
    return said
