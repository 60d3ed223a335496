"""Keeping the search's index at what readers see: called in the transaction that publishes."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Cast

from dragoman.core.language import meaning
from dragoman.kit import workspace
from dragoman.kit.tags import same

from ..indexing import Row, lexemes_of, rows_of
from ..models import Article, ArticleQuestion, ArticleText, IndexState, Passage
from ..queries import texts_of

_MOST_QUESTIONS = 100
_AT_ONCE = 500  # passages that are looked at for texts whose meaning is not known


def index_text(text: ArticleText) -> None:
    """Index the live wording of a text by its words, or take it out where it has none.

    What it means takes a second or two, too long for a transaction: what is known of its passages is kept, the rest is
    found out by `add_meanings`.
    """
    here = Passage.objects.filter(workspace_id=text.workspace_id, text_id=text.pk)
    known = {_place(one): bytes(one.vectors) for one in here}
    here.delete()
    live = text.live
    if live is not None:
        article = Article.objects.get(workspace_id=text.workspace_id, pk=text.article_id)
        questions = _questions(article, text)
        rows = rows_of(live.title, live.body, text.language, questions, with_meaning=False)
        Passage.objects.bulk_create(
            [
                _passage(article, text, live.title, at, _with_known(row, live.title, known))
                for at, row in enumerate(rows)
            ]
        )
    changed(text.workspace_id)


def add_meanings(text: ArticleText) -> None:
    """Find out what the passages of a text mean, outside of any transaction; nothing where all are known."""
    here = Passage.objects.filter(workspace_id=text.workspace_id, text_id=text.pk)
    live = text.live
    if live is None or meaning.encoder() is None or not here.filter(vectors=b"").exists():
        return
    rows = rows_of(live.title, live.body, text.language, _questions(text.article, text))
    found = {(live.title, row.heading, row.words, row.is_question): row.vectors for row in rows}
    with transaction.atomic():
        lacking = list(here.filter(vectors=b"").select_for_update())
        for one in lacking:
            one.vectors = found.get(_place(one), b"")
        Passage.objects.bulk_update(lacking, ["vectors"])
        changed(text.workspace_id)


def add_meanings_due(*, seconds: float) -> None:
    """Find out what the texts mean that nobody did it for, the oldest first, for about so long."""
    if meaning.encoder() is None:
        return
    until = time.monotonic() + seconds
    with workspace.everywhere(reason="find out what texts mean"):
        rows = Passage.objects.filter(vectors=b"").order_by("pk").values_list("workspace_id", "text_id")
        due = list(dict.fromkeys(rows[:_AT_ONCE]))
    for workspace_id, text_id in due:
        if time.monotonic() > until:
            return
        with workspace.acting_in(workspace_id):
            text = texts_of(workspace_id).filter(pk=text_id).first()
            if text is not None:
                add_meanings(text)


def _place(one: Passage) -> tuple[str, str, str, bool]:
    return one.title, one.heading, one.words, one.is_question


def _with_known(row: Row, title: str, known: Mapping[tuple[str, str, str, bool], bytes]) -> Row:
    return replace(row, vectors=known.get((title, row.heading, row.words, row.is_question), b""))


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
        tsv=Cast(Value(lexemes_of(row.marks, text.workspace_id, text.language)), SearchVectorField()),
    )
