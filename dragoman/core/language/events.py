"""What happens to a workspace's languages: ids only."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class GlossaryChanged(Event):
    """An entry of the glossary was made, changed or removed; 0 for many at once."""

    topic_noun: ClassVar[str] = "entry"
    entry_id: int


@dataclass(frozen=True)
class MemoryChanged(Event):
    """A remembered sentence was written, changed or removed by a person; 0 for many at once."""

    topic_noun: ClassVar[str] = "unit"
    unit_id: int


@dataclass(frozen=True)
class PhrasesChanged(Event):
    """A workspace says a phrase another way, made one of its own, or gave one up; `key` is empty for many at once."""

    topic_noun: ClassVar[str] = "workspace"
    workspace_id: int
    key: str


@dataclass(frozen=True)
class EnginesChanged(Event):
    """A workspace's engines, their order, their budgets or the switch changed; `account_id` is 0 for the rules."""

    topic_noun: ClassVar[str] = "workspace"
    workspace_id: int
    account_id: int = 0


@dataclass(frozen=True)
class ReviewPolicyChanged(Event):
    """Policy, rules or reviewers of a workspace changed."""

    topic_noun: ClassVar[str] = "workspace"
    workspace_id: int


@dataclass(frozen=True)
class OrderChanged(Event):
    """An order of translations was made, changed, or came back."""

    topic_noun: ClassVar[str] = "order"
    order_id: int
