"""What a hundred times more costs: the same questions to a small and to a large workspace of one database."""

import shutil
import time
from pathlib import Path

from tests.bench.browser import a_house
from tests.bench.doors import Operation, ask, reading, replying
from tests.bench.filling import fill, lengthen
from tests.bench.load import Answers
from tests.bench.meter import at_rest
from tests.bench.sections import Figures, Size, section
from tests.bench.watch import Watcher
from tests.serving import Desk, a_desk

# a message with its indexes, measured; the log and the sort of the search index come on top
BYTES = 2_600
ROUNDS = 3


@section("growth")
def measure(home: Path, size: Size) -> Figures:
    """Measure the p95 of each operation in both workspaces in turns, and their ratio."""
    needed = size.many * size.each * BYTES + 4 * 1024**3
    free = shutil.disk_usage(home).free
    if free < needed:
        return {
            "not measured": f"it needs {needed / 1e9:.0f} GB of disk in {home.parent} and there are {free / 1e9:.0f};"
            " set TMPDIR to a larger place"
        }
    with a_desk(home) as desk:
        houses = [a_house(desk, slug) for slug in ("few", "many")]
        counts = [size.few, size.many]
        began = time.monotonic()
        talks = [fill(desk, house, number=n, each=size.each) for house, n in zip(houses, counts, strict=True)]
        built = time.monotonic() - began
        for first, number in zip(talks, counts, strict=True):
            lengthen(desk, first + number // 2, messages=20)
        Watcher(desk).wait()
        rest = at_rest(desk)
        both = [
            [*reading(house, talks=first, number=number), replying(house, first + 1)]
            for house, first, number in zip(houses, talks, counts, strict=True)
        ]
        messages = f"{size.few * size.each:,} and {size.many * size.each:,} messages"
        figures: Figures = {
            "conversations": f"{size.few:,} and {size.many:,}, {messages}, made in {built:.0f} s"
        }
        for few, many in zip(*both, strict=True):
            figures[f"{few.name}, p95 ratio"] = _compare(desk, few, many, number=size.repeat, rest=rest)
        return figures


def _compare(
    desk: Desk, few: Operation, many: Operation, *, number: int, rest: dict[str, float]
) -> dict[str, object]:
    """Ask small and large in turns, so that a busy moment of the machine meets both."""
    small, large = Answers(), Answers()
    costs = []
    for _ in range(ROUNDS):
        for operation, answers in ((few, small), (many, large)):
            found, cost = ask(desk, operation, number=max(10, number // ROUNDS), rest=rest)
            answers.seconds += found.seconds
            if operation is many:
                costs.append(cost.total)
    return {
        "ratio": round(large.quantile(0.95) / small.quantile(0.95), 2),
        "p50 ratio": round(large.quantile(0.5) / small.quantile(0.5), 2),
        "p95 ms": f"{small.quantile(0.95):.1f} and {large.quantile(0.95):.1f}",
        "CPU-ms, large": round(sum(costs) / len(costs), 2),
    }
