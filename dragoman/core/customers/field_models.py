"""What a workspace keeps about its customers of its own: fields it defines, and preferences with consent."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, InWorkspace


class CustomerField(InWorkspace):
    """A field that a workspace defines; its values stand in `Customer.own` under `key`.

    `kind` never changes. With `removed_at` the field is gone and its values are on their way out.
    """

    class Kind(models.TextChoices):
        """What a value is."""

        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")
        YES_NO = "yes_no", _("Yes or no")
        CHOICE = "choice", _("Choice")

    key = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    choices = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "workspace", "key", name="customer_field_once", condition=models.Q(removed_at=None)
            )
        ]

    def __str__(self) -> str:
        return self.label


class PreferenceKind(InWorkspace):
    """What a workspace decided about a kind of preference: whether it is kept, and the name of one of its own.

    `special` ones are special-category data (GDPR Art. 9): they need explicit consent.
    """

    key = models.CharField(max_length=40)
    label = models.CharField(max_length=80, default="", blank=True)
    special = models.BooleanField(default=False)
    kept = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "key", name="preference_kind_once")]


class CustomerPreference(InWorkspace):
    """A preference of one customer, and the consent it is kept by: whose word, how, when, written down by whom.

    Of two that a merge brought together the newer one is `current`. Without an agent a program wrote it down.
    """

    class How(models.TextChoices):
        """How consent was given."""

        MESSAGE = "message", _("In a message")
        CALL = "call", _("On the phone")
        PERSON = "person", _("In person")
        FORM = "form", _("In a form")
        DOCUMENT = "document", _("On paper")

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, db_constraint=False, db_index=False, related_name="preferences"
    )
    kind = models.CharField(max_length=40)
    value = models.CharField(max_length=500)
    given_by = models.CharField(max_length=120, default="", blank=True)
    how = models.CharField(max_length=8, choices=How.choices)
    explicit = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    agent = models.ForeignKey(
        Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    current = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "workspace",
                "customer",
                "kind",
                name="customer_preference_once",
                condition=models.Q(current=True),
            )
        ]
        indexes = [
            models.Index("workspace", "customer", name="preference_customer"),
            models.Index("workspace", "kind", "customer", name="preference_kind"),
        ]
