"""What a team writes once in each language: macros, and every text that goes out by itself."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from dragoman.core.accounts.models import Agent, Brand, InWorkspace
from dragoman.kit.variants import key_of


class Macro(InWorkspace):
    """A text sent often; its words are a LocalisedText. Without `owner` everybody has it.

    `shortcut` finds it at once; `tags` and `then` (resolved or empty) are done when it is sent.
    """

    name = models.CharField(max_length=120)
    shortcut = models.CharField(max_length=40, default="", blank=True)
    owner = models.ForeignKey(Agent, models.CASCADE, null=True, db_constraint=False, db_index=False)
    tags = models.JSONField(default=list, blank=True)
    then = models.CharField(max_length=8, default="", blank=True)
    used = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="macro_in_workspace"),
            models.UniqueConstraint(
                "workspace", "name", name="macro_once", condition=models.Q(owner__isnull=True)
            ),
        ]
        indexes = [models.Index("workspace", "owner", name="macro_owner")]

    def __str__(self) -> str:
        return self.name

    @property
    def texts(self) -> dict[str, str]:
        """Return its words as {"de": ..., "de@AT": ...} (kit.variants)."""
        return next((text.texts for text in self.localised.all()), {})


class LocalisedText(InWorkspace):
    """One text in all its languages: of a brand, or without one of the whole workspace.

    `kind` is registered in ports.text_kinds, `key` names the text within its kind. `source` names the variant that the
    others are written from. `title` is for texts that have a name of their own; a macro's is the macro's.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    brand = models.ForeignKey(Brand, models.CASCADE, null=True, db_constraint=False, db_index=False)
    macro = models.ForeignKey(
        Macro, models.CASCADE, null=True, db_constraint=False, db_index=False, related_name="localised"
    )
    title = models.CharField(max_length=120, default="", blank=True)
    source = models.CharField(max_length=20, default="", blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="localised_text_in_workspace"),
            models.UniqueConstraint(
                "workspace", "kind", "key", "brand", name="localised_text_once", nulls_distinct=False
            ),
            models.UniqueConstraint("workspace", "macro", name="localised_text_of_macro"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def texts(self) -> dict[str, str]:
        """Return the words as {"de": ..., "de@AT": ...}, the source first."""
        return {one.name: one.words for one in sorted(self.variants.all(), key=self._order)}

    def _order(self, one: "Variant") -> tuple[bool, str]:
        return one.name != self.source, one.name


class Variant(InWorkspace):
    """What a text says in one language, everywhere or in one market.

    `version` counts its wordings from 1. `source_version` is the version of the source it was written from, or was
    said to be still right for; 0: nobody knows. What is behind the source is stale.
    """

    class Made(models.TextChoices):
        """Who wrote the words."""

        PERSON = "person", pgettext_lazy("who made a translation", "Written by a person")
        MACHINE = "machine", pgettext_lazy("who made a translation", "Written by a machine")

    text = models.ForeignKey(
        LocalisedText, models.CASCADE, db_constraint=False, db_index=False, related_name="variants"
    )
    language = models.CharField(max_length=20)
    market = models.CharField(max_length=2, default="", blank=True)
    words = models.TextField()
    version = models.PositiveIntegerField(default=1)
    source_version = models.PositiveIntegerField(default=0)
    made = models.CharField(max_length=8, choices=Made.choices, default=Made.PERSON)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    written_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="text_variant_in_workspace"),
            models.UniqueConstraint("workspace", "text", "language", "market", name="text_variant_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return `de` or `de@AT`."""
        return key_of(self.language, self.market)


class EarlierWording(InWorkspace):
    """What a variant said before: nothing that somebody wrote is lost when another writes."""

    variant = models.ForeignKey(
        Variant, models.CASCADE, db_constraint=False, db_index=False, related_name="earlier"
    )
    version = models.PositiveIntegerField()
    words = models.TextField()
    made = models.CharField(max_length=8, choices=Variant.Made.choices, default=Variant.Made.PERSON)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "variant", "version", name="earlier_wording_once")
        ]
