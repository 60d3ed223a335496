"""An authorization server for tests, written from RFC 6749, 7636 and 7662 and the pages of Google and Microsoft."""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit


class AuthorizationServer(ThreadingHTTPServer):
    """Knows one client and redirect address; refresh tokens come anew with each use, as Microsoft's do."""

    client_id, client_secret, redirect = "dragoman-test", "a client's secret", ""
    user = "help@kaisla.example"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.codes: dict[str, dict[str, str]] = {}
        self.refresh_tokens: set[str] = set()
        self.access_tokens: set[str] = set()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: AuthorizationServer

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/introspect":
            token = asked.get("access_token") or self.headers.get("Authorization", "").removeprefix("Bearer ")
            known = token in self.server.access_tokens
            # RFC 7662, 2.2: a token that is not good is no error of who asks
            self._json(200, {"active": True, "email": self.server.user} if known else {"active": False})
            return
        good = (
            asked.get("client_id") == self.server.client_id and asked.get("code_challenge_method") == "S256"
        )
        if not good or asked.get("redirect_uri") != self.server.redirect:
            self._json(400, {"error": "invalid_request"})
            return
        code = secrets.token_urlsafe(12)
        self.server.codes[code] = asked
        self.send_response(302)
        self.send_header(
            "Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
        )
        self.end_headers()

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        form = {name: values[0] for name, values in parse_qs(self.rfile.read(size).decode()).items()}
        if form.get("client_secret") != self.server.client_secret:
            self._json(401, {"error": "invalid_client", "error_description": "The client secret is wrong."})
        elif form.get("grant_type") == "refresh_token":
            known = form.get("refresh_token", "") in self.server.refresh_tokens
            self._tokens() if known else self._json(400, {"error": "invalid_grant"})
        else:
            asked = self.server.codes.pop(form.get("code", ""), {})
            digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            if asked.get("code_challenge") != challenge or asked.get("redirect_uri") != form.get(
                "redirect_uri"
            ):
                self._json(400, {"error": "invalid_grant", "error_description": "The code is not yours."})
            else:
                self._tokens()

    def _tokens(self) -> None:
        access, refresh = secrets.token_urlsafe(12), secrets.token_urlsafe(12)
        self.server.access_tokens.add(access)
        self.server.refresh_tokens.add(refresh)
        self._json(
            200,
            {"access_token": access, "refresh_token": refresh, "expires_in": 3600, "token_type": "Bearer"},
        )

    def _json(self, status: int, body: dict[str, object]) -> None:
        words = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)


@contextmanager
def authorization_server() -> Iterator[AuthorizationServer]:
    """Run one on a free port of this machine."""
    server = AuthorizationServer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
