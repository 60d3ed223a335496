"""A small far side for the widget: the chat's endpoints with faults on demand, and a strict shop page.

It stands where `front/portal/chat` and the gateway's hub stand in earnest, so that a test can pull the plug
at an exact moment; what it takes and answers is the protocol of `front/portal/chat/README.md`.
"""

import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dragoman.front.portal.widget.script import assemble

LANGUAGES = [
    {"tag": "en", "name": "English", "dir": "ltr"},
    {"tag": "fi", "name": "suomi", "dir": "ltr"},
    {"tag": "th", "name": "ไทย", "dir": "ltr"},
    {"tag": "ar", "name": "العربية", "dir": "rtl"},
]


class FarSide:
    """What the server knows and does wrong: `down` drops connections, `lose_answers` takes and hangs up."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.requests: list[str] = []
        self.posted: list[dict[str, Any]] = []
        self.sessions: list[dict[str, Any]] = []
        self.receipts: list[dict[str, int]] = []
        self.files: list[tuple[str, int]] = []
        self.texts: dict[str, dict[str, str]] = {}
        self.down = False
        self.lose_answers = 0
        self.refuse_next = 0
        self.open = True
        self.colour = "#2a3fc9"
        self.back_at = ""
        self.facts_go = threading.Event()
        self.facts_go.set()
        self.limits = {"text": 4000, "file_bytes": 1000, "files": 3, "refused_kinds": [".exe"]}
        self.chat: dict[str, Any] = {"sound": True, "transcript": True, "typing": True}
        self.read_up_to = 0
        self.closed = False
        self.too_fast = 0
        self.typings: list[str] = []
        self.copies: list[dict[str, Any]] = []
        self.whispers: list[str] = []
        self.home: dict[str, Any] | None = None
        self.asked: list[tuple[str, Any]] = []
        self.articles: list[dict[str, Any]] = []
        self.order: dict[str, Any] | None = None
        self.survey: dict[str, Any] | None = None
        self.invites: list[dict[str, Any]] = []
        self.bot: dict[str, str] | None = None
        self.changed = threading.Condition()
        self.streams = 0
        self._ids = itertools.count(1)

    def say(self, text: str, language: str = "en", **more: Any) -> None:
        """Let an agent answer."""
        self._keep(
            {"direction": "out", "text": text, "language": language, "author": {"name": "Aino"}, **more}
        )

    def type(self, doing: str) -> None:
        """Let an agent begin to type, or stop."""
        with self.changed:
            self.whispers.append(doing)
            self.changed.notify_all()

    def wake(self) -> None:
        """Tell the pages that something changed."""
        with self.changed:
            self.changed.notify_all()

    def take(self, body: dict[str, Any]) -> dict[str, Any]:
        """Store a shopper's message once, however often it comes."""
        self.posted.append(body)
        for message in self.messages:
            if message.get("external_id") == body["external_id"]:
                return message
        return self._keep(
            {
                "direction": "in",
                "external_id": body["external_id"],
                "text": body["text"],
                "language": body["locale"],
                "attachments": [{"name": n, "size": 3, "content_type": "text/plain"} for n in body["files"]],
            }
        )

    def _keep(self, message: dict[str, Any]) -> dict[str, Any]:
        with self.changed:
            message["id"] = str(next(self._ids))
            message["sent_at"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            self.messages.append(message)
            self.changed.notify_all()
        return message

    def config(self, locale: str) -> dict[str, Any]:
        """Answer as the server does: the nearest language that there is."""
        tag = locale.split("-")[0] if locale.split("-")[0] in {one["tag"] for one in LANGUAGES} else "en"
        return {
            "brand": {"slug": "kaisla", "name": "Kaisla", "colour": self.colour},
            "locale": tag,
            "languages": LANGUAGES,
            "texts": self.texts.get(tag, {}),
            "open": self.open,
            "back_at": self.back_at or None,
            "limits": self.limits,
            "chat": self.chat,
            "home": self.home,
            "invites": self.invites,
            "bot": self.bot,
        }

    def cut_streams(self) -> None:
        """End every live connection."""
        with self.changed:
            self.streams += 1
            self.changed.notify_all()


class _Chat(BaseHTTPRequestHandler):
    far: FarSide
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def do_OPTIONS(self) -> None:
        self._answer(204, b"", "text/plain")

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        self.far.requests.append(url.path)
        if url.path == "/widget.js":
            return self._answer(200, assemble().body, "text/javascript; charset=utf-8")
        if self.far.down:
            return self._hang_up()
        if url.path.endswith("/config"):
            self.far.facts_go.wait(60)
            return self._json(200, self.far.config(query["locale"]))
        if url.path.endswith("/messages"):
            after = int(query.get("after") or 0)
            items = [message for message in self.far.messages if int(message["id"]) > after]
            more = items[49]["id"] if len(items) > 50 else None
            state = {"read": str(self.far.read_up_to), "closed": self.far.closed, "survey": self.far.survey}
            return self._json(200, {"items": items[:50], "next": more, **state})
        if url.path.endswith("/live"):
            return self._stream()
        self._json(404, {"detail": "no such page"})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.far.requests.append(self.path)
        if self.far.down:
            return self._hang_up()
        if self.path.endswith("/session"):
            body = json.loads(raw)
            self.far.sessions.append(body)
            email = (body.get("identity") or {}).get("email", "")
            return self._json(
                200, {"session": "s-" + body["visitor"], "handle": body["visitor"][:8], "email": email}
            )
        path = urlsplit(self.path).path
        if path.endswith("/read"):
            self.far.asked.append(("read", json.loads(raw)))
            return self._json(200, {})
        if path.endswith(("/search", "/suggest", "/order")):
            return self._self_help(path.rpartition("/")[2], json.loads(raw))
        if not self.headers.get("Authorization", "").startswith("Bearer s-"):
            return self._json(401, {"detail": "no session"})
        if self.path.endswith("/files"):
            return self._file(raw)
        if self.path.endswith("/receipts"):
            self.far.receipts.append(json.loads(raw))
            return self._json(200, {})
        if self.path.endswith("/typing"):
            self.far.typings.append(json.loads(raw)["doing"])
            return self._json(200, {})
        if self.path.endswith("/transcript"):
            self.far.copies.append(json.loads(raw))
            return self._json(202, {"state": "confirm", "email": self.far.copies[-1]["email"]})
        if path.endswith("/survey"):
            self.far.survey = {**json.loads(raw), "open": True}
            return self._json(200, {"survey": self.far.survey})
        if self.far.too_fast:
            self.far.too_fast -= 1
            return self._json(429, {"detail": "That was a lot at once."}, retry_after=2)
        if self.far.refuse_next:
            self.far.refuse_next -= 1
            return self._json(422, {"detail": "This message cannot be stored."})
        message = self.far.take(json.loads(raw))
        if self.far.lose_answers:
            self.far.lose_answers -= 1
            return self._hang_up()
        self._json(201, {"message": message, "duplicate": False})

    def _self_help(self, what: str, body: dict[str, Any]) -> None:
        self.far.asked.append((what, body))
        if what != "order":
            return self._json(200, {"items": self.far.articles})
        if body["proof"] != "10110":
            return self._json(404, {"detail": "Nothing fits these two."})
        self._json(200, {"order": self.far.order})

    def _file(self, raw: bytes) -> None:
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        (part,) = BytesParser(policy=HTTP).parsebytes(head + raw).iter_parts()
        name = part.get_filename() or ""
        self.far.files.append((name, len(part.get_payload(decode=True) or b"")))
        self._json(201, {"token": name})

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        far, mine, told, typed = self.far, self.far.streams, self._told(), len(self.far.whispers)
        self.wfile.write(b": hello\n\n")
        while mine == far.streams and not far.down:
            with far.changed:
                far.changed.wait(0.2)
            for doing in far.whispers[typed:]:
                self.wfile.write(f"event: typing\ndata: {json.dumps({'doing': doing})}\n\n".encode())
            typed = len(far.whispers)
            if self._told() != told and not far.down:
                told = self._told()
                self.wfile.write(f"id: {told[0]}\nevent: changed\ndata: conversation:1\n\n".encode())
                self.wfile.flush()

    def _told(self) -> tuple[int, int, bool]:
        return len(self.far.messages), self.far.read_up_to, self.far.closed

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _json(self, status: int, facts: dict[str, Any], *, retry_after: int = 0) -> None:
        self._answer(status, json.dumps(facts).encode(), "application/json", retry_after=retry_after)

    def _answer(self, status: int, body: bytes, kind: str, *, retry_after: int = 0) -> None:
        self.send_response(status)
        if retry_after:
            self.send_header("Retry-After", str(retry_after))
            self.send_header("Access-Control-Expose-Headers", "Retry-After")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "authorization, content-type, accept-language")
        self.end_headers()
        self.wfile.write(body)


PAGE = """<!doctype html><html lang="{lang}"{more}><head><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/shop.css">
</head><body><h1>Loimu</h1><p>A lamp.</p><a href="/?lang={lang}">More</a>
<button id="help">Help</button><script src="{origin}/widget.js" data-brand="kaisla"{tag} async></script></body></html>"""
# rules as shops have them, and as nobody should
HOSTILE = "* { all: unset !important; display: inline !important; color: red !important } body { transform: scale(.5) }"


class _Shop(BaseHTTPRequestHandler):
    origin: str

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        css = url.path == "/shop.css"
        dark = ' data-theme="dark"' if "dark" in query else ""
        more = dark + (' dir="rtl"' if "rtl" in query else "")
        tag = ' data-consent="required"' if "wait" in query else ""
        page = PAGE.format(lang=query.get("lang", "en"), origin=self.origin, more=more, tag=tag)
        if "hostile" in query:
            page = page.replace("/shop.css", "/hostile.css")
        css = css or url.path == "/hostile.css"
        rules = (
            HOSTILE
            if url.path == "/hostile.css"
            else "html{font-size:10px} *{letter-spacing:2px; color:#700}"
        )
        body = (rules if css else page).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/css" if css else "text/html; charset=utf-8")
        policy = f"default-src 'none'; style-src 'self'; script-src {self.origin}; connect-src {self.origin}"
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(far: FarSide) -> Iterator[tuple[str, str]]:
    """Serve the far side and, on a second origin, the shop; yields (chat origin, shop origin)."""
    chat = ThreadingHTTPServer(("127.0.0.1", 0), type("Chat", (_Chat,), {"far": far}))
    origin = f"http://127.0.0.1:{chat.server_port}"
    shop = ThreadingHTTPServer(("127.0.0.1", 0), type("Shop", (_Shop,), {"origin": origin}))
    servers = (chat, shop)
    for server in servers:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield origin, f"http://localhost:{shop.server_port}"
    finally:
        far.cut_streams()
        for server in servers:
            server.shutdown()
            server.server_close()
