"""Facts of orders for others: each declared once, told in the customer's language, and only of their own orders."""

import json
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.ports import facts, triggers
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.commerce.telling import tell
from dragoman.core.conversations.ports import tools
from dragoman.core.customers.models import Customer, Identity
from dragoman.core.texts.actions.macros import Written, save_macro
from dragoman.core.texts.ports import variables
from dragoman.core.texts.slots import unknown_slots
from dragoman.ground.providers.shops.facts import (
    LineFacts,
    OrderFacts,
    PaymentFacts,
    PersonFacts,
    ShipmentFacts,
)
from dragoman.ground.providers.statuses import ShipmentStatus
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db
MAIL = "somchai@example.com"


@pytest.fixture
def house() -> House:
    return a_house()


def ordered(house: House, number: str, *, mail: str = MAIL, **more: Any) -> Order:
    shipped = ShipmentFacts(
        carrier="dhl", tracking_number="00340434161094042557", status=ShipmentStatus.IN_TRANSIT,
        shipped_at=datetime(2026, 11, 20, 9, tzinfo=UTC), estimated_at=datetime(2026, 12, 1, 20, tzinfo=UTC),
    )  # fmt: skip
    told: dict[str, Any] = {
        "lines": [LineFacts(sku="LAMP", title="Loimu", variant="green", quantity=2, unit_price=395000)],
        "payments": [PaymentFacts(method="card", said="Visa •••• 4242", amount=790000)],
        "shipments": [shipped],
        **more,
    }
    made = OrderFacts(
        number=number, placed_at=datetime(2026, 11, 16, 20, 30, tzinfo=UTC), currency="THB", country="TH",
        person=PersonFacts(email=mail), **told,
    )  # fmt: skip
    with house.acting():
        found = mirror_order(shop_of_the_api(house.brand), facts=made).order
        assert found is not None
        return order_by_id(house.workspace.pk, found.pk)


def call(house: House, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {house.token}"}
    sent = json.dumps(body) if body is not None else ""
    answer = Client().generic(
        method, f"/api/v1{path}", sent, content_type="application/json", headers=headers
    )
    return answer.status_code, json.loads(answer.content or "null")


@pytest.mark.parametrize(
    ("language", "zone", "total", "placed", "expected"),
    [
        ("th", "Asia/Bangkok", "฿7,900.00", "17 พฤศจิกายน", "2 ธันวาคม"),
        ("ja", "Asia/Tokyo", "฿ 7,900.00", "2026年11月17日", "2026年12月2日"),
        ("ar", "Asia/Dubai", "7,900.00", "17 نوفمبر", "2 ديسمبر"),
        ("fi", "Europe/Helsinki", "7 900,00", "16. marraskuuta 2026", "1. joulukuuta 2026"),
        ("de", "Europe/Berlin", "7.900,00", "16. November 2026", "1. Dezember 2026"),
    ],
)
def test_facts_are_written_for_the_customers_language_and_clock(
    house, language, zone, total, placed, expected
):
    order = ordered(house, "KSL-20411")
    names = ["order.total", "order.placed", "parcel.expected", "order.items", "parcel.link", "payment.method"]
    with house.acting():
        told = tell(order, names, language=language, zone=ZoneInfo(zone))
    plain = {name: " ".join(one.text.split()) for name, one in told.items()}
    assert total.replace("฿ ", "") in plain["order.total"].replace("฿ ", "")
    assert placed in plain["order.placed"] and expected in plain["parcel.expected"]
    assert plain["order.items"] == "2 × Loimu (green)" and plain["payment.method"] == "Visa •••• 4242"
    assert plain["parcel.link"].startswith("https://") and "00340434161094042557" in plain["parcel.link"]


def test_one_declaration_is_a_variable_a_slot_a_tools_answer_and_a_condition(house):
    status, listed = call(house, "GET", "/variables")
    row = next(one for one in listed["items"] if one["name"] == "parcel.tracking")
    assert status == 200 and (row["kind"], row["slot"]) == ("code", "tracking")
    _status, moments = call(house, "GET", "/triggers")
    late = next(one for one in moments["items"] if one["name"] == "parcel_late")
    asked = {one["fact"]: one["operators"] for one in late["conditions"]}
    assert late["event"] == "ShipmentLate" and "within_days" in asked["parcel.expected"]
    assert {one["name"] for one in moments["items"]} == set(triggers)
    assert set(facts) <= set(variables)
    assert unknown_slots(["{parcel.link} {return.window_end} {order.colour}"]) == ["{order.colour}"]
    _status, found = call(house, "GET", "/tools")
    assert {one["name"] for one in found["items"]} == set(tools)
    assert all(one["schema"]["type"] == "object" and one["description"] for one in found["items"])


def test_a_tool_tells_what_is_known_and_names_what_is_not(house):
    ordered(house, "KSL-20411", shipments=[])
    with house.acting():
        customer = Customer.objects.get()
    body: dict[str, Any] = {
        "customer": str(customer.pk),
        "language": "de",
        "arguments": {"order": "ksl 20411"},
    }
    status, refused = call(house, "POST", "/tools/parcel_facts", body)
    assert (status, refused["code"]) == (403, "not_identified")
    with house.acting():
        Identity.objects.update(verified_at=timezone.now())
    status, told = call(house, "POST", "/tools/parcel_facts", body)
    assert status == 200 and told["order"] == "KSL-20411" and "parcel.link" in told["unknown"]
    status, told = call(house, "POST", "/tools/order_facts", body)
    known = {one["name"]: one for one in told["facts"]}
    assert known["order.total"]["value"] == {"amount": 790000, "currency": "THB"}
    assert known["order.placed"]["value"] == "2026-11-17" and "November" in known["order.placed"]["text"]
    for wrong in ({"colour": "red"}, {"order": 5}, {"order": "x" * 81}):
        status, refused = call(house, "POST", "/tools/order_facts", {**body, "arguments": wrong})
        assert (status, refused["code"]) == (422, "wrong_arguments")
    assert call(house, "POST", "/tools/weather", body)[0] == 404
    assert call(house, "POST", "/tools/orders", {"identified": True})[0] == 422


@pytest.mark.django_db(transaction=True)
def test_another_customers_order_is_as_if_it_were_not_there_and_several_are_asked_about(house):
    ordered(house, "KSL-20411")
    ordered(house, "KSL-20412")
    ordered(house, "KSL-20499", mail="maija@example.fi")
    with house.acting():
        mine = Order.objects.get(number="KSL-20411").customer_id
    body: dict[str, Any] = {"customer": str(mine), "identified": True}
    for number in ("KSL-20499", "KSL-40404"):
        status, refused = call(house, "POST", "/tools/order_facts", {**body, "arguments": {"order": number}})
        assert (status, refused["code"], "KSL-20499" in json.dumps(refused)) == (404, "not_found", False)
    status, refused = call(house, "POST", "/tools/payment_facts", body)
    assert (status, refused["code"], set(refused["orders"])) == (
        409,
        "which_order",
        {"KSL-20411", "KSL-20412"},
    )
    came = write(house, "Where is KSL-20412?", who=MAIL, language="en")
    settle()
    asked = {"conversation": str(came.conversation_id), "identified": True}
    assert call(house, "POST", "/tools/payment_facts", asked)[1]["order"] == "KSL-20412"
    mallory = a_house("mallory-shop", owner="mallory")
    assert call(mallory, "POST", "/tools/order_facts", body)[0] == 404
    assert call(mallory, "POST", "/tools/order_facts", asked)[0] == 404


@pytest.mark.django_db(transaction=True)
def test_a_macro_names_facts_and_what_is_not_known_of_the_order_stops_it(house):
    ordered(house, "KSL-20411")
    ordered(house, "KSL-20412", shipments=[])
    text = "Your parcel {parcel.tracking} of {order.number} comes on {parcel.expected}."
    with house.acting():
        macro = save_macro(house.workspace.pk, agent=None, written=Written("Where", {"en": text}))
    came = write(house, "Where is it?", who=MAIL, language="en")
    settle()
    path, body = f"/conversations/{came.conversation_id}/replies", {"macro": str(macro.pk)}
    status, refused = call(house, "POST", path, body)
    # two orders, and nothing says which
    assert (status, refused["slots"]) == (422, ["parcel.tracking", "order.number", "parcel.expected"])
    status, refused = call(house, "POST", path, {**body, "order": "KSL-20412"})
    assert (status, refused["slots"]) == (422, ["parcel.tracking", "parcel.expected"])
    assert "Tracking number ({parcel.tracking})" in refused["title"]
    status, sent = call(house, "POST", path, {**body, "order": "ksl20411"})
    assert status == 201
    day = f"{date(2026, 12, 1):%B} 1, 2026"
    assert sent["text"] in {
        f"Your parcel 00340434161094042557 of KSL-20411 comes on {day}.",
        "Your parcel 00340434161094042557 of KSL-20411 comes on December 2, 2026.",
    }
    assert call(house, "POST", path, {**body, "order": "KSL-20499"})[0] == 404
