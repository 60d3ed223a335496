"""What a message is: its language, purpose and mood, and what it names. No network, no engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from dragoman.core.language import features, layer
from dragoman.core.language.detect import detect
from dragoman.core.language.entities.find import find
from dragoman.core.language.entities.found import Entity
from dragoman.core.language.mixed import languages_in
from dragoman.core.language.model import models
from dragoman.core.language.urgency import Urgency, urgency_of
from dragoman.kit.tags import LANGUAGES, match

# The purposes of the contract, in its order.
INTENTS = (
    "order_status", "delivery_delay", "return_request", "refund_status", "exchange", "cancel_order", "change_address",
    "damaged_item", "wrong_item", "missing_item", "payment_problem", "invoice_request", "discount_code",
    "customs_charges", "product_availability", "warranty_claim", "account_access", "data_request", "speak_to_human",
    "unsubscribe", "thanks", "complaint", "other",
)  # fmt: skip
OUTSIDE = "outside"  # the model's name for what is no question to a shop at all: `other`, and said so
Layers = Mapping[str, layer.Layer]  # by question: intent, sentiment
NOTHING_LEARNED: Layers = MappingProxyType({})
# Under it the purpose is a guess: nothing is routed or answered by it.
SURE = 0.45


@dataclass(frozen=True)
class Understood:
    """What is known of a message; `unsure` where language or purpose is a guess, `outside` where no shop is meant."""

    language: str
    confidence: float
    script: str
    intent: str
    intent_confidence: float
    sentiment: str
    entities: tuple[Entity, ...]
    unsure: bool
    outside: bool
    languages: tuple[str, ...] = ()
    urgency: Urgency = field(default_factory=Urgency)


def understand(
    text: str,
    languages: Sequence[str] = LANGUAGES,
    *,
    fallback: str = "",
    layers: Layers = NOTHING_LEARNED,
    names: Sequence[str] = (),
) -> Understood:
    """Understand one message among the languages of a workspace; `fallback` is the conversation's language,
    `layers` what the workspace taught, `names` the products that it knows.

    A text without letters has no language, purpose or mood ("").
    """
    seen = detect(text, languages, fallback=fallback)
    if not seen.script:
        return Understood(
            seen.language, 0.0, "", "", 0.0, "", tuple(find(text, seen.language or "en", names)), True, False
        )
    purpose, confidence, mood = purpose_and_mood(text, seen.language, layers=layers)
    outside = purpose == OUTSIDE
    return Understood(
        seen.language,
        seen.confidence,
        seen.script,
        "other" if outside else purpose,
        round(confidence, 4),
        mood,
        tuple(find(text, seen.language, names)),
        unsure=not seen.certain or confidence < SURE or outside,
        outside=outside,
        languages=languages_in(text, languages, main=seen.language),
        urgency=urgency_of(text, seen.language, intent=purpose if confidence >= SURE else "", sentiment=mood),
    )


def purpose_and_mood(text: str, language: str, *, layers: Layers = NOTHING_LEARNED) -> tuple[str, float, str]:
    """Return (purpose or `outside`, its probability, mood) of a text in a language, with what a workspace taught."""
    told = chances_of(text, language, layers=layers)
    purpose = max(told["intent"], key=told["intent"].__getitem__)
    return purpose, told["intent"][purpose], max(told["sentiment"], key=told["sentiment"].__getitem__)


def chances_of(text: str, language: str, *, layers: Layers = NOTHING_LEARNED) -> dict[str, dict[str, float]]:
    """Return the probability of each purpose (`intent`) and each mood (`sentiment`) of a text in a language."""
    known = _known(language)
    seen = {
        "grams": features.grams(text),
        "ideas": features.ideas(text, known),
        "signs": features.signs(text, known),
    }
    told = {question: models()[question].chances(seen) for question in ("intent", "sentiment")}
    if layers:
        columns = layer.columns_of(text, known)
        told |= {question: one.corrected(told[question], columns) for question, one in layers.items()}
    return told


@lru_cache(maxsize=256)
def _known(language: str) -> str:
    return match(language, LANGUAGES) or language
