"""How long parcels take on a lane, which of them are under way, and what carriers told by themselves."""

from typing import Final

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from dragoman.core.accounts.models import InWorkspace
from dragoman.core.connections.vendor_models import VendorAccount
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


class CarrierDoor(InWorkspace):
    """Where a carrier's webhooks come in: `hook_key` is the end of the address, one in the whole installation."""

    account = models.ForeignKey(VendorAccount, models.CASCADE, db_constraint=False, db_index=False)
    hook_key = models.CharField(max_length=40)
    last_hook_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "account", name="carrier_door_once"),
            # found before anybody knows the workspace
            models.UniqueConstraint("hook_key", name="carrier_door_key_once"),
        ]


class CarrierHook(InWorkspace):
    """A carrier's webhook, sealed word for word before it was acknowledged; `key` is the digest of its words.

    `parcels` are how many of ours it told of. One that tells of none waits for an order to have its parcel: a shop may
    be slower than a carrier.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", pgettext_lazy("webhook", "Waiting")
        DONE = "done", pgettext_lazy("webhook", "Read")
        STRANGE = "strange", pgettext_lazy("webhook", "Nobody’s parcel")
        FAILED = "failed", pgettext_lazy("webhook", "Not readable")

    account = models.ForeignKey(VendorAccount, models.CASCADE, db_constraint=False, db_index=False)
    key = models.CharField(max_length=64)
    sealed = models.BinaryField(default=bytes)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    error = models.CharField(max_length=500, default="", blank=True)
    parcels = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "account", "key", name="carrier_hook_once")]
        indexes = [
            models.Index("due_at", name="carrier_hook_due", condition=models.Q(state="waiting")),
            models.Index("workspace", "received_at", name="carrier_hook_age"),
        ]
