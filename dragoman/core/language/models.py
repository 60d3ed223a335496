"""What a workspace decided about languages; the tables of each trade stand in a file of their own."""

from django.db import models

from dragoman.core.accounts.models import InWorkspace

from .engine_models import Departure, EngineAnswer, EngineOrder
from .glossary_models import GlossaryEntry, GlossaryTerm
from .memory_models import MemoryUnit, WaitingFile
from .phrase_models import OwnPhrase, PhraseWording
from .review_models import OrderText, Outcome, Reviewer, ReviewPolicy, ReviewRule, StandIn, TranslationOrder
from .tone_models import BrandVoice

__all__ = [
    "BrandVoice",
    "Departure",
    "EngineAnswer",
    "EngineOrder",
    "GlossaryEntry",
    "GlossaryTerm",
    "LanguagePolicy",
    "MemoryUnit",
    "OrderText",
    "Outcome",
    "OwnPhrase",
    "PhraseWording",
    "ReviewPolicy",
    "ReviewRule",
    "Reviewer",
    "StandIn",
    "TranslationOrder",
    "WaitingFile",
]


class LanguagePolicy(InWorkspace):
    """A workspace's rules for texts; without a row the defaults count.

    `stays_home` says that no text leaves the house: only the phrasebook, the memory and engines at home are asked.
    `most_characters` and `most_money` (minor units of `currency`) are what all engines together may use in a calendar
    month (UTC), None for no limit.
    """

    stays_home = models.BooleanField(default=False, db_default=False)
    currency = models.CharField(max_length=3, default="EUR", db_default="EUR")
    most_characters = models.PositiveBigIntegerField(null=True, blank=True)
    most_money = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", name="language_policy_once")]
