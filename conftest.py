"""Real PostgreSQL for every test: an embedded cluster of its own, tests run as the application role."""

import contextlib
import fcntl
import gc
import hashlib
import os
import pathlib
from collections.abc import Iterator
from typing import Any

import django
import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as trials

from dragoman.config.schema import fill_empty
from dragoman.ground.database.cluster import Cluster, start
from dragoman.ground.events.wake import bell
from dragoman.kit import memo, workspace

# how long a machine takes is no test
trials.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
trials.load_profile("any machine")

ROOT = pathlib.Path(__file__).parent
HOME = pathlib.Path(os.environ.get("DRAGOMAN_TEST_HOME", ROOT / "var" / "test"))
os.environ["DRAGOMAN_HOME"] = str(HOME)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dragoman.config.settings")
for name in (
    "DRAGOMAN_DEMO",
    "TRANSLATOR_URL",
    "LLM_URL",
    "MAIL_URL",
    "MAIL_LISTEN",
    "DRAGOMAN_BASE_URL",
    "DNS_SERVER",
):
    # an empty variable also keeps a developer's .env out of the tests
    os.environ[name] = ""
# the model of meanings takes a second to read, and a tenth for every text
os.environ["MEANING"] = "false"


def _wait_for_no_disk(cluster: Cluster) -> None:
    """Nothing of the tests outlives the machine: the server leaves the writing to the system."""
    password = (cluster.folder / "admin.password").read_text()
    with psycopg.connect(
        cluster.url, user="postgres", password=password, dbname="postgres", autocommit=True
    ) as admin:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            admin.execute(f"ALTER SYSTEM SET {name} = off")
        admin.execute("SELECT pg_reload_conf()")


if not os.environ.get("DATABASE_URL"):
    # before Django reads its address, which is before any hook of this file
    _wait_for_no_disk(start(HOME))
# until everything is collected, see below
gc.disable()
django.setup()
# the same algorithm with little memory and time: hundreds of people are made and logged in
settings.PASSWORD_HASHERS = ["tests.people.QuickArgon2"]
# a folder for each worker: a test may look at all files there are
settings.STORAGES["default"]["OPTIONS"]["location"] = str(
    HOME.resolve() / "files" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
)


def pytest_collection_finish() -> None:
    """Keep what is loaded by now out of every later round of the collector: a seventh of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None and "/journeys/" not in item.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Say a failure at once: a run that is ended before its summary has told it nevertheless."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\nFAILED so far: {report.nodeid} ({report.when})\n{report.longreprtext[-1500:]}", flush=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Copy the migrated database as the owner, then let every test run as the application role."""
    connection = connections["default"]
    options = connection.settings_dict["OPTIONS"]
    kept = {key: options.pop(key) for key in ("options", "pool")}
    name = connection.settings_dict["NAME"]
    # several suites may run beside each other on one cluster
    copy = f"test_dragoman_{os.getpid()}"
    with django_db_blocker.unblock():
        with _only_builder():
            template = _migrated(connection)
            _on_the_server(
                connection,
                f"DROP DATABASE IF EXISTS {copy}",
                f"CREATE DATABASE {copy} TEMPLATE {template}",
                # nothing here outlives the machine: no commit waits for the disk
                f"ALTER DATABASE {copy} SET synchronous_commit = off",
            )
        connection.settings_dict["NAME"] = copy
        owner = psycopg.connect(**connection.get_connection_params(), autocommit=True)
        options.update(kept)
    with _emptied_by(owner):
        yield
    with django_db_blocker.unblock():
        bell.stop()
        connection.close()
        connection.close_pool()
        for key in kept:
            options.pop(key)
        connection.settings_dict["NAME"] = name
        _on_the_server(connection, f"DROP DATABASE {copy} WITH (FORCE)")


@contextlib.contextmanager
def _emptied_by(owner: psycopg.Connection[Any]) -> Iterator[None]:
    """Empty the tables after a test that commits by deleting what it left: Django's flush takes twenty times as long.

    What Django's flush would write anew (content types, permissions) stays.
    """
    kept = ["django_migrations", "django_content_type", "auth_permission"]
    names = owner.execute(
        "SELECT quote_ident(relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind = 'r' AND relname <> ALL(%s)",
        [kept],
    ).fetchall()
    everything = "; ".join(f"DELETE FROM {name}" for (name,) in names)
    usual = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda _case: owner.execute(everything)
    yield
    TransactionTestCase._fixture_teardown = usual
    owner.close()


@contextlib.contextmanager
def _only_builder() -> Iterator[None]:
    """Let one process at a time build or copy the migrated database."""
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "database.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrated(connection: Any) -> str:
    """Return the name of the database that all tests copy; built where no run has built it from these sources."""
    told = hashlib.sha256()
    for pattern in (
        "config/schema.*",
        "*/*/migrations/*.py",
        "*/*/models.py",
        "*/*/models/*.py",
        "ground/database/*.py",
    ):
        for path in sorted((ROOT / "dragoman").glob(pattern)):
            told.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    told.update((ROOT / "requirements.lock").read_bytes())
    wanted = f"template_{told.hexdigest()[:16]}"
    there = [name for (name,) in _on_the_server(connection, "SELECT datname FROM pg_database")]
    if wanted in there:
        return wanted
    old = [name for name in there if name.startswith("template_")]
    _on_the_server(connection, *(f"DROP DATABASE {name}" for name in old))
    _on_the_server(
        connection, "DROP DATABASE IF EXISTS template_being_made", "CREATE DATABASE template_being_made"
    )
    name, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], "template_being_made"
    fill_empty(connection)
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.settings_dict["TEST"]["NAME"] = "template_being_made"
    made = setup_databases(verbosity=0, interactive=False, keepdb=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public"
            " TO dragoman_app, dragoman_all;"
            "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO dragoman_app, dragoman_all"
        )
    connection.close()
    teardown_databases(made, verbosity=0, keepdb=True)
    _on_the_server(connection, f"ALTER DATABASE template_being_made RENAME TO {wanted}")
    return wanted


def _on_the_server(connection: Any, *statements: str) -> list[Any]:
    """Run statements outside of the test database; what the last one returned."""
    rows: list[Any] = []
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
    return rows


@pytest.fixture(autouse=True)
def nobody_left_acting() -> Iterator[None]:
    """Fail a test that leaves a workspace behind."""
    yield
    assert workspace.current() is None


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Let no test see what another one's workspace was remembered by: its numbers and addresses come again."""
    memo.forget_all()


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Leave the names of static files unhashed: nothing is collected for tests."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
