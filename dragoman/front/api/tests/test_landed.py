"""The landed cost over the API: parts with who pays them, null where nobody knows, refusals that name their field."""

import json
from typing import Any

import pytest
from django.test import Client

from dragoman.core.shipping.actions.tables import replace_duties, save_terms
from dragoman.core.shipping.files import read_duties
from tests.people import House, a_house

pytestmark = pytest.mark.django_db(transaction=True)
EUR = {"currency": "EUR"}
BODY: dict[str, Any] = {
    "from": "GB",
    "to": "DE",
    "at": "2026-07-01T12:00:00Z",
    "shipping": {"amount": 500, **EUR},
    "lines": [{"hs_code": "6205.90", "origin": "IN", "quantity": 2, "unit_price": {"amount": 4500, **EUR}}],
}


@pytest.fixture
def house():
    return a_house()


def ask(house: House, method: str, path: str, body: Any = None) -> Any:
    client = Client(headers={"Authorization": f"Bearer {house.token}"})
    data = json.dumps(body) if body is not None else ""
    return client.generic(method, f"/api/v1{path}", data, content_type="application/json")


def quote(house: House, **more: Any) -> Any:
    return ask(house, "POST", "/landed-cost/quote", {**BODY, **more})


def parts(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.content
    return {one["kind"]: one for one in answer.json()["parts"]}


def test_every_part_says_who_pays_it_with_its_law(house):
    answer = quote(house)
    found, whole = parts(answer), answer.json()
    assert found["duty"]["amount"] == {"amount": 300, "currency": "EUR"} and found["duty"]["payer"] == "shop"
    assert found["duty"]["law"] == "Regulation (EU) 2026/382" and found["duty"]["sources"][0]["url"]
    assert (found["tax"]["amount"]["amount"], found["tax"]["when"], found["tax"]["to"]) == (
        1862,
        "delivery",
        "carrier",
    )
    assert (found["handling"]["amount"], found["handling"]["reason"]) == (None, "no_rate")
    assert whole["total"] == {"amount": 9000 + 500 + 300 + 1862, "currency": "EUR"} and whole["at_least"]
    assert (whole["from"], whole["to"], whole["terms"], whole["on"]) == ("GB", "DE", "DAP", "2026-07-01")


def test_the_law_of_the_day_and_the_terms_asked_for_count(house):
    assert parts(quote(house, at="2026-06-30T12:00:00Z"))["duty"]["amount"]["amount"] == 0
    found = parts(quote(house, terms="DDP"))
    assert found["tax"]["payer"] == "shop"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"to": "ZZ"}, "bad_country"), ({"from": "Germany"}, "invalid"), ({"lines": []}, "invalid"), ({"terms": "EXW"}, "invalid"),
        ({"shipping": {"amount": 1, "currency": "USD"}}, "mixed_currencies"), ({"brand": "nobody"}, "unknown_brand"),
        ({"shipping": {"amount": 1, "currency": "XXX"}}, "invalid"), ({"colour": "red"}, "invalid"),
        ({"lines": [{"quantity": 0, "unit_price": {"amount": 1, **EUR}}]}, "invalid"),
        ({"lines": [{"quantity": 1, "hs_code": "shirt", "unit_price": {"amount": 1, **EUR}}]}, "invalid"),
        ({"lines": [{"quantity": 1, "unit_price": {"amount": 10**15, **EUR}}]}, "invalid"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(house, more, code):
    answer = quote(house, **more)
    assert answer.status_code == 422 and (code == "invalid" or answer.json()["code"] == code), answer.content


def test_a_country_nobody_read_of_is_null_and_says_so(house):
    found = parts(quote(house, to="PE"))
    assert (found["duty"]["amount"], found["duty"]["reason"], found["tax"]["amount"]) == (
        None,
        "no_rule",
        None,
    )


def test_an_order_is_reckoned_as_it_was_placed(house):
    order = {
        "placed_at": "2026-07-10T08:00:00Z", "currency": "GBP", "country": "GB", "totals": {"shipping": 0},
        "lines": [{"sku": "S", "title": "Boots", "quantity": 1, "unit_price": 20000, "hs_code": "640391", "origin": "PT"}],
    }  # fmt: skip
    made = ask(house, "PUT", "/orders/77", order)
    assert made.status_code == 201, made.content
    refused = ask(house, "GET", "/landed-cost?order=77")
    assert (refused.status_code, refused.json()["code"]) == (409, "no_border")
    with house.acting():
        number, brand = house.workspace.pk, house.brand.pk
        save_terms(number, agent=None, brand_id=brand, sends_from="PT", ddp=[], registered=[])
        replace_duties(number, agent=None, brand_id=brand, read=read_duties(b"to,hs,percent\nGB,64,8\n"))
    found = parts(ask(house, "GET", "/landed-cost?order=77"))
    # 200 GBP are above 135: 8 % duty, 20 % VAT on both
    assert (found["duty"]["amount"]["amount"], found["tax"]["amount"]["amount"]) == (1600, 4320)
    other = a_house("mallory")
    assert ask(other, "GET", "/landed-cost?order=77").status_code == 404
    crossing = ask(other, "POST", "/landed-cost/quote", {**BODY, "brand": house.brand.slug})
    assert crossing.status_code == 422
