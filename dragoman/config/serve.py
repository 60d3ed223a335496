"""Keeps the database, the web process and the worker running as one command, and ends them together.

`python -m dragoman.config.serve HOST PORT [LINE ...]` is the same in a process that carries nothing else:
this module imports neither Django nor a database driver, because the supervisor's memory counts too.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from dragoman.config.changes import Changes
from dragoman.ground.database import postmaster

GRACE = 6.0  # seconds a process has to end by itself; with the database's share all is over within 10
STEADY = 30.0  # seconds of life after which an old death is forgotten
SLOWEST = 15.0  # seconds between two starts at most
GIVE_UP = 5  # deaths in a row, each within STEADY
PR_SET_PDEATHSIG = 1


class ServeError(Exception):
    """One sentence for the person at the terminal: why nothing was started, and what to do."""


@dataclass
class Child:
    """One process we keep: what it runs, how it fares."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    due: float = 0.0  # the moment of its next start, on the monotonic clock


@dataclass
class Supervisor:
    """The children of one `serve` and the embedded database under them, if there is one."""

    host: str
    port: int
    environ: Mapping[str, str]
    children: list[Child]
    announce: Sequence[str]
    wake: socket.socket
    stopping: list[int] = field(default_factory=list)  # signals asked us to end, in order
    ready: bool = False
    changes: Changes | None = None  # looked at between the turns, for developers

    @property
    def home(self) -> Path | None:
        """The home of the embedded database; None when the database is somebody else's."""
        return None if self.environ.get("DATABASE_URL") else Path(self.environ.get("DRAGOMAN_HOME") or "var")

    def run(self) -> int:
        """Keep everything alive until a signal asks for the end; the exit status."""
        status = 0
        try:
            while not self.stopping and not status:
                self._keep_database()
                if self.changes is not None and self.changes.is_any():
                    say("The source changed: starting again.")
                    self._end_children()
                status = self._keep_children()
                self._say_when_ready()
                self._sleep(0.1 if not self.ready else 1.0)
        finally:
            self._end()
        return status

    def _keep_database(self) -> None:
        if self.home is None:
            return
        folder = postmaster.folder_of(self.home)
        if postmaster.postmaster_pid(folder) is not None:
            return
        before = _read(folder / "port")
        # A process of its own, so that the driver it loads does not stay with us.
        command = [sys.executable, "-m", "dragoman.ground.database.cluster", str(self.home)]
        started = subprocess.run(
            command, env=dict(self.environ), stderr=subprocess.PIPE, text=True, check=False
        )
        if started.returncode:
            raise ServeError((started.stderr.strip().splitlines() or ["The database does not start."])[-1])
        if any(child.process for child in self.children):
            say("The database had ended; it was started again.")
            if _read(postmaster.folder_of(self.home) / "port") != before:
                self._end_children()  # they know the old port only

    def _keep_children(self) -> int:
        """Start who is due, note who died; 1 when one of them cannot be kept alive."""
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                _sweep(child.process.pid)
                lived = now - child.started
                child.deaths = child.deaths + 1 if lived < STEADY else 1
                if child.deaths >= GIVE_UP:
                    say(f"{child.name} ended {child.deaths} times in a row, as told above. Giving up.")
                    child.process = None
                    return 1
                child.due = now + min(0.25 * 2 ** (child.deaths - 1), SLOWEST)
                say(f"{child.name} ended with status {child.process.returncode}; starting it again.")
                child.process = None
            if child.process is None and now >= child.due:
                child.process = _spawn(child.command, self.environ)
                child.started = now
        return 0

    def _say_when_ready(self) -> None:
        if self.ready or not _answers(self.host, self.port):
            return
        self.ready = True
        for line in self.announce or [f"Dragoman runs on {address(self.host, self.port)} (Ctrl-C stops it)"]:
            say(line)
        _tell_systemd(self.environ, "READY=1")

    def _sleep(self, seconds: float) -> None:
        """Wait for a signal, a death or the time, whichever is first."""
        if self.stopping:
            return
        select.select([self.wake], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            self.wake.recv(256)

    def _end(self) -> None:
        """End the children, then the database."""
        _tell_systemd(self.environ, "STOPPING=1")
        self._end_children()
        if self.home is not None:
            postmaster.stop(self.home)

    def _end_children(self) -> None:
        """Ask the children to end, insist after a while or at a second signal."""
        alive = [child.process for child in self.children if child.process is not None]
        for process in alive:
            process.terminate()
        deadline = time.monotonic() + GRACE
        while any(process.poll() is None for process in alive):
            if time.monotonic() > deadline or len(self.stopping) > 1:
                break
            select.select([self.wake], [], [], 0.1)
            with contextlib.suppress(BlockingIOError):
                self.wake.recv(256)
        for process in alive:
            _sweep(process.pid)
            process.wait()
        for child in self.children:
            child.process, child.deaths, child.due = None, 0, 0.0


def serve(
    *,
    host: str,
    port: int,
    environ: Mapping[str, str],
    announce: Sequence[str] = (),
    programs: Mapping[str, Sequence[str]] | None = None,
) -> int:
    """Run web and worker, and the embedded database unless DATABASE_URL is set, until SIGTERM or SIGINT.

    With DRAGOMAN_DEBUG set, web and worker start again whenever a source file changes.

    `announce` replaces the line printed once the port answers; `programs` replaces what runs, by name.
    Returns the exit status; raises ServeError before anything is started when the port is not free.
    """
    check_port(host, port)
    alone = _alone(environ)
    itself = [sys.executable, "-m", "dragoman"]
    chosen = programs or {
        "web": [*itself, "web", "--host", host, "--port", str(port)],
        "worker": [*itself, "worker"],
    }
    children = [Child(name, command) for name, command in chosen.items()]
    with _signals() as (wake, stopping):
        supervisor = Supervisor(host, port, environ, children, announce, wake, stopping)
        if environ.get("DRAGOMAN_DEBUG", "").lower() in {"1", "true", "yes", "on"}:
            supervisor.changes = Changes()
        try:
            return supervisor.run()
        finally:
            alone.close()


def _alone(environ: Mapping[str, str]) -> IO[str]:
    """Hold the home for this supervisor; ServeError while another one runs on it: its end would stop our database."""
    home = Path(environ.get("DRAGOMAN_HOME") or "var")
    home.mkdir(parents=True, exist_ok=True)
    lock = (home / "serve.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise ServeError(
            f"Dragoman is running on {home} already: stop it first, or set DRAGOMAN_HOME."
        ) from None
    return lock


def check_port(host: str, port: int) -> None:
    """Raise ServeError unless it is free: servers that share one would silently split the traffic."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise ServeError(
                f"Port {port} is for root alone: choose one above 1023, such as --port 8000."
            ) from error
        except OSError as error:
            if _answers(host, port):
                raise ServeError(
                    f"Port {port} is taken by another program: stop that one, or choose another with "
                    f"--port {port + 1} (with make: PORT={port + 1})."
                ) from error
            raise ServeError(f"Cannot listen on {host} port {port}: {error.strerror}.") from error


def address(host: str, port: int) -> str:
    """How a browser on this machine reaches us."""
    near = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"http://{near}:{port}"


def say(line: str) -> None:
    """Print at once, also where nobody reads any more."""
    with contextlib.suppress(OSError):
        print(line, flush=True)


@contextlib.contextmanager
def _signals() -> Iterator[tuple[socket.socket, list[int]]]:
    """Turn signals into bytes on a socket and a list of requests to end, and put back what was there."""
    stopping: list[int] = []
    reader, writer = socket.socketpair()
    for end in (reader, writer):
        end.setblocking(False)
    before = {signal.SIGCHLD: signal.signal(signal.SIGCHLD, lambda *_: None)}
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
            continue  # nohup
        before[number] = signal.signal(number, lambda got, _frame: stopping.append(got))
    old = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    try:
        yield reader, stopping
    finally:
        signal.set_wakeup_fd(old)
        for number, handler in before.items():
            signal.signal(number, handler)
        reader.close()
        writer.close()


def _spawn(command: Sequence[str], environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own: Ctrl-C reaches it through us alone; its children go with it."""
    return subprocess.Popen(
        list(command),
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,
    )


def _die_with_parent() -> None:
    """Have the kernel end this child when the supervisor is killed without a chance to do so."""
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


_LIBC = ctypes.CDLL(None)


def _sweep(group: int) -> None:
    """Kill what is left of a child's session: the port must not stay with an orphan."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _answers(host: str, port: int) -> bool:
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    try:
        with socket.create_connection((near, port), timeout=1):
            return True
    except OSError:
        return False


def _tell_systemd(environ: Mapping[str, str], state: str) -> None:
    """Say how we are to a service manager that asked for it (sd_notify's protocol: one datagram)."""
    where = environ.get("NOTIFY_SOCKET")
    if not where:
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.sendto(state.encode(), "\0" + where[1:] if where.startswith("@") else where)


if __name__ == "__main__":
    try:
        sys.exit(serve(host=sys.argv[1], port=int(sys.argv[2]), environ=os.environ, announce=sys.argv[3:]))
    except (ServeError, postmaster.ClusterError) as failure:
        sys.exit(f"dragoman: {failure}")
