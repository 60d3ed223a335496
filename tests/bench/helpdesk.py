"""django-helpdesk beside us: installed from PyPI into an environment of its own, on the PostgreSQL we embed.

Only its names stand here, none of its code. Its production server is gunicorn with one worker that keeps its
connection; its mail is taken in by its own `process_email`, called in a process that lives on.
"""

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psutil
import psycopg
from psycopg import sql

from dragoman.ground.database import cluster, postmaster
from tests.bench.filling import STEP, copies, sentence, take_ids
from tests.bench.load import get
from tests.bench.mail import letters
from tests.bench.meter import used_by
from tests.serving import free_port

PACKAGES = ("django-helpdesk==2.6.1", "Django>=5.2,<5.3", "psycopg[binary]", "gunicorn")
SITE = Path(__file__).parent / "peer_site"
_CSRF = "p" * 32
_TABLES = ("helpdesk_ticket", "helpdesk_followup")


class NotInstalled(Exception):
    """It could not be had: why, in a sentence."""


def install(folder: Path) -> Path:
    """Install it below `folder` and return its Python; NotInstalled where PyPI is out of reach."""
    made = folder / "environment"
    for command in (
        [sys.executable, "-m", "venv", str(made)],
        [str(made / "bin" / "pip"), "install", "-q", "--timeout", "15", "--retries", "1", *PACKAGES],
    ):
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise NotInstalled(f"django-helpdesk could not be installed from PyPI: {said}")
    return made / "bin" / "python"


@dataclass
class Helpdesk:
    """A running django-helpdesk: its web process, the process that takes in its mail, its database."""

    folder: Path
    python: Path
    address: str
    port: int = field(default_factory=free_port)
    session: str = ""
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def inbox(self) -> Path:
        """Return the folder its queue looks for mails in."""
        return self.folder / "inbox"

    def start(self) -> None:
        """Make its tables and its agent, and start both processes."""
        self.inbox.mkdir()
        self._run("-m", "django", "migrate", "-v", "0")
        self.session = self._run("desk.py", "make", str(self.inbox)).split()[-1]
        gunicorn = ("-m", "gunicorn", "-b", f"127.0.0.1:{self.port}", "-w", "1", "-k", "gthread")
        kept = ("--threads", "1", "--keep-alive", "600", "django.core.wsgi:get_wsgi_application()")
        for words in ((*gunicorn, *kept), ("desk.py", "take")):
            with (self.folder / "peer.log").open("a") as log:
                self.processes.append(
                    subprocess.Popen(
                        [str(self.python), *words],
                        env=self._environ(),
                        cwd=SITE,
                        stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE,
                        stderr=log,
                        text=True,
                    )
                )
        self._await()

    def stop(self) -> None:
        """End both."""
        for one in self.processes:
            one.terminate()
        for one in self.processes:
            one.wait(timeout=15)

    def cpu(self) -> dict[str, float]:
        """Return the CPU seconds that its web, its mail and its database used so far."""
        web, mail = (psutil.Process(one.pid) for one in self.processes)
        main = psutil.Process(postmaster.postmaster_pid(postmaster.folder_of(self.folder)))
        return {
            "web": used_by([web, *web.children(recursive=True)], ended=False),
            "mail": used_by([mail], ended=False),
            "database": used_by([main, *main.children(recursive=True)], ended=True),
        }

    def take(self, mails: list[bytes]) -> None:
        """Take in mails that lie in the folder together, and return when each is a ticket."""
        had = self.tickets()
        for number, mail in enumerate(mails):
            (self.inbox / f"{number}.eml").write_bytes(mail)
        self._call_taker()
        assert self.tickets() - had == len(mails), self.said()

    def take_one_by_one(self, mails: list[bytes]) -> None:
        """Take in each mail before the next one is there."""
        had = self.tickets()
        for mail in mails:
            (self.inbox / "one.eml").write_bytes(mail)
            self._call_taker()
        assert self.tickets() - had == len(mails), self.said()

    def said(self) -> str:
        """Return the end of its log."""
        return (self.folder / "peer.log").read_text()[-2000:]

    def tickets(self) -> int:
        """Return how many tickets there are."""
        with psycopg.connect(self.address) as connection:
            return int(connection.execute("SELECT count(*) FROM helpdesk_ticket").fetchone()[0])

    def fill(self, *, number: int, each: int) -> int:
        """Store `number` tickets of `each` messages, as `filling.fill` does for us; return the id before the first."""
        self.take([mail for _sender, mail in letters("help@peer.example", number=1)])
        with psycopg.connect(self.address, autocommit=True) as connection:
            ticket, message = (
                connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0] for table in _TABLES
            )
            tickets = take_ids(connection, _TABLES[0], number)
            messages = take_ids(connection, _TABLES[1], number * each)
            for low in range(1, number + 1, STEP):
                between = sql.SQL("generate_series({}, {}) AS n").format(low, min(low + STEP - 1, number))
                told = {
                    "id": f"{tickets} + n",
                    "title": "'Tilaus KSL-7-' || n",
                    "description": sentence(),
                    "submitter_email": "'customer-' || n || '@example.com'",
                    "created": "now() - (n::bigint * 7919 % 31536000) * interval '1 second'",
                }
                copies(connection, _TABLES[0], ticket, between, told)
                for layer in range(each):
                    told = {
                        "id": f"{messages + layer * number} + n",
                        "ticket_id": f"{tickets} + n",
                        "comment": sentence(),
                        "message_id": "NULL",
                    }
                    copies(connection, _TABLES[1], message, between, told)
            for table in _TABLES:
                connection.execute(f"VACUUM (ANALYZE) {table}")
        return tickets

    def lengthen(self, ticket: int, *, messages: int) -> None:
        """Let a ticket have that many messages, copies of one it has."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            one, there = connection.execute(
                "SELECT max(id), count(*) FROM helpdesk_followup WHERE ticket_id = %s", [ticket]
            ).fetchone()
            base = take_ids(connection, _TABLES[1], messages)
            series = sql.SQL("generate_series(1, {}) AS n").format(messages - there)
            told = {"id": f"{base} + n", "comment": "t.comment || ' ' || n"}
            copies(connection, _TABLES[1], one, series, told)

    def page(self, path: str) -> bytes:
        """Return its agent's GET."""
        return get(path, {"Cookie": f"sessionid={self.session}", "Accept": "*/*"})

    def form(self, path: str, fields: dict[str, object]) -> bytes:
        """Return its agent's POST of a form."""
        data = urlencode({**fields, "csrfmiddlewaretoken": _CSRF}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={self.session}; csrftoken={_CSRF}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        return head.encode() + data

    def _environ(self) -> dict[str, str]:
        keep = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "TMPDIR"}}
        return {
            **keep,
            "PYTHONPATH": str(SITE),
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "DJANGO_SETTINGS_MODULE": "settings",
            "PEER_DATABASE": self.address,
            "PEER_FOLDER": str(self.folder),
        }

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            [str(self.python), *words],
            env=self._environ(),
            cwd=SITE,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return done.stdout

    def _await(self) -> None:
        """Wait until it answers, and its mail process has called once."""
        self._call_taker()
        for _ in range(600):
            assert self.processes[0].poll() is None, self.said()
            with contextlib.suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/helpdesk/login/", timeout=5).read()
                return
            time.sleep(0.05)
        raise RuntimeError(self.said())

    def _call_taker(self) -> None:
        taker = self.processes[1]
        taker.stdin.write("take\n")
        taker.stdin.flush()
        assert taker.stdout.readline() == "taken\n", self.said()


@contextlib.contextmanager
def a_helpdesk(folder: Path, python: Path) -> Iterator[Helpdesk]:
    """Start it with a database of its own below `folder`, and end both."""
    folder.mkdir()
    peer = Helpdesk(folder, python, cluster.start(folder).url)
    try:
        peer.start()
        yield peer
    finally:
        peer.stop()
        postmaster.discard(folder)
