"""What happens in a community."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class CommunityChanged(Event):
    """A brand opened or closed its community, or changed its spaces or rules for writing."""

    topic_noun: ClassVar[str] = "brand"
    brand_id: int
    agent_id: int | None


@dataclass(frozen=True)
class JoinCodeAsked(Event):
    """Somebody asked for a code to come in."""

    topic_noun: ClassVar[str] = "brand"
    brand_id: int
    code_id: int


@dataclass(frozen=True)
class MemberJoined(Event):
    """A mail address was proven for the first time."""

    topic_noun: ClassVar[str] = "member"
    member_id: int


@dataclass(frozen=True)
class MemberLeft(Event):
    """A member went, or was deleted as a customer; their posts name nobody any more."""

    topic_noun: ClassVar[str] = "member"
    member_id: int


@dataclass(frozen=True)
class PostPublished(Event):
    """Everybody may read a question or an answer, for the first time (`is_first`) or again."""

    topic_noun: ClassVar[str] = "thread"
    thread_id: int
    post_id: int
    is_first: bool


@dataclass(frozen=True)
class PostHeld(Event):
    """A post waits for a moderator."""

    topic_noun: ClassVar[str] = "thread"
    thread_id: int
    post_id: int


@dataclass(frozen=True)
class PostUnpublished(Event):
    """A post that everybody could read was removed or withdrawn."""

    topic_noun: ClassVar[str] = "thread"
    thread_id: int
    post_id: int


@dataclass(frozen=True)
class AnswerAccepted(Event):
    """A question was solved by an answer; `post_id` None: it is open again."""

    topic_noun: ClassVar[str] = "thread"
    thread_id: int
    post_id: int | None


@dataclass(frozen=True)
class PostReported(Event):
    """Somebody said that a post is against the law or the rules."""

    topic_noun: ClassVar[str] = "thread"
    thread_id: int
    report_id: int


@dataclass(frozen=True)
class PostDecided(Event):
    """A person decided about a post or a member."""

    topic_noun: ClassVar[str] = "decision"
    decision_id: int
    agent_id: int


@dataclass(frozen=True)
class AppealMade(Event):
    """Somebody complained about a decision."""

    topic_noun: ClassVar[str] = "decision"
    decision_id: int
    appeal_id: int


@dataclass(frozen=True)
class AppealDecided(Event):
    """Another person decided a complaint."""

    topic_noun: ClassVar[str] = "decision"
    decision_id: int
    appeal_id: int
    agent_id: int


@dataclass(frozen=True)
class ThreadClosed(Event):
    """A question takes no answers any more, or (`is_closed` false) takes them again."""

    topic_noun: ClassVar[str] = "thread"
    thread_id: int
    is_closed: bool
    agent_id: int


@dataclass(frozen=True)
class ThreadTaken(Event):
    """A question became a conversation (`to` "conversation") or a draft article ("article")."""

    topic_noun: ClassVar[str] = "thread"
    thread_id: int
    to: str
    agent_id: int


@dataclass(frozen=True)
class DigestDue(Event):
    """A member's digest of the day is to go out."""

    topic_noun: ClassVar[str] = "member"
    member_id: int
