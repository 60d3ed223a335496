"""The beat of a page: which conversation is open in it, and whether somebody types there."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from dragoman.core.conversations.access import get_conversation
from dragoman.core.conversations.presence import (
    DOINGS,
    LONGEST_PAGE,
    presence,
    tell_presence,
    tell_shopper_of_typing,
)

from ..request import AgentRequest


@require_POST
def beat(request: AgentRequest) -> HttpResponse:
    """Take a page's word (`page`, `conversation`, `doing`) and tell it who else is here.

    A conversation of another workspace is refused as one that does not exist.
    """
    agent, page = request.agent, request.POST.get("page", "")
    doing, number = request.POST.get("doing", ""), request.POST.get("conversation", "")
    if not page or len(page) > LONGEST_PAGE or doing not in DOINGS:
        return JsonResponse({"code": "bad_beat"}, status=422)
    facts = {"page": f"{agent.pk}.{page}", "conversation": 0, "agent": agent.pk, "name": agent.name}
    if number and doing != "gone":
        conversation = get_conversation(agent, int(number) if number.isdigit() and len(number) < 19 else 0)
        facts["conversation"] = conversation.pk
        if request.POST.get("turned"):
            tell_shopper_of_typing(conversation, is_typing=doing == "reply" and agent.can_reply)
    tell_presence(agent.workspace_id, {**facts, "doing": doing})
    here = [one.facts(name) for name, one in presence.in_workspace(agent.workspace_id)]
    return JsonResponse({"here": [one for one in here if one["agent"] != agent.pk]})
