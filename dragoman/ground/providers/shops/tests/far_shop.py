"""A shop on this machine that answers what it was told to, and remembers what it was asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).parent / "recorded"


@dataclass
class Asked:
    """One call as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class FarShop:
    """Answers {(method, beginning of the path): (status, body, headers)}; the longest beginning wins."""

    address: str = ""
    answers: dict[tuple[str, str], tuple[int, Any, dict[str, str]]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def says(self, method: str, path: str, body: Any, status: int = 200, **headers: str) -> None:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[method, path] = (status, body, told)

    def answer_to(self, asked: Asked) -> tuple[int, bytes, dict[str, str]]:
        fits = [key for key in self.answers if key[0] == asked.method and asked.path.startswith(key[1])]
        status, body, headers = (
            self.answers[max(fits, key=lambda key: len(key[1]))] if fits else (404, {}, {})
        )
        if callable(body):
            body = body(asked)
            status, body = body if isinstance(body, tuple) else (status, body)
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return status, raw, headers


def recorded(name: str) -> Any:
    """Return a recorded answer; a text, so that its decimals stay as they were sent."""
    return (RECORDED / name).read_bytes()


@contextmanager
def far_shop(shop: FarShop | None = None) -> Iterator[FarShop]:
    """Run a shop while the block runs."""
    shop = shop or FarShop()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, self.rfile.read(length))
            shop.asked.append(asked)
            status, body, headers = shop.answer_to(asked)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = do_PUT = _answer

        def log_message(self, *_args: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    shop.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield shop
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
