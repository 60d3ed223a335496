"""Telling leads that something waits for a moderator: once an hour, however much comes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Role
from dragoman.core.accounts.queries import agents_of
from dragoman.core.notifications.actions import Notice, notify
from dragoman.core.notifications.ports import Matter
from dragoman.core.notifications.queries import was_told_since

KIND, NOUN = "moderation", "moderation"
_APART = timedelta(hours=1)


def tell_leads(workspace_id: int) -> None:
    """Tell leads and owners that the queue has something, unless they were told within the hour."""
    now = timezone.now()
    if was_told_since(workspace_id, KIND, now - _APART):
        return
    leads = agents_of(workspace_id).filter(is_active=True, role__in=[Role.OWNER, Role.LEAD])
    # of two posts in one moment one tells
    source = f"queue-{now:%Y%m%d%H}"
    notify(workspace_id, [Notice(one.pk, KIND, source, f"{NOUN}:{workspace_id}") for one in leads])


class QueueMatters:
    """Answers for the topic of the moderators' queue; nothing is said at places of it."""

    def about(self, workspace_id: int, topics: Sequence[str]) -> Mapping[str, Matter]:
        """Return where the queue stands."""
        here = f"{NOUN}:{workspace_id}"
        return {one: Matter(_("Community"), 0, "/community-desk") for one in topics if one == here}

    def words(self, workspace_id: int, anchors: Sequence[str]) -> Mapping[str, str]:
        """Return nothing: the queue has no places."""
        return {}
