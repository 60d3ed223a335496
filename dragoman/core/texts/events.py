"""What happens to texts: ids only."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class MacroChanged(Event):
    """A macro was made, changed or removed."""

    topic_noun: ClassVar[str] = "macro"
    macro_id: int


@dataclass(frozen=True)
class TextChanged(Event):
    """A localised text was written, removed or found still right in one of its languages; macros are among them."""

    topic_noun: ClassVar[str] = "text"
    text_id: int
