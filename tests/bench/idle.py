"""Memory of the whole demo at rest, and how long `serve` takes on data that is there."""

import time
from pathlib import Path

from tests.bench.meter import memory
from tests.bench.sections import Figures, Size, section
from tests.serving import a_desk


@section("memory")
def measure(home: Path, size: Size) -> Figures:
    """Measure the PSS of all processes ten seconds after the start, nobody logged in."""
    with a_desk(home, command="demo") as desk:
        desk.stop()
        seconds = desk.start()
        desk.stop()
    desk.starts = "serve"
    seconds = desk.start()
    try:
        time.sleep(10)
        sizes = memory(desk)
    finally:
        desk.stop()
    parts = {part: round(mb) for part, mb in sizes.items()}
    return {
        "idle PSS, MB (aim 350)": f"{sum(sizes.values()):.0f} {parts}",
        "seconds from `dragoman serve` to /healthz": round(seconds, 2),
    }
