"""The worker process: the queue's jobs under the right workspace, and the teller beside them."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
from django.db import close_old_connections, connection
from procrastinate import App, JobContext
from procrastinate.worker import Worker

from dragoman.kit import workspace
from dragoman.kit.workspace import Acting

from .actions import tell_pending
from .parked import note_fault
from .wake import TELLERS, connection_params

log = logging.getLogger(__name__)


def _acting(context: JobContext) -> Acting:
    value = context.job.task_kwargs.get("workspace_id")
    return int(value) if isinstance(value, int) else None


def in_workspace(call_next: Callable[[], Any], context: JobContext, worker: Worker) -> Any:
    """Run a job in the workspace its arguments name (task middleware, in the task's own thread)."""
    token = workspace.enter(_acting(context))
    try:
        return call_next()
    except Exception as error:
        # the loop of a worker: the reason is noted for whoever looks at parked work, and goes on its way
        note_fault(context.job, error)
        raise
    finally:
        workspace.leave(token)


async def next_in_line(call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
    """Wake the fetch loop when a job with a lock ends: as shipped, its successor waits for the next poll."""
    current = asyncio.current_task()
    if context.job.lock and current is not None:
        # a private name, hence the exact pin of procrastinate and a test
        current.add_done_callback(lambda _: worker._new_job_event.set())
    return await call_next()


def ready(app: App) -> None:
    """Give every worker of this app our middleware (PROCRASTINATE_ON_APP_READY)."""
    defaults: dict[str, Any] = app.worker_defaults  # type: ignore[assignment]
    defaults["task_middleware"] = [*defaults.get("task_middleware", []), in_workspace]
    defaults["worker_middleware"] = [*defaults.get("worker_middleware", []), next_in_line]


class Teller(threading.Thread):
    """Tells events as they are committed: woken by NOTIFY, by polling each second otherwise."""

    def __init__(self) -> None:
        super().__init__(name="teller", daemon=True)
        self._stop_asked = threading.Event()

    def stop(self) -> None:
        """Ask the thread to end after its current batch."""
        self._stop_asked.set()

    def run(self) -> None:
        """Tell until stopped; a lost database is waited for."""
        while not self._stop_asked.is_set():
            try:
                with psycopg.connect(**connection_params(), autocommit=True) as ear:
                    ear.execute(f"LISTEN {TELLERS}")
                    self._tell_on(ear)
            except Exception:
                # the loop of a worker: whatever it was, the next round starts clean
                log.exception("teller stumbled; it goes on in a second")
                self._stop_asked.wait(1)
            finally:
                connection.close()

    def _tell_on(self, ear: psycopg.Connection[Any]) -> None:
        while not self._stop_asked.is_set():
            tell_pending()
            close_old_connections()
            for _ in ear.notifies(timeout=1, stop_after=1):
                pass
