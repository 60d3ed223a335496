"""A house, and a shop connected to it on the page of the settings; for journeys in real shops."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dragoman.core.commerce.models import Shop
from tests.people import House, a_house

from .real_shops import Counter, an_ear, client_of


@pytest.fixture(name="house")
def a_house_here() -> House:
    return a_house()


@pytest.fixture(name="connect")
def a_connected_shop(house: House, settings: Any) -> Iterator[Callable[..., Counter]]:
    """Connect a shop on the page of the settings, as a lead does, with our ear where it sends its webhooks."""
    settings.SHOPS_OURS = "127.0.0.1"
    ears = []

    def made(kind: str, account: Any, *, address: str = "") -> Counter:
        lead = client_of(house.greta)
        form = {"title": "Shop", "brand": house.brand.pk, "address": address or account.address}
        given = {**account.secrets, **account.settings}
        answer = lead.post(f"/settings/shops/new/{kind}", {**form, **given})
        assert answer.status_code == 302, answer.content.decode()
        with house.acting():
            shop = Shop.objects.select_related("account").get()
        assert "It works." in lead.post(f"/settings/shops/{shop.pk}/test", follow=True).content.decode()
        ear = an_ear(os.environ.get(f"{kind.upper()}_HOOKS", "http://127.0.0.1:8340"))
        ears.append(ear)
        return Counter(house, lead, shop, ear.__enter__())

    yield made
    for ear in ears:
        ear.__exit__(None, None, None)
