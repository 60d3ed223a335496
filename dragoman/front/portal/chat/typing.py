"""Telling the desk that a shopper types: said to the hubs, kept nowhere."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from dragoman.core.accounts.models import Brand
from dragoman.core.conversations.models import Direction, Message
from dragoman.core.conversations.presence import tell_presence
from dragoman.front.portal.chat.messages import source_of
from dragoman.ground.channels.chat import Session


class Typing(BaseModel):
    """What the shopper does: `still` when they stopped."""

    model_config = ConfigDict(extra="forbid")

    doing: Literal["typing", "still"] = "typing"


def tell_typing(session: Session, brand: Brand, told: Typing) -> None:
    """Tell every desk of the workspace; before the first message there is no conversation to type in."""
    came = Message.objects.filter(
        workspace_id=session.workspace_id,
        source=source_of(brand, session.handle),
        external_id__isnull=False,
        direction=Direction.IN,
    )
    newest = came.order_by("-pk").values_list("conversation_id", flat=True).first()
    if newest is not None:
        doing = "reply" if told.doing == "typing" else "gone"
        facts = {"page": f"shopper:{newest}", "conversation": newest, "agent": 0, "name": "", "doing": doing}
        tell_presence(session.workspace_id, facts)
