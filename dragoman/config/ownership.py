"""Acting as the owner of the tables, for migrations alone; everything else runs as `dragoman_app`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connections


@contextmanager
def as_owner() -> Iterator[Callable[..., Any]]:
    """Drop role and pool from the default connection, give `call_command`, and put both back."""
    connection = connections["default"]
    options = connection.settings_dict["OPTIONS"]
    kept = {key: options.pop(key) for key in ("options", "pool") if key in options}
    connection.close()
    try:
        yield call_command
    finally:
        connection.close()
        options.update(kept)
