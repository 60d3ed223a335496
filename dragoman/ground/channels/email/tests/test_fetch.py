"""Mailboxes that misbehave: a scripted IMAP server on loopback, without IDLE, ESEARCH or manners."""

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import BinaryIO

import pytest

from dragoman.ground.channels.email import fetch as fetching
from dragoman.ground.channels.email.fetch import Place, fetch, latest, wait
from dragoman.ground.channels.email.oauth import access_token
from dragoman.kit.errors import Rejected, Unavailable


class ScriptedImap:
    """Serves `mails` by UID; `ill` UIDs answer NO, `partial` False ignores the piece asked for, `drop_at` hangs up."""

    def __init__(self, mails: dict[int, bytes]) -> None:
        self.mails = mails
        self.ill: set[int] = set()
        self.partial = True
        self.drop_at = 0
        self.validity = 7
        self.commands: list[str] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def secrets(self, **more: str) -> dict[str, str]:
        port = str(self.listener.getsockname()[1])
        base = {
            "imap_host": "127.0.0.1",
            "imap_port": port,
            "imap_security": "none",
            "user": "u",
            "password": "p",
        }
        return base | more

    def serve(self) -> None:
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            with peer, peer.makefile("rwb") as stream:
                self.talk(stream)

    def talk(self, stream: BinaryIO) -> None:
        self.say(stream, b"* OK ready")
        while line := stream.readline().decode().strip():
            tag, _, command = line.partition(" ")
            self.commands.append(command)
            word = command.upper()
            if word.startswith("CAPABILITY"):
                self.say(stream, b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2")
            elif word.startswith("AUTHENTICATE"):
                self.say(stream, b"+ ")
                self.commands.append(stream.readline().decode().strip())
            elif word.startswith(("SELECT", "EXAMINE")):
                self.say(
                    stream, f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] valid".encode()
                )
            elif word.startswith("UID SEARCH"):
                self.search(stream, int(word.split("UID ")[-1].split(":")[0]))
            elif word.startswith("UID FETCH") and not self.fetch(stream, tag, word):
                if self.drop_at:
                    return
                continue
            self.say(stream, f"{tag} OK done".encode())
            if word == "LOGOUT":
                return

    def search(self, stream: BinaryIO, first: int) -> None:
        found = [uid for uid in self.mails if uid >= first] or list(self.mails)[-1:]
        self.say(stream, b"* SEARCH " + b" ".join(b"%d" % uid for uid in found))

    def fetch(self, stream: BinaryIO, tag: str, word: str) -> bool:
        numbers = re.match(r"UID FETCH (\d+) \(UID BODY.PEEK\[\]<(\d+)\.(\d+)>\)", word)
        assert numbers
        uid, start, length = (int(each) for each in numbers.groups())
        if uid == self.drop_at:
            stream.write(b"* 1 FETCH (UID 1 BODY[]<0> {100}\r\nhalf")
            stream.flush()
            return False
        if uid in self.ill:
            self.say(stream, f"{tag} NO [SERVERBUG] cannot open".encode())
            return False
        data = self.mails[uid][start : start + length] if self.partial else self.mails[uid]
        mark = f"<{start}>" if self.partial else ""
        self.say(
            stream, f"* 1 FETCH (BODY[]{mark} {{{len(data)}}}".encode() + b"\r\n" + data + b" UID %d)" % uid
        )
        return True

    @staticmethod
    def say(stream: BinaryIO, words: bytes) -> None:
        stream.write(words + b"\r\n")
        stream.flush()


@contextmanager
def serving(mails: dict[int, bytes]) -> Iterator[ScriptedImap]:
    found = ScriptedImap(mails)
    try:
        yield found
    finally:
        found.listener.close()


def read_all(secrets: dict[str, str], state: str = "") -> list[tuple[bytes, str]]:
    return [(raw.read(), at) for raw, at in fetch(secrets, state=state)]


def test_one_mail_the_server_cannot_give_does_not_stop_the_rest() -> None:
    with serving({1: b"one", 2: b"two", 3: b"three"}) as server:
        server.ill = {2}
        assert read_all(server.secrets()) == [(b"one", "7:1"), (b"three", "7:3")]


def test_the_last_mail_named_by_an_open_range_is_not_read_again() -> None:
    with serving({1: b"one", 2: b"two"}) as server:
        assert read_all(server.secrets(), "7:2") == []


def test_another_validity_reads_from_the_beginning() -> None:
    with serving({1: b"one"}) as server:
        assert read_all(server.secrets(), "6:900") == [(b"one", "7:1")]


@pytest.mark.parametrize("partial", [True, False])
def test_a_mail_longer_than_a_piece_comes_whole(partial: bool) -> None:
    mail = bytes(range(256)) * 10_000
    with serving({5: mail}) as server:
        server.partial = partial
        assert read_all(server.secrets()) == [(mail, "7:5")]


def test_a_mail_as_long_as_a_piece_comes_whole() -> None:
    mail = b"x" * fetching.PIECE
    with serving({5: mail}) as server:
        assert [len(raw) for raw, _ in read_all(server.secrets())] == [fetching.PIECE]


def test_a_server_gone_in_mid_fetch_keeps_what_came_before() -> None:
    with serving({1: b"one", 2: b"two"}) as server:
        server.drop_at = 2
        mails = fetch(server.secrets())
        assert next(mails)[1] == "7:1"
        with pytest.raises(Unavailable):
            next(mails)


def test_the_folder_is_opened_for_reading_only() -> None:
    with serving({1: b"one"}) as server:
        read_all(server.secrets())
        assert any(command.startswith("EXAMINE") for command in server.commands)
        assert not any(command.startswith(("SELECT", "UID STORE")) for command in server.commands)


def test_without_idle_it_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "POLL_SECONDS", 0.05)
    with serving({1: b"one"}) as server:
        threading.Timer(0.3, server.mails.update, ({2: b"two"},)).start()
        assert wait(server.secrets(), timeout=5)
        assert "NOOP" in server.commands


def test_where_the_last_number_is_not_said_it_is_searched() -> None:
    with serving({3: b"one", 8: b"two"}) as server:
        assert latest(server.secrets()) == "7:8"


@pytest.mark.parametrize("state", ["", "x", "7", "7:-1", "7:1:2", "\0"])
def test_a_state_that_is_none_is_the_beginning(state: str) -> None:
    assert Place.read(state) == Place()


def test_a_token_instead_of_a_password() -> None:
    with serving({1: b"one"}) as server:
        assert len(read_all(server.secrets(access_token="secret-token"))) == 1
        assert server.commands[server.commands.index("AUTHENTICATE XOAUTH2") + 1]


class TokenServer(BaseHTTPRequestHandler):
    """Answers a refresh as RFC 6749 says, or refuses it."""

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["content-length"])).decode()
        good = "refresh_token=good" in form and "grant_type=refresh_token" in form
        body = json.dumps({"access_token": "fresh"} if good else {"error": "invalid_grant"}).encode()
        self.send_response(503 if "refresh_token=busy" in form else 200 if good else 400)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        return


@pytest.fixture
def token_url() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), TokenServer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/token"
    server.shutdown()
    server.server_close()


def test_a_refresh_token_gives_a_fresh_one(token_url: str) -> None:
    assert access_token({"token_url": token_url, "refresh_token": "good", "client_id": "x"}) == "fresh"


def test_a_revoked_token_asks_for_a_new_connection(token_url: str) -> None:
    with pytest.raises(Rejected, match="connected anew: invalid_grant"):
        access_token({"token_url": token_url, "refresh_token": "revoked"})


def test_a_busy_token_server_may_answer_later(token_url: str) -> None:
    with pytest.raises(Unavailable):
        access_token({"token_url": token_url, "refresh_token": "busy"})
