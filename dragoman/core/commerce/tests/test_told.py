"""Whatever kind of shop tells: an order told of twice, late, by a forger or that is nowhere; its number as people write it.

Medusa stands in `test_shops.py` and the generic webhook in `test_webhook.py`; files in the desk's settings.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from dragoman.core.commerce import tasks_of_shops as tasks
from dragoman.core.commerce.actions.shops import Given, connect_shop
from dragoman.core.commerce.models import Order, Shop, ShopHook, ShopSync
from dragoman.core.commerce.queries import get_order
from dragoman.core.commerce.tests.test_shops import house, read
from dragoman.ground.events.models import StoredEvent
from dragoman.ground.providers.shops.tests.far_shop import Asked, FarShop, far_shop, recorded
from tests.people import House
from tests.servers.magento import magento_shop
from tests.servers.prestashop import prestashop_shop
from tests.servers.shopify import shopify_shop
from tests.servers.woocommerce import woo_shop

__all__ = ["house"]
NUMBER = "＃１０ ４２"
SECRET = b"whisper"


@dataclass
class Far:
    """A shop with one order: what is typed to connect it, its row of the order, and a webhook about it and of nothing."""

    values: dict[str, str]
    order: dict[str, Any]
    body: bytes
    nothing: bytes
    money: tuple[str, int]
    signed: Any

    def changes(self, email: str, day: int) -> None:
        """Let the order say something else, since a day of December."""
        row, stamp = self.order, f"2026-12-{day:02}T10:00:00Z"
        for name in ("updatedAt", "date_modified_gmt", "updated_at"):
            if name in row:
                row[name] = stamp.rstrip("Z").replace("T", " ") if name == "updated_at" else stamp
        row["date_modified_gmt" if "date_modified_gmt" in row else "_"] = stamp.rstrip("Z")
        if "billing" in row:
            row["billing"]["email"] = email
        elif "emailAddress" in (row.get("customer") or {}):
            row["customer"]["emailAddress"] = email
        else:
            row["customer_email" if "customer_email" in row else "email"] = email


@contextmanager
def shopify() -> Iterator[Far]:
    with shopify_shop() as shop:
        order = shop.add(4501, name=NUMBER)
        yield Far(
            {"address": shop.address, "access_token": shop.token, "hook_secret": SECRET.decode()},
            order,
            b'{"id": 4501}',
            b'{"id": 9999}',
            ("JPY", 10300),
            lambda body, at: {**shop.signed(body), "x-shopify-webhook-id": at},
        )


@contextmanager
def woocommerce() -> Iterator[Far]:
    with woo_shop() as shop:
        order = shop.add(731, currency="KWD", total="90.685")
        order["number"] = NUMBER
        yield Far(
            {
                "address": shop.address,
                "consumer_key": shop.key,
                "consumer_secret": shop.secret,
                "hook_secret": SECRET.decode(),
            },
            order,
            b'{"id": 731}',
            b'{"id": 9999}',
            ("KWD", 90685),
            lambda body, at: {**shop.signed(body), "x-wc-webhook-delivery-id": at},
        )


@contextmanager
def magento() -> Iterator[Far]:
    with magento_shop() as shop:
        order = shop.add(11, increment_id=NUMBER, order_currency_code="KWD", grand_total=81.605)
        yield Far(
            {"address": shop.address, "access_token": shop.token, "hook_secret": SECRET.decode()},
            order,
            b'{"order_id": 11}',
            b'{"order_id": 9999}',
            ("KWD", 81605),
            # a key alone: what it is forged with is another one
            lambda body, _at: {"x-dragoman-key": SECRET.decode() if body else "whistle"},
        )


@contextmanager
def vendure() -> Iterator[Far]:
    whole = json.loads(recorded("vendure_orders.json"))
    order = whole["orders"]["items"][0] | {"code": NUMBER, "currencyCode": "JPY"}

    def answer(asked: Asked) -> Any:
        said = json.loads(asked.body)
        if "login(" in said["query"]:
            return {"data": {"login": {"__typename": "CurrentUser"}}}
        found = order if said["variables"]["id"] == "1" else None
        return {"data": {"order": found, "globalSettings": {"serverConfig": {"moneyStrategyPrecision": 2}}}}

    shop = FarShop()
    shop.says("POST", "/admin-api", answer, vendure_auth_token="t0")
    with far_shop(shop):
        yield Far(
            {
                "address": shop.address,
                "username": "greta",
                "password": "p",
                "hook_secret": SECRET.decode(),
            },
            order,
            b'{"event": "x", "order": "1"}',
            b'{"event": "x", "order": "9999"}',
            ("JPY", 3123),
            lambda body, _at: {"x-dragoman-hook": hmac.new(SECRET, body, hashlib.sha256).hexdigest()},
        )


def tell(shop: Shop, far: Far, body: bytes, *, at: str, signed: bytes | None = None) -> int:
    """Post a webhook at our door; its status."""
    headers = far.signed(body if signed is None else signed, at)
    door = f"/hooks/{shop.hook_key}"
    return Client().post(door, body, content_type="application/json", headers=headers).status_code


def hear(shop: Shop) -> None:
    """Read what came in."""
    for hook in ShopHook.objects.filter(state="waiting").order_by("pk"):
        tasks.read_late.func(workspace_id=shop.workspace_id, hook_id=hook.pk)


@pytest.mark.parametrize("kind", [shopify, woocommerce, magento, vendure])
def test_an_order_is_told_of_twice_late_forged_and_of_nowhere(house: House, settings: Any, kind: Any) -> None:
    settings.SHOPS_OURS = "127.0.0.1"
    with kind() as far, house.acting():
        shop = connect_shop(house.greta, house.brand, kind=kind.__name__, given=Given("", far.values))
        assert tell(shop, far, far.body, at="f", signed=b"") == 401
        assert not ShopHook.objects.exists()

        far.changes("new@example.com", 5)
        assert tell(shop, far, far.body, at="a") == 200
        assert tell(shop, far, far.body, at="a") == 200  # the same delivery again
        assert tell(shop, far, far.nothing, at="b") == 200
        hear(shop)
        order = get_order(house.workspace.pk, "1042")
        assert (order.number, order.number_key) == (NUMBER, "1042")
        assert (order.currency, order.total) == far.money
        assert Order.objects.count() == StoredEvent.objects.filter(name="OrderMirrored").count() == 1

        far.changes("old@example.com", 4)  # what is told last was true before
        assert tell(shop, far, far.body, at="c") == 200
        hear(shop)
        assert Order.objects.get().email == "new@example.com"
        assert not ShopHook.objects.exclude(state="done").exists()


def test_prestashop_calls_nobody_and_what_is_read_twice_is_there_once(house: House, settings: Any) -> None:
    settings.SHOPS_OURS = "127.0.0.1"
    with prestashop_shop() as far, house.acting():
        far.rows["orders"][0]["reference"] = NUMBER
        values = {"address": far.address, "webservice_key": far.key}
        shop = connect_shop(house.greta, house.brand, kind="prestashop", given=Given("", values))
        door = f"/hooks/{shop.hook_key}"
        assert Client().post(door, b'{"id": 5}', content_type="application/json").status_code == 401
        for _time in range(2):
            assert read(shop) is False
            ShopSync.objects.update(running=True, cursor="", done=0)
        assert get_order(house.workspace.pk, "10 42").number == NUMBER
        assert Order.objects.count() == StoredEvent.objects.filter(name="OrderMirrored").count()
