"""`schema.sql` and the migrations make the same database.

`make schema` writes the file from nothing but the migrations, which takes two minutes; here its head is held to them.
"""

import os
import subprocess
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from dragoman.config import schema
from dragoman.config.ownership import as_owner
from dragoman.config.schema import FILE, as_file, fill_empty
from dragoman.ground.database.binaries import client_programs

HINT = "The migrations make another schema than config/schema.sql: type `make schema`."


def told() -> str:
    """The file's text for the database that the connection leads to."""
    server = connection.settings_dict
    programs = client_programs(os.environ)[-1]
    dump = subprocess.run(
        [str(programs.folder / "pg_dump"), "--schema-only", "--no-comments", "--host", server["HOST"]]
        + ["--port", str(server["PORT"]), "--username", server["USER"], server["NAME"]],
        env={**os.environ, "PGPASSWORD": server["PASSWORD"]},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    applied = list(MigrationRecorder(connection).applied_migrations())
    return as_file(dump, major=connection.pg_version // 10000, applied=applied)


@pytest.fixture
def empty(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The default connection, as the owner, to a database that nobody has filled."""
    with django_db_blocker.unblock(), as_owner():
        usual, name = connection.settings_dict["NAME"], f"test_empty_{os.getpid()}"
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as owner:
            owner.execute(f"CREATE DATABASE {name}")
            connection.settings_dict["NAME"] = name
            yield connection
            connection.close()
            connection.settings_dict["NAME"] = usual
            owner.execute(f"DROP DATABASE {name}")


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(
    not {"WRITE_SCHEMA", "PROVE_SCHEMA"} & set(os.environ),
    reason="two minutes: `make schema`, or PROVE_SCHEMA=1",
)
def test_the_file_says_what_all_migrations_make(empty):
    call_command("migrate", verbosity=0)
    made = told()
    if "WRITE_SCHEMA" in os.environ:
        FILE.write_text(made)
    assert FILE.read_text() == made, HINT
    assert schema.is_of_these_migrations()


def test_the_file_is_of_these_migrations_and_nobody_changed_it(tmp_path, monkeypatch):
    assert schema.is_of_these_migrations(), HINT
    other = tmp_path / "schema.sql"
    other.write_text(FILE.read_text().replace("CREATE TABLE", "CREATE TABLE ", 1))
    monkeypatch.setattr(schema, "FILE", other)
    assert not schema.is_of_these_migrations()


def test_an_empty_database_is_filled_once_and_by_a_server_that_knows_the_words(empty, monkeypatch):
    with monkeypatch.context() as older:
        older.setattr(empty, "pg_version", 150000)
        assert not fill_empty(empty)
    assert fill_empty(empty)
    assert told() == FILE.read_text(), HINT
    assert not fill_empty(empty)
