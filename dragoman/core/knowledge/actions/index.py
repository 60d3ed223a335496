"""Keeping the search's index at what readers see: called in the transaction that publishes."""

from collections.abc import Sequence

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Value
from django.db.models.functions import Cast

from dragoman.kit.tags import same

from ..indexing import Row, lexemes_of, rows_of
from ..models import Article, ArticleQuestion, ArticleText, IndexState, Passage

_MOST_QUESTIONS = 100


def index_text(text: ArticleText) -> None:
    """Index the live wording of a text, or take it out where it has none."""
    here = {"workspace_id": text.workspace_id, "text_id": text.pk}
    Passage.objects.filter(**here).delete()
    live = text.live
    if live is not None:
        article = Article.objects.get(workspace_id=text.workspace_id, pk=text.article_id)
        rows = rows_of(live.title, live.body, text.language, _questions(article, text))
        Passage.objects.bulk_create(
            [_passage(article, text, live.title, at, row) for at, row in enumerate(rows)]
        )
    changed(text.workspace_id)


def changed(workspace_id: int) -> None:
    """Make every process read the index anew."""
    rows = IndexState.objects.filter(workspace_id=workspace_id)
    if not rows.update(number=F("number") + 1):
        IndexState.objects.bulk_create([IndexState(workspace_id=workspace_id)], ignore_conflicts=True)
        rows.update(number=F("number") + 1)


def _questions(article: Article, text: ArticleText) -> Sequence[str]:
    """Return the kept questions in a text's language; its source has those of languages without a text as well."""
    kept = ArticleQuestion.objects.filter(
        workspace_id=article.workspace_id, article=article, state=ArticleQuestion.State.KEPT
    ).order_by("pk")
    languages = {one.language for one in article.texts.all() if one.live_id is not None}
    is_source = text.name == article.source
    return [
        one.words
        for one in kept
        if same(one.language, text.language)
        or (is_source and not any(same(one.language, language) for language in languages))
    ][:_MOST_QUESTIONS]


def _passage(article: Article, text: ArticleText, title: str, at: int, row: Row) -> Passage:
    return Passage(
        workspace_id=text.workspace_id,
        article=article,
        text=text,
        language=text.language,
        market=text.market,
        brand_id=article.brand_id,
        internal=article.internal or row.internal,
        is_question=row.is_question,
        position=at,
        title=title,
        heading=row.heading,
        anchor=row.anchor[:80],
        words=row.words,
        marks=row.marks,
        vectors=row.vectors,
        tsv=Cast(Value(" ".join(lexemes_of(row.marks))), SearchVectorField()),
    )
