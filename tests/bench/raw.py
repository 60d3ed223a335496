"""The limits that the figures are held against: the same rows by bare psycopg, in the same database."""

import threading
import time
from collections.abc import Callable

import psycopg

from dragoman.config.environment import environment  # noqa: F401  (documents where the address comes from)
from tests.serving import Desk

ENVELOPE = b"x" * 420
TEXT = "Hei, missä tilaukseni KSL-{n} on? Odotan jo kolmatta viikkoa."


def address(desk: Desk, *, user: str = "dragoman") -> str:
    """Return the database's address as the owner, or as `postgres`, who may do anything."""
    folder = desk.home / "pg"
    name = "admin.password" if user == "postgres" else "password"
    password, port = (folder / name).read_text().strip(), (folder / "port").read_text().strip()
    return f"postgresql://{user}:{password}@127.0.0.1:{port}/dragoman"


_STEPS = (
    """INSERT INTO conversations_envelope (workspace_id, channel, source, sealed, file_key, size, state, error, facts)
       VALUES (%(w)s, 'api', 'api', %(sealed)s, '', 300, 'done', '', '{}') RETURNING id""",
    """INSERT INTO customers_customer (workspace_id, name, language, market, time_zone, notes)
       VALUES (%(w)s, 'Cust', '', '', '', '') RETURNING id""",
    """INSERT INTO customers_identity (workspace_id, customer_id, kind, value) VALUES (%(w)s, %(customer)s, 'handle',
       %(key)s)""",
    """INSERT INTO conversations_conversation (workspace_id, brand_id, customer_id, thread_key, subject, status,
       priority, channel, language, language_locked, market, intent, sentiment, tags, preview, preview_translated,
       unread) VALUES (%(w)s, %(brand)s, %(customer)s, '', '', 'open', 'normal', 'api', '', false, '', '', '', '[]',
       %(text)s, '', true) RETURNING id""",
    """INSERT INTO conversations_message (workspace_id, conversation_id, direction, channel, source, external_id,
       envelope_id, author, text, html, quoted, language, original, original_language, engine, marks, meta, delivery,
       failure, attempts) VALUES (%(w)s, %(conversation)s, 'in', 'api', 'raw', %(key)s, %(envelope)s, 'Cust', %(text)s,
       '', '', '', '', '', '', '[]', '{}', '', '', 0) RETURNING id""",
    """INSERT INTO events_event (workspace_id, name, topic, facts, told_at) VALUES (%(w)s, 'RawLimit', '', '{}', now())""",
)


def _one(connection: psycopg.Connection, workspace: int, brand: int, key: str) -> None:
    facts: dict[str, object] = {
        "w": workspace,
        "brand": brand,
        "key": key,
        "sealed": ENVELOPE,
        "text": TEXT.format(n=key),
    }
    with connection.transaction(), connection.cursor() as cursor:
        for name, step in zip(("envelope", "customer", "", "conversation", "", ""), _STEPS, strict=True):
            cursor.execute(step, facts)
            if name:
                facts[name] = cursor.fetchone()[0]


def one_by_one(desk: Desk, workspace: int, brand: int, *, connections: int = 8, seconds: float = 5) -> float:
    """Return messages per second of `connections` that insert the rows of a message and commit, again and again."""
    counts = [0] * connections
    start = time.perf_counter()

    def run(number: int) -> None:
        with psycopg.connect(address(desk), autocommit=True) as connection:
            while time.perf_counter() - start < seconds:
                _one(connection, workspace, brand, f"raw-{start}-{number}-{counts[number]}")
                counts[number] += 1

    threads = [threading.Thread(target=run, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - start)


def pipelined(desk: Desk, workspace: int, brand: int, *, number: int = 4000, batch: int = 100) -> float:
    """Return messages per second of one connection that pipelines the same rows, `batch` in each transaction.

    Ids are taken beforehand, so that nothing has to be waited for.
    """
    with psycopg.connect(address(desk), autocommit=True) as connection:
        start = time.perf_counter()
        done = 0
        while done < number:
            with connection.pipeline(), connection.transaction(), connection.cursor() as cursor:
                for n in range(done, done + batch):
                    key = f"pipe-{start}-{n}"
                    facts = {
                        "w": workspace,
                        "brand": brand,
                        "key": key,
                        "sealed": ENVELOPE,
                        "text": TEXT.format(n=n),
                    }
                    for name, step in zip(
                        ("envelope", "customer", "", "conversation", "", ""), _STEPS, strict=True
                    ):
                        cursor.execute(_with_ids(step, name), facts)
            done += batch
        return done / (time.perf_counter() - start)


_PLACES = {
    "%(customer)s": "currval('customers_customer_id_seq')",
    "%(conversation)s": "currval('conversations_conversation_id_seq')",
    "%(envelope)s": "currval('conversations_envelope_id_seq')",
}


def _with_ids(step: str, name: str) -> str:
    for place, value in _PLACES.items():
        step = step.replace(place, value)
    return step.replace(" RETURNING id", "")


def kept(desk: Desk, workspace: int, *, connections: int, seconds: float) -> float:
    """Return mails per second of connections that store an envelope and an event, and commit, again and again."""
    counts = [0] * connections
    start = time.perf_counter()

    def run(number: int) -> None:
        facts = {"w": workspace, "sealed": ENVELOPE * 3}
        with psycopg.connect(address(desk), autocommit=True) as connection:
            while time.perf_counter() - start < seconds:
                with connection.transaction():
                    connection.execute(_STEPS[0], facts)
                    connection.execute(_STEPS[-1], facts)
                counts[number] += 1

    threads = [threading.Thread(target=run, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - start)


Rows = Callable[[psycopg.Connection], object]


def listing(workspace: int) -> Rows:
    """Read a page of the inbox: 25 conversations with the names of customer, assignee and brand."""
    query = """SELECT c.*, p.name, a.name, b.slug, b.name FROM conversations_conversation c
      JOIN customers_customer p ON p.id = c.customer_id JOIN accounts_brand b ON b.id = c.brand_id
      LEFT JOIN accounts_agent a ON a.id = c.assignee_id WHERE c.workspace_id = %s AND c.status = 'open'
      ORDER BY c.last_message_at DESC, c.id DESC LIMIT 26"""
    return lambda connection: connection.execute(query, [workspace]).fetchall()


def thread(workspace: int, conversation: int, most: int) -> Rows:
    """Read a conversation with its newest messages, their translations and files."""
    head = """SELECT c.*, p.*, b.* FROM conversations_conversation c JOIN customers_customer p ON p.id = c.customer_id
      JOIN accounts_brand b ON b.id = c.brand_id WHERE c.workspace_id = %s AND c.id = %s"""
    lines = """SELECT id, direction, channel, author, text, quoted, language, original, marks, meta, event, delivery,
      created_at FROM conversations_message WHERE workspace_id = %s AND conversation_id = %s ORDER BY id DESC LIMIT %s"""
    beside = "SELECT * FROM conversations_{} WHERE workspace_id = %s AND message_id = ANY(%s)"

    def read(connection: psycopg.Connection) -> object:
        connection.execute(head, [workspace, conversation]).fetchall()
        ids = [row[0] for row in connection.execute(lines, [workspace, conversation, most]).fetchall()]
        for table in ("translation", "attachment"):
            connection.execute(beside.format(table), [workspace, ids]).fetchall()
        return ids

    return read


def search(workspace: int, wanted: str) -> Rows:
    """Read the 25 newest messages with these tokens."""
    query = """SELECT id, conversation_id, text FROM conversations_message
      WHERE workspace_id = %s AND tsv @@ %s::tsquery ORDER BY id DESC LIMIT 25"""
    return lambda connection: connection.execute(query, [workspace, wanted]).fetchall()


def reply(workspace: int, conversation: int) -> Rows:
    """Write an answer: the message, the conversation's new state, the event; one commit."""
    facts = {"w": workspace, "c": conversation, "text": "Kiitos viestistänne, asia selvitetään tänään."}
    message = """INSERT INTO conversations_message (workspace_id, conversation_id, direction, channel, source, author,
      text, html, quoted, language, original, original_language, engine, marks, meta, delivery, failure, attempts)
      VALUES (%(w)s, %(c)s, 'out', 'api', 'api', 'API', %(text)s, '', '', 'fi', '', '', '', '[]', '{}', 'sent', '', 0)"""
    talk = """UPDATE conversations_conversation SET preview = %(text)s, status = 'pending', unread = false,
      last_message_at = now() WHERE workspace_id = %(w)s AND id = %(c)s"""

    def write(connection: psycopg.Connection) -> object:
        with connection.transaction():
            connection.execute(message, facts)
            connection.execute(talk, facts)
            return connection.execute(_STEPS[-1], facts)

    return write
