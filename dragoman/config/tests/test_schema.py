"""`schema.sql` and the migrations make the same database. `make schema` lets the first test write the file."""

import os
import subprocess
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from dragoman.config.schema import FILE, as_file, fill_empty
from dragoman.ground.database.binaries import client_programs

HINT = "The migrations make another schema than config/schema.sql: type `make schema`."


def told(database: str) -> str:
    """The file's text for that database of the test server."""
    server = connection.settings_dict
    programs = client_programs(os.environ)[-1]
    dump = subprocess.run(
        [str(programs.folder / "pg_dump"), "--schema-only", "--no-comments", "--host", server["HOST"]]
        + ["--port", str(server["PORT"]), "--username", server["USER"], database],
        env={**os.environ, "PGPASSWORD": server["PASSWORD"]},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    applied = list(MigrationRecorder(connection).applied_migrations())
    return as_file(dump, major=connection.pg_version // 10000, applied=applied)


@pytest.fixture
def empty(db: None) -> Iterator[Any]:
    """A connection, as the owner, to a database that nobody has filled."""
    lone = connection.copy()
    for key in ("options", "pool"):
        lone.settings_dict["OPTIONS"].pop(key, None)
    name = f"test_empty_{os.getpid()}"
    with psycopg.connect(**lone.get_connection_params(), autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name}")
        lone.settings_dict["NAME"] = name
        yield lone
        lone.close()
        owner.execute(f"DROP DATABASE {name}")


@pytest.mark.django_db
def test_the_file_says_what_all_migrations_make():
    text = told(connection.settings_dict["NAME"])
    if os.environ.get("WRITE_SCHEMA"):
        FILE.write_text(text)
    assert FILE.read_text() == text, HINT


def test_an_empty_database_is_filled_once_and_by_a_server_that_knows_the_words(empty):
    newest = empty.pg_version
    empty.pg_version = 150000
    assert not fill_empty(empty)
    empty.pg_version = newest
    assert fill_empty(empty)
    assert told(empty.settings_dict["NAME"]) == FILE.read_text(), HINT
    assert set(MigrationRecorder(empty).applied_migrations()) == set(
        MigrationRecorder(connection).applied_migrations()
    )
    assert not fill_empty(empty)
