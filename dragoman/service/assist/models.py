"""What an agent was offered for an answer, and what they did with it: the quality data of the assistant."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, InWorkspace
from dragoman.core.conversations.models import Conversation


class Suggestion(InWorkspace):
    """A draft answer laid out for one message of a customer, machine-made from passages that people wrote.

    `text` is in the customer's `language`; `sources` are {key, title, path, quote}. `likeness` (0 to 1) is how much of
    it stood in the answer that went out.
    """

    class Outcome(models.TextChoices):
        """What became of it."""

        SHOWN = "shown", _("Shown")
        ACCEPTED = "accepted", _("Sent as it was")
        EDITED = "edited", _("Sent with changes")
        IGNORED = "ignored", _("Not used")
        REJECTED = "rejected", _("Rejected")

    conversation = models.ForeignKey(Conversation, models.CASCADE, db_constraint=False, db_index=False)
    message_id = models.BigIntegerField()
    language = models.CharField(max_length=20)
    intent = models.CharField(max_length=30, default="", blank=True)
    text = models.TextField()
    sources = models.JSONField(default=list)
    confidence = models.FloatField(default=0.0)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.SHOWN)
    why = models.CharField(max_length=300, default="", blank=True)
    likeness = models.FloatField(null=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="suggestion_in_workspace"),
            models.UniqueConstraint("workspace", "message_id", name="suggestion_once"),
        ]
        indexes = [
            models.Index("workspace", "conversation", name="suggestion_of"),
            models.Index("workspace", "created_at", name="suggestion_day"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}:{self.outcome}"
