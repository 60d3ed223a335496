"""`/conversations/{conversation}/followers`: who is told what happens there."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from dragoman.core.accounts.queries import agents_of
from dragoman.core.conversations.actions.followers import set_followers
from dragoman.core.conversations.following import followers_of
from dragoman.core.conversations.models import Conversation
from dragoman.kit.errors import Refusal

from .conversations import get_conversation, number_of, workspace_of
from .problems import ERRORS
from .schemas import FollowerOut, FollowersIn, Listed

router = Router(tags=["conversations"])
_PATH = "/conversations/{conversation}/followers"


def _listed(conversation: Conversation) -> dict[str, Any]:
    items = [{"id": str(one.agent_id), "name": one.agent.name} for one in followers_of(conversation)]
    return {"items": items, "next": None}


@router.get(_PATH, response={200: Listed[FollowerOut], **ERRORS}, summary="List followers")
def list_followers(request: HttpRequest, conversation: str) -> Any:
    """List the agents who follow, by name."""
    return _listed(get_conversation(request, conversation))


@router.put(_PATH, response={200: Listed[FollowerOut], **ERRORS}, summary="Set followers")
def put_followers(request: HttpRequest, conversation: str, data: FollowersIn) -> Any:
    """Let exactly these agents follow; the same again changes nothing."""
    found = get_conversation(request, conversation)
    wanted = {number_of(opaque) for opaque in data.agents}
    agents = list(agents_of(workspace_of(request)).filter(pk__in=wanted))
    if len(agents) != len(wanted):
        raise Refusal("There is no such agent.", code="unknown_agent", status=422)
    set_followers(found, agent=None, whom=agents)
    return _listed(found)
