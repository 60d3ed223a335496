"""After a commit, at most every 20 ms, one NOTIFY on a connection and thread of its own.

A whisper is what nobody keeps (somebody types, somebody looks): it goes to the hubs of all web processes in the
NOTIFY itself and into no table; who is not listening at that moment never hears it.

Inside a business transaction NOTIFY would serialise all commits (11 times slower, measured); lost wake-ups cost
nothing but time, because tellers, workers and hubs also poll.
"""

import json
import logging
import threading
import time
from collections import deque
from typing import Any

import psycopg
from django.db import connections

log = logging.getLogger(__name__)

PAUSE = 0.02
# who is woken: hubs read new events, tellers what is untold, workers their jobs
HUBS = "dragoman_events"
TELLERS = "dragoman_untold"
WORKERS = "procrastinate_queue_v1#default"
# what is said and not kept; PostgreSQL takes at most 8000 bytes with a NOTIFY
WHISPERS = "dragoman_whispers"
MOST_BYTES = 2000
MOST_WAITING = 1000
_WORDS = {HUBS: "", TELLERS: "", WORKERS: '{"type":"job_inserted","job_id":0}'}


def connection_params() -> dict[str, Any]:
    """Return psycopg parameters for a plain connection beside Django's pool, as the application role."""
    params = connections["default"].get_connection_params()
    for key in ("cursor_factory", "context", "pool"):
        params.pop(key, None)
    return params


class Bell:
    """One ringer a process; `ring` never blocks and never raises."""

    def __init__(self) -> None:
        self._rung = threading.Event()
        self._asked: set[str] = set()
        self._whispers: deque[str] = deque(maxlen=MOST_WAITING)
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def ring(self, *whom: str) -> None:
        """Wake these soon; hubs and tellers where nobody is named."""
        self._asked.update(whom or (HUBS, TELLERS))
        self._start()

    def whisper(self, workspace_id: int, topic: str, name: str, facts: dict[str, Any]) -> None:
        """Say `facts` (small: ids and a word) to whoever watches a topic of this workspace now, as event `name`."""
        said = json.dumps([workspace_id, topic, name, facts], ensure_ascii=False)
        assert len(said.encode()) <= MOST_BYTES, "a whisper names what happened; it carries no matter"
        self._whispers.append(said)
        self._start()

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            with self._lock:
                if self._thread is None or not self._thread.is_alive():
                    self._stop.clear()
                    self._thread = threading.Thread(target=self._run, name="bell", daemon=True)
                    self._thread.start()
        self._rung.set()

    def stop(self) -> None:
        """End the thread and its connection; the next ring starts anew."""
        self._stop.set()
        self._rung.set()
        if self._thread is not None:
            self._thread.join(timeout=5)
            self._thread = None

    def _run(self) -> None:
        connection: psycopg.Connection[Any] | None = None
        while not self._stop.is_set():
            self._rung.wait()
            self._rung.clear()
            if self._stop.is_set():
                break
            try:
                if connection is None or connection.closed:
                    connection = psycopg.connect(**connection_params(), autocommit=True)
                    connection.execute("SET synchronous_commit = off")
                asked, self._asked = self._asked, set()
                words = [(one, _WORDS[one]) for one in asked]
                # what is dropped at a database fault was news for a moment only
                words += [(WHISPERS, self._whispers.popleft()) for _ in range(min(len(self._whispers), 100))]
                if words:
                    calls = ", ".join("pg_notify(%s, %s)" for _word in words)
                    connection.execute(f"SELECT {calls}", [part for word in words for part in word])
                if self._whispers:
                    self._rung.set()
            except psycopg.Error as error:
                log.warning("wake-up not sent, polling will do: %s", error)
                connection = None
            time.sleep(PAUSE)
        if connection is not None:
            connection.close()


bell = Bell()
ring = bell.ring
whisper = bell.whisper
