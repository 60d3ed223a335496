"""A customer sees where a parcel is with its number and one thing only they know, in their language, without a script."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.parcels import take_parcel
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.tests.facts import order
from dragoman.ground.providers.carriers.facts import EventFacts, ParcelFacts
from dragoman.ground.providers.shops.facts import ShipmentFacts
from dragoman.ground.providers.statuses import ShipmentStatus
from tests.people import House, a_house

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "RR123456785TH"


@pytest.fixture
def house() -> House:
    cache.clear()
    made = a_house()
    with made.acting():
        parcel = ShipmentFacts(status=ShipmentStatus.IN_TRANSIT, tracking_number=NUMBER)
        facts = order(
            "KSL-1", shipments=[parcel], shipping_address={"postcode": "10 110"}, placed_at=datetime.now(UTC)
        )
        mirror_order(shop_of_the_api(made.brand), facts=facts)
        held = EventFacts(
            at=timezone.now() - timedelta(days=3),
            status=ShipmentStatus.EXCEPTION,
            detail="customs_hold",
            text="ติดศุลกากร <b>",
            country="TH",
        )
        take_parcel(made.workspace.pk, facts=ParcelFacts(number=NUMBER, events=[held]))
    return made


def ask(number: str, proof: str, brand: str = "kaisla", **more: Any) -> Any:
    return Client(**more).post(f"/track/{brand}/", {"number": number, "proof": proof})


@pytest.mark.parametrize(
    ("number", "proof"),
    [("ksl 1", "Somchai@Example.com "), ("RR 123 456 785 TH", "10110"), ("＃ＫＳＬ－１", "๑๐๑๑๐")],
)
def test_a_number_and_a_proof_show_the_way_of_the_parcel(house: House, number: str, proof: str) -> None:
    page = ask(number, proof)
    said = page.content.decode()
    assert page.status_code == 200 and "Held by customs" in said
    assert "ติดศุลกากร &lt;b&gt;" in said and page["Cache-Control"] == "no-store"
    assert "somchai@example.com" not in said


def test_a_wrong_number_and_a_wrong_proof_look_the_same(house: House) -> None:
    a_house("mallory")
    pages = [
        ask("KSL-1", "other@example.com"),
        ask("KSL-9", "somchai@example.com"),
        ask("KSL-1", ""),
        ask(NUMBER, NUMBER),
    ]
    pages.append(ask("KSL-1", "somchai@example.com", brand="mallory"))
    assert {one.status_code for one in pages} == {404}
    assert all(
        "Held by customs" not in one.content.decode() and "Nothing fits" in one.content.decode()
        for one in pages
    )


def test_a_postcode_is_not_guessed(house: House) -> None:
    answers = [ask("KSL-1", f"{guess:05}", REMOTE_ADDR=f"10.0.0.{guess}") for guess in range(12)]
    assert [one.status_code for one in answers][-2:] == [429, 429]
    assert ask("KSL-1", "somchai@example.com").status_code == 429


def test_the_page_speaks_the_readers_language_and_direction(house: House) -> None:
    page = Client(headers={"Accept-Language": "ar"}).get("/track/kaisla/").content.decode()
    assert '<html lang="ar" dir="rtl"' in page and "<script" not in page
    assert 'lang="he"' in Client().get("/track/kaisla/?locale=he").content.decode()
    assert Client().get("/track/nobody/").status_code == 404
