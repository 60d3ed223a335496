"""Junk and not junk, and blocking a sender, from the open conversation."""

from django.utils.translation import gettext as _

from dragoman.core.conversations.actions import junk as actions
from dragoman.core.conversations.models import Conversation
from dragoman.kit.errors import Refusal

from ..handling.views import changing
from ..request import AgentRequest
from ..toast import Toast


@changing
def judge(request: AgentRequest, conversation: Conversation) -> Toast:
    """Put aside as junk (`junk=1`), or take back."""
    at = f"/desk/conversations/{conversation.pk}/junk"
    if request.POST.get("junk") == "1":
        actions.mark_junk(conversation, agent=request.agent)
        return Toast(_("Moved to the junk"), at, (("junk", "0"),))
    actions.mark_not_junk(conversation, agent=request.agent)
    return Toast(_("Not junk. Later mail of this sender passes."), at, (("junk", "1"),))


@changing
def block(request: AgentRequest, conversation: Conversation) -> Toast:
    """Block who wrote here last, and put the conversation aside."""
    senders = actions.senders_of(conversation)
    if not senders:
        raise Refusal(_("Only senders of mail can be blocked."), code="bad_sender", status=422)
    actions.block_sender(conversation.workspace_id, agent=request.agent, value=senders[0])
    actions.mark_junk(conversation, agent=request.agent)
    return Toast(_("Blocked: %(sender)s") % {"sender": senders[0]})
