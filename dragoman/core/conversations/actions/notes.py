"""Private notes: for the team, never for the customer."""

from collections.abc import Sequence

from django.db import transaction

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean

from ..errors import EmptyText
from ..events import NoteAdded
from ..masking import KEPT, Masker, types_for_notes
from ..mentions import Mention, marks_for
from ..models import Conversation, Direction, Message


@transaction.atomic
def add_note(
    conversation: Conversation,
    *,
    agent: Agent | None,
    text: str,
    author: str = "",
    mentions: Sequence[Mention] = (),
) -> Message:
    """Leave a note in the thread; light agents may too. Who is mentioned is told, `meta["mentions"]` keeps marks.

    Secrets are masked in it as in what comes in: a number that a customer dictates is often noted.
    """
    masker = Masker(types_for_notes(conversation.workspace_id, conversation.brand_id))
    text = masker.text(clean(text).strip())
    if not text:
        raise EmptyText
    marks = marks_for(conversation.workspace_id, text, mentions) if mentions else []
    note = Message.objects.create(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.pk,
        direction=Direction.NOTE,
        channel="",
        agent=agent,
        author=agent.name if agent else author,
        text=text,
        meta={
            **({"mentions": marks} if marks else {}),
            **({KEPT: dict(masker.count)} if masker.count else {}),
        },
    )
    publish(NoteAdded(conversation_id=conversation.pk, message_id=note.pk))
    return note
