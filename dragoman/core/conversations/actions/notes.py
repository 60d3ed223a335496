"""Private notes: for the team, never for the customer."""

from django.db import transaction

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean

from ..errors import EmptyText
from ..events import NoteAdded
from ..models import Conversation, Direction, Message


@transaction.atomic
def add_note(conversation: Conversation, *, agent: Agent | None, text: str, author: str = "") -> Message:
    """Leave a note in the thread; light agents may too."""
    text = clean(text).strip()
    if not text:
        raise EmptyText
    note = Message.objects.create(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.pk,
        direction=Direction.NOTE,
        channel="",
        agent=agent,
        author=agent.name if agent else author,
        text=text,
    )
    publish(NoteAdded(conversation_id=conversation.pk, message_id=note.pk))
    return note
