"""Which engine is asked for which languages, what it said lately, and what left the house for it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import InWorkspace


class EngineOrder(InWorkspace):
    """The engines of one pair of languages, `*` for any, by their keys in the order in which they are asked."""

    source = models.CharField(max_length=20, default="*")
    target = models.CharField(max_length=20, default="*")
    engines = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "source", "target", name="engine_order_once")]


class EngineAnswer(InWorkspace):
    """What an engine said to a text, so that the same is not paid for twice; `digest` tells text, engine and manner.

    It goes with the first of its conversations that is taken away, and by itself after some days.
    """

    digest = models.CharField(max_length=64)
    engine = models.CharField(max_length=30)
    text = models.TextField()
    confidence = models.FloatField()
    faults = models.JSONField(default=list)
    conversation_ids = ArrayField(models.BigIntegerField(), default=list)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "digest", name="engine_answer_once")]
        indexes = [
            models.Index("expires_at", name="engine_answer_expires"),
            GinIndex("conversation_ids", name="engine_answer_of"),
        ]


class Departure(InWorkspace):
    """That texts left the house: when, to whom, for what. Never the texts themselves.

    `engine` is an account's key or an engine of the installation, `vendor` its kind, `host` where the texts went.
    """

    at = models.DateTimeField(db_default=Now())
    engine = models.CharField(max_length=120)
    vendor = models.CharField(max_length=30)
    host = models.CharField(max_length=253)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    texts = models.PositiveIntegerField()
    characters = models.PositiveIntegerField()
    purpose = models.CharField(max_length=20)
    conversation_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index("workspace", models.F("at").desc(), name="departure_newest"),
            models.Index("workspace", "conversation_id", name="departure_of"),
        ]
