"""Telling that a post is against the law or the rules, and complaining of what was decided."""

import secrets
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean, normal_email
from dragoman.kit.errors import Refusal

from ..errors import BadPost, NoCommunity
from ..events import AppealMade, PostReported
from ..models import Appeal, Decision, Member, Post, Report
from ..moderation import may_appeal
from ..moderation_models import Ground

LONGEST_REASON: Final = 3000
_SHORTEST_REASON: Final = 10
_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Notice:
    """What somebody says of a post: which ground, why, and who they are where they say so."""

    ground: str
    reason: str
    language: str
    name: str = ""
    email: str = ""
    good_faith: bool = False


@transaction.atomic
def report_post(post: Post, notice: Notice, *, member: Member | None = None) -> Report:
    """Store a report; the post stays public until a person decides. Raises BadPost, NoCommunity."""
    if not post.is_live:
        raise NoCommunity
    if notice.ground not in Ground.values:
        raise BadPost("ground", _("Choose what is wrong with it."))
    if notice.ground == Ground.ILLEGAL and not notice.good_faith:
        raise BadPost("good_faith", _("Tick that you believe in good faith that what you say is right."))
    report = Report.objects.create(
        workspace_id=post.workspace_id,
        post=post,
        member=member,
        ground=notice.ground,
        reason=_reason(notice.reason),
        name=" ".join(clean(notice.name).split())[:120],
        email=_email(notice.email) or (member.email if member else ""),
        language=notice.language,
        code=new_code(),
    )
    publish(PostReported(thread_id=post.thread_id, report_id=report.pk))
    return report


@transaction.atomic
def appeal(decision: Decision, *, by: str, reason: str, language: str, email: str = "") -> Appeal:
    """Complain of a decision, once each. Raises BadPost, NoCommunity."""
    if by not in Appeal.By.values or not may_appeal(decision, by, now=timezone.now()):
        raise NoCommunity
    row = Appeal(
        workspace_id=decision.workspace_id,
        decision=decision,
        by=by,
        reason=_reason(reason),
        email=email,
        language=language,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NoCommunity from None
    publish(AppealMade(decision_id=decision.pk, appeal_id=row.pk))
    return row


def new_code() -> str:
    """Return a code that nobody guesses, in letters that nobody takes for others."""
    return "-".join("".join(secrets.choice(_LETTERS) for _each in range(5)) for _part in range(4))


def _reason(said: str) -> str:
    reason = clean(said).strip()
    if len(reason) < _SHORTEST_REASON:
        raise BadPost("reason", _("Say in a sentence why. A person reads it."))
    if len(reason) > LONGEST_REASON:
        raise BadPost("reason", _("At most %(most)s characters fit here.") % {"most": LONGEST_REASON})
    return reason


def _email(said: str) -> str:
    try:
        return normal_email(said) if said.strip() else ""
    except Refusal as refusal:
        raise BadPost("email", refusal.message) from None
