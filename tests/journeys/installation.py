"""A whole installation of its own for a journey: `dragoman serve` in a fresh home, spoken to from outside only."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil


@dataclass
class Installation:
    """A running server: its port, its supervisor, and a token of the one workspace."""

    port: int
    environ: dict[str, str]
    supervisor: subprocess.Popen[bytes]
    token: str = ""

    @property
    def console(self) -> str:
        """The origin of the console and the widget."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def shop(self) -> str:
        """The origin of the shop: another one to a browser."""
        return f"http://localhost:{self.port}"

    def command(self, *arguments: str) -> str:
        """Run a `dragoman` command beside the server and return what it printed."""
        line = [sys.executable, "-m", "dragoman", *arguments]
        done = subprocess.run(line, env=self.environ, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout.strip()

    def api(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Call the API and return its JSON; AssertionError with the problem where it refuses."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{self.console}/api/v1{path}", data=data, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            raise AssertionError(refused.read().decode()) from refused

    def kill_web(self) -> None:
        """End the web process the hard way; the supervisor starts another."""
        for child in psutil.Process(self.supervisor.pid).children():
            if "web" in child.cmdline():
                family = [child, *child.children(recursive=True)]
                for process in family:
                    process.send_signal(signal.SIGKILL)
                return
        raise AssertionError("there is no web process")

    def wait_until_up(self, seconds: float = 60) -> None:
        """Return when the server answers."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self.supervisor.poll() is None, "the server ended by itself"
            try:
                with urllib.request.urlopen(f"{self.console}/readyz", timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the server did not come up")


@contextmanager
def installation(home: Path, *, workspace: str) -> Iterator[Installation]:
    """Start a server with one workspace and its brand; everything is stopped at the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with socket.create_server(("127.0.0.1", 0)) as free:
        mail = free.getsockname()[1]
    environ = {
        **os.environ,
        "DRAGOMAN_HOME": str(home),
        "DRAGOMAN_DEMO": "true",
        "DATABASE_URL": "",
        "MAIL_URL": f"folder://{home / 'outbox'}",
        "MAIL_LISTEN": f"smtp://127.0.0.1:{mail}",
    }
    line = [sys.executable, "-m", "dragoman", "serve", "--port", str(port)]
    log = (home / "serve.log").open("wb")
    supervisor = subprocess.Popen(line, env=environ, stdout=log, stderr=log)
    server = Installation(port, environ, supervisor)
    try:
        server.wait_until_up()
        server.command("workspace", "create", workspace)
        server.token = server.command("token", "create", "--workspace", workspace)
        yield server
    finally:
        supervisor.terminate()
        supervisor.wait(timeout=20)
        log.close()
        server.command("stop")
