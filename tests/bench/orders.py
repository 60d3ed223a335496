"""Orders: a shop read from its first order on, a webhook until the card shows it, and cards of few and of many orders."""

import http.client
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from tests.bench import raw
from tests.bench.browser import House, a_house, inside
from tests.bench.load import Answers, run
from tests.bench.meter import at_rest, cpu, spent
from tests.bench.order_filling import Filled, fill_orders
from tests.bench.sections import Figures, Size, section
from tests.servers.shopify import Shopify, shopify_shop
from tests.servers.woocommerce import Woo, woo_shop
from tests.serving import Desk, a_desk

READ = {"tiny": 200, "small": 1_000, "full": 1_000}  # orders of a shop
HOOKS = {"tiny": 30, "small": 150, "full": 150}
ASKED = {"tiny": 20, "small": 80, "full": 80}  # times of each question
ORDERS = {"tiny": (500, 5_000), "small": (10_000, 100_000), "full": (10_000, 100_000, 1_000_000)}
BURST = 4  # senders of webhooks at once
ROUNDS = 4
PATIENCE = 1200.0  # seconds
START = datetime(2026, 10, 1, 9)

_CONNECT = """
import json, sys
import django; django.setup()
from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import get_brand
from dragoman.core.commerce.actions.shops import Given, connect_shop
from dragoman.kit import workspace
w, kind, values = int(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
with workspace.acting_in(w):
    agent = Agent.objects.filter(workspace_id=w).first()
    shop = connect_shop(agent, get_brand(w), kind=kind, given=Given(kind, values))
    print(json.dumps([shop.pk, shop.hook_key]))
"""
# the same pages by the same connector, and nothing stored
_ASK = """
import sys, time
import django; django.setup()
from dragoman.core.commerce.actions.reading import PAGE
from dragoman.core.commerce.connecting import account_of, connector_of
from dragoman.core.commerce.models import Shop
from dragoman.kit import workspace
with workspace.acting_in(int(sys.argv[1])):
    shop = Shop.objects.select_related("account").get(pk=int(sys.argv[2]))
    connector, account = connector_of(shop), account_of(shop)
began, cursor = time.perf_counter(), ""
while True:
    page = connector.page(account, since=None, cursor=cursor, limit=PAGE)
    cursor = page.cursor
    if not cursor:
        break
print(time.perf_counter() - began)
"""
# the first card that a process asks for, and those after it
_CARDS = """
import json, sys, time
import django; django.setup()
from django.db import connection
from django.test.utils import CaptureQueriesContext
from dragoman.core.commerce.queries import card_of, order_by_id
from dragoman.kit import workspace
w, cold, *rest = map(int, sys.argv[1:])
with workspace.acting_in(w):
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        order = order_by_id(w, cold)
    told = [len(asked), time.perf_counter() - began]
    with CaptureQueriesContext(connection) as asked:
        card_of(w, customer_id=order.customer_id, numbers=[order.number])
    print(json.dumps([*told, len(asked)]))
"""


@dataclass(frozen=True)
class Connected:
    """A shop as the installation knows it."""

    shop: int
    hook_key: str


@section("orders")
def measure(home: Path, size: Size) -> Figures:
    """Measure reading, hearing and showing."""
    read = READ[size.name]
    # both are open to the end: a worker that finds one closed would be busy with asking again
    with (
        woo_shop() as woo,
        shopify_shop() as shopify,
        a_desk(home, workspace="kaisla", SHOPS_OURS="127.0.0.1") as desk,
    ):
        house, rest = a_house(desk, "reading"), at_rest(desk)
        _stock(woo, read)
        _stock_singly(shopify, read)
        whole = {"address": woo.address, "consumer_key": woo.key, "consumer_secret": woo.secret}
        single = {"address": shopify.address, "access_token": shopify.token}
        figures: Figures = {}
        connected, told = _read(
            desk, house, "woocommerce", {**whole, "hook_secret": woo.hook_secret}, rest=rest
        )
        figures["back-fill, WooCommerce, 100 whole orders a page"] = told
        figures |= _hear(desk, house, woo, connected, number=HOOKS[size.name])
        _connected, told = _read(desk, house, "shopify", single, rest=rest)
        figures["back-fill, Shopify, each order asked for alone"] = told
        return figures | _grow(desk, ORDERS[size.name], number=ASKED[size.name])


def _stock(woo: Woo, number: int) -> None:
    for n in range(1, number + 1):
        order = woo.add(n, date_modified_gmt=(START + timedelta(seconds=n)).isoformat())
        order["billing"]["email"] = f"c{n}@example.com"


def _stock_singly(shop: Shopify, number: int) -> None:
    for n in range(1, number + 1):
        at = (START + timedelta(seconds=n)).isoformat() + "Z"
        shop.add(n, name=f"#{n}", updatedAt=at, email=f"s{n}@example.com")


def _read(
    desk: Desk, house: House, kind: str, values: dict[str, str], *, rest: dict[str, float]
) -> tuple[Connected, dict[str, object]]:
    """Connect a shop and let the worker read it to its end; beside it the same pages asked for and not stored."""
    before, began = cpu(desk), time.perf_counter()
    shop, key = json.loads(inside(desk, _CONNECT, str(house.workspace), kind, json.dumps(values)))
    with psycopg.connect(raw.address(desk, user="postgres"), autocommit=True) as connection:
        done, faulty, seconds = _finished(connection, shop)
        # the queue's listeners hear of each order
        _until(lambda: not connection.execute(_UNTOLD).fetchone()[0])
    elapsed = time.perf_counter() - began
    cost = spent(before, cpu(desk), operations=done)
    bare = float(inside(desk, _ASK, str(house.workspace), str(shop)))
    assert not faulty, faulty
    parts = {part: round(max(0.0, ms - rest[part] * elapsed / done), 2) for part, ms in cost.parts.items()}
    return Connected(shop, key), {
        "orders": done,
        "orders/s": round(done / seconds, 1),
        "asking alone, orders/s": round(done / bare, 1),
        "share of that": f"{bare / seconds:.1%}",
        "CPU-ms an order": round(sum(parts.values()), 2),
        "of which": parts,
    }


_UNTOLD = "SELECT EXISTS (SELECT FROM events_event WHERE told_at IS NULL)"


def _finished(connection: psycopg.Connection, shop: int) -> tuple[int, int, float]:
    """Return how many orders were read, how many could not be taken, and the seconds from first page to last."""
    asked = """SELECT done, faulty, extract(epoch FROM finished_at - began_at)::float FROM commerce_shopsync
               WHERE shop_id = %s AND kind = 'backfill' AND finished_at IS NOT NULL"""
    found: list[Any] = []
    _until(lambda: found.extend(connection.execute(asked, [shop]).fetchall()) or found)
    return found[0]  # type: ignore[no-any-return]


def _until(done: Callable[[], object], *, every: float = 0.05) -> None:
    until = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < until, "it never came to an end"
        time.sleep(every)


def _hear(desk: Desk, house: House, woo: Woo, connected: Connected, *, number: int) -> Figures:
    """Change orders in the shop and post its webhook: one at a time until the order's page shows it, then many at once."""
    hooks, pages, seen = Answers(), Answers(), Answers()
    with (
        psycopg.connect(
            raw.address(desk, user="postgres"), autocommit=True, prepare_threshold=0
        ) as connection,
        _asking(desk) as ask,
    ):
        places = dict(
            connection.execute(
                "SELECT external_id, id FROM commerce_order WHERE shop_id = %s LIMIT %s",
                [connected.shop, number],
            ).fetchall()
        )
        for at, (name, order) in enumerate(places.items()):
            page = f"/orders/{order}"
            began = time.perf_counter()
            status, _body = ask("GET", page, {"Cookie": house.cookie}, b"")
            pages.seconds.append(time.perf_counter() - began)
            assert status == 200, status
            note, call = f"note-{at}-heard", _changed(woo, int(name), f"note-{at}-heard")
            began = time.perf_counter()
            status, _body = ask("POST", f"/hooks/{connected.hook_key}", *call)
            assert status == 200, status
            hooks.seconds.append(time.perf_counter() - began)
            _until(
                lambda order=order, note=note: connection.execute(
                    "SELECT 1 FROM commerce_order WHERE id = %s AND note = %s", [order, note]
                ).fetchone(),
                every=0.003,
            )
            _status, body = ask("GET", page, {"Cookie": house.cookie}, b"")
            seen.seconds.append(time.perf_counter() - began)
            assert note.encode() in body
        before = cpu(desk)
        burst = _burst(desk, woo, connected, connection, list(places))
        _until(lambda: not connection.execute(_UNTOLD).fetchone()[0])
        burst["CPU-ms a webhook"] = round(spent(before, cpu(desk), operations=len(places)).total, 2)
    page_ms = pages.quantile(0.5)
    return {
        "webhook until the order's page shows it, one at a time": {
            "webhooks": len(seen.seconds),
            "p50 ms": round(seen.quantile(0.5), 1),
            "p95 ms": round(seen.quantile(0.95), 1),
            "the page alone, p50 ms": round(page_ms, 1),
            "p50 in pages": round(seen.quantile(0.5) / page_ms, 2),
            "p95 in pages": round(seen.quantile(0.95) / page_ms, 2),
            "acknowledged, p50 ms": round(hooks.quantile(0.5), 1),
        },
        f"webhooks, {BURST} senders at once": burst,
    }


def _changed(woo: Woo, number: int, note: str) -> tuple[dict[str, str], bytes]:
    """Change an order's note in the shop; return the headers and body of the webhook that tells of it."""
    order = woo.orders[number]
    order["customer_note"] = note
    at = datetime.fromisoformat(order["date_modified_gmt"]) + timedelta(seconds=5)
    order["date_modified_gmt"] = at.isoformat()
    body = json.dumps(order).encode()
    told = {"x-wc-webhook-delivery-id": f"{number}-{note}", "Content-Type": "application/json"}
    return {**woo.signed(body), **told}, body


def _burst(
    desk: Desk, woo: Woo, connected: Connected, connection: psycopg.Connection, names: list[str]
) -> dict[str, object]:
    """Post one webhook of each order at once; how long until all are acknowledged, and until all are mirrored."""
    calls = []
    for name in names:
        headers, body = _changed(woo, int(name), "burst")
        head = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
        line = f"POST /hooks/{connected.hook_key} HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}Content-Length: {len(body)}\r\n\r\n"
        calls.append(line.encode() + body)
    began = time.perf_counter()
    answers = run(desk.port, lambda n: iter(calls[n::BURST]), senders=BURST, seconds=120)
    assert answers.statuses == {200: len(calls)}, answers.statuses
    left = "SELECT count(*) FROM commerce_order WHERE shop_id = %s AND note = 'burst'"
    _until(lambda: connection.execute(left, [connected.shop]).fetchone()[0] == len(calls))
    seconds = time.perf_counter() - began
    return {
        "webhooks": len(calls),
        "acknowledged/s": round(answers.rate, 1),
        "mirrored/s": round(len(calls) / seconds, 1),
    }


@contextmanager
def _asking(desk: Desk) -> Iterator[Callable[[str, str, dict[str, str], bytes], tuple[int, bytes]]]:
    """Speak to the server over one kept connection; what it says is read whole."""
    kept = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=60)

    def ask(method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        kept.request(method, path, body or None, headers)
        answer = kept.getresponse()
        return answer.status, answer.read()

    try:
        yield ask
    finally:
        kept.close()


def _grow(desk: Desk, sizes: tuple[int, ...], *, number: int) -> Figures:
    """Ask workspaces of few and of many orders the same in turns: each time for an order nobody asked for before."""
    began = time.monotonic()
    filled = [fill_orders(desk, a_house(desk, f"orders-{count}"), number=count) for count in sizes]
    figures: Figures = {
        "orders": f"{' and '.join(f'{count:,}' for count in sizes)}, made in {time.monotonic() - began:.0f} s"
    }
    for one in filled:
        cold, seconds, card = json.loads(
            inside(desk, _CARDS, str(one.house.workspace), str(one.orders + one.number // 2))
        )
        figures[f"first order a process asks for, of {one.number:,}"] = {
            "queries": cold,
            "ms": round(seconds * 1000, 1),
            "queries of the card": card,
        }
    for name, calls in _QUESTIONS.items():
        figures[name] = _compared(desk, filled, calls, number=number)
    return figures


_QUESTIONS: dict[str, Callable[[Filled, list[int]], list[bytes]]] = {
    "order page": lambda one, at: [one.house.page(f"/orders/{one.orders + n}") for n in at],
    "order by API": lambda one, at: [one.house.api(f"/api/v1/orders/KSL-{n}") for n in at],
    "card beside a conversation": lambda one, at: [
        one.house.page(f"/desk/conversations/{one.talk_of(n)}/orders") for n in at
    ],
    "list of orders": lambda one, at: [one.house.page("/orders")] * len(at),
    "search for a number": lambda one, at: [one.house.page(f"/orders?q=KSL-{n}") for n in at],
    "page of shops": lambda one, at: [one.house.page("/settings/shops")] * len(at),
}


def _compared(
    desk: Desk, filled: list[Filled], calls: Callable[[Filled, list[int]], list[bytes]], *, number: int
) -> dict[str, object]:
    """Ask in turns, so that a busy moment of the machine meets all; ratios are to the first."""
    found = [Answers() for _ in filled]
    share = max(5, number // ROUNDS)
    for at in range(ROUNDS):
        for one, answers in zip(filled, found, strict=True):
            asked = calls(one, one.spread(share, start=at * 13 + 1))
            told = run(desk.port, lambda _n, asked=asked: iter(asked), senders=1, seconds=300)
            assert set(told.statuses) == {200}, told.statuses
            answers.seconds += told.seconds
    first = found[0]
    return {
        "p50 ms": ", ".join(f"{one.quantile(0.5):.1f}" for one in found),
        "p95 ms": ", ".join(f"{one.quantile(0.95):.1f}" for one in found),
        "p50 ratio": ", ".join(f"{one.quantile(0.5) / first.quantile(0.5):.2f}" for one in found[1:]),
        "p95 ratio": ", ".join(f"{one.quantile(0.95) / first.quantile(0.95):.2f}" for one in found[1:]),
    }
