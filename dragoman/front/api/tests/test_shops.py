"""`/shops` over the API: what there is and what it can do, never its secrets; read again on demand."""

import json
from typing import Any

import pytest
from django.test import Client

from dragoman.core.commerce.actions.shops import Given, connect_shop, shop_of_the_api
from dragoman.core.commerce.models import ShopSync
from tests.people import House, a_house

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def house(transactional_db: None) -> House:
    return a_house()


def ask(house: House, method: str, path: str) -> Any:
    headers = {"authorization": f"Bearer {house.token}"}
    return getattr(Client(headers=headers), method)(f"/api/v1{path}", content_type="application/json")


def test_shops_are_listed_without_their_secrets_and_read_again(house: House) -> None:
    with house.acting():
        shop_of_the_api(house.brand)
        told = connect_shop(
            house.greta, house.brand, kind="webhook", given=Given("Till", {"hook_secret": SECRET})
        )
        values = {"address": "https://shop.example.com", "api_key": "sk_hidden"}
        shop = connect_shop(house.greta, house.brand, kind="medusa", given=Given("Web", values))
    answer = ask(house, "get", "/shops")
    rows = answer.json()["items"]
    assert [(one["kind"], one["is_asked"]) for one in rows] == [
        ("api", False),
        ("webhook", False),
        ("medusa", True),
    ]
    assert (rows[0]["can"], rows[1]["can"]) == ([], []) and "refund" in rows[2]["can"]
    assert rows[2]["reading"]["running"] and rows[2]["brand"] == house.brand.slug
    assert SECRET not in json.dumps(rows) and "sk_hidden" not in json.dumps(rows)
    assert ask(house, "get", f"/shops/{shop.pk}").json() == rows[2]
    with house.acting():
        ShopSync.objects.update(running=False, done=7)
    answer = ask(house, "post", f"/shops/{shop.pk}/sync")
    assert (answer.status_code, answer.json()["reading"]["done"]) == (202, 0)
    assert ask(house, "post", f"/shops/{told.pk}/sync").json()["code"] == "not_asked"
    mallory = a_house("mallory")
    assert ask(mallory, "get", "/shops").json()["items"] == []
    assert ask(mallory, "post", f"/shops/{shop.pk}/sync").status_code == 404
