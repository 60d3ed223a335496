"""Filling a workspace with conversations: the first message of each is tokenised by the application, once; the rest
are made from them in SQL.

Rows are copies of one that came in by the front door, so that a new column needs no word here.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import psycopg
from psycopg import sql

from tests.bench import raw
from tests.bench.browser import House, inside
from tests.bench.load import run
from tests.bench.watch import Watcher
from tests.serving import Desk

RARE, COMMON, THAI = "KSL-7-{n}", "lamppu", "โคมไฟ"
STEP = 100_000
# so few new rows change nothing that the planner knows
KNOWN_ANYHOW = 100
PROCESSES = min(4, os.cpu_count() or 1)
_TABLES = ("customers_customer", "conversations_conversation", "conversations_message")
_FI = [
    "tilaus",
    "paketti",
    "lamppu",
    "myöhässä",
    "rikki",
    "tulli",
    "lasku",
    "koko",
    "osoite",
    "palautus",
    "väri",
    "toimitus",
    "maksu",
    "lahja",
    "kuitti",
    "hinta",
]
_EN = [
    "order",
    "parcel",
    "lamp",
    "late",
    "damaged",
    "customs",
    "invoice",
    "size",
    "address",
    "refund",
    "colour",
    "delivery",
    "payment",
    "gift",
    "receipt",
    "price",
]
_TH = [
    "พัสดุ",
    "โคมไฟ",
    "ล่าช้า",
    "เสียหาย",
    "ศุลกากร",
    "ใบแจ้งหนี้",
    "ขนาด",
    "ที่อยู่",
    "คืนเงิน",
    "สี",
    "จัดส่ง",
    "ชำระเงิน",
    "ของขวัญ",
    "ใบเสร็จ",
    "ราคา",
    "ผ้าห่ม",
]
_SENTENCES = (
    ("fi", "Hei, missä tilaukseni KSL-7-{n} on? Odotan jo kolmatta viikkoa: ", _FI),
    ("en", "Hello, where is my order KSL-7-{n}? I have been waiting for three weeks: ", _EN),
    ("th", "สวัสดีค่ะ คำสั่งซื้อ KSL-7-{n} อยู่ที่ไหนคะ ", _TH),
)
_INDEX = """
import sys, django; django.setup()
from django.db import connection, transaction
from dragoman.core.conversations.actions.index import index_messages
from dragoman.kit import workspace
w, low, high = map(int, sys.argv[1:])
with workspace.acting_in(w):
    for start in range(low, high + 1, 2000):
        with transaction.atomic():
            index_messages(w, range(start, min(start + 2000, high + 1)))
"""


def fill(desk: Desk, house: House, *, number: int, each: int) -> int:
    """Store `number` conversations of `each` messages, all open, last activity spread over a year.

    Returns the id before the first conversation: the n-th one's order number is KSL-7-n.
    """
    seed = seed_of(desk, house)
    with psycopg.connect(raw.address(desk, user="postgres"), autocommit=True) as connection:
        # copies of good rows: what they refer to need not be looked up row by row
        connection.execute(
            "SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET session_replication_role = replica"
        )
        dropped = drop_indexes(connection, _TABLES)
        people = take_ids(connection, "customers_customer", number)
        talks = take_ids(connection, "conversations_conversation", number)
        messages = take_ids(connection, "conversations_message", number * each)
        for low in range(1, number + 1, STEP):
            between = sql.SQL("generate_series({}, {}) AS n").format(low, min(low + STEP - 1, number))
            _people_and_talks(connection, seed, between, people, talks)
            _first_messages(connection, seed, between, talks, messages)
        _tokenise(desk, house, messages + 1, messages + number)
        for layer in range(1, each):
            for low in range(1, number + 1, STEP):
                _layer(connection, (low, min(low + STEP - 1, number)), layer, number, talks, messages)
        for statement in dropped:
            connection.execute(statement)
        for table in _TABLES:
            connection.execute(f"VACUUM (ANALYZE) {table}")
    return talks


def lengthen(desk: Desk, conversation: int, *, messages: int) -> None:
    """Let a conversation have that many messages, copies of one it has."""
    with psycopg.connect(raw.address(desk), autocommit=True) as connection:
        (one, there) = connection.execute(
            "SELECT max(id), count(*) FROM conversations_message WHERE conversation_id = %s", [conversation]
        ).fetchone()
        base = take_ids(connection, "conversations_message", max(0, messages - there))
        series = sql.SQL("generate_series(1, {}) AS n").format(messages - there)
        changed = {"id": f"{base} + n", "external_id": "NULL", "text": "t.text || ' ' || n"}
        copies(connection, "conversations_message", one, series, changed)
        if messages > KNOWN_ANYHOW:
            connection.execute("ANALYZE conversations_message")


def seed_of(desk: Desk, house: House) -> dict[str, int]:
    """Let one message in by the door, and return the rows it made."""
    body = {
        "external_id": "seed",
        "from": {"handle": "seed", "name": "Maija"},
        "text": "Hei, missä tilaukseni on?",
    }
    answers = run(desk.port, lambda _n: iter([house.post("/api/v1/messages", body)]), senders=1, seconds=20)
    assert answers.statuses == {201: 1}, answers.statuses
    Watcher(desk).wait()
    with psycopg.connect(raw.address(desk)) as connection:
        message, talk, customer = connection.execute(
            """SELECT m.id, c.id, c.customer_id FROM conversations_message m JOIN conversations_conversation c
               ON c.id = m.conversation_id WHERE m.workspace_id = %s""",
            [house.workspace],
        ).fetchone()
    return {"message": message, "conversation": talk, "customer": customer}


def take_ids(connection: psycopg.Connection, table: str, number: int) -> int:
    """Take `number` ids of a table and return the one before the first."""
    sequence = f"{table}_id_seq"
    (base,) = connection.execute("SELECT nextval(%s)", [sequence]).fetchone()
    connection.execute("SELECT setval(%s, %s)", [sequence, base + number])
    return int(base)


def copies(
    connection: psycopg.Connection, table: str, one: int, series: sql.Composable, changed: dict[str, str]
) -> None:
    """Insert copies of row `one`, a copy for each n of a series, with some columns said anew."""
    _insert(
        connection,
        table,
        sql.SQL("{}, {} t WHERE t.id = {}").format(series, sql.Identifier(table), one),
        changed,
    )


def _insert(
    connection: psycopg.Connection, table: str, source: sql.Composable, changed: dict[str, str]
) -> None:
    columns = [
        name
        for (name,) in connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
            " ORDER BY ordinal_position",
            [table],
        )
    ]
    values = [
        sql.SQL(changed[name]) if name in changed else sql.SQL("t.{}").format(sql.Identifier(name))
        for name in columns
    ]
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ").join(values),
            source,
        )
    )


def _people_and_talks(
    connection: psycopg.Connection, seed: dict[str, int], series: sql.Composable, people: int, talks: int
) -> None:
    named = {"id": f"{people} + n", "name": "'Customer ' || n"}
    copies(connection, "customers_customer", seed["customer"], series, named)
    talk = {
        "id": f"{talks} + n",
        "customer_id": f"{people} + n",
        "preview": "'Hei, missä tilaukseni KSL-7-' || n || ' on?'",
        "last_message_at": "now() - (n::bigint * 7919 % 31536000) * interval '1 second'",
        "previous_id": "NULL",
    }
    copies(connection, "conversations_conversation", seed["conversation"], series, talk)


def _first_messages(
    connection: psycopg.Connection, seed: dict[str, int], series: sql.Composable, talks: int, messages: int
) -> None:
    languages = ", ".join(f"'{language}'" for language, _text, _words in _SENTENCES)
    message = {
        "id": f"{messages} + n",
        "conversation_id": f"{talks} + n",
        "external_id": "'fill-' || n",
        "envelope_id": "NULL",
        "language": f"(ARRAY[{languages}])[1 + n % {len(_SENTENCES)}]",
        "text": sentence(),
        "tsv": "NULL",
    }
    copies(connection, "conversations_message", seed["message"], series, message)


def sentence() -> str:
    """Write SQL that says a sentence with an order number and eight words, one of sixteen each."""
    cases = []
    for place, (_language, sentence, words) in enumerate(_SENTENCES):
        start, end = sentence.split("{n}")
        chosen = " || ' ' || ".join(
            f"(ARRAY[{', '.join(repr(word) for word in words)}])[1 + (n / {3 * 16**k if k < 4 else 7 + k * 13}) % 16]"
            for k in range(8)
        )
        cases.append(f"WHEN {place} THEN '{start}' || n || '{end}' || {chosen}")
    return f"CASE n % {len(_SENTENCES)} {' '.join(cases)} END"


def _layer(
    connection: psycopg.Connection,
    between: tuple[int, int],
    layer: int,
    number: int,
    talks: int,
    messages: int,
) -> None:
    """Give each conversation one more message: the first one of another."""
    source = sql.SQL("{} t WHERE t.id BETWEEN {} AND {}").format(
        sql.Identifier("conversations_message"), messages + between[0], messages + between[1]
    )
    changed = {
        "id": f"t.id + {layer * number}",
        "conversation_id": f"{talks + 1} + (t.id - {messages + 1} + {layer * 7919}) % {number}",
        "external_id": "NULL",
    }
    _insert(connection, "conversations_message", source, changed)


def _tokenise(desk: Desk, house: House, low: int, high: int) -> None:
    """Let the application tokenise these messages, a share on each core."""
    share = (high - low) // PROCESSES + 1
    bounds = [(first, min(first + share - 1, high)) for first in range(low, high + 1, share)]
    with ThreadPoolExecutor(PROCESSES) as pool:
        list(pool.map(lambda two: inside(desk, _INDEX, str(house.workspace), *map(str, two)), bounds))


def drop_indexes(connection: psycopg.Connection, tables: Sequence[str]) -> list[str]:
    """Drop the indexes of some tables that are far cheaper to make at once; return how to make them.

    The small ones of what is due and the like stay: without them the worker's sweeps walk all that is there.
    """
    found = connection.execute(
        """SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
           JOIN pg_class t ON t.oid = i.indrelid WHERE t.relname = ANY(%s) AND NOT i.indisunique
           AND coalesce(pg_get_expr(i.indpred, i.indrelid), '(NOT junk)') = '(NOT junk)'""",
        [list(tables)],
    ).fetchall()
    for name, _definition in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    return [definition for _name, definition in found]
