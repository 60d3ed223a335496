"""Asking for drafts: what an agent has written and not sent. Nobody sees another's."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from dragoman.core.accounts.models import Agent

from .models import Attachment, Conversation, Direction, Draft, Message


def drafts_of(agent: Agent) -> QuerySet[Draft]:
    """All drafts of an agent."""
    return Draft.objects.filter(workspace_id=agent.workspace_id, agent_id=agent.pk)


def drafts_in(agent: Agent, conversation: Conversation) -> dict[str, Draft]:
    """Return the agent's drafts in a conversation by kind; what was sent since it was saved is none any more."""
    found = drafts_of(agent).filter(conversation_id=conversation.pk)
    sent = Message.objects.filter(
        workspace_id=agent.workspace_id,
        conversation_id=conversation.pk,
        pk__gt=OuterRef("after"),
        agent_id=agent.pk,
    )
    told = found.annotate(
        replied=Exists(sent.filter(direction=Direction.OUT)),
        noted=Exists(sent.filter(direction=Direction.NOTE)),
    )
    return {
        draft.kind: draft
        for draft in told
        if not (draft.replied if draft.kind == Draft.Kind.REPLY else draft.noted)
    }


def drafted_among(agent: Agent, conversation_ids: Sequence[int]) -> set[int]:
    """Return those of the conversations in which this agent has a draft."""
    found = drafts_of(agent).filter(conversation_id__in=conversation_ids)
    return set(found.values_list("conversation_id", flat=True))


def count_drafts(agent: Agent) -> int:
    """Count the conversations in which this agent has a draft."""
    return drafts_of(agent).values("conversation_id").distinct().count()


def files_of(agent: Agent, draft: Draft) -> list[Attachment]:
    """Return the files that wait with a draft, those that are still there and this agent's."""
    waiting = Attachment.objects.filter(
        workspace_id=agent.workspace_id, message=None, uploader=f"agent:{agent.pk}", pk__in=draft.attachments
    )
    return list(waiting.order_by("pk"))
