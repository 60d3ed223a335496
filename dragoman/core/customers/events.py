"""What happens to customers."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class CustomerChanged(Event):
    """A customer was made or changed, or an address added or taken away."""

    topic_noun: ClassVar[str] = "customer"
    customer_id: int


@dataclass(frozen=True)
class CustomerDeletionAsked(Event):
    """A customer is to be deleted with everything; `agent_id` is None where a program asked."""

    topic_noun: ClassVar[str] = "customer"
    customer_id: int
    agent_id: int | None


@dataclass(frozen=True)
class CustomerDeleted(Event):
    """Nothing of a customer is left."""

    topic_noun: ClassVar[str] = "customer"
    customer_id: int


@dataclass(frozen=True)
class CustomerMerged(Event):
    """A customer was merged into another, who is the topic."""

    topic_noun: ClassVar[str] = "customer"
    customer_id: int
    merged_id: int


@dataclass(frozen=True)
class CustomerMergeUndone(Event):
    """A customer stands alone again, who had been merged into the topic's."""

    topic_noun: ClassVar[str] = "customer"
    customer_id: int
    merged_id: int


@dataclass(frozen=True)
class IdentityMoved(Event):
    """An address was given from one customer to another, because somebody proved whose it is."""

    topic_noun: ClassVar[str] = "customer"
    customer_id: int
    from_id: int
    identity_id: int
    proof: str


@dataclass(frozen=True)
class CustomerFieldChanged(Event):
    """A workspace's own field was defined or changed."""

    topic_noun: ClassVar[str] = "field"
    field_id: int


@dataclass(frozen=True)
class CustomerFieldRemoved(Event):
    """A workspace's own field was removed; its values go in the background."""

    topic_noun: ClassVar[str] = "field"
    field_id: int


@dataclass(frozen=True)
class PreferenceKindChanged(Event):
    """A kind of preference was made, named, switched on or off, or removed."""

    topic_noun: ClassVar[str] = "workspace"
    workspace_id: int
    kind: str


@dataclass(frozen=True)
class PreferenceKept(Event):
    """A preference of a customer was written down with its consent; `agent_id` is None for a program."""

    topic_noun: ClassVar[str] = "customer"
    customer_id: int
    kind: str
    agent_id: int | None


@dataclass(frozen=True)
class PreferenceWithdrawn(Event):
    """Consent was withdrawn, and the value deleted."""

    topic_noun: ClassVar[str] = "customer"
    customer_id: int
    kind: str
    agent_id: int | None
