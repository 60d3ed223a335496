"""What django-helpdesk takes for the same work, on the same machine, in turns with us."""

import itertools
import json
import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.browser import House, a_house
from tests.bench.doors import Operation, ask, reading, replying
from tests.bench.filling import COMMON, RARE, fill, lengthen
from tests.bench.helpdesk import Helpdesk, NotInstalled, a_helpdesk, install
from tests.bench.load import Answers, run
from tests.bench.mail import deliver, letters, one_at_a_time, until_readable
from tests.bench.meter import at_rest, spent
from tests.bench.sections import Figures, Size, section
from tests.bench.watch import Watcher
from tests.serving import Desk, a_desk

ROUNDS = 3
EACH = 3  # messages of a conversation
THREAD = 20  # messages of the one that is looked at
SECONDS = 20.0  # no peer is asked longer for one thing in one round
ALONE, OTHERWISE = 3, 10  # how many times less we aim at

Cost = Callable[[], tuple[float, Answers | None]]


@dataclass(frozen=True)
class Row:
    """One thing both do: CPU-ms of one, and the answers where somebody waits for them."""

    name: str
    aim: int
    ours: Cost
    theirs: Cost


@section("peers")
def measure(home: Path, size: Size) -> Figures:
    """Measure mail, list, thread, reply and search of both in turns: a busy moment of the machine meets both."""
    try:
        python = install(home)
    except NotInstalled as error:
        return {"not measured": str(error)}
    (home / "ours").mkdir()
    with a_desk(home / "ours") as desk, a_helpdesk(home / "theirs", python) as peer:
        house = a_house(desk, "peers", mailbox=True)
        talks = fill(desk, house, number=size.tickets, each=EACH)
        lengthen(desk, talks + size.tickets // 2, messages=THREAD)
        tickets = peer.fill(number=size.tickets, each=EACH)
        peer.lengthen(tickets + size.tickets // 2, messages=THREAD)
        Watcher(desk).wait()
        number = max(10, size.repeat // ROUNDS)
        rows = [*_mails(desk, house, peer, number), *_doors(desk, house, peer, size, talks, tickets)]
        figures: Figures = {"conversations of each": f"{size.tickets:,} of {EACH} messages"}
        return figures | {row.name: _side_by_side(row) for row in rows}


def _side_by_side(row: Row) -> dict[str, object]:
    """Measure ours, theirs, ours, theirs ...: the ratio is what counts, as the machine changes its speed."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(row.ours())
        theirs.append(row.theirs())
    mine, other = (sum(cost for cost, _answers in side) / ROUNDS for side in (ours, theirs))
    times = other / mine if mine else 0.0
    told: dict[str, object] = {
        "CPU-ms": round(mine, 2),
        "django-helpdesk": round(other, 2),
        "times less": round(times, 1),
        "aim": f"{row.aim}: {'met' if times >= row.aim else 'missed'}",
        "in each round": ", ".join(
            f"{hers / his:.1f}" for (his, _), (hers, _) in zip(ours, theirs, strict=True) if his
        ),
    }
    if waited := [_p50(side) for side in (ours, theirs) if side[0][1]]:
        told["p50 ms"] = " and ".join(f"{ms:.1f}" for ms in waited)
    return told


def _p50(side: list[tuple[float, Answers | None]]) -> float:
    every = Answers([second for _cost, answers in side if answers for second in answers.seconds])
    return every.quantile(0.5)


def _mails(desk: Desk, house: House, peer: Helpdesk, number: int) -> list[Row]:
    """Return mail of 1 kB, one at a time and many together: until it can be read, until it is a ticket."""
    watcher = Watcher(desk)
    deliver(desk, house, senders=8, each=10)
    watcher.wait()
    rest = at_rest(desk)

    def ours(send: Callable[[], Answers]) -> Cost:
        def cost() -> tuple[float, Answers | None]:
            return until_readable(desk, house, watcher, rest, send)[2].total, None

        return cost

    def theirs(take: Callable[[list[bytes]], None], many: int) -> Cost:
        def cost() -> tuple[float, Answers | None]:
            mails = [mail for _sender, mail in itertools.islice(letters("help@peer.example"), many)]
            before = peer.cpu()
            take(mails)
            return spent(before, peer.cpu(), operations=many).total, None

        return cost

    each = max(2, number // 4)
    return [
        Row(
            "mail, one at a time",
            ALONE,
            ours(lambda: one_at_a_time(desk, house, watcher, number=number)),
            theirs(peer.take_one_by_one, number),
        ),
        Row(
            "mail, a burst from 50 senders",
            OTHERWISE,
            ours(lambda: deliver(desk, house, senders=50, each=each)),
            theirs(peer.take, 50 * each),
        ),
    ]


def _doors(desk: Desk, house: House, peer: Helpdesk, size: Size, talks: int, tickets: int) -> list[Row]:
    """Return what an agent does: theirs are all the requests that a browser makes for what is seen."""
    number = max(10, size.repeat // ROUNDS)
    rest = at_rest(desk)
    known = {operation.name: operation for operation in reading(house, talks=talks, number=size.tickets)}
    rare = RARE.format(n=1 + size.tickets // 3)
    short = f"/helpdesk/tickets/{tickets + size.tickets // 2}/"
    answer = {
        "comment": "Kiitos viestistänne, asia selvitetään tänään.",
        "public": "1",
        "new_status": "1",
        "title": f"Tilaus KSL-7-{size.tickets // 2}",
        "queue": "1",
        "priority": "3",
    }

    def row(name: str, operation: Operation, calls: list[bytes], status: int = 200) -> Row:
        def ours() -> tuple[float, Answers | None]:
            answers, cost = ask(desk, operation, number=number, rest=rest)
            return cost.total, answers

        return Row(name, OTHERWISE, ours, lambda: _asked(peer, name, calls, number=number, status=status))

    return [
        row("list page", known["list page"], _listing(peer, "")),
        row(f"thread page of {THREAD}", known["thread page"], [peer.page(short)]),
        row("reply", replying(house, talks + 1), [peer.form(short + "update/", answer)], status=302),
        row("search page, a rare word", known["search page, a rare word"], _listing(peer, rare)),
        row("search page, a common word", known["search page, a common word"], _listing(peer, COMMON)),
    ]


def _listing(peer: Helpdesk, word: str) -> list[bytes]:
    """Return what a browser asks of theirs to show a list or a search: the page, then the rows of its table."""
    asked = {"search_string": word, "sorting": "created", "sortreverse": False, "filtering": {}}
    # as its page says it: open ones where nothing is looked for
    asked |= {"filtering_null": {}} if word else {"filtering": {"status__in": [1, 2]}}
    query = b64encode(json.dumps(asked).encode()).decode()
    table = urlencode({"draw": 1, "start": 0, "length": 25})
    page = "/helpdesk/tickets/" + (f"?{urlencode({'q': word})}" if word else "")
    return [peer.page(page), peer.page(f"/helpdesk/datatables_ticket_list/{query}?{table}")]


def _asked(
    peer: Helpdesk, name: str, calls: list[bytes], *, number: int, status: int
) -> tuple[float, Answers]:
    """Ask theirs `number` times, fewer where that takes too long; the seconds are those of all calls together."""
    run(peer.port, lambda _n: iter(calls * 2), senders=1, seconds=120)
    before, answers = peer.cpu(), Answers()
    end = time.perf_counter() + SECONDS
    while len(answers.seconds) < number and time.perf_counter() < end:
        one = run(peer.port, lambda _n: iter(calls), senders=1, seconds=120)
        assert one.statuses == {status: len(calls)}, (name, one.statuses, peer.said())
        answers.seconds.append(sum(one.seconds))
    return spent(before, peer.cpu(), operations=len(answers.seconds)).total, answers
