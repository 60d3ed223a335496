"""What is kept about junk: verdicts, rules for senders, and what a workspace's filter has learned."""

from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import Agent, InWorkspace


class JunkVerdict(InWorkspace):
    """The last verdict on a conversation that was judged, by whom and why, and what the filter learned from it.

    `why` is {"kind": "server" | "filter" | "blocked" | "agent" | "answered" | "reply", ...}; `taught` is how the
    conversation counts in the filter: junk, good, or not at all.
    """

    class Lesson(models.TextChoices):
        """How a conversation counts in the filter."""

        NONE = ""
        JUNK = "junk"
        GOOD = "good"

    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, db_constraint=False, db_index=False
    )
    junk = models.BooleanField(default=False)
    why = models.JSONField(default=dict)
    taught = models.CharField(max_length=4, choices=Lesson.choices, default=Lesson.NONE, blank=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "conversation", name="junk_verdict_once")]


class SenderRule(InWorkspace):
    """What happens to new mail of an address (`a@b.example`) or a whole domain (`b.example`)."""

    value = models.CharField(max_length=254)
    passes = models.BooleanField(default=False)
    note = models.CharField(max_length=200, default="", blank=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "value", name="sender_rule_once")]


class JunkFilter(InWorkspace):
    """A workspace's filter: whether it acts, of how many conversations it learned, how long junk is kept (days).

    `keep_days` of 0 keeps junk for ever.
    """

    active = models.BooleanField(default=True)
    keep_days = models.PositiveSmallIntegerField(default=0)
    junk = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", name="junk_filter_once")]


class JunkWord(InWorkspace):
    """In how many conversations of each kind a clue was seen."""

    word = models.CharField(max_length=60)
    junk = models.IntegerField(default=0)
    good = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "word", name="junk_word_once")]
