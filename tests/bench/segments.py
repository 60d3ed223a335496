"""Segments of many customers: counting who fits, the first page of them, and asking of one customer."""

import json
from pathlib import Path

import psycopg
from psycopg import sql

from tests.bench import raw
from tests.bench.browser import House, a_house, inside
from tests.bench.filling import copies, seed_of, take_ids
from tests.bench.sections import Figures, Size, section
from tests.serving import Desk, a_desk

CUSTOMERS = {"tiny": (500, 5_000), "small": (5_000, 100_000), "full": (50_000, 1_000_000)}
EACH = 3  # conversations a customer has on average; a third of the customers has none
ROUNDS = 5

_PROGRAM = """
import json, sys, time
import django; django.setup()
from django.db import connection
from dragoman.core.customers.models import CustomerField
from dragoman.core.segments.criteria import read_clauses
from dragoman.core.segments.membership import condition, count_members, is_member, members_of
from dragoman.core.segments.models import Segment
from dragoman.kit import workspace

rounds, *houses = map(int, sys.argv[1:])
fields = (("points", "number"), ("club", "yes_no"), ("town", "text"), ("joined", "date"))

def one(fact, op, *values, **more):
    return [{"fact": fact, "op": op, "values": list(values), **more}]

asked = {
    "all customers with a first contact": [one("first_seen", "within", "3650")],
    "at least 3 conversations": [one("conversations", "at_least", "3")],
    "at most 2 conversations": [one("conversations", "at_most", "2")],
    "at most 2 conversations in 90 days": [one("conversations", "at_most", "2", days=90)],
    "wrote by this channel": [one("channel", "is", "api")],
    "did not write by this channel": [one("channel", "is", "api", **{"not": True})],
    "channel or 5 conversations, not upset": [
        one("channel", "is", "email") + one("conversations", "at_least", "5"),
        one("mood", "is", "upset", **{"not": True}),
    ],
    "own field: a number": [one("own.points", "at_least", "500")],
    "own field: yes": [one("own.club", "is", "yes")],
    "own field: text": [one("own.town", "contains", "town 1")],
    "own field: a day": [one("own.joined", "since", "2025-06-01")],
}

def taken(work):
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found

def quickest(work):
    return min(taken(work) for _ in range(rounds))

told = {}
for house in houses:
    with workspace.acting_in(house):
        for place, (key, kind) in enumerate(fields):
            CustomerField.objects.create(workspace_id=house, key=key, label=key, kind=kind, position=place)
        for name, clauses in asked.items():
            read = read_clauses(house, clauses)
            segment = Segment(workspace_id=house, clauses=[[c.stored() for c in group] for group in read])
            count, number = quickest(lambda: count_members(house, read, patience=60_000))
            page, first = quickest(lambda: list(members_of(segment).order_by("-pk")[:25]))
            single, _is = quickest(lambda: is_member(segment, first[0])) if first else (0.0, False)
            told.setdefault(name, []).append([number, count, page, single])
print(json.dumps(told))
"""


@section("segments")
def measure(home: Path, size: Size) -> Figures:
    """Ask a workspace with few and one with many customers the same; the ratio of their counts to the ratio of sizes."""
    few, many = CUSTOMERS[size.name]
    with a_desk(home) as desk:
        houses = [a_house(desk, slug) for slug in ("few", "many")]
        for house, number in zip(houses, (few, many), strict=True):
            _fill(desk, house, number)
        told = json.loads(inside(desk, _PROGRAM, str(ROUNDS), *(str(house.workspace) for house in houses)))
    figures: Figures = {"customers": f"{few:,} and {many:,}, {EACH} conversations each on average"}
    base = next(iter(told.values()))[1][1]
    for name, (small, large) in told.items():
        figures[name] = {
            "members": f"{large[0]:,}",
            "count ms": round(large[1] * 1000, 1),
            "to counting all": round(large[1] / base, 1),
            "growth to that of customers": round(large[1] / small[1] / (many / few), 2),
            "page ms": round(large[2] * 1000, 1),
            "one customer ms": round(large[3] * 1000, 1),
        }
    return figures


def _fill(desk: Desk, house: House, number: int) -> None:
    """Make customers with values of four fields, and conversations that are resolved, most of them of few customers."""
    seed = seed_of(desk, house)
    with psycopg.connect(raw.address(desk, user="postgres"), autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off; SET session_replication_role = replica")
        people = take_ids(connection, "customers_customer", number)
        talks = take_ids(connection, "conversations_conversation", number * EACH)
        values = (
            "jsonb_build_object('points', n % 1000, 'club', n % 4 = 0, 'town', 'Town ' || n % 97,"
            " 'joined', to_char(date '2024-01-01' + n % 1000, 'YYYY-MM-DD'))"
        )
        customer = {"id": f"{people} + n", "name": "'Customer ' || n", "own": values}
        series = sql.SQL("generate_series(1, {}) AS n")
        copies(connection, "customers_customer", seed["customer"], series.format(number), customer)
        # two of three customers, some of them often
        who = f"{people} + 1 + floor({number} * 2 / 3 * power((n::bigint * 48271 % 65537) / 65537.0, 2))::bigint"
        talk = {
            "id": f"{talks} + n",
            "customer_id": who,
            "status": "'closed'",
            "channel": "(ARRAY['api', 'email', 'chat'])[1 + n % 3]",
            "previous_id": "NULL",
            "last_message_at": "now() - (n::bigint * 7919 % 31536000) * interval '1 second'",
        }
        copies(
            connection, "conversations_conversation", seed["conversation"], series.format(number * EACH), talk
        )
        for table in ("customers_customer", "conversations_conversation"):
            connection.execute(f"VACUUM (ANALYZE) {table}")
