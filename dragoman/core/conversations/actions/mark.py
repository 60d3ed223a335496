"""Raising the priority of what cannot wait, and saying why; whatever a person set stands."""

from typing import Final

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.language.urgency import Urgency
from dragoman.ground.events.actions import publish

from ..access import locked_conversation
from ..events import ConversationChanged
from ..models import Direction, Message, Priority
from .status import leave_line

RAISED: Final = ("high", "urgent")
_ORDER: Final = [priority.value for priority in Priority]


def mark_urgent(workspace_id: int, conversation_id: int, urgency: Urgency) -> None:
    """Raise a conversation's priority in the caller's transaction, or only say so where the workspace wants that.

    Never lowered, and left alone where somebody set it, in junk and in a side thread.
    """
    found = locked_conversation(workspace_id, conversation_id)
    if found.junk or found.side_of_id is not None or "priority" in found.by_hand:
        return
    if _ORDER.index(urgency.level) <= _ORDER.index(found.priority):
        return
    line = {"kind": "marked", "priority": urgency.level, "why": urgency.reason}
    if not workspace_facts(workspace_id).raise_priority:
        suggested = {**line, "kind": "looks_urgent"}
        said = Message.objects.filter(
            workspace_id=workspace_id,
            conversation_id=found.pk,
            direction=Direction.EVENT,
            event__contains={"kind": "looks_urgent", "why": urgency.reason},
        )
        if not said.exists():
            leave_line(found, None, suggested)
        return
    found.priority = urgency.level
    found.save(update_fields=["priority"])
    leave_line(found, None, line)
    publish(ConversationChanged(conversation_id=found.pk, field="priority"))
