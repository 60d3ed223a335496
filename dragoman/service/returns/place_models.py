"""Where goods may come back to: a brand's hubs, shops and drop-off points."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dragoman.core.accounts.models import Agent, Brand, InWorkspace


class PlaceKind(models.TextChoices):
    """What a place is for: parcels are sent to a hub, people walk into the others."""

    HUB = "hub", _("Hub: parcels go there")
    STORE = "store", pgettext_lazy("return place", "Shop")
    DROP_OFF = "drop_off", _("Drop-off point")


class ReturnPlace(InWorkspace):
    """A place of a brand. `takes_from` are the countries it serves, empty: all; `languages` those spoken there.

    `reference` is what customs know its owner by (EORI, VAT or importer number); `hours` are words for people.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    kind = models.CharField(max_length=8, choices=PlaceKind.choices, default=PlaceKind.HUB)
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=20, default="", blank=True)
    city = models.CharField(max_length=100)
    region = models.CharField(max_length=100, default="", blank=True)
    country = models.CharField(max_length=2)
    phone = models.CharField(max_length=40, default="", blank=True)
    reference = models.CharField(max_length=60, default="", blank=True)
    languages = models.JSONField(default=list, blank=True)
    hours = models.CharField(max_length=300, default="", blank=True)
    takes_from = models.JSONField(default=list, blank=True)
    is_open = models.BooleanField(default=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="return_place_in_workspace"),
            models.UniqueConstraint("workspace", "brand", "name", name="return_place_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def lines(self) -> list[str]:
        """Return the address as lines of an envelope, the country's code at the end."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        return [part for part in (self.name, self.street, town, self.region, self.country) if part]

    def serves(self, country: str) -> bool:
        """Say whether it takes goods from a country."""
        return not self.takes_from or country in self.takes_from
