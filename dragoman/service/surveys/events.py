"""What happens to surveys."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class SurveyAnswered(Event):
    """A customer said how they found a conversation, or changed what they said."""

    topic_noun: ClassVar[str] = "conversation"
    conversation_id: int
    survey_id: int
