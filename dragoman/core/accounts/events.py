"""What happens to accounts."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class AgentDeactivated(Event):
    """A seat was closed; open work must find new hands."""

    topic_noun: ClassVar[str] = "agent"
    agent_id: int


@dataclass(frozen=True)
class TokenRevoked(Event):
    """An API token must stop working at once, in every process."""

    topic_noun: ClassVar[str] = "token"
    token_id: int


@dataclass(frozen=True)
class MaskingChanged(Event):
    """What is masked where it comes in was decided anew: by an agent or, where that is 0, by the holder of a token.

    `brand_id` is 0 where it is the workspace's own decision.
    """

    topic_noun: ClassVar[str] = "workspace"
    workspace_id: int
    brand_id: int
    agent_id: int
    token_id: int


@dataclass(frozen=True)
class WorkspaceChanged(Event):
    """Settings of a workspace or one of its brands changed."""

    topic_noun: ClassVar[str] = "workspace"
    workspace_id: int


@dataclass(frozen=True)
class HoursChanged(Event):
    """Service hours, or the days off that a calendar brought, changed; 0: of all hours."""

    topic_noun: ClassVar[str] = "workspace"
    workspace_id: int
    hours_id: int
