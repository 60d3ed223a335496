"""Knowing when everything that came in can be read."""

import time

import psutil
import psycopg

from tests.bench import raw
from tests.serving import Desk

# an envelope that is not open yet, or an event that not every listener has heard
_UNDONE = """SELECT EXISTS (SELECT FROM conversations_envelope WHERE state = 'waiting')
  OR EXISTS (SELECT FROM events_event WHERE told_at IS NULL)"""


class Watcher:
    """A connection that looks whether all is told, and knows what its looking cost the database."""

    def __init__(self, desk: Desk) -> None:
        self.connection = psycopg.connect(raw.address(desk), autocommit=True, prepare_threshold=0)
        self.backend = psutil.Process(self.connection.info.backend_pid)

    def wait(self) -> None:
        """Return when no envelope is closed and no event untold."""
        while self.connection.execute(_UNDONE).fetchone()[0]:
            time.sleep(0.004)

    def cost(self) -> float:
        """Return the CPU milliseconds of this connection so far."""
        times = self.backend.cpu_times()
        return float(times.user + times.system) * 1000
