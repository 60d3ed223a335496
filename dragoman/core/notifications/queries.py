"""Asking for notifications: always one agent's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from dragoman.core.accounts.models import Agent
from dragoman.ground.database.compiled import compiled
from dragoman.ground.design.functions import zone_of

from .kinds import FOLLOWS, KINDS
from .models import Notification, Preference, PushSubscription
from .timing import Wishes

COUNTED = 100


@dataclass(frozen=True)
class Told:
    """Notifications about one topic, newest first."""

    topic: str
    items: Sequence[Notification]

    @property
    def is_unread(self) -> bool:
        """Say whether any of them is unread."""
        return any(item.read_at is None for item in self.items)

    @property
    def newest(self) -> Notification:
        """Return the newest, which an opened group leads to."""
        return self.items[0]


def notifications_of(agent: Agent) -> QuerySet[Notification]:
    """All that an agent was told in the console."""
    return Notification.objects.filter(workspace_id=agent.workspace_id, agent_id=agent.pk, in_app=True)


def was_told_since(workspace_id: int, kind: str, moment: datetime) -> bool:
    """Say whether anybody was told of a kind since a moment."""
    return Notification.objects.filter(workspace_id=workspace_id, kind=kind, created_at__gt=moment).exists()


def count_unread(agent: Agent) -> int:
    """Count topics with something unread, at most COUNTED."""
    return len(_unread_topics(agent.workspace_id, agent.pk))


@compiled
def _unread_topics(workspace_id: Any, agent_id: Any) -> QuerySet[Notification, str]:
    told = Notification.objects.filter(
        workspace_id=workspace_id, agent_id=agent_id, in_app=True, read_at=None
    )
    return told.order_by().values_list("topic", flat=True).distinct()[:COUNTED]


def told_page(
    agent: Agent, *, kind: str = "", unread: bool = False, before: int = 0, most: int = 200
) -> list[Told]:
    """Return the newest notifications grouped by topic, the group with the newest first."""
    found = notifications_of(agent)
    if kind:
        found = found.filter(kind=kind)
    if unread:
        found = found.filter(read_at=None)
    if before:
        found = found.filter(pk__lt=before)
    return grouped(found.order_by("-pk")[:most])


def grouped(rows: Iterable[Notification]) -> list[Told]:
    """Group by topic, in order of first appearance."""
    groups: dict[str, list[Notification]] = {}
    for row in rows:
        groups.setdefault(row.topic, []).append(row)
    return [Told(topic, items) for topic, items in groups.items()]


def preference_of(agent: Agent) -> Preference:
    """Return an agent's wishes, the usual ones where nothing was chosen."""
    found = Preference.objects.filter(workspace_id=agent.workspace_id, agent_id=agent.pk).first()
    return found or usual(agent)


def usual(agent: Agent) -> Preference:
    """Return the wishes of somebody who chose nothing."""
    return Preference(workspace_id=agent.workspace_id, agent=agent, follow=list(FOLLOWS))


def preferences_of(workspace_id: int, agents: Sequence[Agent]) -> dict[int, Preference]:
    """Return the wishes of several agents by their ids."""
    found = Preference.objects.filter(workspace_id=workspace_id, agent_id__in=[agent.pk for agent in agents])
    known = {preference.agent_id: preference for preference in found}
    return {agent.pk: known.get(agent.pk) or usual(agent) for agent in agents}


def channels_of(preference: Preference, kind: str) -> tuple[str, ...]:
    """Return how somebody wishes to be told of a kind."""
    known = KINDS.get(kind)
    return preference.channels_of(kind, known.usual if known else ("app",))


def wishes_of(agent: Agent, preference: Preference) -> Wishes:
    """Return what decides about time."""
    return Wishes(
        zone=zone_of(agent.time_zone),
        mail_when=preference.mail_when,
        quiet_from=preference.quiet_from,
        quiet_to=preference.quiet_to,
        seen_at=agent.seen_at,
    )


def is_at_the_desk(agent: Agent) -> bool:
    """Say whether the agent used the console within five minutes."""
    return agent.seen_at is not None and (timezone.now() - agent.seen_at).total_seconds() < 300


def subscriptions_of(agent: Agent) -> QuerySet[PushSubscription]:
    """The browsers that take pushes for an agent."""
    return PushSubscription.objects.filter(workspace_id=agent.workspace_id, agent_id=agent.pk).order_by("pk")
