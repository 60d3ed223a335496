"""People who write to a shop, and the addresses they are known by."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dragoman.core.accounts.models import Agent, InWorkspace

from .field_models import CustomerField, CustomerPreference, PreferenceKind

__all__ = [
    "Customer",
    "CustomerField",
    "CustomerMerge",
    "CustomerPreference",
    "Deletion",
    "Identity",
    "PreferenceKind",
]


class Customer(InWorkspace):
    """A person; `language` is BCP 47, `market` ISO 3166-1 alpha-2, both empty while unknown.

    `register` is the form of address they want (polite, casual, honorific), empty for what the brand says to all;
    `gender` the grammatical one (woman, man), empty for neutral words.
    `own` holds {key: value} of the workspace's own fields, `own_at` {key: when it was set} (RFC 3339).

    With `leaving_at` the customer is being deleted, and is found no more.
    """

    name = models.CharField(max_length=200, default="", blank=True)
    language = models.CharField(max_length=20, default="", blank=True)
    market = models.CharField(max_length=2, default="", blank=True)
    time_zone = models.CharField(max_length=64, default="", blank=True)
    notes = models.TextField(default="", blank=True)
    register = models.CharField(max_length=9, default="", db_default="", blank=True)
    gender = models.CharField(max_length=5, default="", db_default="", blank=True)
    own = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), blank=True)
    own_at = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), blank=True)
    tsv = SearchVectorField(null=True)
    leaving_at = models.DateTimeField(null=True)
    # where the links of CustomerMerge lead in the end
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="customer_in_workspace"),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                name="customer_not_into_itself",
            ),
        ]
        indexes = [
            models.Index(
                "workspace",
                "merged_into",
                name="customer_merged",
                condition=models.Q(merged_into__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Identity(InWorkspace):
    """One address of a customer; `value` is normalised, and one address belongs to one customer."""

    class Kind(models.TextChoices):
        """Where the address lives."""

        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        HANDLE = "handle", pgettext_lazy("address", "Handle")

    customer = models.ForeignKey(
        Customer, models.CASCADE, db_constraint=False, db_index=False, related_name="identities"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=254)
    verified_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "kind", "value", name="identity_once")]
        indexes = [models.Index("workspace", "customer", name="identity_customer")]


class Deletion(InWorkspace):
    """That a customer was deleted, and how much with them: figures without a person."""

    customer_id = models.BigIntegerField()
    asked_by_id = models.BigIntegerField(null=True)
    market = models.CharField(max_length=2, default="", blank=True)
    language = models.CharField(max_length=20, default="", blank=True)
    counts = models.JSONField(default=dict)
    asked_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "customer_id", name="deletion_once")]


class CustomerMerge(InWorkspace):
    """The link from a customer to the one they were merged into; taking it away undoes the merge.

    `kept` is what undoing needs: {"fields": {name: [before, after]}, "identities": [ids], "conversations": [ids],
    "merges": [ids of conversations merged along], "orders": [ids], "own": {key: [value, when] before and after},
    "preferences": [ids that moved]}.
    """

    merged = models.ForeignKey(
        Customer, models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    survivor = models.ForeignKey(
        Customer, models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    kept = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "merged", name="customer_merged_once")]
        indexes = [models.Index("workspace", "survivor", name="customer_merge_survivor")]
