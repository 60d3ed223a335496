"""Reading and answering through the front door, each beside the same rows by bare psycopg in the same run."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from dragoman.kit.tokens import tsquery
from tests.bench import raw
from tests.bench.browser import House, a_house
from tests.bench.filling import COMMON, RARE, THAI, fill, lengthen
from tests.bench.load import Answers, run
from tests.bench.meter import Spent, at_rest, cpu, facts, spent
from tests.bench.sections import Figures, Size, section
from tests.bench.watch import Watcher
from tests.serving import Desk, a_desk

LONG = 10_000
Raw = Callable[[psycopg.Connection], object]


@dataclass(frozen=True)
class Operation:
    """One thing an agent or a program does, and the rows behind it."""

    name: str
    call: bytes
    rows: Raw | None = None
    status: int = 200


def reading(house: House, *, talks: int, number: int) -> list[Operation]:
    """Return what is done again and again with a workspace of `number` conversations after id `talks`."""
    short = talks + number // 2
    # an old order: the newest few thousand messages do not have it
    rare = RARE.format(n=1 + number // 3)
    words = {"a rare word": rare, "a common word": COMMON, "a Thai word": THAI}
    return [
        Operation("list page", house.page("/?view=open"), raw.listing(house.workspace)),
        Operation("list by API", house.api("/api/v1/conversations?limit=25"), raw.listing(house.workspace)),
        Operation(
            "thread page", house.page(f"/conversations/{short}"), raw.thread(house.workspace, short, 101)
        ),
        Operation(
            "thread by API",
            house.api(f"/api/v1/conversations/{short}"),
            raw.thread(house.workspace, short, 500),
        ),
        *(
            Operation(
                f"search page, {what}",
                house.page(f"/?q={quote(word)}"),
                raw.search(house.workspace, tsquery(word)),
            )
            for what, word in words.items()
        ),
        *(
            Operation(
                f"search by API, {what}",
                house.api(f"/api/v1/conversations?q={quote(word)}"),
                raw.search(house.workspace, tsquery(word)),
            )
            for what, word in words.items()
        ),
    ]


def long_thread(house: House, conversation: int) -> list[Operation]:
    """Return the reads of a thread of 10,000 messages."""
    return [
        Operation(
            f"thread page of {LONG:,}",
            house.page(f"/conversations/{conversation}"),
            raw.thread(house.workspace, conversation, 101),
        ),
        Operation(
            f"thread of {LONG:,} by API",
            house.api(f"/api/v1/conversations/{conversation}"),
            raw.thread(house.workspace, conversation, 500),
        ),
    ]


def replying(house: House, conversation: int) -> Operation:
    """Return an answer by the API."""
    body = {"text": "Kiitos viestistänne, asia selvitetään tänään.", "language": "fi"}
    call = house.post(f"/api/v1/conversations/{conversation}/replies", body)
    return Operation("reply by API", call, raw.reply(house.workspace, conversation), status=201)


def ask(
    desk: Desk, operation: Operation, *, number: int, rest: dict[str, float] | None = None
) -> tuple[Answers, Spent]:
    """Do one thing `number` times by one asker; what the installation uses at rest is taken off."""
    run(desk.port, lambda _n: iter([operation.call] * max(5, number // 8)), senders=1, seconds=60)
    watcher = Watcher(desk) if operation.status == 201 else None
    before, looked = cpu(desk), watcher.cost() if watcher else 0.0
    answers = run(desk.port, lambda _n: iter([operation.call] * number), senders=1, seconds=120)
    began = answers.elapsed
    if watcher:
        start = time.perf_counter()
        watcher.wait()
        began += time.perf_counter() - start
    cost = spent(before, cpu(desk), operations=len(answers.seconds))
    assert set(answers.statuses) == {operation.status}, (operation.name, answers.statuses)
    looked = (watcher.cost() - looked) / len(answers.seconds) if watcher else 0.0
    idle = {part: ms * began / len(answers.seconds) for part, ms in (rest or {}).items()}
    parts = {part: max(0.0, ms - idle.get(part, 0.0)) for part, ms in cost.parts.items()}
    return answers, Spent({**parts, "database": max(0.0, parts["database"] - looked)})


def raw_rate(desk: Desk, rows: Raw, *, number: int) -> float:
    """Return how often a second one bare connection reads or writes the same rows."""
    with psycopg.connect(raw.address(desk), autocommit=True) as connection:
        for _ in range(5):
            rows(connection)
        start = time.perf_counter()
        for _ in range(number):
            rows(connection)
        return number / (time.perf_counter() - start)


def told(desk: Desk, operations: Sequence[Operation], *, number: int, rest: dict[str, float]) -> Figures:
    """Measure operations one after another, the raw limit of each right after it."""
    figures: Figures = {}
    for operation in operations:
        answers, cost = ask(desk, operation, number=number, rest=rest)
        limit = raw_rate(desk, operation.rows, number=number) if operation.rows else 0.0
        figures[operation.name] = facts(answers, cost, limit=limit)
    return figures


@section("doors")
def measure(home: Path, size: Size) -> Figures:
    """Measure list, thread, search and reply in a workspace of the smaller size."""
    with a_desk(home) as desk:
        house = a_house(desk, "doors")
        talks = fill(desk, house, number=size.few, each=size.each)
        twenty = talks + size.few // 2
        lengthen(desk, twenty, messages=20)
        long = talks + size.few // 4
        lengthen(desk, long, messages=LONG)
        Watcher(desk).wait()
        rest = at_rest(desk)
        operations = [
            *reading(house, talks=talks, number=size.few),
            *long_thread(house, long),
            replying(house, talks + 1),
        ]
        return told(desk, operations, number=size.repeat, rest=rest)
