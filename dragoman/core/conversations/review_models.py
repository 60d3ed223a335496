"""What waits for a reviewer, and what they decided."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, InWorkspace


class ReviewItem(InWorkspace):
    """One answer that is reviewed, before it goes out (`hold`) or after (`after`).

    `text` is what the agent wrote, `said` what was to go out when it was asked for, `machine` what the engine said
    first (it differs where the agent changed it), `kept` what the reviewer left of it. `message` is null once a
    rejected or withdrawn answer is gone. `distance` is the edit distance from `machine` to `kept`, 0 to 1.
    """

    class Mode(models.TextChoices):
        """Before it goes out, or after."""

        HOLD = "hold", _("Held")
        AFTER = "after", _("Sent, to be looked at")

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        EDITED = "edited", _("Edited")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Taken back")

    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, db_constraint=False, db_index=False
    )
    message = models.ForeignKey(
        "conversations.Message", models.CASCADE, null=True, db_constraint=False, db_index=False
    )
    mode = models.CharField(max_length=5, choices=Mode.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    reason = models.JSONField(default=dict)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    made = models.CharField(max_length=10, default="machine")
    engine = models.CharField(max_length=60, default="")
    confidence = models.FloatField(null=True)
    faults = models.JSONField(default=list)
    text = models.TextField()
    said = models.TextField()
    machine = models.TextField(default="")
    kept = models.TextField(default="")
    distance = models.FloatField(null=True)
    comment = models.TextField(default="")
    author = models.ForeignKey(
        Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    reviewer = models.ForeignKey(
        Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now())
    decided_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "message", name="review_once"),
            models.UniqueConstraint("workspace", "id", name="review_item_in_workspace"),
        ]
        indexes = [
            models.Index("workspace", "id", name="review_waiting", condition=models.Q(state="waiting")),
            models.Index("workspace", "created_at", name="review_by_day"),
            models.Index("workspace", "conversation", name="review_of_conversation"),
        ]
