"""Who is led to the first steps."""

from dragoman.core.accounts.models import Workspace
from dragoman.core.conversations.access import conversations_of

from ..request import AgentRequest


def is_awaited(request: AgentRequest) -> bool:
    """Say whether this is the owner of an empty workspace who has not seen the first steps, nor put them aside.

    Once in them, an owner may leave for the inbox: they are led there once a session.
    """
    agent = request.agent
    if not agent.can_own or "welcoming" in request.session or agent.workspace.welcomed_at is not None:
        return False
    if conversations_of(agent.workspace_id).exists():
        return False
    # a seat is remembered for some seconds, with the workspace as it was
    return Workspace.objects.filter(pk=agent.workspace_id, welcomed_at=None).exists()
