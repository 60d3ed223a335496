"""`GET /articles/search` and `POST /answers`: what the help centre says, found and quoted word for word."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import StringConstraints

from dragoman.core.customers.queries import get_customer
from dragoman.core.knowledge.addresses import help_path
from dragoman.core.knowledge.answering import answer
from dragoman.core.knowledge.search import Asked, Found, search

from .articles import brand_id_of, slugs_of
from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import Hint, In, Listed, Market

router = Router(tags=["articles"])


class FoundOut(Schema):
    """An article that fits: the passage that says it and how well (`score`, to be compared within one search only).

    `fallback`: it is not in the language asked in. `url` leads to the passage; null for what customers do not see.
    """

    key: str
    article: str
    title: str
    url: str | None
    passage: str
    heading: str
    language: str
    market: str
    fallback: bool
    score: float


class QuestionIn(In):
    """A question in a customer's words. Without `language` it is told from them, or is the customer's."""

    question: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
    language: Hint | None = None
    market: Market = ""
    brand: Annotated[str, StringConstraints(max_length=63)] | None = None
    customer: Annotated[str, StringConstraints(max_length=200)] | None = None


class SourceOut(Schema):
    """Where an answer stands: `quote` is word for word a sentence of the article."""

    article: str
    key: str
    title: str
    url: str
    heading: str
    quote: str
    language: str


class AnswerOut(Schema):
    """An answer made of sentences of articles, or null (`declined`) where none surely answers.

    `language` is the answer's; `fallback` where that is not the one asked in.
    """

    answer: str | None
    declined: bool
    confidence: float
    language: str
    fallback: bool
    sources: list[SourceOut]


def _found_json(one: Found, slugs: dict[int, str]) -> dict[str, Any]:
    article = one.text.article
    slug = slugs.get(article.brand_id or 0) or next(iter(slugs.values()), "")
    path = None
    if slug and not article.internal:
        path = help_path(slug, one.text.language, article.key, market=one.text.market)
        path += f"#{one.anchor}" if one.anchor else ""
    return {
        "key": article.key,
        "article": str(article.pk),
        "title": one.title,
        "url": path,
        "passage": one.passage,
        "heading": one.heading,
        "language": one.text.language,
        "market": one.text.market,
        "fallback": one.fallback,
        "score": one.score,
    }


@router.get("/articles/search", response={200: Listed[FoundOut], **ERRORS}, summary="Search articles")
def search_articles(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=20_000)],
    language: Hint | None = None,
    market: Market = "",
    brand: str = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> Any:
    """Return the articles that customers may read and that fit a question or words, the best first."""
    workspace_id = workspace_of(request)
    asked = Asked(q, language or "", market, brand_id_of(workspace_id, brand), limit=limit)
    slugs = slugs_of(workspace_id)
    return {"items": [_found_json(one, slugs) for one in search(workspace_id, asked)], "next": None}


@router.post("/answers", response={200: AnswerOut, **ERRORS}, summary="Answer a question")
def post_answer(request: HttpRequest, data: QuestionIn) -> Any:
    """Answer with sentences that stand word for word in articles customers may read, or decline."""
    workspace_id = workspace_of(request)
    language, market = data.language or "", data.market
    if data.customer is not None:
        customer = get_customer(workspace_id, number_of(data.customer))
        language = language or customer.language
    found = answer(
        workspace_id, Asked(data.question, language, market, brand_id_of(workspace_id, data.brand))
    )
    return {
        "answer": found.text or None,
        "declined": found.declined,
        "confidence": found.confidence,
        "language": found.language,
        "fallback": found.fallback,
        "sources": [
            {
                "article": str(one.article_id),
                "key": one.key,
                "title": one.title,
                "url": one.path,
                "heading": one.heading,
                "quote": one.quote,
                "language": one.language,
            }
            for one in found.sources
        ],
    }
