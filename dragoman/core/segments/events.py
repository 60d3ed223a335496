"""What happens to saved views."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class ViewChanged(Event):
    """A saved view was made, changed, moved or removed."""

    topic_noun: ClassVar[str] = "view"
    view_id: int


@dataclass(frozen=True)
class BulkRunStarted(Event):
    """A change to many conversations was begun and goes on in the background."""

    topic_noun: ClassVar[str] = "run"
    run_id: int


@dataclass(frozen=True)
class SegmentChanged(Event):
    """A segment was made, changed or removed."""

    topic_noun: ClassVar[str] = "segment"
    segment_id: int
