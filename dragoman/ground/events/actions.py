"""The only ways to announce something and to work off what was announced."""

import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from django.db import Error, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from dragoman.ground.database.prepared import fetch
from dragoman.kit import workspace
from dragoman.kit.errors import OutsideError, Refusal

from . import wake
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


class _Stumbled(Exception):
    """A listener failed in a quick telling."""


_telling: ContextVar["list[Pending] | None"] = ContextVar("telling", default=None)


_STORE = """
INSERT INTO events_event (workspace_id, name, topic, facts, told_at)
SELECT %s, name, topic, facts::jsonb, CASE WHEN %s THEN now() END
FROM unnest(%s::text[], %s::text[], %s::text[]) WITH ORDINALITY AS e(name, topic, facts, place) ORDER BY place
RETURNING id
"""


def publish(*events: Event) -> None:
    """Store what happened, in the caller's transaction; listeners hear it after the commit.

    What a listener publishes is heard in the same telling, after it. Raises RuntimeError outside a transaction or
    without a workspace.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("publish() outside a transaction")
    workspace_id = workspace.get_current_id()
    telling = _telling.get()
    facts = [json.dumps(event.facts()) for event in events]
    names, topics = [type(event).__name__ for event in events], [event.topic for event in events]
    ids = sorted(pk for (pk,) in fetch(_STORE, [workspace_id, telling is not None, names, topics, facts]))
    if telling is not None:
        telling.extend(
            Pending(pk, workspace_id, name, topic, event if name in listeners else None)
            for pk, name, topic, event in zip(ids, names, topics, events, strict=True)
        )
    ring()


Made = TypeVar("Made")

_MAY_TELL = """SELECT pg_try_advisory_xact_lock(7411, (%s %% 2147483647)::int)
  AND NOT EXISTS (SELECT FROM events_event WHERE told_at IS NULL AND workspace_id = %s)"""


def tell_at_once(make: Callable[[], Made]) -> Made:
    """Run `make` and let the listeners hear what it published, all in one transaction; return what it returned.

    For what comes in by hundreds: nobody is woken, nothing is claimed. Where another teller is at this workspace,
    events wait, or a listener fails, the events are left for a teller, in their order.
    """
    workspace_id = workspace.get_current_id()
    try:
        with transaction.atomic():
            ((alone,),) = fetch(_MAY_TELL, [workspace_id, workspace_id])
            return _made_and_told(make) if alone else make()
    except _Stumbled:
        with transaction.atomic():
            return make()


def _made_and_told(make: Callable[[], Made]) -> Made:
    fresh: list[Pending] = []
    token = _telling.set(fresh)
    try:
        made = make()
    finally:
        _telling.reset(token)
    _tell_all(fresh, careful=False)
    return made


def is_telling() -> bool:
    """Say whether whoever stores rows of events by a statement of their own stores them as told, and calls `told`."""
    return _telling.get() is not None


def told(*events: Event) -> None:
    """Let listeners hear events whose rows were stored as told, in this telling."""
    telling = _telling.get()
    assert telling is not None
    workspace_id = workspace.get_current_id()
    telling.extend(Pending(0, workspace_id, type(one).__name__, one.topic, one) for one in events)


def ring() -> None:
    """After the commit, wake whom stored events concern: hubs, and tellers unless they are being told already."""
    transaction.on_commit(wake.ring if _telling.get() is None else _wake_hubs)


def _wake_hubs() -> None:
    wake.ring(wake.HUBS)


def _wake_workers() -> None:
    wake.ring(wake.WORKERS)


@dataclass(frozen=True)
class Pending:
    """An event row as the teller holds it."""

    id: int
    workspace_id: int
    name: str
    topic: str
    event: Event | None


# The oldest untold workspace that no other teller has, and its oldest events. No plain ORDER BY id: before the first
# ANALYZE the planner would walk the whole table by its key in place of the small index of what is untold.
_CLAIM = """
WITH waiting AS MATERIALIZED (
  SELECT workspace_id, min(id) AS first FROM events_event WHERE told_at IS NULL GROUP BY 1),
chosen AS MATERIALIZED (
  SELECT workspace_id FROM
    (SELECT workspace_id FROM waiting WHERE workspace_id <> ALL(%(done)s) ORDER BY first OFFSET 0) w
  WHERE pg_try_advisory_xact_lock(7411, (workspace_id %% 2147483647)::int) LIMIT 1),
batch AS MATERIALIZED (
  SELECT id FROM events_event WHERE told_at IS NULL AND workspace_id = (SELECT workspace_id FROM chosen)
  ORDER BY id + 0 LIMIT %(most)s FOR UPDATE SKIP LOCKED)
UPDATE events_event e SET told_at = now() FROM batch WHERE e.id = batch.id
RETURNING e.id, e.workspace_id, e.name, e.topic, e.facts,
  (SELECT count(*) FROM waiting WHERE workspace_id <> ALL(%(done)s))
"""


def tell_pending() -> int:
    """Tell all untold events, a batch of each workspace in turn; return how many events were told.

    One workspace is told by one teller at a time (an advisory lock), so that events of a conversation are heard
    in order. A crash before the commit leaves the events untold: they are told again.
    """
    told = 0
    while True:
        round_told, full = _tell_round()
        told += round_told
        if not full:
            return told


def _tell_round() -> tuple[int, bool]:
    """Tell one batch of each waiting workspace; return how many events, and whether a batch was full."""
    done: list[int] = []
    told, full = 0, False
    while True:
        batch = _tell_next(done)
        if batch.told:
            done.append(batch.workspace_id)
            told += batch.told
            full = full or batch.told == BATCH
        if batch.others == 0:
            return told, full


@dataclass(frozen=True)
class _Batch:
    """What was told at once, and how many workspaces were seen to wait besides."""

    workspace_id: int = 0
    told: int = 0
    others: int = 0


def _tell_next(done: Sequence[int]) -> _Batch:
    """Tell one workspace; its listeners run without savepoints first, and with them if one of them fails."""
    try:
        return _tell_batch(done, careful=False)
    except _Stumbled:
        return _tell_batch(done, careful=True)


def _tell_batch(done: Sequence[int], *, careful: bool) -> _Batch:
    with transaction.atomic():
        with workspace.everywhere(reason="tell"), connection.cursor() as cursor:
            cursor.execute(_CLAIM, {"done": list(done), "most": BATCH})
            rows = sorted(cursor.fetchall())
        if not rows:
            return _Batch()
        pending = [
            Pending(i, w, name, topic, _rebuild(name, facts)) for i, w, name, topic, facts, _others in rows
        ]
        with workspace.acting_in(pending[0].workspace_id):
            _tell_all(pending, careful=careful)
    return _Batch(pending[0].workspace_id, len(pending), others=rows[0][-1] - 1)


def _tell_all(pending: Sequence[Pending], *, careful: bool) -> None:
    """Tell events, then what their listeners published, until nobody has anything to add."""
    while pending:
        fresh: list[Pending] = []
        token = _telling.set(fresh)
        try:
            _tell(pending, careful=careful)
        finally:
            _telling.reset(token)
        pending = fresh


def _rebuild(name: str, facts: object) -> Event | None:
    # a plain cursor hands jsonb over as text: Django leaves the parsing to its JSONField
    known = json.loads(facts) if isinstance(facts, str) else facts
    return event_from(name, known if isinstance(known, dict) else {}) if name in listeners else None


def _tell(pending: Sequence[Pending], *, careful: bool) -> None:
    by_name: dict[str, list[Pending]] = defaultdict(list)
    for item in pending:
        if item.event is not None:
            by_name[item.name].append(item)
    jobs: list[Job] = []
    for name, items in by_name.items():
        for listener in listeners[name]:
            if listener.outside:
                jobs.extend(_job(listener, item) for item in items)
            elif careful:
                jobs.extend(_retell_job(listener, item) for item in _hear_carefully(listener, items))
            else:
                _hear(listener, items)
    if jobs:
        app.job_manager.batch_defer_jobs(jobs)
        transaction.on_commit(_wake_workers)


def _hear(listener: Listener, items: Sequence[Pending]) -> None:
    """Call a listener; its first error ends this telling, which is then done carefully."""
    try:
        if listener.many:
            listener.function([item.event for item in items])
        else:
            for item in items:
                listener.function(item.event)
    except LISTENER_ERRORS as error:
        log.exception("listener %s failed; telling again, each on its own", listener.name)
        raise _Stumbled from error


def _hear_carefully(listener: Listener, items: Sequence[Pending]) -> Iterable[Pending]:
    """Call a listener in savepoints and return the items it failed on; a failing batch is tried one by one."""
    if listener.many and _heard(listener, [item.event for item in items]):
        return []
    return [item for item in items if not _heard(listener, item.event)]


def _heard(listener: Listener, told: object) -> bool:
    argument = [told] if listener.many and not isinstance(told, list) else told
    telling = _telling.get()
    before = len(telling or ())
    try:
        with transaction.atomic():
            listener.function(argument)
    except LISTENER_ERRORS:
        if telling is not None:
            # what it published was rolled back with it
            del telling[before:]
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
