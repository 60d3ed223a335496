"""Customer segments: who belongs to one is never stored, it is asked each time."""

from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import Agent, InWorkspace


class Segment(InWorkspace):
    """Customers under a name: all `clauses` must hold, of each at least one criterion.

    A clause is a list of {"fact", "op", "values": [text], "days": number or null, "not": bool} (`criteria.py`).
    """

    name = models.CharField(max_length=80)
    clauses = models.JSONField(default=list)
    author = models.ForeignKey(
        Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "name", name="segment_name_once"),
            models.UniqueConstraint("workspace", "id", name="segment_in_workspace"),
        ]

    def __str__(self) -> str:
        return self.name
