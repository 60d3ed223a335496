"""Who may see and touch a conversation."""

from collections.abc import Sequence

from django.db.models import QuerySet

from dragoman.core.accounts.models import Agent

from .errors import NoConversation, NotAllowed
from .models import Attachment, Conversation, Message


def conversations_of(workspace_id: int) -> QuerySet[Conversation]:
    """All conversations of a workspace; row security stands beneath."""
    return Conversation.objects.filter(workspace_id=workspace_id)


def get_conversation(agent: Agent, conversation_id: int) -> Conversation:
    """Return a conversation with its people; raises NoConversation."""
    found = conversations_of(agent.workspace_id).filter(pk=conversation_id)
    conversation = found.select_related("customer", "brand", "assignee", "team").first()
    if conversation is None:
        raise NoConversation
    return conversation


def locked_conversation(workspace_id: int, conversation_id: int) -> Conversation:
    """Return a conversation that nobody else changes until the transaction ends; raises NoConversation."""
    found = conversations_of(workspace_id).filter(pk=conversation_id).select_for_update(of=("self",)).first()
    if found is None:
        raise NoConversation
    return found


def check_may_reply(agent: Agent | None) -> None:
    """Refuse light agents; None is the API, whose token was checked at the door."""
    if agent is not None and not agent.can_reply:
        raise NotAllowed


def get_message(agent: Agent, message_id: int) -> Message:
    """Return a message of the agent's workspace; raises NoConversation."""
    found = Message.objects.filter(workspace_id=agent.workspace_id, pk=message_id).defer("tsv").first()
    if found is None:
        raise NoConversation
    return found


def waiting_attachments(agent: Agent, attachment_ids: Sequence[int]) -> list[Attachment]:
    """Return those of the files that this agent uploaded and has not sent yet."""
    mine = Attachment.objects.filter(
        workspace_id=agent.workspace_id, message=None, uploader=f"agent:{agent.pk}", pk__in=attachment_ids
    )
    return list(mine.order_by("pk"))
