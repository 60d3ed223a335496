"""What the assistant does later: it learns from an answer what its draft was worth, and which question it answered."""

from dragoman.core.conversations.events import ReplyStored
from dragoman.core.conversations.models import Message
from dragoman.ground.events.registry import on
from dragoman.kit import workspace

from .actions.questions import suggest_questions
from .actions.suggestions import compare


@on(ReplyStored)
def learn_from_answer(event: ReplyStored) -> None:
    """Note whether the draft was sent, changed or passed over, and suggest the question to the article it came from."""
    rows = Message.objects.filter(workspace_id=workspace.get_current_id(), pk=event.message_id)
    message = rows.select_related("conversation__brand", "conversation__customer").first()
    if message is not None:
        suggest_questions(message, compare(message))
