"""What agents keep beside a conversation: drafts of their own, and who follows it."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, InWorkspace


class Draft(InWorkspace):
    """What an agent has written and not sent, one reply and one note a conversation.

    `fields` are the composer's other fields by name (channel, recipients, language ...), `revision` grows with
    each save, `device` says where the last one came from. `after` is the newest message of the thread at that moment:
    a draft is done once its author has sent something after it. `earlier` is the text that lost against this one when
    two devices wrote at once.
    """

    class Kind(models.TextChoices):
        """What it would become."""

        REPLY = "reply", _("Reply")
        NOTE = "note", _("Note")

    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, db_constraint=False, db_index=False
    )
    agent = models.ForeignKey(Agent, models.CASCADE, db_constraint=False, db_index=False)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    text = models.TextField(default="", blank=True)
    fields = models.JSONField(default=dict)
    attachments = models.JSONField(default=list)
    earlier = models.TextField(default="", blank=True)
    revision = models.PositiveIntegerField(default=1)
    device = models.CharField(max_length=80, default="", blank=True)
    after = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "conversation", "agent", "kind", name="draft_once"),
        ]
        indexes = [models.Index("workspace", "agent", "conversation", name="draft_of_agent")]


class Follower(InWorkspace):
    """Somebody who is told what happens in a conversation; `active` is off for who left it on purpose."""

    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, db_constraint=False, db_index=False
    )
    agent = models.ForeignKey(Agent, models.CASCADE, db_constraint=False, db_index=False)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "conversation", "agent", name="follower_once"),
        ]
