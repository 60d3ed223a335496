"""Solved conversations that were about the same: by what they name, whatever their language."""

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.core.conversations.access import conversations_of
from dragoman.core.conversations.models import Conversation, Direction, Message, Status
from dragoman.core.language.lexicon import concepts_of
from dragoman.kit.text import fold, shortened

_LOOKED_AT = 150  # of the newest solved ones with the same purpose
_LIKE = 0.3  # from this overlap on two are about the same
_LONGEST = 800


@dataclass(frozen=True)
class Similar:
    """A solved conversation: what was asked and what was answered, each in the language it was said in."""

    conversation: Conversation
    asked: str
    asked_language: str
    answered: str
    answered_language: str
    likeness: float


def similar_to(conversation: Conversation, words: str, *, most: int = 3) -> list[Similar]:
    """Return the solved conversations most like this one, the most alike first; only those that somebody answered."""
    mine = _named(words, conversation.language)
    if not mine or not conversation.intent:
        return []
    rows = list(
        conversations_of(conversation.workspace_id)
        .filter(
            status__in=[Status.RESOLVED, Status.CLOSED], intent=conversation.intent, junk=False, side_of=None
        )
        .exclude(pk=conversation.pk)
        .select_related("customer")
        .order_by("-last_message_at")[:_LOOKED_AT]
    )
    opened = _first(rows, Direction.IN)
    scored = [
        (_overlap(mine, _named(first.text, first.language or row.language)), row)
        for row in rows
        if (first := opened.get(row.pk)) is not None
    ]
    best = sorted((pair for pair in scored if pair[0] >= _LIKE), key=lambda pair: -pair[0])[: most * 2]
    answered = _last_answers([row for _score, row in best])
    return [
        Similar(
            row,
            shortened(opened[row.pk].text, 160),
            opened[row.pk].language or row.language,
            shortened(answer.original or answer.text, 240),
            answer.original_language or answer.language,
            round(score, 3),
        )
        for score, row in best
        if (answer := answered.get(row.pk)) is not None
    ][:most]


def _named(text: str, language: str) -> frozenset[str]:
    return frozenset(hit.label for hit in concepts_of(fold(text[:_LONGEST]), language or "en"))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _messages(rows: Sequence[Conversation], direction: str) -> list[Message]:
    if not rows:
        return []
    found = Message.objects.filter(
        workspace_id=rows[0].workspace_id, conversation_id__in=[row.pk for row in rows]
    )
    return list(found.filter(direction=direction).defer("tsv", "html").order_by("-pk"))


def _first(rows: Sequence[Conversation], direction: str) -> dict[int, Message]:
    return {one.conversation_id: one for one in _messages(rows, direction)}


def _last_answers(rows: Sequence[Conversation]) -> dict[int, Message]:
    """Return the last answer that a person wrote in each."""
    found: dict[int, Message] = {}
    for one in _messages(rows, Direction.OUT):
        if one.agent_id is not None:
            found.setdefault(one.conversation_id, one)
    return found
