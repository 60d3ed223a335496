"""Programs are told between which days a parcel is there, and bring files of parcels in."""

import json
from datetime import time
from typing import Any

import pytest
from django.test import Client

from dragoman.core.commerce.models import LaneTime
from dragoman.core.shipping.actions.tables import save_dispatch, save_terms
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


def ask(house: House, method: str, path: str, body: Any = None) -> Any:
    client = Client(headers={"Authorization": f"Bearer {house.token}"})
    data = json.dumps(body) if body is not None else ""
    return client.generic(method, f"/api/v1{path}", data, content_type="application/json")


def test_a_promise_names_its_days_and_what_it_comes_from_and_a_file_is_taken_in() -> None:
    house = a_house()
    number, brand = house.workspace.pk, house.brand.pk
    at = "/delivery-promise?to=DE&at=2026-11-26T08:00:00Z"
    assert ask(house, "GET", at).json()["reason"] == "no_origin"
    with house.acting():
        save_terms(number, agent=None, brand_id=brand, sends_from="FI", ddp=[], registered=[])
        save_dispatch(number, agent=None, brand_id=brand, cut_off=time(14), handling_days=1)
        LaneTime.objects.create(
            workspace_id=number, carrier="posti", origin="FI", destination="DE", stage="door",
            parcels=143, median=200_000, p90=300_000,
        )  # fmt: skip
    told = ask(house, "GET", at).json()
    assert (told["known"], told["handover"], told["earliest"], told["latest"]) == (
        True, "2026-11-27", "2026-11-30", "2026-12-01",
    )  # fmt: skip
    assert (told["basis"], told["carriers"], told["parcels"]) == ("measured", ["posti"], 143)
    assert ask(house, "GET", "/delivery-promise?to=XX").status_code == 422
    assert ask(house, "GET", "/delivery-promise?order=77").status_code == 404

    order = {
        "placed_at": "2026-11-26T08:00:00Z", "currency": "EUR", "country": "DE",
        "lines": [{"sku": "S", "title": "Boots", "quantity": 1, "unit_price": 20000}],
        "shipments": [{"carrier": "Posti", "tracking_number": "RR123456785FI", "status": "in_transit"}],
    }  # fmt: skip
    assert ask(house, "PUT", "/orders/77", order).status_code == 201
    assert ask(house, "GET", "/delivery-promise?order=77").json()["latest"] == "2026-12-01"
    file = {
        "content": "Nr;Wann;Status\nRR123456785FI;2026-11-27 14:30;Zugestellt\nXX1;2026-11-27;Zugestellt\n",
        "columns": {"number": "Nr", "at": "Wann"},
        "statuses": {"Zugestellt": "delivered"},
        "time_zone": "Europe/Berlin",
    }
    answer = ask(house, "POST", "/shipments/file", file).json()
    assert (answer["told"], answer["new"], answer["parcels"]) == (2, 1, 1)
    assert answer["problems"] == [{"line": 3, "said": "No order has the parcel “XX1”."}]
    assert ask(house, "POST", "/shipments/file", {**file, "time_zone": "Atlantis"}).status_code == 422
    assert ask(house, "GET", "/delivery-promise?order=77").json()["code"] == "nothing_awaited"

    other = a_house("mallory")
    assert ask(other, "GET", "/delivery-promise?order=77").status_code == 404
    assert ask(other, "GET", f"{at}&brand={house.brand.slug}").status_code in (404, 422)
    assert ask(other, "POST", "/shipments/file", file).json()["new"] == 0
