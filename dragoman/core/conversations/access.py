"""Who may see and touch a conversation."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from dragoman.core.accounts.models import Agent
from dragoman.core.customers.models import Identity
from dragoman.ground.database.compiled import compiled

from .errors import NoConversation, NotAllowed
from .models import Attachment, Conversation, Message


def every_conversation_of(workspace_id: int) -> QuerySet[Conversation]:
    """All conversations of a workspace, also those merged into others; row security stands beneath."""
    return Conversation.objects.filter(workspace_id=workspace_id)


def conversations_of(workspace_id: int) -> QuerySet[Conversation]:
    """All conversations of a workspace; what was merged into another is seen there."""
    return every_conversation_of(workspace_id).filter(merged_into=None)


def conversation_in(workspace_id: int, conversation_id: int) -> Conversation:
    """Return a conversation with its people, or the one it was merged into; raises NoConversation."""
    conversation = next(iter(_with_people(workspace_id, conversation_id)), None)
    if conversation is not None and conversation.merged_into_id is not None:
        conversation = next(iter(_with_people(workspace_id, conversation.merged_into_id)), None)
    if conversation is None:
        raise NoConversation
    # the customer's addresses are asked for by screens, routes and mails alike
    known = conversation.customer.identities.all()
    known._result_cache = _identities(workspace_id, conversation.customer_id)
    conversation.customer._prefetched_objects_cache = {"identities": known}  # type: ignore[attr-defined]
    return conversation


@compiled
def _with_people(workspace_id: Any, conversation_id: Any) -> QuerySet[Conversation]:
    rows = every_conversation_of(workspace_id).select_related("customer", "brand", "assignee", "team")
    return rows.filter(pk=conversation_id)


@compiled
def _identities(workspace_id: Any, customer_id: Any) -> QuerySet[Identity]:
    return Identity.objects.filter(workspace_id=workspace_id, customer_id=customer_id)


def get_conversation(agent: Agent, conversation_id: int) -> Conversation:
    """Return a conversation the agent may see, or the one it was merged into; raises NoConversation."""
    return conversation_in(agent.workspace_id, conversation_id)


def locked_conversation(workspace_id: int, conversation_id: int) -> Conversation:
    """Return a conversation, or the one it was merged into, that nobody else changes until the transaction ends.

    Raises NoConversation.
    """
    found = next(iter(_locked(workspace_id, conversation_id)), None)
    if found is not None and found.merged_into_id is not None:
        found = next(iter(_locked(workspace_id, found.merged_into_id)), None)
    if found is None:
        raise NoConversation
    return found


@compiled
def _locked(workspace_id: Any, conversation_id: Any) -> QuerySet[Conversation]:
    rows = every_conversation_of(workspace_id).select_for_update(of=("self",))
    return rows.filter(pk=conversation_id).order_by()


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
