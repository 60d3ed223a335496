"""Where a brand's help centre leads is the leads' to change, and wrong answers say so."""

import pytest
from django.test import Client

from dragoman.core.accounts.actions import change_brand
from dragoman.core.accounts.help import help_settings
from dragoman.front.desk.settings.tests.test_house import brand_of
from tests.people import House, a_house


def test_a_lead_says_where_the_help_centre_leads(house: House, as_greta: Client) -> None:
    page = f"/settings/brands/{house.brand.pk}/help"
    assert as_greta.get(page).status_code == 200
    said = {"shop_url": "kaisla.example", "phone": "+358 10 555", "chat": "on"}
    assert as_greta.post(page, said).status_code == 302
    chosen = help_settings(brand_of(house))
    assert (chosen.shop_url, chosen.phone) == ("https://kaisla.example", "+358 10 555")
    assert (chosen.chat, chosen.measure) == (True, False)
    mallory = a_house("mallory")
    with mallory.acting():
        change_brand(mallory.brand, changes={"help": {"domain": "help.shop.example"}})
    taken = as_greta.post(page, {"domain": "help.shop.example"})
    assert taken.status_code == 422 and b"taken" in taken.content
    assert b"/help/kaisla/" in as_greta.get(f"/settings/brands/{house.brand.pk}").content


@pytest.mark.parametrize(
    "wrong", [{"phone": "call us"}, {"email": "x"}, {"shop_url": "javascript:1"}, {"domain": "x"}]
)
def test_a_wrong_answer_is_named_and_changes_nothing(
    house: House, as_greta: Client, wrong: dict[str, str]
) -> None:
    answer = as_greta.post(f"/settings/brands/{house.brand.pk}/help", wrong)
    assert answer.status_code == 422 and brand_of(house).help == {}
