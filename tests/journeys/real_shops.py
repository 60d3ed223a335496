"""A real shop on this machine as a journey needs it: its webhooks heard, its calls cut in the middle, itself killed.

`MEDUSA_URL` (or `VENDURE_URL`) names the shop, `MEDUSA_HOOKS` where its webhooks go (it was started with that as its
`DRAGOMAN_HOOK`), `MEDUSA_START` a command that starts it: with it the shop is ours to start, to kill and to end.
"""

import contextlib
import os
import re
import shlex
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Agent, Role
from dragoman.core.commerce.actions.executing import go_on
from dragoman.core.commerce.actions.reading import read_shop
from dragoman.core.commerce.models import Order, OrderAction, Shop, ShopHook
from dragoman.core.commerce.tasks_of_shops import ShopHookStored, mirror_what_was_told
from tests.people import House

PATIENCE = 60.0  # seconds; a shop of tests may be slow
HTMX = {"HX-Request": "true"}


@contextlib.contextmanager
def _listening(at: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    server = ThreadingHTTPServer(at, handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def body(self) -> bytes:
        """Return what came with the call."""
        return self.rfile.read(int(self.headers.get("content-length") or 0))

    def answer(self, status: int, content: bytes, headers: dict[str, str] | None = None) -> None:
        """Send an answer whole."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextlib.contextmanager
def an_ear(url: str) -> Iterator["SimpleQueue[tuple[dict[str, str], bytes]]"]:
    """Hear the shop's webhooks at the address it sends them to: a queue of (headers, body) as they came."""
    heard: SimpleQueue[tuple[dict[str, str], bytes]] = SimpleQueue()

    class Ear(_Quiet):
        # a connection kept open would go on speaking to the ear of a test that is over
        protocol_version = "HTTP/1.0"

        def do_POST(self) -> None:
            heard.put((dict(self.headers.items()), self.body()))
            self.answer(200, b"{}")

    parts = urlsplit(url)
    with _listening((parts.hostname or "127.0.0.1", parts.port or 80), Ear):
        yield heard


@dataclass
class Wire:
    """A relay between us and the shop; `cut` is asked before each call goes on, and may let the shop die there.

    It returns "" to let a call pass, `before`: the shop never hears it, `after`: it does and nobody hears its answer,
    `during`: it dies while it works. `die` kills the shop.
    """

    target: str
    die: Callable[[], None]
    cut: Callable[[str, bytes], str] = lambda _path, _body: ""
    address: str = ""
    cuts: list[str] = field(default_factory=list)


def _unheard(ask: Callable[[], httpx.Response]) -> None:
    with contextlib.suppress(httpx.HTTPError):
        ask()


@contextlib.contextmanager
def a_wire(target: str, die: Callable[[], None]) -> Iterator[Wire]:
    """Put a relay before the shop."""
    wire = Wire(target.rstrip("/"), die)

    class Relay(_Quiet):
        def _pass(self) -> None:
            body = self.body()
            kept = {"authorization", "content-type", "vendure-token", "accept"}
            headers = {name: value for name, value in self.headers.items() if name.lower() in kept}
            how = wire.cut(f"{self.command} {self.path}", body)
            if how:
                wire.cuts.append(how)

            def ask() -> httpx.Response:
                return httpx.request(
                    self.command, wire.target + self.path, content=body, headers=headers, timeout=60
                )

            if how == "before":
                wire.die()
            elif how == "during":
                threading.Thread(target=_unheard, args=(ask,), daemon=True).start()
                time.sleep(0.02)
                wire.die()
            elif how == "after":
                assert ask().is_success
                wire.die()
            else:
                try:
                    said = ask()
                except httpx.HTTPError:
                    self.close_connection = True
                    return
                known = {
                    name: said.headers[name]
                    for name in ("content-type", "vendure-auth-token", "retry-after")
                    if name in said.headers
                }
                self.answer(said.status_code, said.content, known)
                return
            # the connection breaks without a word, as when a process dies
            self.close_connection = True

        do_GET = do_POST = do_DELETE = do_PUT = _pass

    with _listening(("127.0.0.1", 0), Relay) as port:
        wire.address = f"http://127.0.0.1:{port}"
        yield wire


@dataclass
class Premises:
    """A shop's process, where it is ours to start; `command` "" where somebody else runs it."""

    url: str
    command: str
    log: Path
    process: "subprocess.Popen[bytes] | None" = None

    def is_up(self) -> bool:
        """Say whether anybody answers there."""
        try:
            return httpx.get(f"{self.url}/health", timeout=5).status_code < 500
        except httpx.HTTPError:
            return False

    def open(self) -> None:
        """Start the shop unless it runs, and wait until it answers."""
        if self.command and (self.process is None or self.process.poll() is not None):
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    shlex.split(self.command), stdout=log, stderr=log, start_new_session=True
                )
        until = time.monotonic() + 180
        while not self.is_up():
            assert time.monotonic() < until, f"no shop at {self.url}: {self.log}"
            time.sleep(0.3)

    def kill(self) -> None:
        """Kill -9 it, with what it started."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        """End what we started."""
        if self.process is not None and self.process.poll() is None:
            self.kill()


@contextlib.contextmanager
def premises(name: str, folder: Path) -> Iterator[Premises]:
    """Have a shop (`MEDUSA`) open, started here where a command says how."""
    made = Premises(os.environ[f"{name}_URL"].rstrip("/"), os.environ.get(f"{name}_START", ""), folder / name)
    try:
        made.open()
        yield made
    finally:
        made.close()


@dataclass
class Counter:
    """Our side of a connected shop: its webhooks reach our door, an agent uses our pages."""

    house: House
    client: Client
    shop: Shop
    ear: "SimpleQueue[tuple[dict[str, str], bytes]]"

    def read(self) -> None:
        """Read the shop from its first order on."""
        with self.house.acting():
            assert read_shop(self.shop, spell=600) is False

    def hear(self, *, seconds: float = 0.0) -> int:
        """Take in at our door what the shop sent, and read it; how many that was."""
        count = 0
        with contextlib.suppress(Empty):
            while True:
                headers, body = self.ear.get(timeout=seconds) if seconds else self.ear.get_nowait()
                kept = {name: value for name, value in headers.items() if name.lower().startswith("x-")}
                answer = Client().post(
                    f"/hooks/{self.shop.hook_key}", body, content_type="application/json", headers=kept
                )
                assert answer.status_code == 200, answer.content
                count += 1
                seconds = 0.05
        with self.house.acting():
            for hook in ShopHook.objects.filter(state=ShopHook.State.WAITING):
                mirror_what_was_told(ShopHookStored(shop_id=self.shop.pk, hook_id=hook.pk))
        return count

    def forget(self) -> None:
        """Lose what the shop sent."""
        time.sleep(1)
        with contextlib.suppress(Empty):
            while True:
                self.ear.get_nowait()

    def order(self, external_id: str) -> Order:
        """Return our mirror of an order, once its webhook came."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.hear(seconds=0.5)
            with self.house.acting():
                found = Order.objects.filter(shop=self.shop, external_id=external_id).first()
            if found is not None:
                return found
        raise AssertionError("no webhook told of the order")

    def sees(self, order: Order, *words: str, client: Client | None = None) -> str:
        """Return the order's page once webhooks made it say all of this."""
        until, page = time.monotonic() + PATIENCE, ""
        while time.monotonic() < until:
            page = (client or self.client).get(f"/orders/{order.pk}").content.decode()
            if all(word in page for word in words):
                return page
            self.hear(seconds=0.5)
        raise AssertionError(f"{words} never stood on the card: {_text(page)}")

    def sheet(self, order: Order, kind: str, client: Client | None = None) -> tuple[str, str]:
        """Open the sheet of an action: what it says, and its key."""
        page = (client or self.client).get(f"/orders/{order.pk}/act/{kind}", headers=HTMX).content.decode()
        found = re.search(r'name="key" value="(\w+)"', page)
        assert found, _text(page)
        return page, found.group(1)

    def look(self, order: Order, kind: str, body: dict[str, str]) -> str:
        """Look at what an action would come to."""
        return _text(self.client.post(f"/orders/{order.pk}/act/{kind}/look", body).content.decode())

    def ask(self, order: Order, kind: str, body: dict[str, str], client: Client | None = None) -> OrderAction:
        """Ask for an action through its sheet, tap twice, and return the one action that was made of it."""
        _page, key = self.sheet(order, kind, client)
        for _tap in range(2):
            answer = (client or self.client).post(
                f"/orders/{order.pk}/act/{kind}", {"reason": "other", **body, "key": key}, headers=HTMX
            )
            assert 'class="banner bad"' not in answer.content.decode(), _text(answer.content.decode())
        with self.house.acting():
            return OrderAction.objects.get(order_id=order.pk, key__endswith=key)

    def go_on(self, action: OrderAction) -> OrderAction:
        """Let an action's time come."""
        with self.house.acting():
            OrderAction.objects.filter(pk=action.pk, due_at__isnull=False).update(due_at=action.created_at)
            go_on(self.house.workspace.pk, action.pk)
            action.refresh_from_db()
        return action


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def client_of(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent.user)
    return client


def seat(house: House, name: str) -> Client:
    with house.acting():
        made = add_agent(
            house.workspace.pk, email=f"{name}@kaisla.example", name=name.title(), role=Role.AGENT
        )
    return client_of(made)


def line_of(house: House, order: Order) -> str:
    with house.acting():
        return f"qty-{order.lines.get().pk}"


def dies_in_a_refund(
    counter: Counter, wire: Any, shop: Premises, order: Order, *, how: str, refunds: Callable[[], list[str]]
) -> None:
    """Kill the shop in the middle of a refund, have it asked when it is up again, and count what it gave back."""
    wire.cut = lambda path, body: (
        how
        if b"efund" in body + path.encode()
        and path.startswith("POST")
        and ("/refund" in path or b"refundOrder(" in body)
        else ""
    )
    action = counter.go_on(counter.ask(order, "refund", {"amount": "7.50", "reason": "late"}))
    assert wire.cuts == [how]
    assert action.state == "unconfirmed"
    assert "we ask again; nothing is done twice" in counter.sees(order, "Unconfirmed")
    assert counter.go_on(action).state == "unconfirmed"  # nobody is there to be asked
    second = counter.ask(order, "refund", {"amount": "1.00"})
    assert counter.go_on(second).state == "queued"  # one at a time
    shop.open()
    wire.cut = lambda _path, _body: ""
    for _time in range(3):
        action = counter.go_on(action)
    done = refunds()
    assert action.state == ("done" if done else "failed"), action.failure
    if how != "during":
        assert len(done) == (1 if how == "after" else 0)
    counter.sees(order, "Done" if done else "The shop did not do it")
    assert counter.go_on(second).state == "done"
    assert len(refunds()) == len(done) + 1
