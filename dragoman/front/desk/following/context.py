"""What the context pane shows of followers."""

from typing import Any

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import agents_of
from dragoman.core.conversations.following import followers_of
from dragoman.core.conversations.models import Conversation


def followers_context(agent: Agent, conversation: Conversation) -> dict[str, Any]:
    """Return who follows, whether the reader does, and who could be added."""
    followers = list(followers_of(conversation))
    present = {one.agent_id for one in followers}
    seats = agents_of(agent.workspace_id).select_related(None).filter(is_active=True)
    return {
        "followers": followers,
        "follows": agent.pk in present,
        "others_to_follow": [seat for seat in seats if seat.pk not in present and seat.pk != agent.pk],
    }
