"""Public rates of exchange as dated rows: to show an amount in another currency, never to say what was charged."""

from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import InWorkspace


class ReferenceRate(InWorkspace):
    """How much of `currency` one euro was worth on a day, as a public table had it; `source` is where it was read."""

    day = models.DateField()
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=18, decimal_places=8)
    source = models.CharField(max_length=200)
    read_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "day", "currency"], name="reference_rate_once"),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="reference_rate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: 1 EUR = {self.rate} {self.currency}"
