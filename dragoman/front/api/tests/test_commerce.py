"""Orders come over the API as the contract says, and what an order cannot be is refused at its field."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dragoman.core.commerce.models import Order
from tests.people import House, a_house, settle

pytestmark = pytest.mark.django_db(transaction=True)
LINE = {"sku": "LAMP-1", "title": "Loimu table lamp", "quantity": 1, "unit_price": 4990}
BODY: dict[str, Any] = {
    "placed_at": "2026-11-16T08:30:00Z",
    "currency": "EUR",
    "country": "FI",
    "customer": {"email": "somchai@example.com", "name": "Somchai"},
    "lines": [LINE],
    "shipments": [{"carrier": "Posti", "tracking_number": "RR 123 456 785 FI", "status": "shipped"}],
    "payments": [
        {"method": "card", "amount": {"amount": 4990, "currency": "EUR"}, "paid_at": "2026-11-16T08:31:00Z"}
    ],
}


@pytest.fixture
def house():
    return a_house()


def ask(house: House, method: str, path: str, body: Any = None) -> Any:
    client = Client(headers={"Authorization": f"Bearer {house.token}"})
    data = json.dumps(body) if body is not None else ""
    return client.generic(method, f"/api/v1{path}", data, content_type="application/json")


def put(house: House, number: str = "1042", **more: Any) -> Any:
    return ask(house, "PUT", f"/orders/{quote(number, safe='')}", {**BODY, **more})


def test_an_order_is_made_then_updated(house):
    made, again = put(house), put(house, note="Ring twice")
    assert (made.status_code, again.status_code) == (201, 200), made.content
    order = again.json()
    assert order["total"] == {"amount": 4990, "currency": "EUR"}
    assert (order["payment_status"], order["fulfilment_status"]) == ("paid", "sent")
    assert order["lines"][0]["unit_price"] == {"amount": 4990, "currency": "EUR"}
    assert order["shipments"][0]["lines"] == [
        {"line": order["lines"][0]["id"], "sku": "LAMP-1", "quantity": 1}
    ]
    customer = ask(house, "GET", f"/customers/{order['customer']}").json()
    assert customer["name"] == "Somchai"
    with house.acting():
        assert Order.objects.count() == 1


def test_a_list_asks_the_same_however_many_orders_it_has(house):
    asked = []
    for numbers in (("1",), ("2", "3", "4", "5")):
        for number in numbers:
            assert put(house, number, customer={"email": f"somchai{number}@example.com"}).status_code == 201
        ask(house, "GET", "/orders")
        with CaptureQueriesContext(connection) as seen:
            page = ask(house, "GET", "/orders").json()
        asked.append(len(seen))
    assert len(page["items"]) == 5 and all(one["customer"] and one["shop"] for one in page["items"])
    assert asked[0] == asked[1]


@pytest.mark.parametrize("typed", ["#1042", "＃１０４２", "10 42", "1042"])
def test_a_number_is_one_however_it_is_typed(house, typed):
    put(house)
    assert put(house, typed).status_code == 200
    found = ask(house, "GET", f"/orders/{quote(typed, safe='')}")
    assert (found.status_code, found.json()["number"]) == (200, "1042")  # the first spelling stays


def test_a_number_with_slashes_has_an_address_and_is_found_however_it_is_typed(house):
    assert put(house, "VLT/2026/77").status_code == 201
    for typed in ("VLT/2026/77", "VLT-2026-77", "vlt202677", "vlt 2026 77"):
        found = ask(house, "GET", f"/orders/{quote(typed, safe='')}")
        assert (found.status_code, found.json()["number"]) == (200, "VLT/2026/77"), typed
        listed = ask(house, "GET", f"/orders?q={quote(typed)}").json()["items"]
        assert [one["number"] for one in listed] == ["VLT/2026/77"], typed
    at = f"/orders/{quote('VLT/2026/77', safe='')}"
    assert ask(house, "GET", f"{at}/actions").json() == {"items": [], "next": None}
    # an order of the API has no shop to cancel it, which is said of the order, not of its address
    assert ask(house, "POST", f"{at}/cancel", {}).status_code == 409


def test_a_body_that_is_no_json_says_where(house):
    client = Client(headers={"Authorization": f"Bearer {house.token}"})
    body = '{"currency": "EUR",\n "lines": [,]}'
    refused = client.generic("PUT", "/api/v1/orders/1", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_request")
    assert "line 2, column 12" in refused.json()["title"]


def test_two_numbers_that_slashes_alone_keep_apart_are_two_orders(house):
    for number in ("1/11/2026", "11/1/2026"):
        assert put(house, number).status_code == 201
    assert ask(house, "GET", "/orders/11%2F1%2F2026").json()["number"] == "11/1/2026"
    assert ask(house, "GET", "/orders/1112026").status_code == 409


@pytest.mark.parametrize(
    "more, field",
    [
        ({"lines": [{**LINE, "quantity": -1}]}, "lines.0.quantity"),
        ({"lines": [{**LINE, "quantity": 0}]}, "lines.0.quantity"),
        ({"lines": []}, "lines"),
        ({"lines": [{**LINE, "unit_price": -1}]}, "lines.0.unit_price.amount"),
        ({"lines": [LINE, {**LINE, "unit_price": 49.9}]}, "lines.1.unit_price"),
        ({"lines": [{**LINE, "unit_price": "49.901"}]}, "lines.0.unit_price"),
        ({"lines": [{**LINE, "unit_price": {"amount": 1, "currency": "PLN"}}]}, "lines.0.unit_price"),
        ({"lines": [{**LINE, "title": "x" * 10_000}]}, "lines.0.title"),
        ({"currency": "ABC"}, "currency"),
        ({"country": "QQ"}, "country"),
        ({"placed_at": "yesterday"}, "placed_at"),
        ({"placed_at": "2026-02-30T00:00:00Z"}, "placed_at"),
        ({"shipments": [{"status": "teleported"}]}, "shipments.0.status"),
        ({"payments": [{"method": "card", "amount": 2**80}]}, "payments.0.amount.amount"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_an_order_cannot_be_is_refused_at_its_field(house, more, field):
    refused = put(house, **more)
    assert refused.status_code == 422, refused.content
    assert refused["Content-Type"] == "application/problem+json"
    assert field in [one["field"] for one in refused.json()["errors"]]
    assert "Value error" not in refused.content.decode()
    with house.acting():
        assert not Order.objects.exists()


def test_sums_that_no_column_holds_are_refused(house):
    refused = put(house, lines=[{**LINE, "quantity": 10**6, "unit_price": 10**13 - 1}])
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_money")


def test_bytes_that_no_database_holds_are_dropped(house):
    made = put(house, note="a\x00b\ud800c", lines=[{**LINE, "title": "Lamp\x00"}])
    assert made.status_code == 201
    assert made.json()["lines"][0]["title"] == "Lamp"
    assert put(house, "10\x0042").status_code == 404
    assert put(house, "#").status_code == 422
    assert put(house, "x" * 81).status_code == 422


def test_a_card_number_is_refused_or_masked(house):
    bad = put(house, payments=[{"method": "card", "amount": 1, "said": "4111 1111 1111 1111"}])
    assert (bad.status_code, bad.json()["code"]) == (422, "card_number")
    assert "4111" not in put(house, note="pay with 4111 1111 1111 1111").content.decode()


def test_an_older_state_that_comes_late_is_ignored(house):
    put(house, updated_at="2026-11-20T00:00:00Z", cancelled_at="2026-11-20T00:00:00Z")
    late = put(house, updated_at="2026-11-19T00:00:00Z")
    assert (late.status_code, late.json()["status"]) == (200, "cancelled")


def test_lists_are_pages_newest_first(house):
    for day in range(1, 6):
        put(house, f"A-{day}", placed_at=f"2026-11-0{day}T00:00:00Z")
    first = ask(house, "GET", "/orders?limit=2").json()
    assert [one["number"] for one in first["items"]] == ["A-5", "A-4"]
    rest = ask(house, "GET", f"/orders?limit=9&cursor={first['next']}").json()
    assert [one["number"] for one in rest["items"]] == ["A-3", "A-2", "A-1"]
    assert rest["next"] is None
    assert ask(house, "GET", "/orders?cursor=nonsense").status_code == 422
    assert len(ask(house, "GET", "/payments?limit=3").json()["items"]) == 3
    assert len(ask(house, "GET", "/payments?order=a5").json()["items"]) == 1
    parcels = ask(house, "GET", "/shipments?tracking=rr123456785fi&limit=2").json()
    assert [one["order"] for one in parcels["items"]] == ["A-5", "A-4"]


@pytest.mark.parametrize("q", ["KSL-2", "ksl20418", "rr123456785fi", "SOMCHAI@example.com", "somchai"])
def test_an_order_is_found_by_whatever_is_known_of_it(house, q):
    put(house, "KSL-20418")
    put(house, "B-1", customer={"email": "anna@example.com", "name": "Anna"}, shipments=[])
    settle()
    found = ask(house, "GET", f"/orders?q={quote(q)}").json()
    assert [one["number"] for one in found["items"]] == ["KSL-20418"]


def test_mallory_of_another_workspace_sees_and_changes_nothing(house):
    mallory = a_house("mallory", owner="mallory")
    customer = put(house).json()["customer"]
    assert ask(mallory, "GET", "/orders/1042").status_code == 404
    assert ask(mallory, "GET", "/orders?q=1042").json()["items"] == []
    assert ask(mallory, "GET", f"/orders?customer={customer}").json()["items"] == []
    assert ask(mallory, "GET", "/shipments").json()["items"] == []
    assert put(mallory, brand="kaisla").status_code == 422
    assert put(mallory).status_code == 201
    assert ask(house, "GET", "/orders/1042").json()["customer"] == customer


EVENTS = [
    {
        "at": "2026-11-18T08:00:00Z",
        "status": "transit",
        "detail": "picked_up",
        "text": "Picked up",
        "country": "FI",
    },
    {
        "at": "2026-11-20T08:00:00Z",
        "status": "exception",
        "detail": "customs_hold",
        "text": "Held",
        "place": "Bangkok",
    },
]


def test_any_program_tells_what_happened_to_a_parcel(house):
    put(house)
    told = ask(house, "POST", "/shipments/rr123456785fi/events", {"events": EVENTS, "origin": "FI"})
    assert told.status_code == 200, told.content
    [parcel] = told.json()["items"]
    assert (parcel["status"], parcel["detail"], parcel["origin"]) == ("exception", "customs_hold", "FI")
    assert [one["text"] for one in parcel["events"]] == ["Held", "Picked up"]
    again = ask(house, "POST", "/shipments/RR 123 456 785 FI/events", {"events": EVENTS})
    assert len(again.json()["items"][0]["events"]) == 2
    assert ask(house, "GET", "/shipments/RR123456785FI").json() == again.json()
    assert parcel["tracking_url"].startswith("https://www.posti.fi/")


def test_news_that_cannot_be_is_refused_at_its_field(house):
    put(house)
    for event, field in (
        ({"status": "delivered"}, "events.0.at"),
        ({"at": "2026-11-18T08:00:00Z", "status": "teleported"}, "events.0.status"),
        ({"at": "2026-11-18T08:00:00Z", "status": "delivered", "detail": "x"}, "events.0.detail"),
        ({"at": "2026-11-18T08:00:00Z", "status": "delivered", "colour": "red"}, "events.0.colour"),
    ):
        refused = ask(house, "POST", "/shipments/RR123456785FI/events", {"events": [event]})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field), refused.content
    assert ask(house, "POST", "/shipments/XX1/events", {"events": EVENTS}).status_code == 404
    mallory = a_house("mallory")
    assert ask(mallory, "POST", "/shipments/RR123456785FI/events", {"events": EVENTS}).status_code == 404
    assert ask(mallory, "GET", "/shipments/RR123456785FI").status_code == 404


def test_whose_parcel_a_number_is_may_be_asked(house):
    found = ask(house, "GET", "/carriers/recognise?number=RR%20123%20456%20785%20FI").json()["items"]
    assert [(one["carrier"], one["checked"], one["sure"]) for one in found] == [("posti", True, True)]
    assert ask(house, "GET", "/carriers/recognise?number=%00").json() == {"items": []}
    many = ask(house, "GET", "/carriers/recognise?number=444413758703&carrier=sagawa").json()["items"]
    assert many[0]["carrier"] == "sagawa" and len(many) > 5
