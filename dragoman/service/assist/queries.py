"""Asking what can be laid beside an agent's hand, and how well it served."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, Q

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.summary import Summary, is_long, summary_of
from dragoman.core.knowledge.answering import Answer, answer
from dragoman.core.knowledge.search import Asked, Found, search

from .asking import Question, open_question
from .errors import NoSuggestion
from .models import Suggestion
from .similar import Similar, similar_to

MOST_ARTICLES = 3


@dataclass(frozen=True)
class Assistance:
    """What is laid out for a conversation; `answer` None where the help centre does not know, `team_answer` the same in
    the team's language where its articles say it there."""

    question: Question | None
    articles: Sequence[Found]
    answer: Answer | None
    team_answer: Answer | None
    similar: Sequence[Similar]
    summary: Summary | None


def assistance_for(conversation: Conversation, *, language: str) -> Assistance:
    """Return what helps to answer a conversation now; `language` is the agent's (BCP 47)."""
    question = open_question(conversation)
    summary = summary_of(conversation, language=language) if is_long(conversation) else None
    if question is None:
        return Assistance(None, (), None, None, (), summary)
    team = language or workspace_facts(conversation.workspace_id).language
    market = conversation.market or conversation.customer.market
    asked = Asked(
        question.words,
        language=question.language,
        market=market,
        brand_id=conversation.brand_id,
        limit=MOST_ARTICLES,
    )
    articles = search(conversation.workspace_id, replace(asked, internal=True))
    said = answer(conversation.workspace_id, asked)
    # an answer in another language than the customer's is for the agent to read, not to send
    mine = None if said.declined else said
    return Assistance(
        question,
        articles,
        mine if mine is not None and not mine.fallback else None,
        _for_the_team(conversation, mine, team),
        similar_to(conversation, question.words),
        summary,
    )


def _for_the_team(conversation: Conversation, said: Answer | None, language: str) -> Answer | None:
    if said is None or said.language == language:
        return None
    words = said.sources[0].title if said.sources else ""
    told = answer(
        conversation.workspace_id,
        Asked(words, language=language, brand_id=conversation.brand_id, internal=True),
    )
    same = (
        bool(told.sources) and bool(said.sources) and told.sources[0].article_id == said.sources[0].article_id
    )
    return told if not told.declined and same else None


def get_suggestion(workspace_id: int, suggestion_id: int) -> Suggestion:
    """Return a suggestion; raises NoSuggestion."""
    found = Suggestion.objects.filter(workspace_id=workspace_id, pk=suggestion_id).first()
    if found is None:
        raise NoSuggestion
    return found


def newest_shown(conversation: Conversation) -> Suggestion | None:
    """Return the newest draft that was laid out and not yet decided about."""
    rows = Suggestion.objects.filter(workspace_id=conversation.workspace_id, conversation_id=conversation.pk)
    return rows.filter(outcome=Suggestion.Outcome.SHOWN).order_by("-pk").first()


@dataclass(frozen=True)
class Served:
    """How drafts served in a language: how many were laid out, and what became of them."""

    language: str
    shown: int
    counts: Mapping[str, int]
    likeness: float | None


def served_since(workspace_id: int, since: datetime) -> list[Served]:
    """Return how drafts served since a moment, by language, the most first."""
    rows = Suggestion.objects.filter(workspace_id=workspace_id, created_at__gte=since)
    outcomes = {f"n_{one}": Count("pk", filter=Q(outcome=one)) for one in Suggestion.Outcome.values}
    found = (
        rows.values("language").annotate(all=Count("pk"), like=Avg("likeness"), **outcomes).order_by("-all")
    )
    return [_served(dict(row)) for row in found]


def _served(row: Mapping[str, Any]) -> Served:
    counts = {one: row[f"n_{one}"] for one in Suggestion.Outcome.values}
    return Served(row["language"], row["all"], counts, row["like"])


def sees(agent: Agent) -> bool:
    """Say whether drafts are laid out for an agent: who cannot answer needs none."""
    return agent.can_reply
