"""What happens to texts: ids only."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class MacroChanged(Event):
    """A macro was made, changed or removed."""

    topic_noun: ClassVar[str] = "macro"
    macro_id: int
