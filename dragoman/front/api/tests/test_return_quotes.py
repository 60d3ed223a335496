"""A quote over the API is what the contract says: law first, then policy, and bad questions named."""

import json
from typing import Any

import pytest
from django.test import Client

from dragoman.service.returns.actions.policies import PolicyFacts, set_return_policy
from tests.people import House, a_house

pytestmark = pytest.mark.django_db(transaction=True)
SHOE: dict[str, Any] = {"sku": "SHOE-42", "title": "Trail shoe", "quantity": 2, "unit_price": 8900}
PARCEL = {"carrier": "DHL", "tracking_number": "JJD1", "status": "delivered"}
BODY: dict[str, Any] = {
    "placed_at": "2026-03-01T08:30:00Z",
    "currency": "EUR",
    "country": "DE",
    "customer": {"email": "somchai@example.com"},
    "lines": [SHOE],
    "shipments": [{**PARCEL, "delivered_at": "2026-03-05T10:00:00Z"}],
}


@pytest.fixture
def house():
    return a_house()


def ask(house: House, method: str, path: str, body: Any = None, **headers: str) -> Any:
    client = Client(headers={"Authorization": f"Bearer {house.token}", **headers})
    return client.generic(method, f"/api/v1{path}", json.dumps(body), content_type="application/json")


def put(house: House, **more: Any) -> None:
    done = ask(house, "PUT", "/orders/KSL-1", {**BODY, **more})
    assert done.status_code in (200, 201), done.content


def quoted(house: House, **more: Any) -> Any:
    answer = ask(house, "POST", "/returns/quote", {"order": "KSL-1", "at": "2026-03-10T12:00:00Z", **more})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_quote_has_the_shape_of_the_contract(house):
    put(house)
    found = quoted(house)
    assert found["allowed"] is True
    assert (found["refund_deadline_days"], found["return_cost_payer"]) == (14, "customer")
    assert found["methods"] == ["own_carrier"]
    line = found["lines"][0]
    assert (line["sku"], line["allowed"], line["basis"], line["reason"]) == (
        "SHOE-42",
        True,
        "law",
        "in_time",
    )
    assert (line["window_days"], line["window_starts_on"], line["window_ends_on"]) == (
        14,
        "2026-03-06",
        "2026-03-19",
    )
    assert line["source"].startswith("BGB") and line["reason_text"]


@pytest.mark.parametrize("number", ["ksl 1", "ＫＳＬ－１", "#KSL-1"])
def test_an_order_is_found_in_any_spelling(house, number):
    put(house)
    assert ask(house, "POST", "/returns/quote", {"order": number}).status_code == 200


@pytest.mark.parametrize(
    "asked, status, code",
    [
        ({"order": "KSL-2"}, 404, "not_found"),
        ({"order": "KSL-1", "lines": [{"sku": "HAT", "quantity": 1}]}, 422, "no_such_line"),
        ({"order": "KSL-1", "lines": [{"sku": "SHOE-42", "quantity": 3}]}, 422, "too_many"),
        ({"order": "KSL-1", "lines": [{"sku": "SHOE-42", "quantity": 0}]}, 422, "invalid"),
        ({"order": "KSL-1", "lines": []}, 422, "invalid"),
        ({"order": "KSL-1", "country": "QQ"}, 422, "invalid"),
        ({"order": "KSL-1", "at": "soon"}, 422, "invalid"),
        ({"order": "KSL-1", "colour": "red"}, 422, "invalid"),
        ({}, 422, "invalid"),
    ],
)
def test_a_bad_question_is_refused_and_named(house, asked, status, code):
    put(house)
    refused = ask(house, "POST", "/returns/quote", asked)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    if code == "no_such_line":
        assert "HAT" in refused.json()["title"]


def test_what_went_back_is_not_returnable_again(house):
    put(house, lines=[{**SHOE, "returned": 1}])
    refused = ask(
        house, "POST", "/returns/quote", {"order": "KSL-1", "lines": [{"sku": "SHOE-42", "quantity": 2}]}
    )
    assert (refused.status_code, refused.json()["code"], refused.json()["left"]) == (422, "too_many", 1)
    put(house, lines=[{**SHOE, "refunded": 2}])
    assert quoted(house)["lines"][0]["reason"] == "already_returned"


def test_a_policy_goes_on_where_the_law_ends(house):
    put(house)
    with house.acting():
        facts = PolicyFacts(name="Thirty days", days=30, methods=["prepaid_label"], payer="seller")
        set_return_policy(house.workspace.pk, agent=house.greta, brand_id=house.brand.pk, facts=facts)
    by_law = quoted(house)
    first = by_law["lines"][0]
    assert (first["basis"], first["until"], first["until_by"]) == ("law", "2026-04-04", "policy")
    assert first["window_ends_on"] == first["law"]["ends_on"] == "2026-03-19"
    later = quoted(house, at="2026-03-30T12:00:00Z")
    line = later["lines"][0]
    assert (line["basis"], line["window_ends_on"], line["source"]) == ("policy", "2026-04-04", "Thirty days")
    assert (later["return_cost_payer"], later["methods"]) == ("seller", ["prepaid_label"])
    assert quoted(house, at="2026-04-05T12:00:00Z")["lines"][0]["reason"] == "window_over"


def test_where_nobody_read_the_law_the_answer_says_so(house):
    put(house, country="AE")
    found = quoted(house)
    assert (found["allowed"], found["law_known"], found["lines"][0]["reason"]) == (False, False, "not_known")
    assert found["refund_deadline_days"] is None and found["remarks"] and found["law_source"] == "none"


def test_mallory_finds_no_order_of_ours(house):
    put(house)
    mallory = a_house("mallory", owner="mallory")
    assert ask(mallory, "POST", "/returns/quote", {"order": "KSL-1"}).status_code == 404
