"""All articles as a zip of Markdown files, which the importer reads back."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import yaml

from ..models import Article, ArticleQuestion, ArticleText, Category
from .shelves import SHELVES


def archive_of(articles: Iterable[Article], shelves: Iterable[Category]) -> bytes:
    """Return `<language>/<key>.md` (the newest wording) of every text that is not archived, and the categories."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHELVES, _yaml([_shelf(one) for one in shelves]))
        for article in articles:
            for text in article.texts.all():
                if text.head is not None and not text.archived_at:
                    archive.writestr(f"{text.name}/{article.key}.md", markdown_of(article, text))
    return out.getvalue()


def _shelf(one: Category) -> dict[str, Any]:
    return {"key": one.key, "icon": one.icon, "names": dict(one.names)}


def markdown_of(article: Article, text: ArticleText) -> str:
    """Return a text with its head."""
    assert text.head is not None
    head: dict[str, Any] = {"title": text.head.title, "key": article.key, "language": text.name}
    if text.head.summary:
        head["summary"] = text.head.summary
    if article.category is not None:
        head["category"] = article.category.key
    if article.kind != Article.Kind.ARTICLE:
        head["kind"] = article.kind
    if article.internal:
        head["internal"] = True
    if article.video:
        head["video"] = article.video
    if text.live_id is None:
        head["status"] = "draft"
    kept = [
        one.words
        for one in article.questions.all()
        if one.language == text.language and one.state == ArticleQuestion.State.KEPT
    ]
    if kept and not text.market:
        head["questions"] = kept
    return f"---\n{_yaml(head)}---\n{text.head.body}\n"


def _yaml(said: Any) -> str:
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=10_000)
