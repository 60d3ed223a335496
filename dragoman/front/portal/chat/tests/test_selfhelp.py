"""What a shopper finds out by themselves in the chat: their order with a proof, their newest ones when the shop signed."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from dragoman.core.accounts.actions import change_brand
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.tests.facts import order
from dragoman.front.portal.chat import door, home
from dragoman.front.portal.chat.tests.conftest import Widget
from dragoman.ground.channels.chat import identity_signature
from dragoman.ground.providers.shops.facts import ShipmentFacts
from dragoman.ground.providers.statuses import ShipmentStatus
from tests.people import House, a_house


def shop_page(address: str) -> str:
    return Client().get(address).content.decode()


@pytest.fixture
def shop(house: House) -> Iterator[House]:
    """Kaisla with one order under way."""
    home.forget_home()
    with house.acting():
        parcel = ShipmentFacts(status=ShipmentStatus.OUT_FOR_DELIVERY, tracking_number="RR123456785TH")
        facts = order(
            "KSL-1", shipments=[parcel], shipping_address={"postcode": "10110"}, placed_at=datetime.now(UTC)
        )
        mirror_order(shop_of_the_api(house.brand), facts=facts)
    yield house


def test_a_number_and_a_proof_show_the_card_and_open_the_page_behind_it(shop: House) -> None:
    answer = Widget().post("order?locale=fi", {"number": "ksl 1", "proof": "10110"})
    card = answer.json()["order"]
    assert (card["number"], card["parcels"][0]["step"], card["parcels"][0]["steps"]) == ("KSL-1", 4, 5)
    assert b"somchai" not in answer.content, "a card is on a screen that others see"
    assert "KSL-1" in shop_page(card["url"])
    assert "KSL-1" not in shop_page(card["url"].replace("/kaisla/", "/mallory/"))
    assert "KSL-1" not in shop_page(card["url"].replace("pass=", "pass=x"))


def test_a_wrong_number_and_a_wrong_proof_are_told_alike_and_cannot_be_tried_for_long(shop: House) -> None:
    tries = [("KSL-9", "10110"), ("KSL-1", "10111"), ("KSL-1", ""), ("", "")]
    answers = [Widget().post("order", {"number": number, "proof": proof}) for number, proof in tries]
    assert {(one.status_code, one.json()["detail"]) for one in answers} == {
        (404, answers[0].json()["detail"])
    }
    told = [Widget().post("order", {"number": "KSL-1", "proof": f"{guess:05}"}) for guess in range(12)]
    assert told[-1].status_code == 429 and told[-1]["Retry-After"]


def test_only_whom_the_shop_signed_sees_orders_without_being_asked(shop: House) -> None:
    a_house("mallory")
    signed = Widget()
    expires = int(time.time()) + 600
    person = {"email": "somchai@example.com", "name": "", "phone": "", "expires": expires}
    signature = identity_signature(shop.brand.identity_secret, brand="kaisla", **person)
    signed.open(identity={**person, "signature": signature})
    assert [one["number"] for one in signed.get("orders").json()["items"]] == ["KSL-1"]
    stranger, mallory = Widget(), Widget(brand="mallory", session=signed.session)
    assert stranger.get("orders").status_code == 401
    stranger.write("I am somchai", email="somchai@example.com")
    assert stranger.get("orders").json()["items"] == []
    assert mallory.get("orders").status_code == 401


def test_the_home_has_what_the_brand_chose_and_can_do(shop: House) -> None:
    assert Widget().get("config?locale=de").json()["home"]["tiles"] == ["order", "return"]
    with shop.acting():
        change_brand(shop.brand, changes={"chat": {"tiles": ["order"]}})
    door._brands.forget()
    facts = Widget().get("config?locale=de").json()
    assert facts["home"]["tiles"] == ["order"]
    assert facts["texts"]["search"] and facts["home"]["return"] == "/returns/kaisla/?locale=de"
    assert Widget(brand=a_house("bare").brand.slug).get("config").json()["home"] is None


@pytest.mark.parametrize(("path", "most"), [("search", 60), ("suggest", 40)])
def test_a_flood_of_questions_is_slowed_and_told_so(house: House, path: str, most: int) -> None:
    answers = [Widget().post(path, {"words": "x" * 9000}) for _ in range(most + 1)]
    assert answers[0].json() == {"items": []}
    assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, "too_fast")
