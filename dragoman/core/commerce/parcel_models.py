"""How long parcels take on a lane, and which of them are under way."""

from typing import Final

from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import InWorkspace
from dragoman.ground.providers.statuses import ShipmentStatus as S

# a parcel that is awaited
MOVING: Final = [
    S.PENDING.value, S.INFO_RECEIVED.value, S.IN_TRANSIT.value, S.OUT_FOR_DELIVERY.value, S.ATTEMPT_FAILED.value,
    S.READY_TO_COLLECT.value, S.EXCEPTION.value, S.RETURNING.value,
]  # fmt: skip


class LaneTime(InWorkspace):
    """How long parcels took on one lane, of those of the last half year; made anew by a task.

    `stage` is `door` from being sent to being delivered, or a ShipmentStatus: how long no news came after one of that
    status. Seconds; `service` is the carrier's word in small letters, empty for all of them together.
    """

    DOOR: Final = "door"

    carrier = models.CharField(max_length=60)
    origin = models.CharField(max_length=2, default="", blank=True)
    destination = models.CharField(max_length=2, default="", blank=True)
    service = models.CharField(max_length=80, default="", blank=True)
    stage = models.CharField(max_length=20)
    parcels = models.PositiveIntegerField()
    median = models.PositiveIntegerField()
    p90 = models.PositiveIntegerField()
    measured_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "workspace", "carrier", "origin", "destination", "service", "stage", name="lane_time_once"
            )
        ]
