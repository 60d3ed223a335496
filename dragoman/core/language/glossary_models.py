"""The glossary: what a workspace's words are called in each language, and which words nobody is to use."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Brand, InWorkspace


class GlossaryEntry(InWorkspace):
    """One thing and all its words. Without a brand it counts for all; `keep` says that nobody translates it.

    A proposed entry is only shown to those who may approve it; `origin` says where it came from.
    """

    class Status(models.TextChoices):
        """Whether somebody who may has agreed."""

        APPROVED = "approved", _("Approved")
        PROPOSED = "proposed", _("Proposed")

    class Speech(models.TextChoices):
        """Part of speech, as far as it matters."""

        NONE = "", _("Not said")
        NOUN = "noun", _("Noun")
        VERB = "verb", _("Verb")
        ADJECTIVE = "adjective", _("Adjective")
        ADVERB = "adverb", _("Adverb")
        NAME = "properNoun", _("Name")
        OTHER = "other", _("Other")

    brand = models.ForeignKey(Brand, models.CASCADE, null=True, db_constraint=False, db_index=False)
    keep = models.BooleanField(default=False, db_default=False)
    case_sensitive = models.BooleanField(default=False, db_default=False)
    speech = models.CharField(max_length=12, choices=Speech.choices, default="", blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.APPROVED)
    note = models.TextField(default="", blank=True)
    origin = models.CharField(max_length=20, default="person")
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    created_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="glossary_entry_in_workspace")]
        indexes = [models.Index("workspace", "status", "id", name="glossary_entry_list")]


class GlossaryTerm(InWorkspace):
    """One word of an entry in one language (empty: in every one) and, if it is only said there, market.

    `text` may end in `*`: a stem and whatever follows. `folded` is what searches compare.
    """

    class Use(models.TextChoices):
        """Whether it is to be said."""

        PREFERRED = "preferred", _("Say this")
        ADMITTED = "admitted", _("May be said")
        FORBIDDEN = "forbidden", _("Never say this")

    entry = models.ForeignKey(
        GlossaryEntry, models.CASCADE, db_constraint=False, db_index=False, related_name="terms"
    )
    language = models.CharField(max_length=20, default="", blank=True)
    market = models.CharField(max_length=2, default="", blank=True)
    text = models.CharField(max_length=200)
    folded = models.CharField(max_length=400, default="")
    use = models.CharField(max_length=9, choices=Use.choices, default=Use.PREFERRED)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "workspace", "entry", "language", "market", "text", name="glossary_term_once"
            )
        ]
        indexes = [
            models.Index("workspace", "language", "folded", name="glossary_term_found"),
        ]
