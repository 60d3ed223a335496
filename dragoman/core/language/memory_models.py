"""The translation memory: what people approved, sentence by sentence."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Brand, InWorkspace


class MemoryUnit(InWorkspace):
    """A sentence and how it is said in another language; `{1}`, `{name}` stand for what differs each time.

    `pair` and `key` find it again (see memory_shapes.py), `bands` find what is near it. `origin_id` is the macro it
    came from, `conversation_id` where it was said: with the conversation it goes.
    """

    class Origin(models.TextChoices):
        """Who made it so."""

        REPLY = "reply", _("A sent answer")
        REVIEW = "review", _("A review")
        MACRO = "macro", _("A macro")
        IMPORT = "import", _("An import")
        PERSON = "person", _("Written here")

    brand = models.ForeignKey(Brand, models.CASCADE, null=True, db_constraint=False, db_index=False)
    market = models.CharField(max_length=2, default="", blank=True)
    source_language = models.CharField(max_length=20)
    target_language = models.CharField(max_length=20)
    source = models.TextField()
    target = models.TextField()
    pair = models.CharField(max_length=41)
    key = models.CharField(max_length=40)
    bands = ArrayField(models.IntegerField(), default=list)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.PERSON)
    origin_id = models.BigIntegerField(null=True)
    conversation_id = models.BigIntegerField(null=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    author = models.CharField(max_length=120, default="", blank=True)
    used = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="memory_unit_in_workspace"),
            models.UniqueConstraint(
                fields=["workspace", "pair", "key", "brand", "market"],
                name="memory_unit_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(
                "workspace",
                "conversation_id",
                name="memory_unit_said",
                condition=models.Q(conversation_id__isnull=False),
            ),
            models.Index(
                "workspace",
                "origin",
                "origin_id",
                name="memory_unit_origin",
                condition=models.Q(origin_id__isnull=False),
            ),
        ]


class WaitingFile(InWorkspace):
    """A file of terms, sentences or texts that somebody looked at and has not brought in yet; gone a day later."""

    class Kind(models.TextChoices):
        """What it holds."""

        GLOSSARY = "glossary", _("Glossary")
        MEMORY = "memory", _("Memory")
        TEXTS = "texts", _("Texts")

    agent = models.ForeignKey(Agent, models.CASCADE, db_constraint=False, db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=255, default="")
    content = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "agent", "kind", name="waiting_file_once")]
