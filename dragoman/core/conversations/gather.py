"""What arrives at the same moment shares one statement and one commit; a lone thing waits for nobody.

While one batch is in the database the next one gathers. Each caller gets its answer after the commit, and nobody
pays for another's bad one: a batch that fails is tried one by one.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db import Error, connection

from dragoman.kit import workspace

from .actions.receive import Incoming, Received, receive_messages

log = logging.getLogger(__name__)

MOST = 100
# what a message may do to its own caller, and to no other
FAULTS = (Error, LookupError, ValueError, TypeError, OSError)


Item = TypeVar("Item")
Answer = TypeVar("Answer")


@dataclass
class _Waiting(Generic[Item, Answer]):
    workspace_id: int
    item: Item
    answer: "Future[Answer]" = field(default_factory=Future)


class Gatherer(Generic[Item, Answer]):
    """One thread a process that does with many, in their workspace, what callers bring one by one."""

    def __init__(self, store: Callable[[Sequence[Item]], Sequence[Answer]], *, name: str) -> None:
        self._store_all = store
        self._name = name
        self._waiting: deque[_Waiting[Item, Answer]] = deque()
        self._some = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stopping = False

    def submit(self, workspace_id: int, brought: Item) -> "Future[Answer]":
        """Hand something in; the future is done when it is committed, or has failed."""
        item: _Waiting[Item, Answer] = _Waiting(workspace_id, brought)
        with self._some:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._waiting.append(item)
            self._some.notify()
        return item.answer

    def stop(self) -> None:
        """Store what waits, then end the thread and its connection; whatever comes next starts it anew."""
        with self._some:
            self._stopping = True
            self._some.notify()
            thread = self._thread
        if thread is not None:
            thread.join(timeout=10)
        self._stopping = False

    def _take(self) -> list[_Waiting[Item, Answer]]:
        """Wait for some; return those of the oldest one's workspace, in order, at most MOST; none at the end."""
        with self._some:
            while not self._waiting:
                if self._stopping:
                    return []
                self._some.wait()
            first = self._waiting[0].workspace_id
            taken: list[_Waiting[Item, Answer]] = []
            others: deque[_Waiting[Item, Answer]] = deque()
            while self._waiting:
                item = self._waiting.popleft()
                mine = item.workspace_id == first and len(taken) < MOST
                (taken if mine else others).append(item)
            self._waiting = others
            return taken

    def _run(self) -> None:
        while taken := self._take():
            with workspace.acting_in(taken[0].workspace_id):
                self._store(taken)
        connection.close()

    def _store(self, taken: list[_Waiting[Item, Answer]]) -> None:
        try:
            stored = self._store_all([waiting.item for waiting in taken])
        except FAULTS as fault:
            connection.close()
            if len(taken) == 1:
                taken[0].answer.set_exception(fault)
                return
            log.warning("a batch of %s failed in %s, doing it one by one: %s", len(taken), self._name, fault)
            for item in taken:
                self._store([item])
            return
        for item, received in zip(taken, stored, strict=True):
            item.answer.set_result(received)


gatherer: Gatherer[Incoming, Received] = Gatherer(receive_messages, name="gatherer")
