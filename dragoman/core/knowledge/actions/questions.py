"""Keeping the questions that an article answers, and the words that mean the same."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.texts.actions.variants import kept_words, placed
from dragoman.kit.text import shortened

from ..errors import BadArticle, MayNotWrite
from ..models import Article, ArticleQuestion, Synonym
from .index import changed

MOST_QUESTIONS, LONGEST = 50, 300  # of one article in one language; characters
MOST_SYNONYMS = 30


def keep_questions(article: Article, language: str, words: Sequence[str]) -> None:
    """Let exactly these be the kept questions of an article in a language; what was refused stays so."""
    wanted = list(dict.fromkeys(shortened(kept_words(one), LONGEST) for one in words if one.strip()))
    if len(wanted) > MOST_QUESTIONS:
        raise BadArticle("questions", _("An article keeps at most 50 questions in a language."))
    kept = ArticleQuestion.State.KEPT
    here = {"workspace_id": article.workspace_id, "article": article, "language": language}
    ArticleQuestion.objects.filter(**here, state=kept).exclude(words__in=wanted).delete()
    ArticleQuestion.objects.filter(**here, words__in=wanted).update(state=kept)
    rows = [ArticleQuestion(**here, words=one, state=kept) for one in wanted]
    ArticleQuestion.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def suggest_question(article: Article, language: str, words: str) -> None:
    """Note that a customer asked this and the article was the answer; a person keeps or refuses it."""
    said = shortened(kept_words(words), LONGEST)
    if not said:
        return
    here = {"workspace_id": article.workspace_id, "article": article, "language": language, "words": said}
    row, made = ArticleQuestion.objects.get_or_create(
        **here, defaults={"state": ArticleQuestion.State.SUGGESTED, "times": 1}
    )
    if not made:
        row.times += 1
        row.save(update_fields=["times"])


@transaction.atomic
def save_synonym(
    workspace_id: int,
    *,
    agent: Agent | None,
    language: str,
    words: Sequence[str],
    brand_id: int | None = None,
    synonym_id: int | None = None,
) -> Synonym:
    """Store words that mean the same; raises BadArticle, MayNotWrite."""
    if agent is not None and not agent.can_lead:
        raise MayNotWrite
    tag, _market = placed(language)
    kept = list(dict.fromkeys(shortened(kept_words(one), 60) for one in words if one.strip()))
    if not 2 <= len(kept) <= MOST_SYNONYMS:
        raise BadArticle("words", _("Give 2 to 30 words that mean the same."))
    row = Synonym(workspace_id=workspace_id)
    if synonym_id is not None:
        found = Synonym.objects.filter(workspace_id=workspace_id, pk=synonym_id).first()
        row = found or row
    row.language, row.words, row.brand_id = tag, kept, brand_id
    row.save()
    changed(workspace_id)
    return row


@transaction.atomic
def remove_synonym(workspace_id: int, synonym_id: int, *, agent: Agent | None) -> None:
    """Forget words that mean the same."""
    if agent is not None and not agent.can_lead:
        raise MayNotWrite
    Synonym.objects.filter(workspace_id=workspace_id, pk=synonym_id).delete()
    changed(workspace_id)
