"""What happens to what a brand pays for sending."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class ShippingChanged(Event):
    """A brand's table (`rates`, `duty`) or its `terms` changed."""

    topic_noun: ClassVar[str] = "brand"
    brand_id: int
    what: str
