"""A PostgreSQL backend that tells the server, with the first statement of every transaction, who acts.

`SET LOCAL` rides in front of the statement in the same simple-protocol message: no extra round trip, and
nothing outlives the transaction, so that a pooled connection cannot carry it to its next borrower
(tried and measured in the design's tenancy page; the tests beside this file repeat the proofs).
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base
from psycopg import ServerCursor
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus

from dragoman.kit import workspace
from dragoman.kit.workspace import Acting, Everywhere

Told = Acting | str
UNKNOWN = "unknown"
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


def words_for(acting: Acting, *, again: bool) -> list[str]:
    """Return the SET LOCAL statements that make the server see `acting`; `again` undoes an earlier role first."""
    words = ["SET LOCAL ROLE dragoman_app"] if again else []
    if isinstance(acting, Everywhere):
        reason = acting.reason.replace("'", "''").replace("%", "%%")
        return [*words, "SET LOCAL ROLE dragoman_all", f"SET LOCAL dragoman.reason = '{reason}'"]
    return [*words, f"SET LOCAL dragoman.workspace_id = '{'' if acting is None else int(acting)}'"]


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's backend, plus the words about who acts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: Told = None
        self.execute_wrappers.append(self._tell)

    def _speaks_as_owner(self) -> bool:
        """Migrations and dumps run as the owner, whom no policy binds: nothing to tell then."""
        return "role=" not in str(self.settings_dict["OPTIONS"].get("options", ""))

    def _tell(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if self._speaks_as_owner():
            return execute(sql, params, many, context)
        acting = workspace.current()
        status = self.connection.info.transaction_status
        if status == TransactionStatus.IDLE:
            self._told = None
        if acting == self._told or status == TransactionStatus.INERROR:
            return execute(sql, params, many, context)
        words = words_for(acting, again=self._told is not None)
        cursor = context["cursor"].cursor
        inside = not self.get_autocommit()
        if many or isinstance(cursor, ServerCursor):
            if not inside:
                raise RuntimeError(
                    "executemany and server-side cursors need a transaction under row security"
                )
            self.connection.execute("; ".join(words).replace("%%", "%"))
            self._told = acting
            return execute(sql, params, many, context)
        if params is None:
            words = [word.replace("%%", "%") for word in words]
        result = execute("; ".join(words) + "; " + sql, params, many, context)
        for _ in words:
            cursor.nextset()
        self._told = acting if inside else None
        return result

    def tell(self) -> None:
        """Tell the server who acts, inside a transaction, before a statement that no cursor of Django's sends."""
        if self._speaks_as_owner():
            return
        acting = workspace.current()
        begins = self.connection.info.transaction_status == TransactionStatus.IDLE
        if begins:
            self._told = None
        if acting == self._told:
            return
        words = [word.replace("%%", "%") for word in words_for(acting, again=self._told is not None)]
        if begins and self.connection.isolation_level is None:
            # in one round trip with the beginning, which psycopg would send by itself
            self._begin("; ".join(["BEGIN", *words]))
        else:
            self.connection.execute("; ".join(words))
        self._told = acting

    def _begin(self, words: str) -> None:
        pgconn = self.connection.pgconn
        result = pgconn.exec_(words.encode())
        if result.status != ExecStatus.COMMAND_OK:
            raise error_from_result(result, encoding="utf-8")

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        # a SET LOCAL made after the savepoint is undone by it
        self._told = UNKNOWN
