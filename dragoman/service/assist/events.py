"""What happens to suggestions: ids only."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class SuggestionDecided(Event):
    """An agent sent, changed, passed over or rejected a draft that was laid out for them."""

    topic_noun: ClassVar[str] = "suggestion"
    suggestion_id: int


@dataclass(frozen=True)
class WrittenUp(Event):
    """A solved conversation became the draft of an article."""

    topic_noun: ClassVar[str] = "article"
    article_id: int
    conversation_id: int
