"""Engines' servers on loopback, as the vendors document them and as libretranslate 1.9.6 answered."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# (method, path, body) -> (status, JSON or raw text)
Answering = Callable[[str, str, Any], tuple[int, Any]]


@contextmanager
def serving(answering: Answering) -> Iterator[str]:
    """Serve on a free port of 127.0.0.1 and give `host:port`."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("content-length", "0"))
            body = json.loads(self.rfile.read(length)) if length else None
            status, told = answering(self.command, self.path, body)
            raw = told.encode() if isinstance(told, str) else json.dumps(told).encode()
            self.send_response(status)
            if status == 429:
                self.send_header("Retry-After", "7")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = _answer

        def log_message(self, format: str, *args: Any) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class Libre:
    """A LibreTranslate with English, Finnish and both Chineses, that takes at most `most` texts at once."""

    def __init__(self, *, most: int = 20, key: str = "") -> None:
        self.most = most
        self.key = key
        self.asked: list[Any] = []

    def __call__(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        if path == "/languages":
            codes = ["en", "fi", "zh", "zt"]
            return 200, [{"code": code, "name": code, "targets": codes} for code in codes]
        self.asked.append(body)
        if self.key and body.get("api_key") != self.key:
            return 403, {"error": "Invalid API key"}
        if body["target"] not in {"en", "fi", "zh", "zt"}:
            return 400, {"error": f"{body['target']} is not supported"}
        if len(body["q"]) > self.most:
            return 400, {
                "error": f"Invalid request: request ({len(body['q'])}) exceeds text limit ({self.most})"
            }
        return 200, {"translatedText": [f"<{body['target']}> {text}" for text in body["q"]]}


class Chat:
    """A chat server whose model says what `content` makes of the texts it was sent."""

    def __init__(
        self,
        content: Callable[[list[str]], str],
        *,
        takes_format: bool = True,
        takes_temperature: bool = True,
    ) -> None:
        self.content = content
        self.takes_format = takes_format
        self.takes_temperature = takes_temperature
        self.asked: list[Any] = []

    def __call__(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        assert path == "/v1/chat/completions"
        self.asked.append(body)
        if "response_format" in body and not self.takes_format:
            return 400, {
                "error": {"message": "unknown field response_format", "type": "invalid_request_error"}
            }
        if "temperature" in body and not self.takes_temperature:
            told = "Unsupported value: 'temperature' does not support 0 with this model."
            return 400, {"error": {"message": told, "type": "invalid_request_error", "param": "temperature"}}
        texts = json.loads(body["messages"][1]["content"])["texts"]
        return 200, {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "choices": [
                {
                    "index": 0,
                    "finish_reason": "stop",
                    "message": {"role": "assistant", "content": self.content(texts)},
                }
            ],
        }
