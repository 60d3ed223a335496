"""Statements prepared on the server: planned once every few seconds, not at each call.

For the few that run for every message; planning costs such a statement as much as running it, the largest of them ten
times as much. The workspace travels as everywhere: local to the transaction, told before the statement.
"""

import time
from collections.abc import Mapping, Sequence
from typing import Any, cast
from weakref import WeakKeyDictionary

from django.db import connection
from psycopg import Connection, Cursor

from dragoman.kit import workspace

from .base import DatabaseWrapper

# Django turns preparing off altogether (None); with this it happens where it is asked for, and nowhere else
_ONLY_WHEN_ASKED = 1_000_000_000

# a plan made while tables were small walks them whole when they are large; planning anew costs two milliseconds
_PLAN_SECONDS = 5.0
_planned: "WeakKeyDictionary[Connection[Any], float]" = WeakKeyDictionary()

Values = Mapping[str, Any] | Sequence[Any]


def prepared(statement: str, values: Values) -> list[Any]:
    """Run `statement` in the acting workspace, commit, and return its rows; not inside a transaction.

    All of it in one round trip.
    """
    if connection.in_atomic_block:
        raise RuntimeError("prepared() makes a transaction of its own")
    workspace_id = workspace.get_current_id()
    connection.ensure_connection()
    raw = connection.connection
    with connection.wrap_database_errors, raw.pipeline(), raw.transaction(), Cursor(raw) as cursor:
        _plan_anew(raw, cursor)
        cursor.execute("SELECT set_config('dragoman.workspace_id', %s, true)", [str(workspace_id)])
        cursor.execute(statement, values, prepare=True)
        rows = cursor.fetchall()
    return rows


def fetch(statement: str, values: Values) -> list[Any]:
    """Run `statement` in the caller's transaction and return its rows, none for one that returns nothing.

    jsonb comes as text, as by any plain cursor. Outside a transaction the statement goes the usual way.
    """
    if not connection.in_atomic_block:
        with connection.cursor() as plain:
            plain.execute(statement, values)
            return list(plain.fetchall()) if plain.description else []
    connection.ensure_connection()
    raw = connection.connection
    with connection.wrap_database_errors:
        cast(DatabaseWrapper, connection).tell()
        with Cursor(raw) as cursor:
            _plan_anew(raw, cursor)
            cursor.execute(statement, values, prepare=True)
            # asked of the answer itself: a cursor's description makes an object of every column
            answer = cursor.pgresult
            return cursor.fetchall() if answer is not None and answer.nfields else []


def _plan_anew(raw: "Connection[Any]", cursor: "Cursor[Any]") -> None:
    """Forget plans that are old; whatever the values are, one plan serves: the server would plan most calls anew."""
    raw.prepare_threshold = _ONLY_WHEN_ASKED
    if time.monotonic() - _planned.get(raw, 0.0) > _PLAN_SECONDS:
        _planned[raw] = time.monotonic()
        cursor.execute("DISCARD PLANS")
        cursor.execute("SET plan_cache_mode = force_generic_plan")
