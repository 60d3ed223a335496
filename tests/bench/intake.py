"""Messages in: accepted, readable, in bursts, in bulk."""

import itertools
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.bench import raw
from tests.bench.load import Answers, post, run
from tests.bench.meter import Spent, cpu, spent
from tests.bench.sections import Figures, Size, section
from tests.bench.watch import Watcher
from tests.serving import Desk, a_desk

SENDERS = 8
AT_REST = 6.0


def _calls(token: str, number: int, most: int | None = None) -> Iterator[bytes]:
    tag = uuid.uuid4().hex[:8]
    for n in itertools.islice(itertools.count(), most):
        yield post(
            "/api/v1/messages",
            token,
            {
                "external_id": f"{tag}-{n}",
                "from": {"handle": f"{tag}-{n}", "name": "Cust"},
                "text": f"Hei, missä tilaukseni KSL-{number}{n} on? Odotan jo kolmatta viikkoa.",
            },
        )


def _per_message(
    desk: Desk, watcher: Watcher, tokens: list[str], *, senders: int, each: int | None, seconds: float
) -> tuple[Answers, Spent]:
    before, looked = cpu(desk), watcher.cost()
    answers = run(
        desk.port, lambda n: _calls(tokens[n % len(tokens)], n, each), senders=senders, seconds=seconds
    )
    watcher.wait()
    number = len(answers.seconds)
    return answers, _without(spent(before, cpu(desk), operations=number), (watcher.cost() - looked) / number)


def _without(cost: Spent, waiting: float) -> Spent:
    """Take off what our own looking cost the database."""
    return Spent({**cost.parts, "database": max(0.0, cost.parts["database"] - waiting)})


def _one_at_a_time(desk: Desk, watcher: Watcher, token: str, *, number: int) -> Spent:
    """Send one, wait until it is readable, send the next; what the installation uses at rest is taken off."""
    before, looked = cpu(desk), watcher.cost()
    start = time.perf_counter()
    for call in _calls(token, 9, number):
        answers = run(desk.port, lambda _n, call=call: iter([call]), senders=1, seconds=5)
        assert set(answers.statuses) == {201}
        watcher.wait()
    elapsed = time.perf_counter() - start
    worked = _without(spent(before, cpu(desk), operations=number), (watcher.cost() - looked) / number)
    before = cpu(desk)
    time.sleep(AT_REST)
    rest = spent(before, cpu(desk), operations=1)
    at_rest = {part: ms / AT_REST * elapsed / number for part, ms in rest.parts.items()}
    return Spent({part: max(0.0, ms - at_rest[part]) for part, ms in worked.parts.items()})


_BULK = """
import sys, time, django; django.setup()
from dragoman.core.accounts.queries import get_brand, get_workspace
from dragoman.core.conversations.actions.receive import Incoming, receive_messages
from dragoman.kit import workspace
w = get_workspace('bench')
with workspace.acting_in(w.pk):
    brand = get_brand(w.pk).pk
    def batch(low):
        return [Incoming(channel='api', source='api', external_id=f'bulk-{time.time()}-{n}', brand_id=brand,
            kind='handle', identity=f'bulk-{low}-{n}', name='Cust', text=f'Hei, KSL-{n}?', raw=b'x' * 300)
            for n in range(low, low + 500)]
    receive_messages(batch(10**6))
    start = time.perf_counter()
    for low in range(0, 4000, 500):
        receive_messages(batch(low))
    print(4000 / (time.perf_counter() - start))
"""


def _bulk(desk: Desk) -> float:
    environ = {**desk.environ(), "DJANGO_SETTINGS_MODULE": "dragoman.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", _BULK], env=environ, check=True, capture_output=True, text=True, cwd=desk.home
    )
    return float(done.stdout.split()[-1])


@section("intake")
def measure(home: Path, size: Size) -> Figures:
    """Measure all of it in one run, the raw limits beside."""
    seconds = size.seconds
    with a_desk(home) as desk:
        desk.run("workspace", "create", "bench")
        tokens = [desk.run("token", "create", "--workspace", "bench") for _ in range(SENDERS)]
        with psycopg.connect(raw.address(desk)) as connection:
            workspace, brand = connection.execute("SELECT workspace_id, id FROM accounts_brand").fetchone()
        watcher = Watcher(desk)
        # every token once, and the language detector loaded: neither is part of a message
        run(desk.port, lambda n: _calls(tokens[n], n, 30), senders=SENDERS, seconds=30)
        watcher.wait()
        limit = raw.one_by_one(desk, workspace, brand, seconds=seconds)
        crowd, crowd_cost = _per_message(desk, watcher, tokens, senders=SENDERS, each=None, seconds=seconds)
        limit = (limit + raw.one_by_one(desk, workspace, brand, seconds=seconds)) / 2
        single = _one_at_a_time(desk, watcher, tokens[0], number=200)
        burst, burst_cost = _per_message(desk, watcher, tokens, senders=100, each=20, seconds=60)
        bulk, pipe = _bulk(desk), raw.pipelined(desk, workspace, brand)
        watcher.wait()
        return {
            "accepted, 8 senders, msg/s": f"{crowd.rate:.0f}",
            "raw psycopg, 8 connections, one commit each, msg/s": f"{limit:.0f}",
            "accepted as a share of raw (aim 45 %)": f"{crowd.rate / limit:.0%}",
            "accepted and readable, 8 senders, CPU-ms per message": str(crowd_cost),
            "readable, one at a time, CPU-ms per message (aim 6)": str(single),
            "readable, bursts of 100, CPU-ms per message (aim 2)": str(burst_cost),
            "answered with, 8 senders / bursts": f"{crowd.statuses} / {burst.statuses}",
            "bulk import, set-based, msg/s": f"{bulk:.0f}",
            "raw psycopg, pipelined, 100 in a transaction, msg/s": f"{pipe:.0f}",
            "bulk as a share of pipelined raw (aim 50 %)": f"{bulk / pipe:.0%}",
        }
