"""What a brand made of a country's playbook: markets, policies, corrections, notes and the history of all."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Brand, InWorkspace


class BrandMarket(InWorkspace):
    """A country a brand sells to; `region` (ISO 3166-2 without the country) whose holidays count, `time_zone` (IANA)
    where it is not the one most people live in.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=40, default="", blank=True)
    time_zone = models.CharField(max_length=64, default="", blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "brand", "country", name="brand_market_once")]


class FactOverride(InWorkspace):
    """What a brand says of one kind of fact in a country; `value` has the shape of that kind (ground/markets/facts.py).

    A policy is the brand's own choice and never below the law; a correction says that the playbook is wrong, and
    names its source. `confirmed`: somebody read in the law's text that it gives less than what the playbook read.
    """

    class Sort(models.TextChoices):
        """Which of the two."""

        POLICY = "policy", _("Our policy")
        CORRECTION = "correction", _("Correction of the playbook")

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=40)
    sort = models.CharField(max_length=10, choices=Sort.choices)
    value = models.JSONField()
    reason = models.TextField(default="", blank=True)
    source = models.TextField(default="", blank=True)
    url = models.URLField(max_length=500, default="", blank=True)
    confirmed = models.BooleanField(default=False, db_default=False)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "brand", "country", "kind", "sort", name="override_once")
        ]


class FactChange(InWorkspace):
    """One line of the history: what held of a fact before, and what a brand said then; None: nothing.

    `from_playbook`: what held before was the playbook's own.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=40)
    sort = models.CharField(max_length=10, choices=FactOverride.Sort.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    from_playbook = models.BooleanField(default=False, db_default=False)
    reason = models.TextField(default="", blank=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["workspace", "brand", "country", "-id"], name="fact_change_of")]


class MarketNote(InWorkspace):
    """What the team learnt about a market, with where it stands."""

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=40, default="", blank=True)
    text = models.TextField()
    source = models.TextField(default="", blank=True)
    url = models.URLField(max_length=500, default="", blank=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="market_note_in_workspace")]
        indexes = [models.Index(fields=["workspace", "brand", "country", "-id"], name="market_note_of")]
