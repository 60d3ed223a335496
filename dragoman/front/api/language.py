"""`/language/*`: what the desk knows of languages, for programs."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from dragoman.core.accounts.queries import get_brand, workspace_facts
from dragoman.core.conversations.learned import layers_of
from dragoman.core.language import translate as engines
from dragoman.core.language.detect import can_tell, detect
from dragoman.core.language.glossary import kept_words
from dragoman.core.language.known_names import names_of
from dragoman.core.language.redact import masked, redacted
from dragoman.core.language.scope import Scope
from dragoman.core.language.understand import understand as understood
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import match, normalise

from .conversations import workspace_of
from .problems import ERRORS
from .schemas import In, Tag

router = Router(tags=["language"])


class TranslateIn(In):
    """Texts to translate."""

    texts: Annotated[
        list[Annotated[str, StringConstraints(max_length=20_000)]], Field(min_length=1, max_length=100)
    ]
    target: Tag
    source: Tag | None = None
    brand: Annotated[str, StringConstraints(max_length=63)] | None = None


class TranslatedOut(Schema):
    """One translation; `text` is null where no engine can do it. `faults` say what is wrong with it."""

    text: str | None
    engine: str | None
    confidence: float | None
    source: str
    faults: list[str] = []


class UnderstandIn(In):
    """Texts to understand."""

    texts: Annotated[list[Annotated[str, StringConstraints(max_length=100_000)]], Field(max_length=500)]
    languages: Annotated[list[Tag], Field(max_length=60)] | None = None


class EntityOut(Schema):
    """Something a text names: its place in code points, end exclusive, as written, and in one form for all.

    `type` is order_number, tracking_number, amount (`EUR 49.90`), date (`2026-12-03`, `--12-03` without a year), phone
    (E.164), email, address (a street with its number) or product (a name that the glossary keeps, or what is quoted).
    """

    type: str
    start: int
    end: int
    text: str
    value: str


class UnderstoodOut(Schema):
    """What a text is; language, intent and sentiment are null where it has no letters.

    `languages` are the main one and those that a good part of the sentences is in.
    `unsure` says that language or intent is a guess, or that the text is no message to a shop at all. `urgency` is
    how soon it wants an answer, by its words alone; `urgency_reason` is safety, health, fraud, legal, now, before
    (to be changed before it ships), occasion, travel, again (not the first time) or calm; null where
    nothing speaks for it.
    """

    language: str | None
    languages: list[str]
    confidence: float
    script: str
    intent: str | None
    intent_confidence: float
    sentiment: Literal["negative", "neutral", "positive"] | None
    urgency: Literal["low", "normal", "high", "urgent"]
    urgency_reason: str | None
    entities: list[EntityOut]
    unsure: bool


class RedactIn(In):
    """Texts to mask."""

    texts: Annotated[list[Annotated[str, StringConstraints(max_length=200_000)]], Field(max_length=100)]


class SpanOut(Schema):
    """What was masked: its place in the text as given, in code points, end exclusive."""

    start: int
    end: int
    type: Literal["card", "iban", "national_id", "password", "token", "email", "phone"]


class RedactedOut(Schema):
    """One text with `[type]` in the place of what was masked."""

    text: str
    spans: list[SpanOut]


class Redacted(Schema):
    """Masked texts, in the order of the texts."""

    items: list[RedactedOut]


class Translations(Schema):
    """Translations in the order of the texts."""

    items: list[TranslatedOut]


class Understood(Schema):
    """What was understood, in the order of the texts."""

    items: list[UnderstoodOut]


@router.post("/language/understand", response={200: Understood, **ERRORS}, summary="Understand messages")
def understand(request: HttpRequest, data: UnderstandIn) -> Any:
    """Find language, purpose, mood and named things of up to 500 texts, without any engine.

    Doubt is in the confidences and `unsure`.
    """
    known = workspace_facts(workspace_of(request)).languages
    for tag in data.languages or []:
        if not can_tell(tag) and not match(tag, known):
            raise Refusal(f"Unknown language “{tag}”.", code="bad_language", status=422)
    wanted = [match(tag, known) or normalise(tag) for tag in data.languages or []] or known
    workspace_id = workspace_of(request)
    layers, names = layers_of(workspace_id), names_of(workspace_id)
    items = []
    for text in data.texts:
        seen = understood(text, wanted, layers=layers, names=names)
        items.append(
            {
                "language": seen.language or None,
                "languages": list(seen.languages),
                "confidence": seen.confidence,
                "script": seen.script,
                "intent": seen.intent or None,
                "intent_confidence": seen.intent_confidence,
                "sentiment": seen.sentiment or None,
                "urgency": seen.urgency.level,
                "urgency_reason": seen.urgency.reason or None,
                "entities": [asdict(one) for one in seen.entities],
                "unsure": seen.unsure,
            }
        )
    return {"items": items}


@router.post("/language/redact", response={200: Redacted, **ERRORS}, summary="Mask personal data")
def redact(request: HttpRequest, data: RedactIn) -> Any:
    """Mask cards, IBANs, national ids, passwords, tokens, addresses and phones; order and parcel numbers stay."""
    items = []
    for text in data.texts:
        spans = redacted(text)
        items.append({"text": masked(text, spans), "spans": [asdict(one) for one in spans]})
    return {"items": items}


def _surely(text: str, known: list[str]) -> str:
    """Return the language of a text, or an empty string where it cannot be told: nothing is translated on a guess."""
    seen = detect(text, known)
    return seen.language if seen.certain else ""


@router.post("/language/translate", response={200: Translations, **ERRORS}, summary="Translate texts")
def translate(request: HttpRequest, data: TranslateIn) -> Any:
    """Translate up to 100 texts; null where no engine can do the pair. Order numbers and terms are protected."""
    workspace_id = workspace_of(request)
    known = workspace_facts(workspace_id).languages
    target = match(data.target, known) or normalise(data.target)
    brand = get_brand(workspace_id, data.brand) if data.brand else None
    scope = Scope(
        workspace_id=workspace_id,
        brand_id=brand.pk if brand else None,
        terms=kept_words(workspace_id, brand.pk if brand else None),
    )
    stated = (match(data.source, known) or normalise(data.source)) if data.source else ""
    sources = [stated or _surely(text, known) for text in data.texts]
    said: dict[int, engines.Translation] = {}
    # texts of one language go together: an engine is asked once for many
    for source in filter(None, dict.fromkeys(sources)):
        places = [index for index, one in enumerate(sources) if one == source]
        made = engines.translate_many(
            [data.texts[index] for index in places], source=source, target=target, scope=scope
        )
        said |= {index: one for index, one in zip(places, made, strict=True) if one}
    items = [
        {
            "text": found.text if (found := said.get(index)) else None,
            "engine": found.engine if found else None,
            "confidence": found.confidence if found else None,
            "source": source,
            "faults": list(found.faults) if found else [],
        }
        for index, source in enumerate(sources)
    ]
    return {"items": items}
