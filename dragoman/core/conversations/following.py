"""Asking who follows a conversation."""

from typing import Any

from django.db.models import QuerySet

from dragoman.core.accounts.models import Agent
from dragoman.ground.database.compiled import compiled

from .models import Conversation, Follower


def followers_of(conversation: Conversation) -> QuerySet[Follower]:
    """Return who follows, open seats only, by name."""
    return _followers(conversation.workspace_id, conversation.pk)


def _followers(workspace_id: Any, conversation_id: Any) -> QuerySet[Follower]:
    found = Follower.objects.filter(
        workspace_id=workspace_id, conversation_id=conversation_id, active=True, agent__is_active=True
    )
    return found.select_related("agent").order_by("agent__name", "pk")


_listed = compiled(_followers)


def list_followers(conversation: Conversation) -> list[Follower]:
    """Return who follows, open seats only, by name."""
    return _listed(conversation.workspace_id, conversation.pk)


def does_follow(conversation: Conversation, agent: Agent) -> bool:
    """Say whether this agent follows it."""
    return followers_of(conversation).filter(agent_id=agent.pk).exists()
