"""The policy in plain words: numbers of the law and the brand alone, as a page and as a block for others' pages."""

import re

import pytest
from django.test import Client

from dragoman.core.playbooks.actions.markets import choose_market
from dragoman.ground.markets.playbook import countries
from dragoman.service.returns.actions.policies import PolicyFacts, set_return_policy
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> House:
    made = a_house()
    with made.acting():
        facts = PolicyFacts(
            name="Sixty days",
            days=60,
            country="DE",
            payer="seller",
            methods=["drop_off"],
            excludes=["custom_made"],
            refund_days=3,
        )
        set_return_policy(made.workspace.pk, agent=made.greta, brand_id=made.brand.pk, facts=facts)
    return made


def test_law_and_policy_stand_in_sentences_with_their_sources(shop: House) -> None:
    page = Client().get("/returns/kaisla/policy?country=DE").content.decode()
    for said in (
        "within 14 days, without giving a reason",
        "BGB §§ 312g",
        "You can send goods back until 60 days after you got them.",
        "We pay for sending it back.",
        "within 3 days after the goods are here",
        "It is not for: goods made for you.",
        "within 14 days after you told us",
        "we answer for faults for at least 24 months",
    ):
        assert said in page, said
    assert "Sixty days" not in page
    assert "60 days" not in Client().get("/returns/kaisla/policy?country=FR").content.decode()


def test_a_policy_below_the_law_is_never_told_and_no_address_but_an_official_one(shop: House) -> None:
    with shop.acting():
        facts = PolicyFacts(name="Three all", days=3, refund_days=200)
        set_return_policy(shop.workspace.pk, agent=shop.greta, brand_id=shop.brand.pk, facts=facts)
    thai = Client().get("/returns/kaisla/policy?country=TH").content.decode()
    assert "within 7 days" in thai and "3 days" not in thai and "Three all" not in thai and "200" not in thai
    assert "thansettakij" not in thai and "(read at second hand)" in thai
    unknown = Client().get("/returns/kaisla/policy?country=AQ").content.decode()
    assert "until 3 days after you got them" in unknown


def test_no_number_stands_there_that_no_fact_has(shop: House) -> None:
    for country in countries()[::4]:
        page = Client().get(f"/returns/kaisla/policy/block?country={country}")
        said = page.content.decode()
        assert page.status_code == 200 and "None" not in said, country
        assert "within 0 " not in said, country
    unknown = Client().get("/returns/kaisla/policy?country=AQ").content.decode()
    assert "We do not know the law of this country" in unknown and not re.search(r"within \d", unknown)


def test_the_block_is_plain_html_for_pages_and_mails(shop: House) -> None:
    page = Client().get("/returns/kaisla/policy/block?country=DE&lang=de")
    said = page.content.decode()
    assert (
        said.strip().startswith('<section lang="de" dir="ltr"') and page["Access-Control-Allow-Origin"] == "*"
    )
    assert "<script" not in said and "style" not in said and "<img" not in said
    assert 'href="http://testserver/returns/kaisla/withdraw?locale=de">Vertrag widerrufen</a>' in said
    assert 'dir="rtl"' in Client().get("/returns/kaisla/policy/block?country=AE&lang=ar").content.decode()


def test_a_brand_of_one_market_is_not_asked_which(shop: House) -> None:
    with shop.acting():
        choose_market(shop.workspace.pk, agent=shop.greta, brand_id=shop.brand.pk, country="JP")
    page = Client().get("/returns/kaisla/policy").content.decode()
    assert "Withdraw from contract here" not in page and "By law" in page
