"""The only ways to announce something and to work off what was announced."""

import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import Error, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from dragoman.kit import workspace
from dragoman.kit.errors import OutsideError, Refusal

from . import wake
from .models import StoredEvent
from .registry import Event, Listener, event_from, listeners

log = logging.getLogger(__name__)

# what a listener may raise without taking the batch down: its own mistakes, the database's, a vendor's
LISTENER_ERRORS = (
    Error,
    OutsideError,
    Refusal,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
)
BATCH = 100


def publish(*events: Event) -> None:
    """Store what happened, in the caller's transaction; listeners hear it after the commit.

    Raises RuntimeError outside a transaction or without a workspace.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("publish() outside a transaction")
    workspace_id = workspace.get_current_id()
    StoredEvent.objects.bulk_create(
        StoredEvent(
            workspace_id=workspace_id, name=type(event).__name__, topic=event.topic, facts=event.facts()
        )
        for event in events
    )
    transaction.on_commit(wake.ring)


@dataclass(frozen=True)
class Pending:
    """An event row as the teller holds it."""

    id: int
    workspace_id: int
    name: str
    topic: str
    event: Event | None


_CLAIM = """
UPDATE events_event SET told_at = now() WHERE id IN (
  SELECT id FROM events_event WHERE told_at IS NULL AND workspace_id = %s ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING id, workspace_id, name, topic, facts
"""
_OLDEST = "SELECT DISTINCT workspace_id FROM (SELECT workspace_id FROM events_event WHERE told_at IS NULL ORDER BY id LIMIT 1000) o"


def tell_pending() -> int:
    """Tell one batch of each workspace with untold events; return how many events were told.

    One workspace is told by one teller at a time (an advisory lock), so that events of a conversation are heard
    in order. A crash before the commit leaves the events untold: they are told again.
    """
    with workspace.everywhere(reason="tell"), connection.cursor() as cursor:
        cursor.execute(_OLDEST)
        waiting = [row[0] for row in cursor.fetchall()]
    return sum(_tell_workspace(workspace_id) for workspace_id in waiting)


def _tell_workspace(workspace_id: int) -> int:
    with workspace.acting_in(workspace_id), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(7411, %s)", [workspace_id % 2**31])
            if not cursor.fetchone()[0]:
                return 0
            cursor.execute(_CLAIM, [workspace_id, BATCH])
            rows = sorted(cursor.fetchall())
        pending = [Pending(*row[:4], _rebuild(row[2], row[4])) for row in rows]
        _tell(pending)
    return len(pending)


def _rebuild(name: str, facts: object) -> Event | None:
    # a plain cursor hands jsonb over as text: Django leaves the parsing to its JSONField
    known = json.loads(facts) if isinstance(facts, str) else facts
    return event_from(name, known if isinstance(known, dict) else {}) if name in listeners else None


def _tell(pending: Sequence[Pending]) -> None:
    by_name: dict[str, list[Pending]] = defaultdict(list)
    for item in pending:
        if item.event is not None:
            by_name[item.name].append(item)
    jobs: list[Job] = []
    for name, items in by_name.items():
        for listener in listeners[name]:
            if listener.outside:
                jobs.extend(_job(listener, item) for item in items)
            else:
                jobs.extend(_retell_job(listener, item) for item in _hear(listener, items))
    if jobs:
        app.job_manager.batch_defer_jobs(jobs)
        transaction.on_commit(wake.ring)


def _hear(listener: Listener, items: Sequence[Pending]) -> Iterable[Pending]:
    """Call a listener and return the items it failed on; a failing batch is tried one by one."""
    if listener.many and _heard(listener, [item.event for item in items]):
        return []
    return [item for item in items if not _heard(listener, item.event)]


def _heard(listener: Listener, told: object) -> bool:
    argument = [told] if listener.many and not isinstance(told, list) else told
    try:
        with transaction.atomic():
            listener.function(argument)
    except LISTENER_ERRORS:
        log.exception("listener %s failed; it will be told again", listener.name)
        return False
    return True


def _job(listener: Listener, item: Pending) -> Job:
    assert item.event is not None
    lock = f"{listener.name}:{item.workspace_id}:{item.topic}" if listener.ordered else None
    arguments = {"workspace_id": item.workspace_id, "facts": item.event.facts()}
    return _new_job(listener.name, arguments, lock)


def _retell_job(listener: Listener, item: Pending) -> Job:
    assert item.event is not None
    arguments = {
        "workspace_id": item.workspace_id,
        "listener": listener.name,
        "name": item.name,
        "facts": item.event.facts(),
    }
    return _new_job("dragoman.ground.events.tasks.retell", arguments, None)


def _new_job(task_name: str, arguments: dict[str, object], lock: str | None) -> Job:
    return Job(
        id=None,
        status=None,
        queue="default",
        priority=0,
        lock=lock,
        queueing_lock=None,
        task_name=task_name,
        task_kwargs=arguments,  # type: ignore[arg-type]
        scheduled_at=None,
        attempts=0,
    )


def retell_one(listener_name: str, event: Event) -> None:
    """Let one listener hear one event again; its errors go to the job, which retries and then parks."""
    for listener in listeners[type(event).__name__]:
        if listener.name == listener_name:
            with transaction.atomic():
                listener.function([event] if listener.many else event)
