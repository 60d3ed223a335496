"""Keeping what was laid out and what became of it."""

from django.db import transaction
from django.utils import timezone
from rapidfuzz import fuzz

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.access import check_may_reply
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.knowledge.answering import Answer
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean

from ..asking import Question
from ..events import SuggestionDecided
from ..models import Suggestion
from ..queries import get_suggestion, newest_shown

# how much of a draft must stand in the answer to count as sent, and as sent with changes
_SENT, _CHANGED = 0.97, 0.5


@transaction.atomic
def lay_out(conversation: Conversation, question: Question, said: Answer) -> Suggestion:
    """Keep a draft for the newest message of a question, once; a later one for the same message replaces its words."""
    row, _made = Suggestion.objects.update_or_create(
        workspace_id=conversation.workspace_id,
        message_id=question.message_id,
        defaults={
            "conversation": conversation,
            "language": said.language,
            "intent": conversation.intent,
            "text": said.text,
            "confidence": said.confidence,
            "sources": [
                {"key": one.key, "title": one.title, "path": one.path, "quote": one.quote}
                for one in said.sources
            ],
        },
    )
    return row


@transaction.atomic
def reject(workspace_id: int, suggestion_id: int, *, agent: Agent | None, why: str = "") -> Suggestion:
    """Note that a draft was no use, and why; raises NoSuggestion, NotAllowed."""
    if agent is not None:
        check_may_reply(agent)
    row = get_suggestion(workspace_id, suggestion_id)
    _decide(
        row, Suggestion.Outcome.REJECTED, agent_id=agent.pk if agent else None, why=clean(why).strip()[:300]
    )
    return row


@transaction.atomic
def compare(message: Message) -> Suggestion | None:
    """Note what became of the draft that was laid out before an answer was stored, and return it."""
    row = newest_shown(message.conversation)
    if row is None or message.agent_id is None or message.pk <= row.message_id:
        return None
    likeness = fuzz.partial_ratio(row.text, message.text) / 100 if row.text and message.text else 0.0
    outcome = Suggestion.Outcome.IGNORED
    if likeness >= _SENT:
        outcome = Suggestion.Outcome.ACCEPTED
    elif likeness >= _CHANGED:
        outcome = Suggestion.Outcome.EDITED
    row.likeness = round(likeness, 3)
    _decide(row, outcome, agent_id=message.agent_id)
    return row


def _decide(row: Suggestion, outcome: str, *, agent_id: int | None, why: str = "") -> None:
    row.outcome, row.agent_id, row.why, row.decided_at = outcome, agent_id, why, timezone.now()
    row.save()
    publish(SuggestionDecided(suggestion_id=row.pk))
