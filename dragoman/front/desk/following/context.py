"""What the context pane shows of followers."""

from collections.abc import Sequence
from typing import Any

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.following import list_followers
from dragoman.core.conversations.models import Conversation


def followers_context(agent: Agent, conversation: Conversation, seats: Sequence[Agent]) -> dict[str, Any]:
    """Return who follows, whether the reader does, and who of all `seats` could be added."""
    followers = list_followers(conversation)
    present = {one.agent_id for one in followers}
    return {
        "followers": followers,
        "follows": agent.pk in present,
        "others_to_follow": [
            seat for seat in seats if seat.is_active and seat.pk not in present and seat.pk != agent.pk
        ],
    }
