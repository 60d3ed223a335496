"""`make bench`: measures everything docs/performance.md names, in one run, and prints a table and JSON.

`ARGS="--quick"` takes a minute and 20,000 conversations; the full run fills one million and takes about ten.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import intake, live, pages, widget
from tests.bench.meter import memory
from tests.serving import a_desk


def main() -> int:
    """Run all sections and print what they found."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--quick", action="store_true", help="20,000 conversations in place of a million")
    parser.add_argument("--only", choices=["intake", "pages", "live", "memory", "widget"], help="one section")
    options = parser.parse_args()
    figures: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as folder:
        sections = {
            "memory": lambda: _idle(Path(folder) / "idle"),
            "intake": lambda: intake.measure(Path(folder) / "intake", seconds=3 if options.quick else 8),
            "live": lambda: live.measure(Path(folder) / "live", streams=1000),
            "widget": lambda: widget.measure(Path(folder) / "widget"),
            "pages": lambda: pages.measure(
                Path(folder) / "pages", many=20_000 if options.quick else 1_000_000
            ),
        }
        for name, measure in sections.items():
            if options.only in {None, name}:
                print(f"measuring {name} ...", file=sys.stderr, flush=True)
                (Path(folder) / {"memory": "idle"}.get(name, name)).mkdir()
                figures[name] = measure()
    for name, found in figures.items():
        print(f"\n{name}")
        for what, value in found.items():
            print(f"  {what:58} {value}")
    print("\n" + json.dumps(figures, indent=1, default=str))
    return 0


def _idle(home: Path) -> dict[str, object]:
    """Memory of the whole demo at rest, and how long `serve` takes on data that is there."""
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
    return {
        "idle PSS, MB (aim 350)": f"{sum(sizes.values()):.0f} "
        + str({part: round(size) for part, size in sizes.items()}),
        "seconds from `dragoman serve` to /healthz": round(seconds, 2),
    }


if __name__ == "__main__":
    sys.exit(main())
