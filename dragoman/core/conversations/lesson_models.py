"""What a workspace taught: what its people and its customers said of messages, and what was made of it."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, InWorkspace


class Question(models.TextChoices):
    """What a message is asked."""

    INTENT = "intent", _("Purpose")
    SENTIMENT = "sentiment", _("Mood")


class Lesson(InWorkspace):
    """What a message really was: a person's correction, or a customer's own word in a survey.

    `guessed` is what had been understood; the text itself stays in its message and goes with it.
    """

    class Source(models.TextChoices):
        """Who said so."""

        AGENT = "agent", _("Agent")
        API = "api", _("API")
        SURVEY = "survey", _("Survey")

    message = models.ForeignKey(
        "conversations.Message", models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    question = models.CharField(max_length=9, choices=Question.choices)
    guessed = models.CharField(max_length=30, default="", blank=True)
    meant = models.CharField(max_length=30)
    source = models.CharField(max_length=6, choices=Source.choices)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "message", "question", name="lesson_once")]


class Learned(InWorkspace):
    """What a workspace's lessons on one question add to the model, and whether it helps.

    `right_before` and `right_after` are shares of held-out messages told rightly without and with it; it is `active`
    only where the second is higher. `labels` are the columns of `weights` (float16).
    """

    question = models.CharField(max_length=9, choices=Question.choices)
    labels = models.JSONField(default=list)
    weights = models.BinaryField(default=bytes)
    lessons = models.PositiveIntegerField(default=0)
    right_before = models.FloatField(default=0)
    right_after = models.FloatField(default=0)
    active = models.BooleanField(default=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "question", name="learned_once")]
