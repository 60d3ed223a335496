"""Junk and not junk, and blocking a sender, from the open conversation."""

from django.utils.translation import gettext as _

from dragoman.core.conversations.actions import junk as actions
from dragoman.core.conversations.junk import is_blocked
from dragoman.core.conversations.models import Conversation
from dragoman.kit.errors import Refusal

from ..handling.views import changing
from ..request import AgentRequest
from ..toast import Toast


@changing
def judge(request: AgentRequest, conversation: Conversation) -> Toast:
    """Put aside as junk (`junk=1`), or take back, which also lifts a block of its senders."""
    at = _at(conversation, "junk")
    if request.POST.get("junk") == "1":
        actions.mark_junk(conversation, agent=request.agent)
        return Toast(_("Moved to the junk"), at, (("junk", "0"),))
    blocked = [one for one in actions.senders_of(conversation) if is_blocked(conversation.workspace_id, one)]
    actions.mark_not_junk(conversation, agent=request.agent)
    if blocked:
        said = _("Not junk. %(sender)s is no longer blocked.") % {"sender": ", ".join(blocked)}
        return Toast(said, _at(conversation, "block"))
    return Toast(_("Not junk. Later mail of this sender passes."), at, (("junk", "1"),))


@changing
def block(request: AgentRequest, conversation: Conversation) -> Toast:
    """Block who wrote here last, and put the conversation aside."""
    senders = actions.senders_of(conversation)
    if not senders:
        raise Refusal(_("Only senders of mail can be blocked."), code="bad_sender", status=422)
    actions.block_sender(conversation.workspace_id, agent=request.agent, value=senders[0])
    actions.mark_junk(conversation, agent=request.agent)
    said = _("Blocked: %(sender)s") % {"sender": senders[0]}
    return Toast(said, _at(conversation, "junk"), (("junk", "0"),))


def _at(conversation: Conversation, verb: str) -> str:
    return f"/desk/conversations/{conversation.pk}/{verb}"
