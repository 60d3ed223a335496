"""Lists somebody saved, what they searched for lately, and changes made to many conversations at once."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, InWorkspace, Team

from .segment_models import Segment

__all__ = ["BulkRun", "BulkStep", "RecentSearch", "SavedView", "Segment", "ViewOrder"]


class SavedView(InWorkspace):
    """A list under a name: `view` is the place it was made in, `chosen` menu choices by name, `q` the search.

    `removed_at` is set while the removal may still be taken back.
    """

    class Shared(models.TextChoices):
        """Who sees it."""

        OWN = "own", _("Only me")
        TEAM = "team", _("My team")
        EVERYBODY = "everybody", _("Everybody")

    name = models.CharField(max_length=80)
    owner = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    shared = models.CharField(max_length=9, choices=Shared.choices, default=Shared.OWN)
    team = models.ForeignKey(Team, models.CASCADE, null=True, db_constraint=False, db_index=False)
    position = models.IntegerField(default=0)
    view = models.CharField(max_length=20, default="all")
    chosen = models.JSONField(default=dict, blank=True)
    q = models.CharField(max_length=300, default="", blank=True)
    sort = models.CharField(max_length=20, default="-last_message_at")
    removed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="view_in_workspace")]
        indexes = [models.Index("workspace", "position", "id", name="view_order")]

    def __str__(self) -> str:
        return self.name


class ViewOrder(InWorkspace):
    """In which order an agent wants to see views; those not in it come last, by `position`."""

    agent = models.ForeignKey(Agent, models.CASCADE, db_constraint=False, db_index=False)
    ids = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "agent", name="view_order_once")]


class RecentSearch(InWorkspace):
    """What an agent searched for, the newest few."""

    agent = models.ForeignKey(Agent, models.CASCADE, db_constraint=False, db_index=False)
    q = models.CharField(max_length=300)
    searched_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "agent", "q", name="recent_search_once")]


class BulkRun(InWorkspace):
    """One change made to many conversations: `ids` in the order they are visited, `done` how many were.

    `change` is {"verb": ..., "value": ...}; `skipped` counts by reason those that were left as they were.
    """

    class State(models.TextChoices):
        """How far it is."""

        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")

    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    change = models.JSONField()
    ids = models.JSONField()
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=dict)
    state = models.CharField(max_length=7, choices=State.choices, default=State.RUNNING)
    undoes = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="bulk_run_in_workspace")]


class BulkStep(InWorkspace):
    """What one conversation was before a run changed it, so that the run can be undone."""

    run = models.ForeignKey(BulkRun, models.CASCADE, db_constraint=False, db_index=False)
    conversation_id = models.BigIntegerField()
    before = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "run", "conversation_id", name="bulk_step_once")]
