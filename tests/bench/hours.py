"""What `/markets/{country}/hours?at=` costs in a process: random instants of four years in all markets."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench.sections import Figures, Size, section

CALLS = {"tiny": 500, "small": 5_000, "full": 50_000}
# a process of its own: others have read playbooks and holidays already. Its own time is counted, so that neighbours
# on the machine do not.
_PROGRAM = """
import datetime, json, random, sys, time
import django; django.setup()
from dragoman.core.playbooks.opening import opening_in
from dragoman.ground.markets.playbook import countries

codes, first = countries(), datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)

def taken(number):
    # the same instants each time
    dice, found = random.Random(7), []
    for place in range(number):
        at = first + datetime.timedelta(minutes=dice.randrange(4 * 365 * 1440))
        began = time.process_time()
        opening_in(0, brand_id=None, country=codes[place % len(codes)], at=at)
        found.append(time.process_time() - began)
    return sorted(found)

# by country, so that what a first call reads is told apart from a year's first holidays
told = [taken(len(codes)), taken(int(sys.argv[1])), taken(int(sys.argv[1]))]
print(json.dumps([len(codes), *told]))
"""


@section("hours")
def measure(home: Path, size: Size) -> Figures:
    """Ask all countries once, then at random, and the same once more: then the holidays of all years are known."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(CALLS[size.name])],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path.cwd(),
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "dragoman.config.settings"},
    )
    countries, first, building, known = json.loads(done.stdout.splitlines()[-1])
    return {
        f"first of each of {countries} countries": _facts(first),
        "holidays of a year read at need": _facts(building),
        "holidays known": _facts(known) | {"mean to the former": round(_mean(known) / _mean(building), 2)},
    }


def _mean(taken: list[float]) -> float:
    return sum(taken) / len(taken)


def _facts(taken: list[float]) -> dict[str, object]:
    """Return how many a second, and the middle and last of a hundred in CPU-ms."""
    middle, late = (taken[int(len(taken) * part)] * 1000 for part in (0.5, 0.99))
    return {
        "a second": round(1 / _mean(taken)),
        "p50 CPU-ms": round(middle, 3),
        "p99 CPU-ms": round(late, 3),
        "p99 to p50": round(late / middle, 1),
    }
