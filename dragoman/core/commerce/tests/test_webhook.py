"""A system that posts signed orders: each once, in the order of its versions, and nothing forged."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from standardwebhooks.webhooks import Webhook

from dragoman.core.commerce import tasks_of_shops as tasks
from dragoman.core.commerce.actions.shops import Given, change_shop, connect_shop, try_shop
from dragoman.core.commerce.models import Order, Shop, ShopHook, ShopSync
from dragoman.kit.errors import Refusal
from tests.people import House, a_house

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def house(transactional_db: None) -> House:
    return a_house()


@pytest.fixture
def shop(house: House) -> Iterator[Shop]:
    with house.acting():
        yield connect_shop(
            house.greta, house.brand, kind="webhook", given=Given("Till", {"hook_secret": SECRET})
        )


def order(number: str = "K-1", **more: Any) -> dict[str, Any]:
    return {
        "number": number,
        "placed_at": "2026-11-16T08:30:00Z",
        "currency": "JPY",
        "lines": [{"sku": "A", "title": "茶碗", "quantity": 1, "unit_price": 3980}],
        **more,
    }


def post(shop: Shop, told: Any, *, name: str = "msg_1", secret: str = SECRET) -> Any:
    body, at = json.dumps(told), datetime.now(UTC)
    headers = {
        "webhook-id": name,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(name, at, body),
    }
    answer = Client().post(f"/hooks/{shop.hook_key}", body, content_type="application/json", headers=headers)
    for one in ShopHook.objects.filter(state="waiting"):
        tasks.read_late(shop.workspace_id, one.pk)
    return answer


def test_an_order_is_taken_once_and_by_its_version(shop: Shop) -> None:
    assert post(shop, order(version=2, note="second")).json() == {"taken": True}
    assert post(shop, order(version=2, note="second")).status_code == 200  # the same delivery again
    assert ShopHook.objects.count() == 1
    post(shop, order(version=1, note="first"), name="msg_2")  # it comes late
    assert Order.objects.get().note == "second"
    post(shop, order(" K – 1 ", version=3, note="third"), name="msg_3")
    found = Order.objects.get()
    assert (found.note, found.total, found.currency) == ("third", 3980, "JPY")
    shop.refresh_from_db()
    assert shop.state == Shop.State.WORKING


def test_a_forged_one_is_refused_with_a_line_and_nothing_is_kept(shop: Shop, caplog: Any) -> None:
    assert post(shop, order(), secret="whsec_" + "A" * 40).status_code == 401
    assert "No matching signature" in caplog.text
    assert not ShopHook.objects.exists() and not Order.objects.exists()


def test_one_that_is_signed_and_no_order_is_kept_and_says_why(shop: Shop) -> None:
    answer = post(shop, {"number": "K-1"})
    assert answer.status_code == 200 and "placed_at" in answer.json()["fault"]
    assert ShopHook.objects.get().state == ShopHook.State.FAILED


def test_it_is_never_asked(house: House, shop: Shop) -> None:
    tasks.go_on_with_shops()
    tasks.mend_what_was_missed()
    assert not ShopSync.objects.exists()
    with pytest.raises(Refusal, match="by itself"):
        try_shop(house.greta, shop)


def test_a_secret_or_a_mapping_that_cannot_be_is_refused_at_its_field(house: House, shop: Shop) -> None:
    for name, value in (("hook_secret", "short"), ("mapping", "number")):
        with pytest.raises(Refusal) as refused:
            change_shop(house.greta, shop, given=Given("Till", {name: value}))
        assert refused.value.details["field"] == name
