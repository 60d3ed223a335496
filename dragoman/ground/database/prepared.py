"""One statement in a transaction of its own, prepared on the server and sent with BEGIN and COMMIT in one round trip.

For the few statements so large that planning costs as much as running them. The workspace travels as everywhere: local
to the transaction, told before the statement.
"""

import time
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from psycopg import Connection, Cursor

from dragoman.kit import workspace

# Django turns preparing off altogether (None); with this it happens where it is asked for, and nowhere else
_ONLY_WHEN_ASKED = 1_000_000_000

# a plan made while tables were small walks them whole when they are large; planning anew costs two milliseconds
_PLAN_SECONDS = 5.0
_planned: "WeakKeyDictionary[Connection[Any], float]" = WeakKeyDictionary()


def prepared(statement: str, values: dict[str, Any]) -> list[Any]:
    """Run `statement` in the acting workspace, commit, and return its rows; not inside a transaction."""
    if connection.in_atomic_block:
        raise RuntimeError("prepared() makes a transaction of its own")
    workspace_id = workspace.get_current_id()
    connection.ensure_connection()
    raw = connection.connection
    raw.prepare_threshold = _ONLY_WHEN_ASKED
    with connection.wrap_database_errors, raw.pipeline(), raw.transaction(), Cursor(raw) as cursor:
        if time.monotonic() - _planned.get(raw, 0.0) > _PLAN_SECONDS:
            _planned[raw] = time.monotonic()
            cursor.execute("DISCARD PLANS")
        # whatever the values are, one plan serves: left to itself the server would plan most calls anew
        cursor.execute(
            "SELECT set_config('dragoman.workspace_id', %s, true),"
            " set_config('plan_cache_mode', 'force_generic_plan', true)",
            [str(workspace_id)],
        )
        cursor.execute(statement, values, prepare=True)
        rows = cursor.fetchall()
    return rows
