"""Macros: what a team sends often, written once in each language."""

from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import Agent, InWorkspace


class Macro(InWorkspace):
    """A text sent often. `texts` is {"de": ..., "de@AT": ...} (kit.variants); without `owner` everybody has it.

    `shortcut` finds it at once; `tags` and `then` (resolved or empty) are done when it is sent.
    """

    name = models.CharField(max_length=120)
    shortcut = models.CharField(max_length=40, default="", blank=True)
    owner = models.ForeignKey(Agent, models.CASCADE, null=True, db_constraint=False, db_index=False)
    texts = models.JSONField(default=dict)
    tags = models.JSONField(default=list, blank=True)
    then = models.CharField(max_length=8, default="", blank=True)
    used = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="macro_in_workspace"),
            models.UniqueConstraint(
                "workspace", "name", name="macro_once", condition=models.Q(owner__isnull=True)
            ),
        ]
        indexes = [models.Index("workspace", "owner", name="macro_owner")]

    def __str__(self) -> str:
        return self.name
