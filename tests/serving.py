"""A whole installation as a user starts it: `dragoman serve` in a home of its own, ended by pid."""

import atexit
import contextlib
import itertools
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from dragoman.ground.database import postmaster
from tests import prepared

# Below the ports that the system gives to whoever connects: one of those may be taken before it is listened on, and a
# demo listens a minute or two after it was named. No port is given twice; where a process begins is chance.
PORTS = range(10_000, 32_768)
_ports = itertools.cycle(random.sample(PORTS, len(PORTS)))


def free_port() -> int:
    """Return a port nobody listens on, which nobody is given by chance."""
    for port in _ports:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


LOG_SHOWN = 6000  # letters of a log


def _words_of(process: psutil.Process) -> list[str]:
    """Return a command line; one that ends while we look has none."""
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []


@dataclass
class Desk:
    """A running installation."""

    home: Path
    starts: str = "serve"
    more: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    mail_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    token: str = ""

    @property
    def url(self) -> str:
        """Return where the browser goes."""
        return f"http://127.0.0.1:{self.port}"

    def environ(self) -> dict[str, str]:
        """Return the environment of every command of this installation."""
        keep = {
            name: value
            for name, value in os.environ.items()
            if name in {"PATH", "LANG", "HOME", "TMPDIR", "PYTHONPATH"}
        }
        return {
            **keep,
            "DRAGOMAN_HOME": str(self.home),
            "MAIL_LISTEN": f"smtp://127.0.0.1:{self.mail_port}",
            "MAIL_URL": f"folder://{self.home / 'outbox'}",
            **self.more,
        }

    def start(self, *, seconds: float = 500) -> float:
        """Start and return how many seconds passed until /healthz answered."""
        began = time.monotonic()
        with (self.home / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dragoman", self.starts, "--port", str(self.port)],
                env=self.environ(),
                stdout=log,
                stderr=log,
                cwd=self.home,
            )
        while time.monotonic() - began < seconds:
            if self.process.poll() is not None:
                raise RuntimeError((self.home / "serve.log").read_text()[-2000:])
            with contextlib.suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(self.url + "/healthz", timeout=2).read()
                return time.monotonic() - began
            time.sleep(0.05)
        raise RuntimeError("it did not start:\n" + (self.home / "serve.log").read_text()[-2000:])

    def run(self, *words: str) -> str:
        """Run a command beside it and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "dragoman", *words],
            env=self.environ(),
            capture_output=True,
            text=True,
            check=False,
            cwd=self.home,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()

    def children(self, word: str) -> list[psutil.Process]:
        """Return the processes of this installation whose command line has a word (`web`, `worker`)."""
        assert self.process is not None
        found = psutil.Process(self.process.pid).children(recursive=True)
        return [one for one in found if word in _words_of(one)]

    def kill(self, word: str) -> None:
        """Kill -9 the processes of one kind; the supervisor starts them again."""
        for one in self.children(word):
            with contextlib.suppress(psutil.Error):
                one.send_signal(signal.SIGKILL)

    def stop(self) -> None:
        """End everything, the database too; its log is shown where a test has failed."""
        print((self.home / "serve.log").read_text()[-LOG_SHOWN:])
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
        postmaster.stop(self.home)
        # as root the cluster lies outside of a closed temporary folder, where nobody would clear it away
        atexit.register(shutil.rmtree, postmaster.folder_of(self.home), ignore_errors=True)


@contextlib.contextmanager
def a_desk(home: Path, *, command: str = "serve", workspace: str = "", **more: str) -> Iterator[Desk]:
    """Start an installation in `home`, and end it: a fresh one, or a prepared one with a workspace of it."""
    desk = Desk(home, command, more)
    if workspace:
        desk.token = prepared.pour(home)[workspace]
    try:
        desk.start()
        yield desk
    finally:
        desk.stop()
