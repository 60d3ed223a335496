"""Whose clock a customer lives by."""

import pytest

from dragoman.core.customers.models import Customer, Identity
from dragoman.core.customers.zones import zone_of_customer, zone_of_market, zone_of_phone
from dragoman.core.playbooks.actions.markets import choose_market
from dragoman.ground.markets.zones import zone_today
from dragoman.kit import memo
from tests.people import a_house


@pytest.mark.parametrize(
    ("number", "zone"),
    [
        ("+358401234567", "Europe/Helsinki"),
        ("+12125550100", "America/New_York"),
        ("+5511987654321", "America/Sao_Paulo"),
        # these numbers belong to a whole country with several hours
        ("+18005550100", None),
        ("+79161234567", None),
        ("12", None),
        ("", None),
    ],
)
def test_a_phone_number_tells_a_zone_where_it_has_one(number: str, zone: str | None) -> None:
    assert zone_of_phone(number) == zone


def test_a_retired_name_is_read_by_todays() -> None:
    assert zone_today("Europe/Kiev") == "Europe/Kyiv"
    assert zone_today("Mars/Olympus") == zone_today("") == ""


def test_own_zone_then_phone_then_market(db: None) -> None:
    house, pk = a_house(), 0
    with house.acting():
        customer = Customer.objects.create(workspace_id=house.workspace.pk, name="Somchai")
        assert zone_of_customer(customer) is None
        found = zone_of_customer(customer, market="US")
        assert found and (found.zone, found.basis, found.guessed) == ("America/New_York", "market", True)
        found = zone_of_customer(customer, market="TH")
        assert found and (found.zone, found.basis, found.guessed) == ("Asia/Bangkok", "market", False)
        pk = house.workspace.pk
        Identity.objects.create(workspace_id=pk, customer=customer, kind="phone", value="+12125550100")
        found = zone_of_customer(customer, market="TH")
        assert found and (found.zone, found.basis) == ("America/New_York", "phone")
        customer.time_zone = "Asia/Saigon"
        found = zone_of_customer(customer, market="TH")
        assert found and (found.zone, found.basis) == ("Asia/Ho_Chi_Minh", "customer")


def test_a_brand_says_which_of_several_zones_its_customers_live_in(db: None) -> None:
    house = a_house()
    with house.acting():
        choose_market(
            house.workspace.pk,
            agent=None,
            brand_id=house.brand.pk,
            country="US",
            time_zone="America/Los_Angeles",
        )
        memo.forget_all()
        found = zone_of_market("US", workspace_id=house.workspace.pk, brand_id=house.brand.pk)
    assert found and found.zone == "America/Los_Angeles"


def test_a_country_without_a_playbook_is_told_only_where_it_has_one_hour() -> None:
    memo.forget_all()
    alone = zone_of_market("GE")
    assert alone and alone.zone == "Asia/Tbilisi"
    assert zone_of_market("RU") is None
    assert zone_of_market("") is None
