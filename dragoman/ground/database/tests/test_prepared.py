"""A statement in a transaction of its own, prepared: sees its workspace, and leaves nothing behind."""

import pytest
from django.db import IntegrityError, connection

from dragoman.ground.database.prepared import prepared
from dragoman.kit import workspace

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_acts_in_its_workspace_and_the_next_statement_in_none():
    with workspace.acting_in(7):
        rows = prepared(
            "SELECT current_setting('dragoman.workspace_id', true), %(word)s::text", {"word": "hyvää"}
        )
    assert rows == [("7", "hyvää")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('dragoman.workspace_id', true), '')")
        assert cursor.fetchone() == ("",)


def test_an_error_is_djangos_and_the_connection_goes_on():
    with workspace.acting_in(7):
        with pytest.raises(IntegrityError):
            prepared(
                "INSERT INTO events_event (workspace_id, name, topic) VALUES (7, %(name)s, '')", {"name": "x"}
            )
        assert prepared("SELECT %(one)s::int", {"one": 1}) == [(1,)]


def test_foreign_rows_are_refused():
    from django.db import DatabaseError

    with workspace.acting_in(7), pytest.raises(DatabaseError, match="row-level security"):
        prepared(
            "INSERT INTO events_event (workspace_id, name, topic, facts) VALUES (8, %(name)s, '', '{}')",
            {"name": "x"},
        )
