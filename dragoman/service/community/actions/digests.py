"""When a member's digest is due: once a day, in the morning of their zone, if there is anything to tell."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from dragoman.ground.events.actions import publish

from ..events import DigestDue
from ..models import Follow, Member, Post

HOUR: Final = 8
_MOST: Final = 30
_AT_LEAST_APART: Final = timedelta(hours=20)


def is_due(member: Member, now: datetime) -> bool:
    """Say whether it is the morning of a member's next digest."""
    if not member.wants_digest or not member.is_here or now - member.digest_at < _AT_LEAST_APART:
        return False
    return now.astimezone(ZoneInfo(member.time_zone) if member.time_zone else UTC).hour >= HOUR


def news_for(member: Member, since: datetime, until: datetime) -> Sequence[Post]:
    """Return what others wrote in the threads a member follows, the oldest first, at most 30."""
    threads = Follow.objects.filter(workspace_id=member.workspace_id, member_id=member.pk)
    posts = Post.objects.filter(
        workspace_id=member.workspace_id,
        thread_id__in=threads.values("thread_id"),
        state=Post.State.LIVE,
        live_at__gt=since,
        live_at__lte=until,
    ).exclude(member_id=member.pk)
    if member.wants_answers:
        # what was mailed at once is not told twice
        posts = posts.exclude(thread__member_id=member.pk, is_question=False)
    return list(posts.select_related("thread__brand", "member", "agent").order_by("live_at")[:_MOST])


@transaction.atomic
def start_digest(member: Member, now: datetime) -> bool:
    """Note that a member's digest is made now, and have it sent where there is something to tell."""
    since = member.digest_at
    mine = Member.objects.filter(workspace_id=member.workspace_id, pk=member.pk, digest_at=since)
    if not mine.update(digest_from=since, digest_at=now):
        return False
    if not news_for(member, since, now):
        return False
    publish(DigestDue(member_id=member.pk))
    return True
