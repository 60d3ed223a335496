"""The roles that row-level security stands on, made once per server and per database.

One role logs in and owns the tables; everything else is reached by SET ROLE only. A policy also applies to
members that inherit its role, so nothing is inherited: PostgreSQL 16 says so on the grant, 15 on the role.
"""

from __future__ import annotations

from typing import LiteralString

import psycopg
from psycopg import sql

NORMAL = "dragoman_app"
EVERYWHERE = "dragoman_all"
SEARCH = "dragoman_search"
OWNER = "dragoman"


def prepare_roles(dsn: str, *, owner: str | None = None, password: str | None = None) -> None:
    """Make the roles, their grants and the default privileges in the database of `dsn`; safe to repeat.

    The user of `dsn` must be allowed to create roles and, unless it is the owner, to act for the owner.
    Without `owner` that user owns the tables itself; a named owner that is missing is made with `password`.
    Raises psycopg.errors.InsufficientPrivilege where the user may not.
    """
    with psycopg.connect(dsn, autocommit=True) as connection:
        login = owner or connection.info.user
        if password is not None and not _exists(connection, login):
            _run(connection, "CREATE ROLE {} LOGIN CREATEDB", login)
            _run(connection, "ALTER ROLE {} PASSWORD {}", login, text=password)
        for role in (NORMAL, EVERYWHERE, SEARCH):
            if not _exists(connection, role):
                _run(connection, "CREATE ROLE {} NOLOGIN NOINHERIT", role)
        _grant_roles(connection, login)
        _grant_defaults(connection, login)


def prepare_cluster(admin_dsn: str, *, password: str) -> None:
    """Make a fresh server ours: the roles, the template of every later database, and the database `dragoman`.

    `admin_dsn` is a superuser's and names the database `template1`.
    """
    prepare_roles(admin_dsn, owner=OWNER, password=password)
    # Not from template1 itself: CREATE DATABASE refuses while anyone is connected to its template.
    with psycopg.connect(admin_dsn, dbname="postgres", autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (OWNER,)).fetchone()
        if known is None:
            _run(connection, "CREATE DATABASE {} OWNER {} ENCODING 'UTF8'", OWNER, OWNER)


def _grant_roles(connection: psycopg.Connection, login: str) -> None:
    """Let the owner become the others; what an administrator granted already needs no right of ours."""
    newer = connection.info.server_version >= 160000
    inherits = "SELECT 1 FROM pg_roles WHERE rolname = %s AND rolinherit"
    if not newer and connection.execute(inherits, (login,)).fetchone():
        _run(connection, "ALTER ROLE {} NOINHERIT", login)
    for role in (NORMAL, EVERYWHERE, SEARCH):
        if not _holds(connection, "SELECT pg_has_role(%s, %s, 'MEMBER')", login, role):
            _run(
                connection, "GRANT {} TO {}" + (" WITH INHERIT FALSE, SET TRUE" if newer else ""), role, login
            )


def _grant_defaults(connection: psycopg.Connection, login: str) -> None:
    """What the owner creates later is usable by the two working roles; the search role may own functions."""
    for rights in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE ON SEQUENCES"):
        for role in (NORMAL, EVERYWHERE):
            statement = f"ALTER DEFAULT PRIVILEGES FOR ROLE {{}} GRANT {rights} TO {{}}"
            _run(connection, statement, login, role)
    # ALTER FUNCTION ... OWNER TO asks the new owner for CREATE on the schema; and on 15 a login that inherits
    # nothing does not inherit the rights of pg_database_owner either.
    wanted = [
        (NORMAL, "USAGE"),
        (EVERYWHERE, "USAGE"),
        (SEARCH, "USAGE"),
        (SEARCH, "CREATE"),
        (login, "CREATE"),
    ]
    missing = [
        (role, right)
        for role, right in wanted
        if not _holds(connection, "SELECT has_schema_privilege(%s, 'public', %s)", role, right)
    ]
    # The schema belongs to the database's owner by way of this role.
    if missing and _holds(connection, "SELECT pg_has_role(current_user, 'pg_database_owner', 'MEMBER')"):
        connection.execute("SET ROLE pg_database_owner")
    for role, right in missing:
        _run(connection, f"GRANT {right} ON SCHEMA public TO {{}}", role)
    connection.execute("RESET ROLE")


def _holds(connection: psycopg.Connection, question: LiteralString, *values: str) -> bool:
    row = connection.execute(question, values).fetchone()
    return bool(row and row[0])


def _exists(connection: psycopg.Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is not None


def _run(connection: psycopg.Connection, statement: str, *names: str, text: str | None = None) -> None:
    """Run a statement with names quoted as names, and one literal behind them."""
    parts: list[sql.Composable] = [sql.Identifier(name) for name in names]
    if text is not None:
        parts.append(sql.Literal(text))
    connection.execute(sql.SQL(statement).format(*parts))
