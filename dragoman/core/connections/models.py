"""A workspace's accounts outside: mailboxes now, messengers and vendors later."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand, InWorkspace

from .vendor_models import VendorAccount, VendorUsage

__all__ = ["Connection", "StoredAnswer", "VendorAccount", "VendorApp", "VendorUsage"]


class Connection(InWorkspace):
    """One account on one channel. `settings` is what may be shown, `sealed` what may not (AES-GCM JSON)."""

    class State(models.TextChoices):
        """What the last try said."""

        NEW = "new", _("Not tried yet")
        WORKING = "working", _("Working")
        FAILING = "failing", _("Failing")
        OFF = "off", _("Switched off")

    channel = models.CharField(max_length=30)
    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=254, default="", blank=True)
    settings = models.JSONField(default=dict)
    sealed = models.BinaryField(default=bytes)
    cursor = models.CharField(max_length=200, default="", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    last_error = models.TextField(default="", blank=True)
    last_tried_at = models.DateTimeField(null=True)
    last_worked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="connection_in_workspace"),
            # one mailbox serves one workspace: a mail must never be two tenants'
            models.UniqueConstraint(
                "channel",
                "address",
                name="connection_once",
                condition=~models.Q(address=""),
                violation_error_code="taken",
            ),
        ]


class VendorApp(InWorkspace):
    """Our program as a mail house knows it: made once by an admin there, used for all mailboxes of the workspace."""

    vendor = models.CharField(max_length=20)
    client_id = models.CharField(max_length=400)
    tenant = models.CharField(max_length=100, default="", blank=True)
    sealed = models.BinaryField(default=bytes)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "vendor", name="vendor_app_once")]


class StoredAnswer(InWorkspace):
    """The first answer to a POST with an Idempotency-Key, given again for 24 hours."""

    key = models.CharField(max_length=255)
    caller = models.CharField(max_length=40)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "caller", "key", name="answer_once")]
        indexes = [models.Index("at", name="answer_at")]
