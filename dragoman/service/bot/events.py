"""What happens to bots and in their talks: ids only."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class BotChanged(Event):
    """What a brand decided about its bot changed."""

    topic_noun: ClassVar[str] = "brand"
    brand_id: int
    agent_id: int | None


@dataclass(frozen=True)
class FlowChanged(Event):
    """A flow got a draft, was switched, published or taken away; `number` is the version that customers get now."""

    topic_noun: ClassVar[str] = "flow"
    flow_id: int
    key: str
    number: int
    agent_id: int | None


@dataclass(frozen=True)
class TeamRulesChanged(Event):
    """Which team gets what was changed."""

    agent_id: int | None


@dataclass(frozen=True)
class BotAnswered(Event):
    """The bot dealt with a customer's message; what it did stands in the turn."""

    topic_noun: ClassVar[str] = "conversation"
    conversation_id: int
    turn_id: int


@dataclass(frozen=True)
class BotHandedOver(Event):
    """The bot called a person."""

    topic_noun: ClassVar[str] = "conversation"
    conversation_id: int
    why: str


@dataclass(frozen=True)
class BotTookOver(Event):
    """A person gave a conversation back to the bot."""

    topic_noun: ClassVar[str] = "conversation"
    conversation_id: int
    agent_id: int | None


@dataclass(frozen=True)
class ProofCodeAsked(Event):
    """Somebody asked for a code that proves an order theirs; whether there is one stands in the row alone."""

    topic_noun: ClassVar[str] = "conversation"
    conversation_id: int
    code_id: int
