"""The page of shops: connected with what the connector asks for, tried, changed, disconnected; by leads alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from dragoman.core.commerce.models import Shop, ShopSync
from dragoman.ground.providers.shops.tests.far_shop import FarShop, far_shop
from tests.people import House

AT = "/settings/shops"


@pytest.fixture
def till(settings: Any) -> Iterator[FarShop]:
    settings.SHOPS_OURS = "127.0.0.1"
    with far_shop() as made:
        made.says("GET", "/admin/stores", {"stores": [{"name": "Kaisla Oy"}]})
        yield made


def connected(house: House, client: Client, till: FarShop) -> Shop:
    form = {"title": "Web shop", "brand": house.brand.pk, "address": till.address, "api_key": "sk_hidden"}
    answer = client.post(f"{AT}/new/medusa", form)
    assert answer.status_code == 302, answer.content.decode()
    with house.acting():
        return Shop.objects.get()


def test_a_shop_is_connected_tried_changed_and_disconnected(
    house: House, as_greta: Client, till: FarShop
) -> None:
    empty = as_greta.get(AT).content.decode()
    assert "No shop yet" in empty
    assert "Medusa" in empty and "Vendure" in empty
    shop = connected(house, as_greta, till)
    at = f"{AT}/{shop.pk}"
    page = as_greta.get(at).content.decode()
    assert f"http://testserver/hooks/{shop.hook_key}" in page
    assert "sk_hidden" not in page
    assert "Kaisla Oy" in as_greta.post(f"{at}/test", follow=True).content.decode()

    with house.acting():
        ShopSync.objects.update(done=1200, total=5000, faulty=1, faults=[["77", "no such currency"]])
    page = as_greta.get(at).content.decode()
    assert "1,200 of 5,000 orders read" in page
    assert "no such currency" in page

    till.says("GET", "/admin/stores", {"message": "Unauthorized"}, 401)
    as_greta.post(f"{at}/test")
    listed = as_greta.get(AT).content.decode()
    assert "Unauthorized" in listed and "Failing" in listed

    changed = as_greta.post(at, {"title": "Shop of Finland", "address": till.address, "api_key": ""})
    assert changed.status_code == 302
    assert "Shop of Finland" in as_greta.get(AT).content.decode()
    as_greta.post(f"{at}/address")
    assert f"/hooks/{shop.hook_key}" not in as_greta.get(at).content.decode()
    as_greta.post(f"{at}/switch")
    assert "Switched off" in as_greta.get(at).content.decode()

    assert "stay as they are now" in as_greta.get(f"{at}/remove").content.decode()
    as_greta.post(f"{at}/remove")
    assert "Disconnected" in as_greta.get(AT).content.decode()
    assert as_greta.get(at).status_code == 404


def test_what_is_missing_stands_beside_its_field(house: House, as_greta: Client, till: FarShop) -> None:
    form = {"title": "x", "brand": house.brand.pk, "address": "http://10.1.2.3", "api_key": "k"}
    answer = as_greta.post(f"{AT}/new/medusa", form)
    assert answer.status_code == 422
    assert "SHOPS_OURS" in answer.content.decode()
    assert as_greta.post(f"{AT}/new/medusa", {**form, "api_key": ""}).status_code == 422
    assert as_greta.get(f"{AT}/new/typewriter").status_code == 404


def test_agents_and_mallory_see_no_shop(
    house: House, as_greta: Client, as_lars: Client, as_mallory: Client, till: FarShop
) -> None:
    shop = connected(house, as_greta, till)
    at = f"{AT}/{shop.pk}"
    assert as_lars.get(AT).status_code == 403
    assert as_lars.post(f"{at}/remove").status_code == 403
    assert "Web shop" not in as_mallory.get(AT).content.decode()
    for place in ("", "/remove"):
        assert as_mallory.get(at + place).status_code == 404
    for place in ("", "/test", "/read", "/switch", "/address", "/remove"):
        assert as_mallory.post(at + place, {"title": "m", "address": "https://m.example"}).status_code == 404
    with house.acting():
        assert Shop.objects.get().title == "Web shop"


def test_a_mapping_is_tried_before_it_is_kept(house: House, as_greta: Client) -> None:
    at = f"{AT}/new/webhook"
    page = as_greta.get(at).content.decode()
    assert "Nothing is kept" in page and "Read all orders again" not in page
    sample = '{"no": "T-7", "at": "2026-11-16T08:30:00Z", "items": [{"a": "L", "t": "Lamp", "p": 49.9}]}'
    mapping = (
        'number = no\nplaced_at = at\ncurrency = "EUR"\nlines[].sku = items[].a\nlines[].title = items[].t\n'
        "lines[].unit_price = items[].p | minor\n"
    )
    form = {"title": "Till", "brand": house.brand.pk, "mapping": mapping, "sample": sample, "try": "1"}
    page = as_greta.post(at, form).content.decode()
    assert "It would not be taken" in page and "lines.0.quantity" in page
    assert "Line 7 of the mapping has [] more often on one side" in (
        as_greta.post(at, {**form, "mapping": f"{mapping}lines[].quantity = n\n"}).content.decode()
    )
    fuller = f"{mapping}lines[].quantity = items[].n\ncustomer.email = who\n"
    fuller += 'shipping_address.city = ship.city\nfulfilment_status = "sent"\n'
    with_number = sample.replace('"p"', '"n": 2, "p"').replace('"T-7"', '"T-7", "who": "a@b.example"')
    page = as_greta.post(at, {**form, "mapping": fuller, "sample": with_number}).content.decode()
    assert "T-7" in page and "€99.80" in page and "a@b.example" in page and "Not paid · Sent" in page
    assert page.count('<code dir="ltr">shipping_address.city = ship.city</code>') == 1
    assert '<code dir="ltr">customer.email' not in page
    with house.acting():
        assert not Shop.objects.exists()


def test_a_shop_that_calls_nobody_has_no_address_for_webhooks(
    house: House, as_greta: Client, settings: Any
) -> None:
    settings.SHOPS_OURS = "127.0.0.1"
    form = {
        "title": "Lampes",
        "brand": house.brand.pk,
        "address": "http://127.0.0.1:9",
        "webservice_key": "k",
    }
    assert as_greta.post(f"{AT}/new/prestashop", form).status_code == 302
    with house.acting():
        shop = Shop.objects.get()
    page = as_greta.get(f"{AT}/{shop.pk}").content.decode()
    assert "this one is asked every five minutes" in page and "/hooks/" not in page
    listed = as_greta.get(AT).content.decode()
    assert "PrestaShop" in listed and "Magento / Adobe Commerce" in listed
