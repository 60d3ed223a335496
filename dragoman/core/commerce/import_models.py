"""Orders that come in a file."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Brand, InWorkspace


class OrderImport(InWorkspace):
    """A file of orders. `options` says how it is read (`order_files.Options`), `heads` which names its columns have.

    `seen` of `total` orders are behind us: `made`, `changed`, `same`, `older` (what is here is newer), `faulty`.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting for you")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    name = models.CharField(max_length=255)
    file_key = models.CharField(max_length=200, default="", blank=True)
    size = models.BigIntegerField(default=0)
    options = models.JSONField(default=dict)
    heads = models.CharField(max_length=64, default="", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    older = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="order_import_in_workspace")]
        indexes = [models.Index("workspace", "heads", "id", name="order_import_heads")]


class OrderImportFault(InWorkspace):
    """An order of a file that was not taken: its first row, its number as it stands there, and why."""

    order_import = models.ForeignKey(
        OrderImport, models.CASCADE, db_constraint=False, db_index=False, related_name="faults"
    )
    row = models.PositiveIntegerField()
    number = models.CharField(max_length=80, default="", blank=True)
    why = models.CharField(max_length=500)

    class Meta:
        indexes = [models.Index("workspace", "order_import", "row", name="order_import_fault_row")]
