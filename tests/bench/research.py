"""A market's research over ten thousand and a hundred thousand messages of customers there: seconds, and their ratio."""

import json
from pathlib import Path

import psycopg
from psycopg import sql

from tests.bench import raw
from tests.bench.browser import House, a_house, inside
from tests.bench.filling import copies, seed_of, take_ids
from tests.bench.sections import Figures, Size, section
from tests.serving import Desk, a_desk

MESSAGES = {"tiny": 10_000, "small": 100_000, "full": 1_000_000}
EACH = 4  # messages of a conversation
ROUNDS = 3

SPREAD = 360 * 86400  # seconds that the last messages are spread over
_TALK = f"((n - 1) / {EACH} + 1)"

_PROGRAM = """
import json, sys, time
import django; django.setup()
from dragoman.kit import workspace
from dragoman.oversight.insights.research import research_of

rounds, small, large = map(int, sys.argv[1:])
told = {}
for days in (30, 90, 365):
    times = {small: [], large: []}
    found = {}
    for _round in range(rounds + 1):
        for of in times:
            with workspace.acting_in(of):
                began = time.perf_counter()
                found[of] = research_of(of, "DE", days=days).messages
                times[of].append(time.perf_counter() - began)
    told[days] = [found[small], sorted(times[small][1:]), found[large], sorted(times[large][1:])]
print(json.dumps(told))
"""


@section("research")
def measure(home: Path, size: Size) -> Figures:
    """Ask a small and a large workspace for the same market in turns; the ratio of p50."""
    many = MESSAGES[size.name]
    with a_desk(home) as desk:
        small, large = a_house(desk, "small"), a_house(desk, "large")
        _fill(desk, small, messages=many // 10)
        _fill(desk, large, messages=many)
        told = json.loads(inside(desk, _PROGRAM, str(ROUNDS), str(small.workspace), str(large.workspace)))
    figures: Figures = {"messages": f"{many // 10:,} and {many:,}"}
    for days, (few, quick, found, slow) in told.items():
        middle = ROUNDS // 2
        figures[f"last {days} days"] = {
            "messages looked at": f"{few:,} and {found:,}",
            "p50 ms of the small": round(quick[middle] * 1000, 1),
            "p50 ms of the large": round(slow[middle] * 1000, 1),
            "slowest ms": round(slow[-1] * 1000, 1),
            "ratio": round(slow[middle] / quick[middle], 2),
        }
    return figures


def _fill(desk: Desk, house: House, *, messages: int) -> None:
    """Store conversations of customers in Germany, most of whom told so, spread over a year: copies of one that came."""
    seed, number = seed_of(desk, house), messages // EACH
    with psycopg.connect(raw.address(desk, user="postgres"), autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off; SET session_replication_role = replica")
        people = take_ids(connection, "customers_customer", number // 2)
        talks = take_ids(connection, "conversations_conversation", number)
        rows = take_ids(connection, "conversations_message", messages)
        person = {
            "id": f"{people} + n",
            "market": _one_of("DE", "DE", "DE", "DE", ""),
            "language": "'de'",
        }
        copies(connection, "customers_customer", seed["customer"], _series(number // 2), person)
        talk = {
            "id": f"{talks} + n",
            "customer_id": f"{people} + 1 + n::bigint * 7919 % {number // 2}",
            "channel": "'email'",
            "language": "'de'",
            "market": "''",
            "intent": _one_of("return_request", "order_status", "complaint", "damaged_item", ""),
            "sentiment": _one_of("negative", "neutral", "positive"),
            "tension": "CASE WHEN n % 7 < 2 THEN 40 ELSE 0 END",
            "last_message_at": _newest("n"),
            "previous_id": "NULL",
        }
        copies(connection, "conversations_conversation", seed["conversation"], _series(number), talk)
        message = {
            "id": f"{rows} + n",
            # one after the other: a conversation is EACH messages of the series
            "conversation_id": f"{talks} + {_TALK}",
            "direction": f"CASE WHEN n % {EACH} = 2 THEN 'out' ELSE 'in' END",
            "delivery": f"CASE WHEN n % {EACH} = 2 THEN 'sent' ELSE '' END",
            "channel": f"(ARRAY['email', 'chat', 'whatsapp'])[1 + {_TALK} % 3]",
            "external_id": "NULL",
            "envelope_id": "NULL",
            "language": "'de'",
            "text": "repeat('Die Lampe ist kaputt und das Paket kam viel zu spät an. ', 4)",
            "tsv": "NULL",
            "created_at": f"{_newest(_TALK)} - ({EACH - 1} - (n - 1) % {EACH}) * interval '37 minutes'",
        }
        copies(connection, "conversations_message", seed["message"], _series(number * EACH), message)
        for table in ("conversations_message", "conversations_conversation", "customers_customer"):
            connection.execute(f"ANALYZE {table}")


def _series(number: int) -> sql.Composable:
    return sql.SQL("generate_series(1, {}) AS n").format(number)


def _one_of(*words: str) -> str:
    return f"(ARRAY[{', '.join(repr(word) for word in words)}])[1 + n % {len(words)}]"


def _newest(talk: str) -> str:
    """Write SQL of when a conversation was last written in."""
    return f"now() - ({talk})::bigint * 7919 % {SPREAD} * interval '1 second'"
