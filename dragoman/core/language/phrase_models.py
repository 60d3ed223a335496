"""What a workspace says its own way: phrases of its own, and wordings in place of the phrasebook's."""

from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import Brand, InWorkspace


class OwnPhrase(InWorkspace):
    """A phrase that the phrasebook has not; its wordings stand in PhraseWording under the same key (`own_...`)."""

    key = models.CharField(max_length=64)
    theme = models.CharField(max_length=20, default="own")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "key", name="own_phrase_once"),
            models.UniqueConstraint("workspace", "id", name="own_phrase_in_workspace"),
        ]


class PhraseWording(InWorkspace):
    """How a workspace says a phrase in a language: for one brand, or for all that have none of their own.

    `register` is one of the phrasebook's, empty for the polite default; `said` is {CLDR plural category: text}.
    """

    key = models.CharField(max_length=64)
    brand = models.ForeignKey(Brand, models.CASCADE, null=True, db_constraint=False, db_index=False)
    language = models.CharField(max_length=20)
    register = models.CharField(max_length=9, default="", blank=True)
    said = models.JSONField()
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "key", "brand", "language", "register"],
                name="phrase_wording_once",
                nulls_distinct=False,
            )
        ]
