"""Filling workspaces of 10,000 and of 1 million conversations, by SQL as the owner."""

import psycopg

from tests.bench.raw import address
from tests.serving import Desk

WORDS = [
    "order",
    "parcel",
    "lamp",
    "blanket",
    "refund",
    "late",
    "damaged",
    "customs",
    "invoice",
    "size",
    "colour",
    "delivery",
    "address",
    "payment",
    "return",
    "gift",
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
]


def fill(desk: Desk, workspace: int, brand: int, *, number: int) -> None:
    """Store `number` customers with a conversation of one message each, all open, last activity spread over a year."""
    words = ", ".join(f"'{word}'" for word in WORDS)
    with psycopg.connect(address(desk), autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        step = 50_000
        for low in range(0, number, step):
            high = min(number, low + step)
            connection.execute(
                f"""
                WITH n AS (SELECT generate_series({low + 1}, {high}) AS n),
                c AS (INSERT INTO customers_customer (workspace_id, name, language, market, time_zone, notes)
                  SELECT {workspace}, 'Customer ' || n, 'fi', 'FI', '', '' FROM n RETURNING id),
                numbered AS (SELECT id, row_number() OVER () AS n FROM c),
                v AS (INSERT INTO conversations_conversation (workspace_id, brand_id, customer_id, thread_key, subject,
                  status, priority, channel, language, language_locked, market, intent, sentiment, tags, preview,
                  preview_translated, unread, last_message_at)
                  SELECT {workspace}, {brand}, id, '', '', 'open', 'normal', 'api', 'fi', false, 'FI', '', '', '[]',
                  'Hei, missä tilaukseni KSL-' || ({low} + n) || ' on?', '', true,
                  now() - (n * 7919 % 31536000) * interval '1 second' FROM numbered RETURNING id, preview)
                INSERT INTO conversations_message (workspace_id, conversation_id, direction, channel, source, external_id,
                  author, text, html, quoted, language, original, original_language, engine, marks, meta, delivery,
                  failure, attempts, tsv)
                SELECT {workspace}, id, 'in', 'api', 'fill', 'fill-{workspace}-' || id, 'Customer', preview, '', '',
                  'fi', '', '', '', '[]', '{{}}', '', '', 0,
                  array_to_tsvector(ARRAY['ksl' || id, (ARRAY[{words}])[1 + id % {len(WORDS)}],
                    (ARRAY[{words}])[1 + id / 7 % {len(WORDS)}]]) FROM v
                """
            )
        connection.execute("ANALYZE")
