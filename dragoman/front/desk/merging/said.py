"""What a page says when somebody has just merged or split, with the way back one key away."""

from django.utils.translation import gettext as _

from dragoman.core.conversations.links import find_merge, find_split
from dragoman.core.conversations.models import Conversation

from ..request import AgentRequest, number_in
from ..toast import Toast


def just_done(request: AgentRequest, conversation: Conversation) -> Toast | None:
    """Return the toast for `?merged=` and `?split=` where that can still be undone."""
    if (gone := number_in(request, "merged")) and gone in (conversation.joined or ()):
        link = find_merge(conversation.workspace_id, gone)
        said = _("#%(number)s was merged into this conversation") % {"number": gone}
        return Toast(said, undo=f"/desk/conversations/{gone}/unmerge") if link else None
    if number_in(request, "split") and find_split(conversation.workspace_id, conversation.pk):
        said = _("Split off into a conversation of its own")
        return Toast(said, undo=f"/desk/conversations/{conversation.pk}/unsplit")
    return None
