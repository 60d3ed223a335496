"""What the room keeps: how a customer found a conversation."""

from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import Agent, Brand, InWorkspace
from dragoman.core.conversations.models import Conversation

WORST, BEST = 1, 5


class Survey(InWorkspace):
    """One answer to one question about one conversation; a conversation has at most one of each kind.

    `agent` is who had the conversation when it was answered, `channel` how the customer answered. `language` is the
    comment's; `translated` the comment in `translated_to`, the team’s language.
    """

    class Kind(models.TextChoices):
        """What is asked."""

        CSAT = "csat"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CSAT)
    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, db_constraint=False, db_index=False)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    channel = models.CharField(max_length=30)
    market = models.CharField(max_length=2, default="", blank=True)
    language = models.CharField(max_length=20, default="", blank=True)
    score = models.PositiveSmallIntegerField()
    comment = models.TextField(default="", blank=True)
    translated = models.TextField(default="", blank=True)
    translated_to = models.CharField(max_length=20, default="", blank=True)
    answered_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "conversation", "kind", name="survey_once"),
            models.CheckConstraint(
                condition=models.Q(score__gte=WORST, score__lte=BEST), name="survey_score_is_one_to_five"
            ),
        ]
        indexes = [
            models.Index(
                "workspace", models.F("answered_at").desc(), models.F("id").desc(), name="survey_newest"
            )
        ]
