"""A process of its own in the middle of some work, killed -9 there. A fork: a second start of Django would cost seconds."""

import contextlib
import os
import signal
import time
import traceback
from collections.abc import Callable

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

PATIENCE = 60.0  # seconds; a machine of tests may be slow
_left: list[object] = []


def die_in(work: Callable[[], object], *, at: Callable[[], object]) -> None:
    """Let a process of its own do some work, and kill it once `at` says that it is where it shall die."""
    child = os.fork()
    if child == 0:
        try:
            _with_connections_of_its_own()
            work()
        except BaseException:
            traceback.print_exc()
        finally:
            # nothing of the parent's is to be ended or written a second time
            os._exit(1)
    try:
        until = time.monotonic() + PATIENCE
        while not at():
            assert os.waitpid(child, os.WNOHANG) == (0, 0), "it ended by itself"
            assert time.monotonic() < until, "it never came there"
            time.sleep(0.01)
    finally:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _with_connections_of_its_own() -> None:
    """Leave the parent's connections and pool alone, neither used nor closed, and let Django make others."""
    wrapper = connections["default"]
    _left.extend((wrapper.connection, dict(DatabaseWrapper._connection_pools)))
    DatabaseWrapper._connection_pools.clear()
    wrapper.connection = None
