"""An installation for a journey in the browser: one workspace with its brand, spoken to from outside only."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import prepared
from tests.serving import Desk


@dataclass
class Installation(Desk):
    """A running server with the words of a browser; `token` is one of its workspace."""

    @property
    def console(self) -> str:
        """The origin of the console and the widget."""
        return self.url

    @property
    def shop(self) -> str:
        """The origin of the shop: another one to a browser."""
        return f"http://localhost:{self.port}"

    def command(self, *arguments: str) -> str:
        """Run a `dragoman` command beside the server and return what it printed."""
        return self.run(*arguments)

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
        self.kill("web")

    def wait_until_up(self, seconds: float = 60) -> None:
        """Return when the server answers."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self.process is not None and self.process.poll() is None, "the server ended by itself"
            try:
                with urllib.request.urlopen(f"{self.console}/readyz", timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the server did not come up")


@contextmanager
def installation(
    home: Path, *, workspace: str = "", command: str = "serve", **more: str
) -> Iterator[Installation]:
    """Start a server, on a prepared home where one of its workspaces is named; everything is stopped at the end."""
    server = Installation(home, command, {"DRAGOMAN_DEMO": "true", **more})
    if workspace:
        server.token = prepared.pour(home)[workspace]
    try:
        server.start()
        yield server
    finally:
        server.stop()
