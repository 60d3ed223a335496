"""Which event lines can be taken back, and on which page."""

from collections.abc import Mapping
from typing import Any

from dragoman.core.conversations.links import find_split
from dragoman.core.conversations.models import Conversation


def undo_of(conversation: Conversation, event: Mapping[str, Any]) -> str:
    """Return the page that undoes what an event line tells, empty where there is nothing to undo any more."""
    kind, number = event.get("kind"), event.get("number")
    if kind == "merged" and number in (conversation.joined or ()):
        return f"/conversations/{number}/unmerge"
    if kind == "split" and isinstance(number, int) and find_split(conversation.workspace_id, number):
        return f"/conversations/{number}/unsplit"
    return ""
