"""Public rates are dated rows: the table of a day, what it is worth, and when nobody knows."""

import datetime
from decimal import Decimal

import pytest

from dragoman.core.exchange.actions.rates import keep_rates
from dragoman.core.exchange.queries import exchange_on, rates_of, table_on
from dragoman.core.exchange.tasks import fetch_rates
from dragoman.ground.providers.rates.ecb import DayRate
from dragoman.kit.money import Money
from tests.people import House, a_house

FRIDAY = datetime.date(2026, 11, 27)
RATES = [DayRate(FRIDAY, "USD", Decimal("1.25")), DayRate(FRIDAY, "JPY", Decimal("160"))]


@pytest.fixture
def house(db: None) -> House:
    return a_house()


def keep(house: House, rates: list[DayRate]) -> int:
    return keep_rates(house.workspace.pk, agent=None, rates=rates, source="ECB")


def test_a_table_holds_over_the_weekend_and_no_longer_than_a_week(house: House) -> None:
    with house.acting():
        assert keep(house, RATES) == 2
        number, day = house.workspace.pk, datetime.timedelta(days=1)
        table = table_on(number, FRIDAY + 2 * day)
        assert table and (table.day, table.source) == (FRIDAY, "ECB")
        assert table_on(number, FRIDAY - day) is None and table_on(number, FRIDAY + 8 * day) is None


def test_amounts_cross_by_the_euro_with_the_decimals_of_each_currency(house: House) -> None:
    with house.acting():
        keep(house, RATES)
        worth = lambda money, target: exchange_on(house.workspace.pk, money, target, day=FRIDAY)  # noqa: E731
        assert worth(Money(1000, "EUR"), "JPY") == Money(1600, "JPY")
        assert worth(Money(1600, "JPY"), "USD") == Money(1250, "USD")
        assert worth(Money(1000, "EUR"), "KWD") is None


def test_a_day_that_is_known_is_mended_and_nothing_is_lost(house: House) -> None:
    with house.acting():
        keep(house, RATES)
        assert keep(house, [DayRate(FRIDAY, "USD", Decimal("1.26"))]) == 0
        assert {one.currency: one.rate for one in rates_of(house.workspace.pk)} == {
            "USD": Decimal("1.26"),
            "JPY": 160,
        }


def test_another_workspace_does_not_see_them(house: House) -> None:
    with house.acting():
        keep(house, RATES)
    other = a_house("mallory")
    with other.acting():
        assert table_on(house.workspace.pk, FRIDAY) is None


def test_nothing_is_fetched_where_nobody_named_an_address(house: House, settings) -> None:
    settings.REFERENCE_RATES_URL = ""
    fetch_rates()
    with house.acting():
        assert not rates_of(house.workspace.pk).exists()
