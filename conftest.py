"""Real PostgreSQL for every test: an embedded cluster of its own, tests run as the application role."""

import os
import pathlib
from collections.abc import Iterator
from typing import Any

import django
import pytest

from dragoman.ground.database.cluster import start

HOME = pathlib.Path(os.environ.get("DRAGOMAN_TEST_HOME", pathlib.Path(__file__).parent / "var" / "test"))
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


if not os.environ.get("DATABASE_URL"):
    # before Django reads its address, which is before any hook of this file
    start(HOME)
django.setup()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """Build the test database as the owner, then let every test run as the application role."""
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    from dragoman.ground.events.wake import bell

    connection = connections["default"]
    options = connection.settings_dict["OPTIONS"]
    kept = {key: options.pop(key) for key in ("options", "pool")}
    if not request.config.getvalue("reuse_db"):
        # several suites may run beside each other on one cluster
        connection.settings_dict["TEST"]["NAME"] = f"test_dragoman_{os.getpid()}"
    with django_db_blocker.unblock():
        old = setup_databases(verbosity=0, interactive=False, keepdb=request.config.getvalue("reuse_db"))
        with connection.cursor() as cursor:
            cursor.execute(
                "GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public"
                " TO dragoman_app, dragoman_all;"
                "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO dragoman_app, dragoman_all"
            )
        connection.close()
        options.update(kept)
    yield
    with django_db_blocker.unblock():
        bell.stop()
        connection.close()
        connection.close_pool()
        for key in kept:
            options.pop(key)
        if not request.config.getvalue("reuse_db"):
            teardown_databases(old, verbosity=0)


@pytest.fixture(autouse=True)
def nobody_left_acting() -> Iterator[None]:
    """Fail a test that leaves a workspace behind."""
    from dragoman.kit import workspace

    yield
    assert workspace.current() is None


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Leave the names of static files unhashed: nothing is collected for tests."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
