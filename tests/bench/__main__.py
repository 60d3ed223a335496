"""`make bench`: measures everything docs/performance.md names, in one run, and prints a table and JSON.

`SIZE=small` is the default, `SIZE=full` needs some 30 GB of disk and a quiet machine, `SIZE=tiny` tries the bench.
`ARGS="--only mail,peers"` runs some sections, `ARGS="--json file"` keeps the JSON.
"""

import argparse
import importlib
import json
import os
import pkgutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

import tests.bench
from tests.bench.sections import SIZES, Figures, Size, sections

FAILED = "failed"


def main() -> int:
    """Run the sections that were asked for and print what they found."""
    for module in pkgutil.iter_modules(tests.bench.__path__):
        if module.name != "__main__":
            importlib.import_module(f"tests.bench.{module.name}")
    options = _options()
    size = SIZES[options.size]
    only = [name for name in options.only.split(",") if name]
    if unknown := set(only) - set(sections):
        sys.exit(f"bench: no section {', '.join(sorted(unknown))}; there are {', '.join(sorted(sections))}")
    figures = {name: _run(name, size) for name in sections if not only or name in only}
    for name, found in figures.items():
        print(f"\n{name}")
        for what, value in found.items():
            print(f"  {what:64} {_shown(value)}")
    written = json.dumps({"size": size.__dict__, **figures}, indent=1, default=str, ensure_ascii=False)
    print("\n" + written)
    if options.json:
        Path(options.json).write_text(written + "\n")
    failed = [name for name, found in figures.items() if FAILED in found]
    if failed:
        print(f"bench: failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--size", choices=sorted(SIZES), default=os.environ.get("SIZE") or "small")
    parser.add_argument("--only", default="", help="sections, with commas between")
    parser.add_argument("--json", default="", help="a file for the JSON")
    return parser.parse_args()


def _run(name: str, size: Size) -> Figures:
    """Measure one section in a home of its own; what cannot be measured here says so in its place."""
    print(f"measuring {name} ...", file=sys.stderr, flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = sections[name](Path(folder), size)
        except Exception as error:  # the other sections are measured all the same
            traceback.print_exc()
            found = {FAILED: f"{type(error).__name__}: {error}"}
    print(f"  {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return found


def _shown(value: object) -> str:
    """Write a figure in one line of the table."""
    if not isinstance(value, dict):
        return str(value)
    parts = []
    for name, one in value.items():
        if isinstance(one, dict):
            one = " + ".join(f"{part} {ms}" for part, ms in one.items() if part != "supervisor")
            parts.append(f"({one})")
        else:
            parts.append(f"{name} {one}")
    return " · ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
