"""`/conversations/{id}/assistance`: what helps to answer it; `/suggestions`: what became of drafts."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import StringConstraints

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.conversations.summary import Line, Summary
from dragoman.core.knowledge.search import Found
from dragoman.service.assist.actions.suggestions import lay_out, reject
from dragoman.service.assist.actions.write_up import write_up
from dragoman.service.assist.models import Suggestion
from dragoman.service.assist.queries import assistance_for, served_since
from dragoman.service.assist.similar import Similar

from .conversations import get_conversation, number_of, workspace_of
from .problems import ERRORS
from .schemas import In, Listed, Tag

router = Router(tags=["assistance"])


class LineOut(Schema):
    """One sentence as it was written, or as a machine `translated` it."""

    text: str
    language: str
    at: datetime
    translated: bool


class SummaryOut(Schema):
    """A long thread in a few lines; `waiting_since`: what was written then nobody answered yet."""

    intent: str
    mood: str
    language: str
    market: str
    orders: list[str]
    asked: list[LineOut]
    promised: list[LineOut]
    messages: int
    waiting_since: datetime | None


class SourceOut(Schema):
    """A passage that a draft rests on."""

    key: str
    title: str
    url: str
    quote: str


class SuggestionOut(Schema):
    """A draft, machine-made from articles and never sent by itself; `outcome` says what became of it."""

    id: str
    conversation: str
    language: str
    text: str
    confidence: float
    sources: list[SourceOut]
    outcome: str
    why: str
    likeness: float | None


class HintOut(Schema):
    """An article on the matter, internal ones too."""

    key: str
    title: str
    language: str
    passage: str
    score: float
    internal: bool


class SimilarOut(Schema):
    """A solved conversation about the same."""

    conversation: str
    asked: str
    asked_language: str
    answered: str
    answered_language: str
    likeness: float


class AssistanceOut(Schema):
    """What helps to answer a conversation now; `summary` null while the thread is short."""

    suggestion: SuggestionOut | None
    articles: list[HintOut]
    similar: list[SimilarOut]
    summary: SummaryOut | None


class WhyIn(In):
    """Why a draft was no use."""

    why: Annotated[str, StringConstraints(max_length=300)] = ""


class WrittenUpOut(Schema):
    """The draft of an article that a solved conversation became."""

    article: str
    key: str
    language: str


class ServedOut(Schema):
    """How drafts served in a language; `likeness` is the mean share of a draft that stood in the answer."""

    language: str
    shown: int
    accepted: int
    edited: int
    ignored: int
    rejected: int
    likeness: float | None


def _suggestion_json(row: Suggestion) -> dict[str, Any]:
    sources = [{**one, "url": one["path"]} for one in row.sources]
    plain = {
        name: getattr(row, name) for name in ("language", "text", "confidence", "outcome", "why", "likeness")
    }
    return {**plain, "id": str(row.pk), "conversation": str(row.conversation_id), "sources": sources}


def _hint_json(one: Found) -> dict[str, Any]:
    article = one.text.article
    plain = {"title": one.title, "passage": one.passage, "score": one.score, "language": one.text.language}
    return {**plain, "key": article.key, "internal": article.internal}


def _similar_json(one: Similar) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in SimilarOut.model_fields if name != "conversation"}
    return {**plain, "conversation": str(one.conversation.pk)}


def _line_json(one: Line) -> dict[str, Any]:
    return {name: getattr(one, name) for name in LineOut.model_fields}


def _summary_json(told: Summary | None) -> dict[str, Any] | None:
    if told is None:
        return None
    plain = {name: getattr(told, name) for name in SummaryOut.model_fields}
    lines = {
        "asked": [_line_json(one) for one in told.asked],
        "promised": [_line_json(one) for one in told.promised],
    }
    return {**plain, **lines, "orders": list(told.orders)}


@router.get(
    "/conversations/{conversation}/assistance",
    response={200: AssistanceOut, **ERRORS},
    summary="What helps to answer",
)
def get_assistance(request: HttpRequest, conversation: str, language: Tag | None = None) -> Any:
    """Return a draft with its sources, articles, solved conversations and a long thread in short; `language` is the
    reader's, the team's where it is left out."""
    found = get_conversation(request, conversation)
    told = assistance_for(found, language=language or workspace_facts(found.workspace_id).language)
    row = lay_out(found, told.question, told.answer) if told.answer is not None and told.question else None
    return {
        # what was no use is not laid out again
        "suggestion": _suggestion_json(row) if row and row.outcome != Suggestion.Outcome.REJECTED else None,
        "articles": [_hint_json(one) for one in told.articles],
        "similar": [_similar_json(one) for one in told.similar],
        "summary": _summary_json(told.summary),
    }


@router.post(
    "/conversations/{conversation}/write-up", response={201: WrittenUpOut, **ERRORS}, summary="Write it up"
)
def post_write_up(request: HttpRequest, conversation: str) -> Any:
    """Make the draft of an article of a solved conversation; 409 `nothing_to_write_up` where nobody answered yet."""
    text = write_up(get_conversation(request, conversation), agent=None)
    return Status(201, {"article": str(text.article_id), "key": text.article.key, "language": text.language})


@router.post(
    "/suggestions/{suggestion}/reject", response={200: SuggestionOut, **ERRORS}, summary="Reject a draft"
)
def post_reject(request: HttpRequest, suggestion: str, data: WhyIn) -> Any:
    """Note that a draft was no use, and why."""
    return _suggestion_json(reject(workspace_of(request), number_of(suggestion), agent=None, why=data.why))


@router.get("/suggestions/quality", response={200: Listed[ServedOut], **ERRORS}, summary="How drafts served")
def get_quality(request: HttpRequest, days: Annotated[int, Query(ge=1, le=366)] = 30) -> Any:
    """Return by language how many drafts were laid out in the last `days` and what became of them."""
    since = datetime.now(UTC) - timedelta(days=days)
    items = [
        {**one.counts, "language": one.language, "shown": one.shown, "likeness": one.likeness}
        for one in served_since(workspace_of(request), since)
    ]
    return {"items": items, "next": None}
