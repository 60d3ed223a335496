"""Greetings that come by themselves: leads write the rules, a wrong one is named, and each reader gets what fits."""

import pytest
from django.test import Client

from dragoman.core.accounts.chat import chat_settings
from dragoman.core.accounts.invites import Invite
from dragoman.front.desk.settings.tests.test_house import brand_of
from tests.people import House

PLAIN = {
    f"r{key}-{name}": value
    for key in "12345"
    for name, value in (("when", "any"), ("visitor", "any"), ("seconds", "20"))
}


def _page(house: House) -> str:
    return f"/settings/brands/{house.brand.pk}/chat/greetings"


def test_a_lead_writes_a_rule_and_the_chats_own_page_leaves_it(house: House, as_greta: Client) -> None:
    rule = {"r2-on": "on", "r2-pages": "https://shop.example/cart*\n/sale", "r2-languages": "DE, pt_br"}
    assert (
        as_greta.post(_page(house), {**PLAIN, **rule, "r2-markets": "de th", "r2-seconds": "5"}).status_code
        == 302
    )
    wanted = Invite("2", ("/cart*", "/sale"), ("de", "pt-BR"), ("DE", "TH"), "any", "any", 5)
    assert chat_settings(brand_of(house)).invites == (wanted,)
    shown = as_greta.get(_page(house)).content.decode()
    assert "/cart*" in shown and "de, pt-BR" in shown and "It has no words yet" in shown
    chat = {"theme": "dark", "position": "start", "file_mb": "5"}
    assert as_greta.post(f"/settings/brands/{house.brand.pk}/chat", chat).status_code == 302
    assert chat_settings(brand_of(house)).invites == (wanted,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"r1-pages": "cart"},
        {"r1-languages": "klingonish"},
        {"r1-markets": "XX"},
        {"r1-seconds": "0"},
        {"r1-when": "x"},
    ],
)
def test_a_wrong_rule_changes_nothing_and_is_named(
    house: House, as_greta: Client, wrong: dict[str, str]
) -> None:
    answer = as_greta.post(_page(house), {**PLAIN, "r1-on": "on", **wrong})
    assert answer.status_code == 422 and b"Nothing was saved" in answer.content
    assert brand_of(house).chat == {}


def test_mallory_finds_no_brand_of_another_workspace(house: House, as_mallory: Client) -> None:
    assert as_mallory.get(_page(house)).status_code == as_mallory.post(_page(house), PLAIN).status_code == 404
