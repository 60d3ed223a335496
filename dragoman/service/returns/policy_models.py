"""What a brand takes back of its own will, beside the law: its return policies, one row a rule."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Brand, InWorkspace
from dragoman.core.segments.models import Segment


class Starts(models.TextChoices):
    """After what the days of a policy are counted."""

    DELIVERY = "delivery", _("After delivery")
    DISPATCH = "dispatch", _("After dispatch")
    ORDER = "order", _("After the order")


class Payer(models.TextChoices):
    """Who pays for sending back."""

    CUSTOMER = "customer", _("The customer pays")
    SELLER = "seller", _("We pay")


class Method(models.TextChoices):
    """How goods come back."""

    PREPAID_LABEL = "prepaid_label", _("Prepaid label")
    DROP_OFF = "drop_off", _("Drop-off point")
    IN_STORE = "in_store", _("In a shop")
    PICK_UP = "pick_up", _("Pick-up at home")
    KEEP_ITEM = "keep_item", _("Keep it")
    OWN_CARRIER = "own_carrier", _("By a carrier of one’s own")


class Nature(models.TextChoices):
    """What a policy may leave out; the right that a law gives stays."""

    CUSTOM_MADE = "custom_made", _("Made for the customer")
    HYGIENE = "hygiene", _("Hygiene goods")
    DIGITAL = "digital", _("Downloads")
    PERISHABLE = "perishable", _("Goods that go off")
    FINAL_SALE = "final_sale", _("Final sale")


class ReturnPolicy(InWorkspace):
    """A rule of a brand: which goods may go back how long, who pays, how.

    `country`, `category` and `segment` narrow it, empty: for all; the narrowest that fits a line counts, alone. What
    costs less than `keep_below` (minor units of `keep_currency`) need not come back. `refund_days` None: as the law.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2, default="", blank=True)
    category = models.CharField(max_length=120, default="", blank=True)
    segment = models.ForeignKey(
        Segment, models.CASCADE, null=True, blank=True, db_constraint=False, db_index=False, related_name="+"
    )
    days = models.PositiveSmallIntegerField()
    starts = models.CharField(max_length=10, choices=Starts.choices, default=Starts.DELIVERY)
    payer = models.CharField(max_length=10, choices=Payer.choices, default=Payer.CUSTOMER)
    methods = models.JSONField(default=list)
    excludes = models.JSONField(default=list, blank=True)
    keep_below = models.BigIntegerField(default=0)
    keep_currency = models.CharField(max_length=3, default="", blank=True)
    refund_days = models.PositiveSmallIntegerField(null=True, blank=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="return_policy_in_workspace"),
            models.UniqueConstraint(
                "workspace", "brand", "country", "category", name="return_policy_once",
                condition=models.Q(segment=None),
            ),
            models.UniqueConstraint(
                "workspace", "brand", "country", "category", "segment", name="return_policy_segment_once",
                condition=models.Q(segment__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [models.Index("workspace", "segment", name="return_policy_segment")]

    def __str__(self) -> str:
        return self.name
