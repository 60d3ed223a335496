"""What an agent is told, how they wish to be told, and the browsers that take pushes for them."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, InWorkspace


class Notification(InWorkspace):
    """One thing told to one agent, once: `source` names what it came from.

    `topic` is the pointer of what it is about (`conversation:42`), `anchor` the place in it (`m123`). `mail_at` and
    `push_at` are when it is due to leave the house, None where it is not or has left.
    """

    agent = models.ForeignKey(Agent, models.CASCADE, db_constraint=False, db_index=False)
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=80)
    topic = models.CharField(max_length=60)
    anchor = models.CharField(max_length=30, default="", blank=True)
    actor = models.CharField(max_length=254, default="", blank=True)
    facts = models.JSONField(default=dict)
    in_app = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(null=True)
    push_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "agent", "kind", "source", name="notification_once"),
        ]
        indexes = [
            models.Index("workspace", "agent", models.F("id").desc(), name="notification_list"),
            models.Index(
                "workspace",
                "agent",
                "topic",
                name="notification_unread",
                condition=models.Q(read_at__isnull=True, in_app=True),
            ),
            models.Index("mail_at", name="notification_mail", condition=models.Q(mail_at__isnull=False)),
            models.Index("push_at", name="notification_push", condition=models.Q(push_at__isnull=False)),
            models.Index("created_at", name="notification_age"),
        ]


class Preference(InWorkspace):
    """How an agent wishes to be told; `choices` is {kind: [channels]}, kinds left out have their usual ones.

    `follow` names what makes the agent follow a conversation: assigned, mentioned, replied.
    """

    class MailWhen(models.TextChoices):
        """When mails go out."""

        AWAY = "away", _("At once when I am away, else after five minutes")
        HOURLY = "hourly", _("Once an hour, together")
        DAILY = "daily", _("Once a day at eight, together")

    agent = models.ForeignKey(Agent, models.CASCADE, db_constraint=False, db_index=False)
    choices = models.JSONField(default=dict)
    mail_when = models.CharField(max_length=6, choices=MailWhen.choices, default=MailWhen.AWAY)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)
    show_text = models.BooleanField(default=False)
    follow = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "agent", name="preference_once")]

    def channels_of(self, kind: str, usual: tuple[str, ...]) -> tuple[str, ...]:
        """Return the channels chosen for a kind."""
        chosen: Any = self.choices.get(kind)
        return tuple(chosen) if isinstance(chosen, list) else usual


class PushSubscription(InWorkspace):
    """A browser that takes pushes (RFC 8030): its address at a push service and the keys to write to it (RFC 8291)."""

    agent = models.ForeignKey(Agent, models.CASCADE, db_constraint=False, db_index=False)
    endpoint = models.TextField()
    endpoint_hash = models.CharField(max_length=64)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    device = models.CharField(max_length=80, default="", blank=True)
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "endpoint_hash", name="push_once")]
        indexes = [models.Index("workspace", "agent", name="push_of_agent")]
