"""`/articles`: what customers and agents read, by key, language and market."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from dragoman.core.accounts.queries import brands_of, get_brand
from dragoman.core.knowledge.actions.articles import ArticleWish, name_of, write_text
from dragoman.core.knowledge.actions.index import add_meanings
from dragoman.core.knowledge.actions.standing import (
    archive_text,
    ask_review,
    confirm_text,
    publish_text,
    remove_article,
    restore_version,
    schedule_text,
    set_article,
)
from dragoman.core.knowledge.addresses import help_path
from dragoman.core.knowledge.errors import NoArticle
from dragoman.core.knowledge.models import Article, ArticleText
from dragoman.core.knowledge.queries import (
    articles_of,
    find_text,
    get_article,
    is_stale,
    source_of,
    texts_of,
    versions_of,
)
from dragoman.kit.errors import Refusal

from .conversations import workspace_of
from .problems import ERRORS
from .schemas import Hint, In, Listed, Market, Tag, page_below

router = Router(tags=["articles"])
Key = Annotated[str, StringConstraints(max_length=200)]
Words = Annotated[str, StringConstraints(max_length=200_000)]
Short = Annotated[str, StringConstraints(max_length=1000)]


class ArticleIn(In):
    """A text of an article, found by key, language and market. `body` is Markdown; `questions` are those it answers, in
    customers' words. `seen` is the `version` you read before: 409 `changed_meanwhile` if it is another now."""

    key: Key
    language: Tag
    title: Short
    body: Words
    market: Market = ""
    status: Literal["draft", "published"] = "draft"
    summary: Short | None = None
    category: Short | None = None
    brand: Annotated[str, StringConstraints(max_length=63)] | None = None
    kind: Literal["article", "tutorial"] | None = None
    internal: bool | None = None
    questions: Annotated[list[Short], Field(max_length=50)] | None = None
    made: Literal["person", "machine"] = "person"
    note: Annotated[str, StringConstraints(max_length=200)] = ""
    seen: Annotated[int, Field(ge=0)] | None = None


class ArticlePatch(In):
    """What stands around an article's words; what is absent stays. `source` names the text that the others are
    written from."""

    category: Short | None = None
    brand: Annotated[str, StringConstraints(max_length=63)] | None = None
    kind: Literal["article", "tutorial"] | None = None
    internal: bool | None = None
    position: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    source: Annotated[str, StringConstraints(max_length=20)] | None = None
    video: Annotated[str, StringConstraints(max_length=500)] | None = None


class StepIn(In):
    """Which text a step is for; `publish_at` (RFC 3339) for `schedule`, `version` for `restore`."""

    language: Tag
    market: Market = ""
    publish_at: datetime | None = None
    version: Annotated[int, Field(ge=1)] | None = None
    seen: Annotated[int, Field(ge=0)] | None = None


class TextOut(Schema):
    """An article in one language, everywhere or in one market. `version` is its newest wording, `live` the one that
    readers see; title, summary and body are the newest."""

    language: str
    market: str
    status: str
    version: int
    live: int | None
    title: str
    summary: str
    body: str
    made: str
    stale: bool
    checked_at: datetime | None
    published_at: datetime | None
    publish_at: datetime | None


class ArticleOut(Schema):
    """An article with all its texts; `urls` are the addresses of those that readers see, by `de` or `de@AT`."""

    id: str
    key: str
    brand: str | None
    category: str | None
    kind: str
    internal: bool
    source: str
    video: str
    position: int
    questions: dict[str, list[str]]
    texts: list[TextOut]
    urls: dict[str, str]


class WrittenOut(TextOut):
    """What was stored: the text, with its article's id, key and the address where readers see it."""

    id: str
    key: str
    url: str | None


class VersionOut(Schema):
    """One wording of a text."""

    version: int
    title: str
    summary: str
    body: str
    made: str
    author: str
    note: str
    written_at: datetime


def brand_id_of(workspace_id: int, slug: str | None) -> int | None:
    """Return the id of a brand by its slug, None for none; raises Refusal `unknown_brand`."""
    return get_brand(workspace_id, slug).pk if slug else None


def slugs_of(workspace_id: int) -> dict[int, str]:
    """Return the slugs of a workspace's brands by id, the first brand first."""
    return {one.pk: one.slug for one in brands_of(workspace_id).order_by("pk")}


def _text_json(text: ArticleText, source: ArticleText | None) -> dict[str, Any]:
    head = text.head
    return {
        "language": text.language,
        "market": text.market,
        "status": str(text.status),
        "version": head.number if head else 0,
        "live": text.live.number if text.live else None,
        "title": head.title if head else "",
        "summary": head.summary if head else "",
        "body": head.body if head else "",
        "made": head.made if head else "person",
        "stale": is_stale(text, source),
        "checked_at": text.checked_at,
        "published_at": text.published_at,
        "publish_at": text.publish_at,
    }


def _address(article: Article, text: ArticleText, slugs: dict[int, str]) -> str | None:
    slug = slugs.get(article.brand_id or 0) or next(iter(slugs.values()), "")
    if text.live_id is None or article.internal or not slug:
        return None
    return help_path(slug, text.language, article.key, market=text.market)


def _json(article: Article, slugs: dict[int, str]) -> dict[str, Any]:
    source = source_of(article)
    questions: dict[str, list[str]] = {}
    for one in article.questions.all():
        if one.state == one.State.KEPT:
            questions.setdefault(one.language, []).append(one.words)
    texts = list(article.texts.all())
    return {
        "id": str(article.pk),
        "key": article.key,
        "brand": slugs.get(article.brand_id or 0),
        "category": article.category.key if article.category else None,
        "kind": article.kind,
        "internal": article.internal,
        "source": article.source,
        "video": article.video,
        "position": article.position,
        "questions": questions,
        "texts": [_text_json(one, source) for one in texts],
        "urls": {one.name: where for one in texts if (where := _address(article, one, slugs))},
    }


def _written(workspace_id: int, text: ArticleText) -> dict[str, Any]:
    fresh = texts_of(workspace_id).get(pk=text.pk)
    article = get_article(workspace_id, fresh.article.key)
    url = _address(article, fresh, slugs_of(workspace_id))
    return {**_text_json(fresh, source_of(article)), "id": str(article.pk), "key": article.key, "url": url}


def _text_named(workspace_id: int, key: str, data: StepIn) -> ArticleText:
    found = find_text(get_article(workspace_id, key), name_of(data.language, data.market))
    if found is None:
        raise NoArticle
    return found


@router.get("/articles", response={200: Listed[ArticleOut], **ERRORS}, summary="List articles")
def list_articles(
    request: HttpRequest,
    brand: str = "",
    category: str = "",
    language: Hint | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: str | None = None,
) -> Any:
    """List articles with their texts, the newest first; `brand` gives its own and those of all brands."""
    workspace_id = workspace_of(request)
    found = articles_of(workspace_id, brand_id=brand_id_of(workspace_id, brand))
    if category:
        found = found.filter(category__key=category)
    if language:
        found = found.filter(pk__in=texts_of(workspace_id).filter(language=language).values("article_id"))
    rows, after = page_below(found.prefetch_related("questions"), cursor, limit)
    slugs = slugs_of(workspace_id)
    return {"items": [_json(one, slugs) for one in rows], "next": after}


@router.post("/articles", response={201: WrittenOut, 200: WrittenOut, **ERRORS}, summary="Write an article")
def post_article(request: HttpRequest, data: ArticleIn) -> Any:
    """Store what an article says in a language and market: 201 for a new text, 200 for a new wording of one. A
    published one is found from the moment this answers."""
    workspace_id = workspace_of(request)
    given = data.model_dump(exclude={"brand"})
    wish = ArticleWish(**given, brand_id=brand_id_of(workspace_id, data.brand))
    text = write_text(workspace_id, wish, agent=None)
    add_meanings(text)
    is_new = text.head is None or text.head.number == 1
    return Status(201 if is_new else 200, _written(workspace_id, text))


@router.get("/articles/{key}", response={200: ArticleOut, **ERRORS}, summary="One article")
def get_one(request: HttpRequest, key: str) -> Any:
    """Return an article with all its texts."""
    workspace_id = workspace_of(request)
    return _json(get_article(workspace_id, key), slugs_of(workspace_id))


@router.patch("/articles/{key}", response={200: ArticleOut, **ERRORS}, summary="Move an article")
def patch_article(request: HttpRequest, key: str, data: ArticlePatch) -> Any:
    """Change what stands around an article's words; a `brand` of "" makes it one of all brands."""
    workspace_id = workspace_of(request)
    changes = data.model_dump(exclude_unset=True)
    if "brand" in changes:
        changes["brand_id"] = brand_id_of(workspace_id, changes.pop("brand"))
    set_article(get_article(workspace_id, key), agent=None, changes=changes)
    return _json(get_article(workspace_id, key), slugs_of(workspace_id))


@router.delete("/articles/{key}", response={204: None, **ERRORS}, summary="Remove an article")
def delete_article(request: HttpRequest, key: str) -> Any:
    """Remove an article with all its texts and wordings."""
    remove_article(get_article(workspace_of(request), key), agent=None)
    return Status(204, None)


@router.get(
    "/articles/{key}/versions", response={200: Listed[VersionOut], **ERRORS}, summary="Wordings of a text"
)
def list_versions(request: HttpRequest, key: str, language: str, market: str = "") -> Any:
    """List all wordings of an article's text, the newest first."""
    found = find_text(get_article(workspace_of(request), key), name_of(language, market))
    if found is None:
        raise NoArticle
    items = [
        {
            "version": one.number,
            "title": one.title,
            "summary": one.summary,
            "body": one.body,
            "made": one.made,
            "author": one.agent.name if one.agent else "",
            "note": one.note,
            "written_at": one.written_at,
        }
        for one in versions_of(found)
    ]
    return {"items": items, "next": None}


@router.post(
    "/articles/{key}/{step}", response={200: WrittenOut, **ERRORS}, summary="Publish, review, archive"
)
def take_step(
    request: HttpRequest,
    key: str,
    step: Literal["publish", "review", "schedule", "archive", "restore", "confirm"],
    data: StepIn,
) -> Any:
    """Take a text one step on: `publish` its newest wording, ask for `review`, `schedule` it, `archive` it, `restore`
    an earlier wording as a draft, `confirm` that it is still right for its source."""
    workspace_id = workspace_of(request)
    text = _text_named(workspace_id, key, data)
    if step == "publish":
        text = publish_text(text, agent=None, seen=data.seen)
        add_meanings(text)
    elif step == "review":
        text = ask_review(text, agent=None, seen=data.seen)
    elif step == "schedule":
        if data.publish_at is None or data.publish_at.tzinfo is None:
            raise Refusal("Give `publish_at` with its zone.", code="invalid", status=422)
        text = schedule_text(text, at=data.publish_at, agent=None, seen=data.seen)
    elif step == "archive":
        text = archive_text(text, agent=None)
    elif step == "restore":
        text = restore_version(text, data.version or 0, agent=None)
    else:
        text = confirm_text(text, agent=None)
    return _written(workspace_id, text)
