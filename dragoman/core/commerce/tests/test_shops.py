"""A shop is connected, read to its end whatever happens in between, and what it tells is never lost or doubled."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.commerce import tasks_of_shops as tasks
from dragoman.core.commerce.actions.reading import begin_sync, read_shop
from dragoman.core.commerce.actions.rounds import DAYS, read_round
from dragoman.core.commerce.actions.shops import (
    Given,
    change_shop,
    connect_shop,
    disconnect_shop,
    switch_shop,
    try_shop,
)
from dragoman.core.commerce.connecting import account_of
from dragoman.core.commerce.errors import NotForAgents
from dragoman.core.commerce.models import Order, Shop, ShopHook, ShopSync
from dragoman.core.connections.models import VendorAccount
from dragoman.ground.events.models import StoredEvent
from dragoman.ground.providers.shops.tests.far_shop import Asked, FarShop, far_shop, recorded
from dragoman.kit.errors import Refusal, Rejected
from tests.people import House, a_house

FIRST = json.loads(recorded("medusa_orders.json"))["orders"][0]
START = datetime(2026, 11, 1, tzinfo=UTC)


def told_by_medusa(number: int, **more: Any) -> dict[str, Any]:
    changed = (START + timedelta(seconds=number)).isoformat(timespec="milliseconds")
    order = json.loads(json.dumps(FIRST))
    order |= {"id": f"order_{number}", "display_id": number, "updated_at": changed, **more}
    for name in ("fulfillments", "returns", "payment_collections"):
        order[name] = more.get(name, [])
    return order  # type: ignore[no-any-return]


class Till(FarShop):
    """Medusa's list of orders, by page, as it answers."""

    def __init__(self) -> None:
        super().__init__()
        self.orders: list[dict[str, Any]] = []
        self.says("GET", "/admin/stores", {"stores": [{"name": "Kaisla Oy"}]})
        self.says("GET", "/admin/orders?", self._page)
        self.says("GET", "/admin/orders/", self._one)

    def _page(self, asked: Asked) -> Mapping[str, Any]:
        query = dict(one.split("=", 1) for one in asked.path.partition("?")[2].split("&"))
        since = query.get("updated_at%5B%24gte%5D", "").replace("%3A", ":").replace("%2B", "+")
        found = [one for one in self.orders if not since or _at(one["updated_at"]) >= _at(since)]
        found.sort(key=lambda one: one["updated_at"])
        skip = int(query["offset"])
        return {"orders": found[skip : skip + int(query["limit"])], "count": len(found)}

    def _one(self, asked: Asked) -> Any:
        name = asked.path.partition("?")[0].rpartition("/")[2]
        return next(({"order": one} for one in self.orders if one["id"] == name), (404, {}))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture
def till(settings: Any) -> Iterator[Till]:
    settings.SHOPS_OURS = "127.0.0.1"
    made = Till()
    with far_shop(made):
        yield made


@pytest.fixture
def house(transactional_db: None) -> House:
    return a_house()


def connected(house: House, till: Till) -> Shop:
    values = {"address": till.address, "api_key": "sk_1", "hook_secret": "s3"}
    return connect_shop(house.greta, house.brand, kind="medusa", given=Given("Kaisla shop", values))


@pytest.fixture
def shop(house: House, till: Till) -> Iterator[Shop]:
    with house.acting():
        yield connected(house, till)


def read(shop: Shop) -> bool:
    """Read on without an end to its time: a machine of tests may be slow."""
    return read_shop(shop, spell=600)


def _sync(kind: ShopSync.Kind = ShopSync.Kind.BACKFILL) -> ShopSync:
    return ShopSync.objects.get(kind=kind)


def _signed(shop: Shop, body: bytes, secret: bytes = b"s3") -> Any:
    signature = hmac.new(secret, body, hashlib.sha256).hexdigest()
    at = f"/hooks/{shop.hook_key}"
    return Client().post(at, body, content_type="application/json", headers={"x-dragoman-hook": signature})


def test_a_connected_shop_is_read_to_its_end(shop: Shop, till: Till) -> None:
    till.orders = [told_by_medusa(number) for number in range(1, 131)]
    assert read(shop) is False
    sync = _sync()
    assert (sync.running, sync.done, sync.total, sync.faulty) == (False, 130, 130, 0)
    assert Order.objects.count() == 130
    shop.refresh_from_db()
    assert shop.state == Shop.State.WORKING
    assert b"sk_1" not in bytes(shop.account.sealed)  # type: ignore[union-attr]
    assert account_of(shop).secrets["api_key"] == "sk_1"


def test_reading_goes_on_where_it_stood_and_other_jobs_have_room(shop: Shop, till: Till) -> None:
    till.orders = [told_by_medusa(number) for number in range(1, 131)]
    assert read_shop(shop, spell=0) is True  # its time was up before the first page
    assert _sync().done == 0
    Shop.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    assert read(shop) is False  # another worker is at it
    Shop.objects.update(leased_until=timezone.now() - timedelta(seconds=1))  # it died
    till.says("GET", "/admin/orders?", till._page)
    ShopSync.objects.update(cursor="", done=0)
    assert read(shop) is False
    assert Order.objects.count() == 130


def test_a_shop_that_goes_down_is_waited_for_and_says_so(shop: Shop, till: Till) -> None:
    till.orders = [told_by_medusa(number) for number in range(1, 111)]
    pages = iter([till._page])

    def page(asked: Asked) -> Any:
        return next(pages)(asked) if len(till.asked) < 2 else b"<html>gone</html>"

    till.says("GET", "/admin/orders?", page)
    assert read(shop) is False
    shop.refresh_from_db()
    sync = _sync()
    assert (sync.running, sync.done, sync.total, sync.attempts) == (True, 100, 110, 1)
    assert sync.due_at > timezone.now()
    assert shop.state == Shop.State.FAILING and "JSON" in shop.last_error

    till.says("GET", "/admin/orders?", {}, 429, retry_after="77")
    ShopSync.objects.update(due_at=timezone.now())
    read(shop)
    assert 70 < (_sync().due_at - timezone.now()).total_seconds() <= 77

    till.says("GET", "/admin/orders?", till._page)
    ShopSync.objects.update(due_at=timezone.now())
    read(shop)
    shop.refresh_from_db()
    assert (_sync().done, Order.objects.count(), shop.state, shop.last_error) == (110, 110, "working", "")


def test_one_bad_order_never_holds_up_the_others(shop: Shop, till: Till) -> None:
    till.orders = [told_by_medusa(number) for number in range(1, 4)]
    till.orders[1]["items"] = till.orders[1]["items"] * 501
    read(shop)
    assert sorted(Order.objects.values_list("number", flat=True)) == ["1", "3"]
    sync = _sync()
    assert (sync.faulty, sync.faults[0][0]) == (1, "2")
    assert "500 lines" in sync.faults[0][1]


def test_a_webhook_is_verified_kept_and_mirrored(shop: Shop, till: Till) -> None:
    till.orders = [told_by_medusa(7)]
    body = b'{"name":"order.placed","data":{"id":"order_7"}}'
    assert _signed(shop, body).status_code == 200
    assert _signed(shop, body).status_code == 200  # twice
    for hook in ShopHook.objects.all():
        assert body not in bytes(hook.sealed)
        tasks.mirror_what_was_told(tasks.ShopHookStored(shop_id=shop.pk, hook_id=hook.pk))
    assert list(Order.objects.values_list("number", flat=True)) == ["7"]
    assert set(ShopHook.objects.values_list("state", flat=True)) == {"done"}
    assert StoredEvent.objects.filter(name="OrderMirrored").count() == 1


@pytest.mark.parametrize("secret", [b"wrong", b""])
def test_a_forged_webhook_is_refused_and_leaves_a_line(
    shop: Shop, till: Till, secret: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    answer = _signed(shop, b'{"name":"order.placed","data":{"id":"order_7"}}', secret)
    assert (answer.status_code, answer.json()["code"]) == (401, "forged")
    assert not ShopHook.objects.exists()
    assert "refused" in caplog.text
    assert Client().post("/hooks/nobody", b"{}", content_type="application/json").status_code == 401


def test_webhooks_out_of_order_and_of_unknown_orders_change_nothing_for_the_worse(
    shop: Shop, till: Till
) -> None:
    till.orders = [told_by_medusa(7, updated_at="2026-11-20T10:00:00.000Z", email="new@example.com")]
    for name in ("order_7", "order_404"):
        _signed(shop, b'{"name":"order.updated","data":{"id":"%s"}}' % name.encode())
    for hook in ShopHook.objects.all():
        tasks.read_late.func(workspace_id=shop.workspace_id, hook_id=hook.pk)
    till.orders[0] |= {"updated_at": "2026-11-19T10:00:00.000Z", "email": "old@example.com"}
    _signed(shop, b'{"name":"order.updated","data":{"id":"order_7"}}')
    for hook in ShopHook.objects.filter(state="waiting"):
        tasks.read_late.func(workspace_id=shop.workspace_id, hook_id=hook.pk)
    assert Order.objects.get().email == "new@example.com"
    assert not ShopHook.objects.exclude(state="done").exists()


def test_a_webhook_waits_for_a_shop_that_is_down(shop: Shop, till: Till) -> None:
    till.says("GET", "/admin/orders/", {}, 503)
    _signed(shop, b'{"name":"order.placed","data":{"id":"order_7"}}')
    hook = ShopHook.objects.get()
    tasks.read_late.func(workspace_id=shop.workspace_id, hook_id=hook.pk)
    hook.refresh_from_db()
    shop.refresh_from_db()
    assert (hook.state, hook.attempts, shop.state) == ("waiting", 1, "failing")
    assert hook.due_at > timezone.now()
    till.orders = [told_by_medusa(7)]
    till.says("GET", "/admin/orders/", till._one)
    tasks.read_late.func(workspace_id=shop.workspace_id, hook_id=hook.pk)
    assert Order.objects.get().number == "7"


def test_a_signed_webhook_that_cannot_be_read_is_kept_as_failed(shop: Shop) -> None:
    assert _signed(shop, b"[1, 2]").status_code == 200
    hook = ShopHook.objects.get()
    assert (hook.state, hook.error) == ("failed", "The webhook names no order.")


def test_what_was_missed_is_mended_at_night_and_news_is_asked_for(shop: Shop, till: Till) -> None:
    read(shop)
    now = timezone.now().isoformat(timespec="milliseconds")
    till.orders = [told_by_medusa(8, updated_at=now)]
    tasks.mend_what_was_missed()
    assert _sync(ShopSync.Kind.REPAIR).running
    read(shop)
    assert Order.objects.get().number == "8"
    till.orders.append(told_by_medusa(9, updated_at=timezone.now().isoformat(timespec="milliseconds")))
    tasks.go_on_with_shops()
    read(shop)
    assert Order.objects.filter(number="9").exists()
    before = _sync(ShopSync.Kind.LIVE).began_at
    tasks.go_on_with_shops()  # it was asked a moment ago
    assert not _sync(ShopSync.Kind.LIVE).running
    ShopSync.objects.filter(kind="live").update(began_at=before - timedelta(minutes=6))
    tasks.go_on_with_shops()
    live = _sync(ShopSync.Kind.LIVE)
    assert live.running and live.since is not None and live.since < before - timedelta(minutes=7)


def test_secrets_stay_when_none_is_typed_and_a_shop_is_tried(house: House, shop: Shop, till: Till) -> None:
    assert try_shop(house.greta, shop) == "Kaisla Oy"
    change_shop(house.greta, shop, given=Given("Other", {"address": till.address, "api_key": ""}))
    shop.refresh_from_db()
    assert shop.title == "Other"
    assert account_of(Shop.objects.get()).secrets["api_key"] == "sk_1"
    till.says("GET", "/admin/stores", {"message": "Unauthorized"}, 401)
    with pytest.raises(Rejected, match="Unauthorized"):
        try_shop(house.greta, shop)
    shop.refresh_from_db()
    assert shop.state == "failing"
    assert "Unauthorized" in shop.last_error


def test_a_disconnected_shop_keeps_its_orders_and_forgets_its_secrets(
    house: House, shop: Shop, till: Till
) -> None:
    till.orders = [told_by_medusa(7)]
    read(shop)
    key = shop.hook_key
    disconnect_shop(house.greta, shop)
    assert Order.objects.count() == 1
    assert not VendorAccount.objects.exists()
    assert _signed(replace_key(shop, key), b"{}").status_code == 401
    tasks.go_on_with_shops()
    assert not ShopSync.objects.filter(running=True).exists()
    again = connected(house, till)
    assert again.pk == shop.pk
    assert read(again) is False
    assert Order.objects.count() == 1


def replace_key(shop: Shop, key: str) -> Shop:
    shop.hook_key = key
    return shop


def test_a_shop_that_is_off_is_not_asked(house: House, shop: Shop, till: Till) -> None:
    switch_shop(house.greta, shop, on=False)
    shop.refresh_from_db()
    read(shop)
    assert not till.asked


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"address": "", "api_key": "k"}, "address"),
        ({"address": "ftp://x.example", "api_key": "k"}, "address"),
        ({"address": "http://10.0.0.9", "api_key": "k"}, "address"),
        ({"address": "https://x.example", "api_key": ""}, "api_key"),
    ],
)
def test_what_is_missing_or_not_ours_is_refused(house: House, values: dict[str, str], field: str) -> None:
    with house.acting():
        with pytest.raises(Refusal) as caught:
            connect_shop(house.greta, house.brand, kind="medusa", given=Given("x", values))
        assert caught.value.details == {"field": field}
        assert not VendorAccount.objects.exists()


def test_agents_do_not_connect_and_one_shop_is_connected_once(house: House, shop: Shop, till: Till) -> None:
    lars = add_agent(
        house.workspace.pk, email="lars@kaisla.example", name="Lars", role=Role.AGENT, password="x y z 1 2 3"
    )
    with pytest.raises(NotForAgents):
        disconnect_shop(lars, shop)
    with pytest.raises(Refusal) as caught:
        connected(house, till)
    assert caught.value.code == "shop_taken"
    assert VendorAccount.objects.count() == 1


def test_beginning_twice_goes_on(shop: Shop) -> None:
    begin_sync(shop, kind=ShopSync.Kind.BACKFILL)
    assert ShopSync.objects.count() == 1


def test_old_orders_whose_money_can_go_back_are_read_once_in_so_many_nights(shop: Shop, till: Till) -> None:
    till.orders = [told_by_medusa(number) for number in range(1, 4)]
    read(shop)
    Order.objects.update(placed_at=timezone.now() - timedelta(days=60), payment_status="paid", note="before")
    Order.objects.filter(external_id="order_2").update(refunded_total=F("total"))
    Order.objects.update(state_hash="")
    nights = [read_round(shop, night=night) for night in range(DAYS)]
    assert nights == [None] * DAYS
    asked = [
        one.path.partition("?")[0].rpartition("/")[2] for one in till.asked if "/admin/orders/" in one.path
    ]
    # all of its money went back: nothing of it can
    assert sorted(asked) == ["order_1", "order_3"]
    till.says("GET", "/admin/orders/", {}, 503)
    Order.objects.update(payment_status="paid", refunded_total=0)
    assert [read_round(shop, night=night) for night in range(DAYS)] == [None] * DAYS
