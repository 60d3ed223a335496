"""What happens to notifications."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class AgentNotified(Event):
    """An agent was told something, or has read it elsewhere: their bell is out of date."""

    topic_noun: ClassVar[str] = "agent"
    agent_id: int
