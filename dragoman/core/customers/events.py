"""What happens to customers."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class CustomerChanged(Event):
    """A customer was made or changed, or an address added or taken away."""

    topic_noun: ClassVar[str] = "customer"
    customer_id: int
