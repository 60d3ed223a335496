"""What a conversation asks at the moment: the customer's words since somebody last answered."""

from dataclasses import dataclass

from dragoman.core.conversations.marks import AUTOMATIC
from dragoman.core.conversations.models import Conversation, Direction, Message
from dragoman.core.conversations.thread import thread_of

_MOST = 6  # messages of a customer that make up one question
_LONGEST = 1_500  # characters


@dataclass(frozen=True)
class Question:
    """The open question: its words, their language, and the newest message of it."""

    words: str
    language: str
    message_id: int


def open_question(conversation: Conversation) -> Question | None:
    """Return what waits for an answer, the newest words last; None where the last word is ours."""
    said: list[Message] = []
    for message in thread_of(conversation).filter(direction__in=[Direction.IN, Direction.OUT])[: _MOST * 2]:
        if message.direction == Direction.OUT:
            if message.meta.get(AUTOMATIC) or message.extras.get("bot"):
                continue
            break
        said.append(message)
    said = [one for one in said if one.text.strip()][:_MOST]
    if not said:
        return None
    words = "\n".join(one.text.strip() for one in reversed(said))[-_LONGEST:]
    subject = conversation.subject.strip()
    return Question(
        f"{subject}\n{words}" if subject and subject not in words else words,
        conversation.language or said[0].language,
        said[0].pk,
    )
