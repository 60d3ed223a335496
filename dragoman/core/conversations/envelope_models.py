"""What came in word for word, before anything is understood of it."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import InWorkspace


class Envelope(InWorkspace):
    """What came in, word for word and sealed, stored before it is acknowledged; large ones are a file.

    `state` is waiting until its messages are stored, then done, or failed with `error` (kept, can be replayed).
    A `masked` one holds what was masked in its messages.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    channel = models.CharField(max_length=30)
    source = models.CharField(max_length=60)
    sealed = models.BinaryField(default=bytes)
    file_key = models.CharField(max_length=200, default="")
    size = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    error = models.TextField(default="")
    facts = models.JSONField(default=dict)
    masked = models.BooleanField(default=False, db_default=False)
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="envelope_in_workspace")]
        indexes = [
            models.Index("received_at", name="envelope_age"),
            models.Index(fields=["received_at"], name="envelope_masked_age", condition=models.Q(masked=True)),
            models.Index(
                "workspace", "state", "id", name="envelope_undone", condition=~models.Q(state="done")
            ),
        ]
