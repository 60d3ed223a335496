"""Telling agents, marking as read, choosing how."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import Refusal

from .events import AgentNotified
from .kinds import APP, CHANNELS, FOLLOWS, KINDS, MAIL, PUSH
from .models import Notification, Preference, PushSubscription
from .queries import channels_of, notifications_of, preferences_of, wishes_of
from .timing import mail_time, push_time

KEPT = timedelta(days=90)
MOST_DEVICES = 20


@dataclass(frozen=True)
class Notice:
    """Something to tell one agent; `by` is who did it (nobody is told of their own doing)."""

    agent_id: int
    kind: str
    source: str
    topic: str
    anchor: str = ""
    actor: str = ""
    by: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def notify(workspace_id: int, notices: Sequence[Notice]) -> None:
    """Tell agents, each of each thing once.

    Closed seats are not told, nor is whoever did it. The same (agent, kind, source) again changes nothing.
    """
    wanted = [notice for notice in notices if notice.agent_id != notice.by]
    if not wanted:
        return
    seats = Agent.objects.filter(
        workspace_id=workspace_id, pk__in={notice.agent_id for notice in wanted}, is_active=True
    )
    agents = {agent.pk: agent for agent in seats}
    wishes = preferences_of(workspace_id, list(agents.values()))
    rows = [
        _row(notice, agents[notice.agent_id], wishes[notice.agent_id])
        for notice in wanted
        if notice.agent_id in agents
    ]
    rows = [row for row in rows if row.in_app or row.mail_at or row.push_at]
    if rows:
        _store(rows)


@transaction.atomic
def _store(rows: Sequence[Notification]) -> None:
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    shown = sorted({row.agent_id for row in rows if row.in_app})
    if shown:
        publish(*(AgentNotified(agent_id=pk) for pk in shown))


def _row(notice: Notice, agent: Agent, preference: Preference) -> Notification:
    channels, now = channels_of(preference, notice.kind), timezone.now()
    times = wishes_of(agent, preference)
    return Notification(
        workspace_id=agent.workspace_id,
        agent_id=agent.pk,
        kind=notice.kind,
        source=notice.source[:80],
        topic=notice.topic,
        anchor=notice.anchor,
        actor=notice.actor[:254],
        facts=dict(notice.facts),
        in_app=APP in channels,
        mail_at=mail_time(now, times) if MAIL in channels else None,
        push_at=push_time(now, times) if PUSH in channels else None,
    )


@transaction.atomic
def mark_read(agent: Agent, *, topic: str = "", ids: Sequence[int] = ()) -> int:
    """Mark as read what was told about a topic, or these, or (with neither) everything; return how many.

    What is read needs no mail and no push any more.
    """
    found = Notification.objects.filter(workspace_id=agent.workspace_id, agent_id=agent.pk, read_at=None)
    if topic:
        found = found.filter(topic=topic)
    if ids:
        found = found.filter(pk__in=ids)
    changed = found.update(read_at=timezone.now(), mail_at=None, push_at=None)
    if changed:
        publish(AgentNotified(agent_id=agent.pk))
    return changed


@transaction.atomic
def mark_unread(agent: Agent, *, topic: str) -> None:
    """Let the newest notification about a topic look new again."""
    newest = notifications_of(agent).filter(topic=topic).order_by("-pk").values("pk")[:1]
    if notifications_of(agent).filter(pk__in=newest).update(read_at=None):
        publish(AgentNotified(agent_id=agent.pk))


@dataclass(frozen=True)
class Choice:
    """Everything an agent may choose about notifications."""

    choices: Mapping[str, Sequence[str]]
    mail_when: str = Preference.MailWhen.AWAY
    quiet_from: time | None = None
    quiet_to: time | None = None
    show_text: bool = False
    follow: Sequence[str] = tuple(FOLLOWS)


@transaction.atomic
def choose(agent: Agent, choice: Choice) -> Preference:
    """Store an agent's wishes; raises Refusal for what there is not."""
    known = {
        kind: [one for one in CHANNELS if one in chosen]
        for kind, chosen in choice.choices.items()
        if kind in KINDS
    }
    if choice.mail_when not in Preference.MailWhen.values:
        raise Refusal(_("Choose when mails go out."), code="bad_mail_when", status=422)
    if (choice.quiet_from is None) != (choice.quiet_to is None):
        raise Refusal(_("Quiet hours need a beginning and an end."), code="bad_quiet", status=422)
    stored, _made = Preference.objects.update_or_create(
        workspace_id=agent.workspace_id,
        agent_id=agent.pk,
        defaults={
            "choices": known,
            "mail_when": choice.mail_when,
            "quiet_from": choice.quiet_from,
            "quiet_to": choice.quiet_to,
            "show_text": choice.show_text,
            "follow": [one for one in FOLLOWS if one in choice.follow],
        },
    )
    return stored


@dataclass(frozen=True)
class Browser:
    """What a browser hands over when it subscribes (the Push API's `toJSON`), and what it calls itself."""

    endpoint: str
    p256dh: str
    auth: str
    device: str = ""


def hash_of(endpoint: str) -> str:
    """Return the short name of an endpoint."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


@transaction.atomic
def subscribe(agent: Agent, browser: Browser) -> PushSubscription:
    """Let a browser take pushes for this agent; one that took them for somebody else here changes hands."""
    stored, _made = PushSubscription.objects.update_or_create(
        workspace_id=agent.workspace_id,
        endpoint_hash=hash_of(browser.endpoint),
        defaults={
            "agent_id": agent.pk,
            "endpoint": browser.endpoint,
            "p256dh": browser.p256dh,
            "auth": browser.auth,
            "device": browser.device[:80],
        },
    )
    mine = PushSubscription.objects.filter(workspace_id=agent.workspace_id, agent_id=agent.pk)
    kept = mine.order_by("-pk").values_list("pk", flat=True)[:MOST_DEVICES]
    mine.exclude(pk__in=list(kept)).delete()
    return stored


def unsubscribe(agent: Agent, *, endpoint: str = "", subscription_id: int = 0) -> None:
    """Send no more pushes to a browser of this agent."""
    mine = PushSubscription.objects.filter(workspace_id=agent.workspace_id, agent_id=agent.pk)
    found = (
        mine.filter(pk=subscription_id) if subscription_id else mine.filter(endpoint_hash=hash_of(endpoint))
    )
    found.delete()


def forget_old(workspace_id: int) -> None:
    """Forget what was told long ago."""
    Notification.objects.filter(workspace_id=workspace_id, created_at__lt=timezone.now() - KEPT).delete()


def forget_topic(workspace_id: int, topic: str) -> None:
    """Forget what was told about something that is gone."""
    Notification.objects.filter(workspace_id=workspace_id, topic=topic).delete()
