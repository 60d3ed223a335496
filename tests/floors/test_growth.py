"""Lists, threads and searches read the rows they show, however many there are beside them."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from psycopg import sql

from dragoman.core.conversations.actions.receive import Received
from dragoman.core.conversations.models import Conversation, Message
from tests import people
from tests.bench.filling import copies, take_ids

MANY = 3_000
# rows that a page may read: what it shows, and in conversations three counts of up to a thousand each
MOST = {"conversations_conversation": 3_200, "conversations_message": 200, "customers_customer": 200}
# a search looks at the newest two thousand messages to learn how common its words are; a customers' table as small as
# this one is rightly walked for a word that no name has
MOST_SOUGHT = {"conversations_conversation": 3_400, "conversations_message": 2_300}
TABLES = tuple(MOST)


@pytest.fixture
def house(db: None) -> people.House:
    """A workspace with some thousand open conversations, each with a message about an order of its own."""
    house = people.a_house()
    seed = people.write(house, "Where is my lamp, order KSL-7-0?")
    people.settle()
    with house.acting():
        _fill(house, seed)
    with connection.cursor() as cursor:
        # only the owner may tell the planner how much there is
        cursor.execute("SET LOCAL ROLE dragoman")
        cursor.execute(f"ANALYZE {', '.join(TABLES)}")
        cursor.execute("SET LOCAL ROLE dragoman_app")
    return house


def _fill(house: people.House, seed: Received) -> None:
    connection.tell()  # type: ignore[attr-defined]
    raw = connection.connection
    talks = take_ids(raw, "conversations_conversation", MANY)
    customers = take_ids(raw, "customers_customer", MANY)
    messages = take_ids(raw, "conversations_message", MANY)
    one = Conversation.objects.get(pk=seed.conversation_id)
    first = Message.objects.get(pk=seed.message_id)
    series = sql.SQL(f"generate_series(1, {MANY}) AS n")
    copies(raw, "customers_customer", one.customer_id, series, {"id": f"{customers} + n"})
    copies(
        raw,
        "conversations_conversation",
        one.pk,
        series,
        {
            "id": f"{talks} + n",
            "customer_id": f"{customers} + n",
            "last_message_at": "now() - n * interval '1 hour'",
        },
    )
    said = {
        "id": f"{messages} + n",
        "conversation_id": f"{talks} + n",
        "external_id": "NULL",
        "envelope_id": "NULL",
        "text": "'Where is my lamp, order KSL-7-' || n || '?'",
    }
    copies(raw, "conversations_message", first.pk, series, said)


def _read() -> dict[str, int]:
    """Return how many rows of each table this transaction read so far, by walking it and by its indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables"
            " WHERE relname = ANY(%s)",
            [list(TABLES)],
        )
        return dict(cursor.fetchall())


def _pages(house: people.House) -> Iterator[tuple[str, str]]:
    with house.acting():
        threads = Conversation.objects.filter(workspace_id=house.workspace.pk).order_by("-last_message_at")
        thread = threads[MANY // 2]
    yield "list", "/?view=open"
    yield "thread", f"/conversations/{thread.pk}"
    yield "search", "/?q=lamp"
    yield "list by API", "/api/v1/conversations?limit=25"
    yield "thread by API", f"/api/v1/conversations/{thread.pk}"
    yield "search by API", "/api/v1/conversations?q=lamp"


def test_a_page_reads_what_it_shows_and_walks_no_table(house: people.House) -> None:
    browser = Client()
    browser.force_login(house.greta.user)
    walked = []
    for name, path in _pages(house):
        headers = {"Authorization": f"Bearer {house.token}"} if path.startswith("/api/") else {}
        assert (
            browser.get(path, headers=headers).status_code == 200
        )  # what is asked for once and kept is not counted
        before = _read()
        answer = browser.get(path, headers=headers)
        assert answer.status_code == 200, name
        after = _read()
        most = MOST_SOUGHT if "search" in name else MOST
        read = {table: after[table] - before[table] for table in most}
        walked += [
            f"{name} reads {read[table]} rows of {table}" for table in most if read[table] > most[table]
        ]
    assert not walked, "\n".join(walked)
