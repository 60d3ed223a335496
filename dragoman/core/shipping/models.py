"""What a brand pays and takes for sending goods: its rates by lane and weight, its rates of duty, its terms."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from dragoman.core.accounts.models import Brand, InWorkspace


class ShippingRate(InWorkspace):
    """What a parcel of up to `up_to` grams (None: of any weight) costs on a lane with a service.

    `destination` is a country, "" every country without a row of its own. `price` and `handling` are minor units of
    `currency`; `handling` is what the carrier takes for paying at the border first, None: not known. It holds from
    `valid_from` until `valid_to`, both days included.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    origin = models.CharField(max_length=2)
    destination = models.CharField(max_length=2, default="", blank=True)
    service = models.CharField(max_length=60)
    up_to = models.PositiveIntegerField(null=True)
    price = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    handling = models.BigIntegerField(null=True)
    days_min = models.PositiveSmallIntegerField(null=True)
    days_max = models.PositiveSmallIntegerField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "brand", "origin", "destination", "service", "up_to", "valid_from"],
                name="shipping_rate_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="shipping_rate_price"),
        ]


class DutyRate(InWorkspace):
    """The percent of duty on goods whose HS code begins with `hs`, as the brand knows it; nothing is invented.

    `origin` is where goods were made, "" everywhere; `destination` a country, or EU.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    hs = models.CharField(max_length=10)
    origin = models.CharField(max_length=2, default="", blank=True)
    destination = models.CharField(max_length=2)
    percent = models.DecimalField(max_digits=7, decimal_places=4)
    source = models.CharField(max_length=300, default="", blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "brand", "destination", "hs", "origin", "valid_from"],
                name="duty_rate_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=1000), name="duty_rate_percent"),
        ]


class ShippingTerms(InWorkspace):
    """How a brand sends: `sends_from` is where parcels start, `ddp` the places where it pays what is due at the border,
    `registered` those whose tax it takes in the shop (countries, or EU for IOSS).

    An order until `cut_off`, by the clock where parcels start, is taken up that day and handed over `handling_days`
    working days later (0: the same day). None: not said, and nothing is promised.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    sends_from = models.CharField(max_length=2, default="", blank=True)
    ddp = models.JSONField(default=list, blank=True)
    registered = models.JSONField(default=list, blank=True)
    cut_off = models.TimeField(null=True)
    handling_days = models.PositiveSmallIntegerField(null=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "brand"], name="shipping_terms_once")]
