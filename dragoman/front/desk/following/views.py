"""Following, and letting others follow."""

from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import agents_of
from dragoman.core.conversations.actions import followers
from dragoman.core.conversations.models import Conversation
from dragoman.kit.errors import Refusal

from ..handling.views import changing
from ..request import AgentRequest
from ..toast import Toast


def _whom(request: AgentRequest) -> list[Agent]:
    given = request.POST.get("agent", "")
    if not given:
        return []
    known = agents_of(request.agent.workspace_id)
    found = (
        known.filter(pk=int(given)).first()
        if given.isascii() and given.isdigit() and len(given) < 19
        else None
    )
    if found is None:
        raise Refusal(_("There is no such agent."), code="bad_follower", status=422)
    return [found]


@changing
def follow(request: AgentRequest, conversation: Conversation) -> Toast | None:
    """Follow or unfollow, oneself or (who may reply) somebody else."""
    whom, name = _whom(request), ""
    if whom and whom[0].pk != request.agent.pk:
        name = whom[0].name
    at = f"/desk/conversations/{conversation.pk}/follow"
    back = (("agent", str(whom[0].pk)),) if whom else ()
    if request.POST.get("do") == "unfollow":
        followers.unfollow(conversation, agent=request.agent, whom=whom)
        said = _("%(name)s follows no longer") % {"name": name} if name else _("You follow this no longer")
        return Toast(said, at, (("do", "follow"), *back))
    followers.follow(conversation, agent=request.agent, whom=whom)
    said = _("%(name)s follows this now") % {"name": name} if name else _("You follow this now")
    return Toast(said, at, (("do", "unfollow"), *back))
