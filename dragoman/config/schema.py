"""The schema that all migrations make, as SQL: it fills an empty database in a second, where they take a minute.

Django draws every model anew for each of some two hundred migrations. What `schema.sql` does not know yet is migrated
afterwards, as everywhere, so an old file is slower and never wrong. `make schema` writes it anew.
"""

import hashlib
import importlib.metadata
import re
from pathlib import Path
from typing import Any

from dragoman.config.stamp import PACKAGE

FILE = Path(__file__).with_name("schema.sql")
_WITH_MIGRATIONS = ("django", "django-allauth", "procrastinate")
_EMPTY = """SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)"""
# the working roles' usual rights come by default privileges; the rest is of the session, the schema and its owner
_LEFT_OUT = re.compile(
    r"--|\\|SET (\w+_timeout|client_\w+|standard_conforming_strings|check_function_bodies|xmloption) ="
    r"|SET (row_security|default_\w+) ="
    r"|SELECT pg_catalog\.set_config|ALTER DEFAULT PRIVILEGES|GRANT .* ON SCHEMA"
    r"|GRANT .* ON (TABLE|SEQUENCE) .* TO dragoman_(app|all);|ALTER .* OWNER TO dragoman;"
)
# read back by the server, the first of these two ways to say a condition becomes the second
_CAST_WHOLE = re.compile(
    r"\(ARRAY\[('[^']*'::character varying(?:, '[^']*'::character varying)*)\]\)::text\[\]"
)


def fill_empty(connection: Any) -> bool:
    """Make all tables of `schema.sql` in an empty database, all or nothing; False where there is anything already.

    `connection` is Django's, as the owner. A server older than the one that wrote the file is left to the migrations.
    """
    text = FILE.read_text()
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY)
        if not cursor.fetchone()[0] or connection.pg_version // 10000 < _major(text):
            return False
        cursor.execute(f"BEGIN; SET LOCAL check_function_bodies = off;\n{text}\nCOMMIT")
    return True


def as_file(dump: str, *, major: int, applied: list[tuple[str, str]]) -> str:
    """Turn what `pg_dump --schema-only` of that major says, and the migrations applied, into the file's text."""
    lines = [line.rstrip() for line in dump.splitlines() if line.strip() and not _LEFT_OUT.match(line)]
    rows = [
        f"INSERT INTO public.django_migrations (app, name, applied) VALUES ('{app}', '{name}', now());"
        for app, name in sorted(applied)
    ]
    lines = [_CAST_WHOLE.sub(_cast_each, line) for line in lines]
    body = "\n".join([*lines, *rows, ""])
    head = f"-- PostgreSQL {major}; written by `make schema`, never by hand"
    return f"{head}\n-- of the migrations {of_migrations()}, told as {_digest(body.encode())}\n{body}"


def is_of_these_migrations() -> bool:
    """Say whether the file was written from the migrations there are, and not changed since."""
    _head, told, body = FILE.read_text().split("\n", 2)
    return told == f"-- of the migrations {of_migrations()}, told as {_digest(body.encode())}"


def of_migrations() -> str:
    """Return what tells all migrations apart from those of another day: our files, and the packages that have some."""
    files = sorted(PACKAGE.glob("*/*/migrations/[0-9]*.py"))
    told = [f"{one.relative_to(PACKAGE).as_posix()}\0{one.read_text()}" for one in files]
    told += [f"{name} {importlib.metadata.version(name)}" for name in _WITH_MIGRATIONS]
    return _digest("\0".join(told).encode())


def _digest(words: bytes) -> str:
    return hashlib.sha256(words).hexdigest()[:16]


def _cast_each(found: re.Match[str]) -> str:
    return "ARRAY[" + ", ".join(f"({each})::text" for each in found[1].split(", ")) + "]"


def _major(text: str) -> int:
    found = re.match(r"-- PostgreSQL (\d+);", text)
    assert found, f"{FILE.name} does not begin with its version"
    return int(found[1])
