"""One statement in a transaction of its own, prepared on the server and sent with BEGIN and COMMIT in one round trip.

For the few statements so large that planning costs as much as running them. The workspace travels as everywhere: local
to the transaction, told before the statement.
"""

from typing import Any

from django.db import connection
from psycopg import Cursor

from dragoman.kit import workspace


def prepared(statement: str, values: dict[str, Any]) -> list[Any]:
    """Run `statement` in the acting workspace, commit, and return its rows; not inside a transaction."""
    if connection.in_atomic_block:
        raise RuntimeError("prepared() makes a transaction of its own")
    workspace_id = workspace.get_current_id()
    connection.ensure_connection()
    raw = connection.connection
    with connection.wrap_database_errors, raw.pipeline(), raw.transaction(), Cursor(raw) as cursor:
        # whatever the values are, one plan serves: left to itself the server would plan most calls anew
        cursor.execute(
            "SELECT set_config('dragoman.workspace_id', %s, true),"
            " set_config('plan_cache_mode', 'force_generic_plan', true)",
            [str(workspace_id)],
        )
        cursor.execute(statement, values, prepare=True)
        rows = cursor.fetchall()
    return rows
