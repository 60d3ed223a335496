"""What happens to returns."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class ReturnPolicyChanged(Event):
    """A brand's return policy was made, changed or taken away."""

    topic_noun: ClassVar[str] = "brand"
    brand_id: int
    policy_id: int
    agent_id: int | None
