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


@dataclass(frozen=True)
class AuthorityChanged(Event):
    """A limit was set, changed or removed, by an agent or (0) over the API."""

    topic_noun: ClassVar[str] = "limit"
    limit_id: int
    agent_id: int


@dataclass(frozen=True)
class StandInChanged(Event):
    """An agent is stood in for, by nobody where `deputy_id` is 0."""

    topic_noun: ClassVar[str] = "agent"
    agent_id: int
    deputy_id: int


@dataclass(frozen=True)
class ApprovalRequested(Event):
    """Somebody wants to do what is beyond their authority."""

    topic_noun: ClassVar[str] = "approval"
    approval_id: int


@dataclass(frozen=True)
class ApprovalDecided(Event):
    """A request was approved, declined or withdrawn (`state`), by this agent."""

    topic_noun: ClassVar[str] = "approval"
    approval_id: int
    agent_id: int
    state: str


@dataclass(frozen=True)
class ApprovalReopened(Event):
    """A yes was taken back before anything was done."""

    topic_noun: ClassVar[str] = "approval"
    approval_id: int
    agent_id: int


@dataclass(frozen=True)
class ApprovalExpired(Event):
    """Nobody decided in time: it is not done."""

    topic_noun: ClassVar[str] = "approval"
    approval_id: int
