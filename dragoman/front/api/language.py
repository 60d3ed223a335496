"""`/language/*`: what the desk knows of languages, for programs."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from dragoman.core.accounts.queries import get_brand, workspace_facts
from dragoman.core.language import translate as engines
from dragoman.core.language.detect import detect
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
    """One translation; `text` is null where no engine can do it."""

    text: str | None
    engine: str | None
    confidence: float | None
    source: str


class UnderstandIn(In):
    """Texts to understand."""

    texts: Annotated[list[Annotated[str, StringConstraints(max_length=100_000)]], Field(max_length=500)]
    languages: Annotated[list[Tag], Field(max_length=60)] | None = None


class UnderstoodOut(Schema):
    """What a text is in; null where it has no letters."""

    language: str | None
    confidence: float
    script: str
    unsure: bool


class Translations(Schema):
    """Translations in the order of the texts."""

    items: list[TranslatedOut]


class Understood(Schema):
    """What was understood, in the order of the texts."""

    items: list[UnderstoodOut]


@router.post("/language/understand", response={200: Understood, **ERRORS}, summary="Find languages")
def understand(request: HttpRequest, data: UnderstandIn) -> Any:
    """Find the language and script of up to 500 texts; doubt is in `confidence` and `unsure`."""
    known = workspace_facts(workspace_of(request)).languages
    wanted = [match(tag, known) or normalise(tag) for tag in data.languages or []] or known
    items = []
    for text in data.texts:
        seen = detect(text, wanted)
        items.append(
            {
                "language": seen.language or None,
                "confidence": seen.confidence,
                "script": seen.script,
                "unsure": not seen.certain,
            }
        )
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
    terms = list(get_brand(workspace_id, data.brand).terms) if data.brand else []
    items = []
    for text in data.texts:
        stated = (match(data.source, known) or normalise(data.source)) if data.source else ""
        source = stated or _surely(text, known)
        made = engines.translate(text, source=source, target=target, terms=terms) if source else None
        items.append(
            {
                "text": made.text if made else None,
                "engine": made.engine if made else None,
                "confidence": made.confidence if made else None,
                "source": source,
            }
        )
    return {"items": items}
