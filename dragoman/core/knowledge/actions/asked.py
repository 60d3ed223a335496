"""What customers ask, kept with its article or refused by a person: only what is kept helps the search."""

from collections.abc import Sequence

from django.db import transaction

from dragoman.core.accounts.models import Agent
from dragoman.core.texts.actions.variants import placed
from dragoman.ground.events.actions import publish

from ..errors import NoArticle
from ..events import ArticleChanged
from ..models import Article, ArticleQuestion
from .articles import check_may_draft, reindex
from .questions import keep_questions


@transaction.atomic
def set_questions(article: Article, language: str, words: Sequence[str], *, agent: Agent | None) -> None:
    """Let exactly these be an article's questions in a language; raises MayNotWrite, BadArticle."""
    check_may_draft(agent)
    tag, _market = placed(language)
    keep_questions(article, tag, words)
    _changed(article)


@transaction.atomic
def take_question(workspace_id: int, question_id: int, *, agent: Agent | None) -> None:
    """Keep a question that conversations suggest; raises NoArticle, MayNotWrite."""
    _settle(workspace_id, question_id, ArticleQuestion.State.KEPT, agent)


@transaction.atomic
def refuse_question(workspace_id: int, question_id: int, *, agent: Agent | None) -> None:
    """Refuse a question: it is not suggested again. Raises NoArticle, MayNotWrite."""
    _settle(workspace_id, question_id, ArticleQuestion.State.REFUSED, agent)


def _settle(workspace_id: int, question_id: int, state: str, agent: Agent | None) -> None:
    check_may_draft(agent)
    rows = ArticleQuestion.objects.select_related("article").filter(workspace_id=workspace_id, pk=question_id)
    row = rows.first()
    if row is None:
        raise NoArticle
    row.state = state
    row.save(update_fields=["state"])
    _changed(row.article)


def _changed(article: Article) -> None:
    reindex(article)
    publish(ArticleChanged(article_id=article.pk))
