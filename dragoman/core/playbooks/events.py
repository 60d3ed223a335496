"""What happens to a brand's playbooks: ids only."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class BrandMarketsChanged(Event):
    """A brand chose a market, changed its region, or left it."""

    topic_noun: ClassVar[str] = "brand"
    brand_id: int
    country: str


@dataclass(frozen=True)
class FactOverridden(Event):
    """A brand's policy or a correction of a fact was set or taken back; the change is a row of FactChange."""

    topic_noun: ClassVar[str] = "brand"
    brand_id: int
    country: str
    kind: str
    change_id: int


@dataclass(frozen=True)
class MarketNoteChanged(Event):
    """A note about a market was written, changed or removed."""

    topic_noun: ClassVar[str] = "brand"
    brand_id: int
    note_id: int
