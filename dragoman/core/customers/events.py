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
