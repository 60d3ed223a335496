"""Asking who follows a conversation."""

from django.db.models import QuerySet

from dragoman.core.accounts.models import Agent

from .models import Conversation, Follower


def followers_of(conversation: Conversation) -> QuerySet[Follower]:
    """Return who follows, open seats only, by name."""
    found = Follower.objects.filter(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.pk,
        active=True,
        agent__is_active=True,
    )
    return found.select_related("agent").order_by("agent__name", "pk")


def does_follow(conversation: Conversation, agent: Agent) -> bool:
    """Say whether this agent follows it."""
    return followers_of(conversation).filter(agent_id=agent.pk).exists()
