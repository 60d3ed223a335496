"""CPU and memory of one installation's processes: web, worker, database."""

import contextlib
import time
from dataclasses import dataclass

import psutil

from dragoman.ground.database import postmaster
from tests.bench.load import Answers
from tests.serving import Desk


def processes(desk: Desk) -> dict[str, list[psutil.Process]]:
    """Return the processes by part; `supervisor` is the command itself."""
    assert desk.process is not None
    found: dict[str, list[psutil.Process]] = {"supervisor": [psutil.Process(desk.process.pid)]}
    for name in ("web", "worker"):
        found[name] = desk.children(name)
    pid = postmaster.postmaster_pid(postmaster.folder_of(desk.home))
    main = psutil.Process(pid) if pid else None
    found["database"] = [main, *main.children(recursive=True)] if main else []
    return found


def cpu(desk: Desk) -> dict[str, float]:
    """Return CPU seconds used so far by each part, ended database backends included."""
    return {part: used_by(members, ended=part == "database") for part, members in processes(desk).items()}


def used_by(members: list[psutil.Process], *, ended: bool) -> float:
    """Return the CPU seconds of some processes, where asked for with those of the first one's ended children."""
    total = 0.0
    for one in members:
        with contextlib.suppress(psutil.Error):
            times = one.cpu_times()
            total += times.user + times.system
            if ended and one is members[0]:
                total += times.children_user + times.children_system
    return total


@dataclass(frozen=True)
class Spent:
    """CPU milliseconds an operation cost, by part."""

    parts: dict[str, float]

    @property
    def total(self) -> float:
        """Return the sum of all parts."""
        return sum(self.parts.values())

    def __str__(self) -> str:
        inner = " + ".join(f"{part} {ms:.2f}" for part, ms in self.parts.items() if part != "supervisor")
        return f"{self.total:.2f} ({inner})"


def spent(before: dict[str, float], after: dict[str, float], *, operations: int) -> Spent:
    """Return what each of `operations` cost between two readings."""
    return Spent({part: max(0.0, (after[part] - before[part]) * 1000 / operations) for part in after})


def memory(desk: Desk) -> dict[str, float]:
    """Return PSS in MB by part."""
    sizes = {}
    for part, members in processes(desk).items():
        total = 0
        for one in members:
            with contextlib.suppress(psutil.Error):
                total += one.memory_full_info().pss
        sizes[part] = total / 1024**2
    return sizes


AT_REST = 4.0  # seconds
CALM, LOOKS = 60.0, 20  # CPU milliseconds a second that are called rest, and how often one looks for them


def at_rest(desk: Desk) -> dict[str, float]:
    """Return the CPU milliseconds a second that each part uses while nobody asks for anything.

    The calmest of some looks: what is left to do after a filling is not rest, and taken off it would make what is
    measured next cheaper than it is.
    """
    calmest: Spent | None = None
    for _ in range(LOOKS):
        before = cpu(desk)
        time.sleep(AT_REST)
        seen = spent(before, cpu(desk), operations=1)
        calmest = seen if calmest is None or seen.total < calmest.total else calmest
        if calmest.total < CALM * AT_REST:
            break
    assert calmest is not None
    return {part: ms / AT_REST for part, ms in calmest.parts.items()}


def facts(answers: Answers, cost: Spent, *, limit: float = 0.0, unit: str = "req/s") -> dict[str, object]:
    """Return what an operation cost, as the table and the JSON have it; `limit` is the raw one, a second."""
    told: dict[str, object] = {
        unit: round(answers.rate, 1),
        "p50 ms": round(answers.quantile(0.5), 1),
        "p95 ms": round(answers.quantile(0.95), 1),
        "CPU-ms": round(cost.total, 2),
        "of which": {part: round(ms, 2) for part, ms in cost.parts.items()},
    }
    if limit:
        told |= {f"raw {unit}": round(limit, 1), "share of raw": f"{answers.rate / limit:.1%}"}
    return told
