"""What carriers call us for is believed by its signature, stored before it is acknowledged, and read once."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dragoman.core.commerce.actions.carrier_hooks import (
    AWAITED,
    forget_carrier_hooks,
    open_door,
    read_carrier_hook,
    renew_door,
)
from dragoman.core.commerce.actions.carriers import add_carrier, remove_carrier
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.models import CarrierHook, Shipment, ShipmentEvent
from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.ground.events.models import StoredEvent
from dragoman.ground.providers.shops.facts import ShipmentFacts
from dragoman.ground.providers.statuses import ShipmentStatus as S
from tests.people import House, a_house

from .facts import order

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "RR123456785TH"


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def account(house: House) -> VendorAccount:
    with house.acting():
        given = {"key": "k", "hook_secret": "hush"}
        return add_carrier(house.workspace.pk, vendor="aftership", name="AfterShip", given=given)


def key_of(account: VendorAccount) -> str:
    door = open_door(account)
    assert door is not None
    return door.hook_key


def sent(house: House) -> Shipment:
    facts = ShipmentFacts(status=S.IN_TRANSIT, tracking_number=NUMBER)
    done = mirror_order(shop_of_the_api(house.brand), facts=order(shipments=[facts]))
    return Shipment.objects.get(order_id=done.order.pk)


def update(days: float = 1, tag: str = "InTransit", subtag: str = "", **more: Any) -> bytes:
    when = (timezone.now() - timedelta(days=days)).isoformat()
    point = {"checkpoint_time": when, "tag": tag, "subtag": subtag, "message": f"It is {tag}"}
    told = {"tracking_number": NUMBER, "slug": "thailand-post", "tag": tag, "checkpoints": [point], **more}
    return json.dumps({"event": "tracking_update", "msg": told}).encode()


def call(key: str, body: bytes, secret: bytes = b"hush") -> Any:
    proof = base64.b64encode(hmac.new(secret, body, hashlib.sha256).digest()).decode()
    headers: Mapping[str, str] = {"aftership-hmac-sha256": proof}
    return Client().post(f"/hooks/{key}", body, content_type="application/json", headers=dict(headers))


def read_all() -> None:
    for hook in CarrierHook.objects.select_related("account").order_by("pk"):
        read_carrier_hook(hook)


def test_news_is_stored_before_it_is_acknowledged_and_twice_is_once(
    house: House, account: VendorAccount
) -> None:
    body = update(tag="Exception", subtag="Exception_004")
    with house.acting():
        sent(house)
        key = key_of(account)
    assert call(key, body).json() == {"taken": True} == call(key, body).json()
    with house.acting():
        hook = CarrierHook.objects.get()
        assert hook.state == "waiting" and NUMBER.encode() not in bytes(hook.sealed)
        assert StoredEvent.objects.filter(name="CarrierHookStored").count() == 1
        assert not ShipmentEvent.objects.exists()
        read_all()
        read_all()
        row = Shipment.objects.get()
        assert (row.status, row.detail) == (
            "exception",
            "customs_hold",
        ) and ShipmentEvent.objects.count() == 1
        hook.refresh_from_db()
        assert (hook.state, hook.parcels) == ("done", 1)


def test_news_out_of_order_ends_where_the_newest_says(house: House, account: VendorAccount) -> None:
    with house.acting():
        sent(house)
        key = key_of(account)
    for days, tag in ((1, "Delivered"), (3, "InTransit"), (2, "OutForDelivery")):
        assert call(key, update(days, tag)).status_code == 200
    with house.acting():
        read_all()
        assert Shipment.objects.get().status == "delivered" and ShipmentEvent.objects.count() == 3


def test_a_forged_call_is_refused_logged_and_not_stored(
    house: House, account: VendorAccount, caplog: pytest.LogCaptureFixture
) -> None:
    with house.acting():
        sent(house)
        key = key_of(account)
    answer = call(key, update(tag="Delivered"), secret=b"guessed")
    assert answer.status_code == 401 and answer.json()["code"] == "forged"
    assert "refused: the signature does not match" in caplog.text
    assert call("nobodys-key", update()).status_code == 401 and "unknown key" in caplog.text
    assert Client().get(f"/hooks/{key}").status_code == 401
    with house.acting():
        assert not CarrierHook.objects.exists() and Shipment.objects.get().status == "in_transit"


def test_a_parcel_that_no_order_has_yet_is_kept_for_two_days_then_said(
    house: House, account: VendorAccount
) -> None:
    with house.acting():
        key = key_of(account)
    assert call(key, update(tag="Delivered")).status_code == 200
    with house.acting():
        read_all()
        hook = CarrierHook.objects.get()
        assert (hook.state, hook.attempts) == ("waiting", 1) and hook.due_at > timezone.now()
        # a number leads to a person: its end is enough to know it by
        assert hook.error == "…85TH"
        sent(house)
        read_all()
        assert CarrierHook.objects.get().state == "done" and Shipment.objects.get().status == "delivered"
        old = timezone.now() - AWAITED - timedelta(minutes=1)
        CarrierHook.objects.update(state="waiting", received_at=old)
        Shipment.objects.update(tracking_key="")
        read_all()
        assert CarrierHook.objects.get().state == "strange"


def test_signed_nonsense_is_kept_and_shown_as_not_readable(house: House, account: VendorAccount) -> None:
    with house.acting():
        key = key_of(account)
    assert call(key, b"<xml/>").status_code == 200
    with house.acting():
        read_all()
        assert CarrierHook.objects.get().state == "failed"
        CarrierHook.objects.update(received_at=timezone.now() - timedelta(days=15))
        forget_carrier_hooks(house.workspace.pk)
        assert not CarrierHook.objects.exists()


def test_an_old_address_and_a_removed_accounts_are_refused(house: House, account: VendorAccount) -> None:
    with house.acting():
        first = key_of(account)
        renew_door(account)
        second = key_of(account)
    assert call(first, update()).status_code == 401
    assert call(second, update()).status_code == 200
    with house.acting():
        remove_carrier(house.workspace.pk, account.pk)
        assert not CarrierHook.objects.exists()
    assert call(second, update()).status_code == 401
