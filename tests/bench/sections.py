"""What the bench can measure: every module beside this one may add a section with `@section`.

    @section("widget")
    def measure(home: Path, size: Size) -> Figures: ...

`home` is an empty folder for an installation of the section's own. A figure is a word, a number, or the facts of an
operation as `Measured.facts()` gives them; all of them end up in the table and, as they are, in the JSON.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Figures = dict[str, object]


@dataclass(frozen=True)
class Size:
    """How much to measure: conversations of the two workspaces compared, messages in each, seconds a load lasts."""

    name: str
    few: int
    many: int
    each: int
    seconds: float
    repeat: int
    tickets: int


SIZES = {
    # to try the bench itself
    "tiny": Size("tiny", few=500, many=2_000, each=3, seconds=1, repeat=20, tickets=300),
    # five minutes
    "small": Size("small", few=2_000, many=40_000, each=10, seconds=3, repeat=80, tickets=10_000),
    # under an hour, by hand: a million conversations with ten messages each
    "full": Size("full", few=10_000, many=1_000_000, each=10, seconds=8, repeat=200, tickets=200_000),
}

Measure = Callable[[Path, Size], Figures]
sections: dict[str, Measure] = {}


def section(name: str) -> Callable[[Measure], Measure]:
    """Make a function a section of the bench."""

    def register(measure: Measure) -> Measure:
        assert name not in sections, f"two sections are called {name}"
        sections[name] = measure
        return measure

    return register
