"""Telling the desk that a shopper types: said to the hubs, kept nowhere."""

from dragoman.core.accounts.models import Brand
from dragoman.core.conversations.models import Direction, Message
from dragoman.front.portal.chat.messages import source_of
from dragoman.ground.channels.chat import Session
from dragoman.ground.events.wake import whisper


def tell_typing(session: Session, brand: Brand) -> None:
    """Tell every desk of the workspace; before the first message there is no conversation to type in."""
    newest = (
        Message.objects.filter(
            workspace_id=session.workspace_id,
            source=source_of(brand, session.handle),
            external_id__isnull=False,
            direction=Direction.IN,
        )
        .order_by("-pk")
        .values_list("conversation_id", flat=True)
        .first()
    )
    if newest is not None:
        whisper(session.workspace_id, "inbox", "typing", {"conversation": newest, "by": "customer"})
