"""Asking for drafts: what an agent has written and not sent. Nobody sees another's."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from dragoman.core.accounts.models import Agent
from dragoman.ground.database.compiled import compiled

from .models import Attachment, Conversation, Direction, Draft, Message


def drafts_of(agent: Agent) -> QuerySet[Draft]:
    """All drafts of an agent."""
    return Draft.objects.filter(workspace_id=agent.workspace_id, agent_id=agent.pk)


def drafts_in(agent: Agent, conversation: Conversation) -> dict[str, Draft]:
    """Return the agent's drafts in a conversation by kind; what was sent since it was saved is none any more."""
    return {
        draft.kind: draft
        for draft in _unsent(agent.workspace_id, agent.pk, conversation.pk)
        if not (draft.replied if draft.kind == Draft.Kind.REPLY else draft.noted)  # type: ignore[attr-defined]
    }


@compiled
def _unsent(workspace_id: Any, agent_id: Any, conversation_id: Any) -> QuerySet[Draft]:
    mine = Draft.objects.filter(workspace_id=workspace_id, agent_id=agent_id, conversation_id=conversation_id)
    sent = Message.objects.filter(
        workspace_id=workspace_id,
        conversation_id=conversation_id,
        pk__gt=OuterRef("after"),
        agent_id=agent_id,
    )
    return mine.annotate(
        replied=Exists(sent.filter(direction=Direction.OUT)),
        noted=Exists(sent.filter(direction=Direction.NOTE)),
    )


def drafted_among(agent: Agent, conversation_ids: Sequence[int]) -> set[int]:
    """Return those of the conversations in which this agent has a draft."""
    found = drafts_of(agent).filter(conversation_id__in=conversation_ids)
    return set(found.values_list("conversation_id", flat=True))


def count_drafts(agent: Agent) -> int:
    """Count the conversations in which this agent has a draft."""
    return len(_drafted(agent.workspace_id, agent.pk))


@compiled
def _drafted(workspace_id: Any, agent_id: Any) -> QuerySet[Draft, int]:
    mine = Draft.objects.filter(workspace_id=workspace_id, agent_id=agent_id)
    return mine.order_by().values_list("conversation_id", flat=True).distinct()


def files_of(agent: Agent, draft: Draft) -> list[Attachment]:
    """Return the files that wait with a draft, those that are still there and this agent's."""
    waiting = Attachment.objects.filter(
        workspace_id=agent.workspace_id, message=None, uploader=f"agent:{agent.pk}", pk__in=draft.attachments
    )
    return list(waiting.order_by("pk"))
