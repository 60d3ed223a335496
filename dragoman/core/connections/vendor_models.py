"""A workspace's own accounts at vendors, and what was used of each in a month."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import InWorkspace

LONGEST = 120  # seconds


class VendorAccount(InWorkspace):
    """An account of one family (`translation`) at a vendor. `settings` is what may be shown, `sealed` what may not.

    `price` is in minor units of the workspace's currency for a million characters; `most_characters` and `most_money`
    (minor units) are what may be used in a calendar month (UTC), None for no limit.
    """

    class State(models.TextChoices):
        """What the last call said."""

        NEW = "new", _("Not tried yet")
        WORKING = "working", _("Working")
        FAILING = "failing", _("Failing")
        OFF = "off", _("Switched off")

    family = models.CharField(max_length=20)
    vendor = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=200, default="", blank=True)
    settings = models.JSONField(default=dict)
    sealed = models.BinaryField(default=bytes)
    patience = models.PositiveSmallIntegerField(
        default=20, validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    price = models.PositiveIntegerField(default=0)
    most_characters = models.PositiveBigIntegerField(null=True, blank=True)
    most_money = models.PositiveBigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    last_error = models.TextField(default="", blank=True)
    last_tried_at = models.DateTimeField(null=True)
    last_worked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="vendor_account_in_workspace"),
            models.UniqueConstraint("workspace", "family", "name", name="vendor_account_name_once"),
        ]

    @property
    def key(self) -> str:
        """Return what it is called in orders, logs and figures."""
        return f"account:{self.pk}"


class VendorUsage(InWorkspace):
    """What a workspace used of one engine in a month; `engine` is an account's key, empty for all of them together.

    `cost` is in millionths of a minor unit of the workspace's currency. `told_at`: when leads were
    told that it is used up.
    """

    family = models.CharField(max_length=20)
    month = models.DateField()
    engine = models.CharField(max_length=120, default="", blank=True)
    calls = models.PositiveBigIntegerField(default=0)
    failures = models.PositiveBigIntegerField(default=0)
    characters = models.PositiveBigIntegerField(default=0)
    cost = models.PositiveBigIntegerField(default=0)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "family", "month", "engine", name="vendor_usage_once")
        ]
