"""What the assistant does later: it compares an answer with the draft that was laid out for it."""

from dragoman.core.conversations.events import ReplyStored
from dragoman.core.conversations.models import Message
from dragoman.ground.events.registry import on
from dragoman.kit import workspace

from .actions.suggestions import compare


@on(ReplyStored)
def learn_from_answer(event: ReplyStored) -> None:
    """Note whether the draft was sent, changed or passed over."""
    rows = Message.objects.filter(workspace_id=workspace.get_current_id(), pk=event.message_id)
    message = rows.select_related("conversation").first()
    if message is not None:
        compare(message)
