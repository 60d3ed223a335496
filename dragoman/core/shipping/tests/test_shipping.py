"""Tables by lane, weight and day; duty by the longest code; what a parcel costs by law and by the brand's own word."""

import datetime
from decimal import Decimal

import pytest

from dragoman.core.exchange.actions.rates import keep_rates
from dragoman.core.playbooks.actions.facts import correct_fact
from dragoman.core.shipping.actions.tables import replace_duties, replace_rates, save_terms
from dragoman.core.shipping.files import read_duties, read_shipping, write_duties, write_shipping
from dragoman.core.shipping.landed import Asked, landed_for
from dragoman.core.shipping.queries import Quote, duties_of, duty_rates, quotes_on, rates_of
from dragoman.ground.markets.landed.parts import Goods, Kind, Why
from dragoman.ground.providers.rates.ecb import DayRate
from dragoman.kit.errors import Refusal
from dragoman.kit.money import Money
from tests.people import House, a_house

DAY = datetime.date(2026, 7, 15)
RATES = b"""from,to,service,up_to_grams,price,currency,handling,valid_from,valid_to
GB,DE FR,Standard,500,6.50,EUR,,,
GB,DE FR,Standard,2000,9.90,EUR,6.00,,
GB,DE,Express,,24.00,EUR,0,2026-01-01,
GB,*,Standard,,19.00,EUR,,,
GB,JP,Post,1000,2400,JPY,,,2026-07-14
GB,JP,Post,1000,2600,JPY,,2026-07-15,
"""
DUTIES = b"""to;hs;origin;percent;source;valid_from;valid_to
EU;6205;;12;TARIC;;
EU;6205.90;IN;9,6;TARIC;;
GB;64;;8;UK Tariff;;2026-07-14
GB;64;;6;UK Tariff;2026-07-15;
"""


@pytest.fixture
def house(db: None) -> House:
    return a_house()


@pytest.fixture
def shop(house: House) -> House:
    with house.acting():
        number, brand = house.workspace.pk, house.brand.pk
        replace_rates(number, agent=None, brand_id=brand, read=read_shipping(RATES))
        replace_duties(number, agent=None, brand_id=brand, read=read_duties(DUTIES))
    return house


def quotes(house: House, to: str, weight: int | None, day: datetime.date = DAY) -> list[Quote]:
    return quotes_on(house.workspace.pk, house.brand.pk, origin="GB", destination=to, weight=weight, day=day)


def test_the_smallest_band_that_holds_the_weight_counts(shop: House) -> None:
    with shop.acting():
        assert quotes(shop, "DE", 500)[0] == Quote("Standard", 650, "EUR", None)
        assert quotes(shop, "DE", 501)[0] == Quote("Standard", 990, "EUR", 600)
        assert [one.service for one in quotes(shop, "DE", 2001)] == ["Express"]
        assert [one.service for one in quotes(shop, "DE", None)] == ["Express"]


def test_a_lane_of_its_own_hides_the_one_for_everywhere_else(shop: House) -> None:
    with shop.acting():
        assert quotes(shop, "SE", 100) == [Quote("Standard", 1900, "EUR", None)]
        assert quotes(shop, "FR", 9000) == []
        assert (
            quotes_on(shop.workspace.pk, shop.brand.pk, origin="US", destination="DE", weight=1, day=DAY)
            == []
        )


def test_prices_change_on_their_day_and_have_their_currencys_decimals(shop: House) -> None:
    with shop.acting():
        assert quotes(shop, "JP", 900, datetime.date(2026, 7, 14))[-1].price == 2400
        assert quotes(shop, "JP", 900)[-1] == Quote("Post", 2600, "JPY", None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"GB,DE,S,1.5,6,EUR,,,", "whole grams"), (b"GB,DE,S,,6.555,EUR,,,", "decimals"), (b"GB,XX,S,,6,EUR,,,", "XX"),
        (b"GB,DE,S,,6,ABC,,,", "ABC"), (b"GB,DE,,,6,EUR,,,", "service"), (b"GB,DE,S,,-6,EUR,,,", "below"),
        (b"GB,DE DE,S,,6,EUR,,,", "Line 2 says the same"), (b"GB,DE,S,,6,EUR,,2026-13-01,", "2026-13-01"),
        (b"GB,DE,S,,6,EUR,,2026-02-01,2026-01-01", "end before"), (b"GB,,S,,6,EUR,,,", "where to"),
        (b"GB,DE,S,,1.5,JPY,,,", "decimals"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_and_nothing_is_changed(shop: House, line: bytes, said: str) -> None:
    read = read_shipping(RATES.splitlines()[0] + b"\n" + line)
    assert said in read.problems[0].said and read.problems[0].line == 2
    with shop.acting():
        before = rates_of(shop.workspace.pk, shop.brand.pk).count()
        with pytest.raises(Refusal, match="Nothing was changed"):
            replace_rates(shop.workspace.pk, agent=None, brand_id=shop.brand.pk, read=read)
        assert rates_of(shop.workspace.pk, shop.brand.pk).count() == before == 8


@pytest.mark.parametrize("raw", [b"", b"a,b\n1,2\n", b"from,to,service,price,currency\n", b"\xff\xfe\x00"])
def test_what_is_no_table_is_refused(raw: bytes) -> None:
    with pytest.raises(Refusal):
        read_shipping(raw)


def test_tables_go_out_as_they_came_in(shop: House) -> None:
    with shop.acting():
        rates = write_shipping(rates_of(shop.workspace.pk, shop.brand.pk)).encode()
        duties = write_duties(duties_of(shop.workspace.pk, shop.brand.pk)).encode()
    assert write_shipping(read_shipping(rates).rows).encode() == rates
    assert write_duties(read_duties(duties).rows).encode() == duties and b"9.6" in duties


def test_the_longest_code_and_the_origin_decide_and_a_missing_one_is_said(shop: House) -> None:
    goods = [
        Goods(1, 1, hs_code="620590", origin="IN"), Goods(1, 1, hs_code="620520", origin="IN"),
        Goods(1, 1, hs_code="620590"), Goods(1, 1, hs_code="620590", origin="CN"), Goods(1, 1), Goods(1, 1, hs_code="950300"),
    ]  # fmt: skip
    with shop.acting():
        rate = duty_rates(shop.workspace.pk, shop.brand.pk, places=["DE", "EU"], day=DAY, goods=goods)
        assert [rate(one) for one in goods] == [
            Decimal("9.6"), 12, Why.NO_ORIGIN, Why.NO_RATE, Why.NO_HS, Why.NO_RATE,
        ]  # fmt: skip
        shoes = Goods(1, 1, hs_code="640399", origin="CN")
        before = datetime.date(2026, 7, 14)
        for day, percent in ((before, 8), (DAY, 6)):
            found = duty_rates(shop.workspace.pk, shop.brand.pk, places=["GB"], day=day, goods=[shoes])
            assert found(shoes) == percent


def asked(**more: object) -> Asked:
    facts = {"origin": "GB", "destination": "DE", "currency": "EUR", "on": DAY, "weight": 800, **more}
    facts.setdefault("goods", [Goods(2, 4500, hs_code="620520", origin="IN")])
    return Asked(**facts)  # type: ignore[arg-type]


def parts(house: House, question: Asked) -> dict[str, int | None]:
    found = landed_for(house.workspace.pk, house.brand.pk, question)
    return {str(one.kind): one.amount for one in found.landed.parts if one.kind is not Kind.FEE}


def test_a_parcel_costs_by_the_law_and_the_brands_own_tables(shop: House) -> None:
    with shop.acting():
        # 90.00 + 9.90 freight + 3.00 duty, 19 % of it; the carrier's 6.00
        assert parts(shop, asked()) == {
            "goods": 9000,
            "freight": 990,
            "duty": 300,
            "tax": 1955,
            "handling": 600,
        }
        above = asked(goods=[Goods(2, 10_000, hs_code="620520", origin="IN")])
        assert parts(shop, above)["duty"] == round((20_000 + 990) * 0.12)
        save_terms(
            shop.workspace.pk, agent=None, brand_id=shop.brand.pk, sends_from="gb", ddp=[], registered=["eu"]
        )
        assert parts(shop, asked()) == {"goods": 9000, "freight": 990, "duty": 300, "tax": 1898}
        assert "handling" not in parts(shop, asked(service="Express"))


def test_a_price_in_another_currency_is_turned_by_the_table_of_the_day_or_not_known(shop: House) -> None:
    with shop.acting():
        question = asked(
            destination="JP", service="Post", goods=[Goods(1, 3000, hs_code="910211", origin="CH")]
        )
        assert parts(shop, question)["freight"] is None
        # the carrier's fee is listed in euro: what is missing is the rate of exchange
        fee = landed_for(shop.workspace.pk, shop.brand.pk, asked(currency="GBP", freight=990, ddp=False))
        handling = fee.landed.part(Kind.HANDLING)
        assert handling and (handling.amount, handling.why, handling.to) == (None, Why.NO_EXCHANGE, "carrier")
        assert handling.native == Money(600, "EUR")
        rates = [DayRate(DAY, "JPY", Decimal(160))]
        keep_rates(shop.workspace.pk, agent=None, rates=rates, source="ECB")
        assert parts(shop, question) == {"goods": 3000, "freight": 1625, "duty": 0, "tax": 0}


def test_a_correction_of_the_brand_counts(shop: House) -> None:
    with shop.acting():
        correct_fact(
            shop.workspace.pk, agent=None, brand_id=shop.brand.pk, country="DE", kind="sales_tax", source="a law",
            value={"name": "MwSt", "standard": "16"},
        )  # fmt: skip
        assert parts(shop, asked(freight=0))["tax"] == round(9300 * 0.16)


def test_a_place_that_is_none_is_refused(shop: House) -> None:
    with shop.acting(), pytest.raises(Refusal, match="ZZ"):
        save_terms(
            shop.workspace.pk, agent=None, brand_id=shop.brand.pk, sends_from="GB", ddp=["ZZ"], registered=[]
        )


def test_mallory_sees_and_changes_nothing(shop: House) -> None:
    other = a_house("mallory")
    with other.acting():
        assert not rates_of(shop.workspace.pk, shop.brand.pk).exists()
        assert (
            duty_rates(
                shop.workspace.pk, shop.brand.pk, places=["EU"], day=DAY, goods=[Goods(1, 1, hs_code="6205")]
            )(Goods(1, 1, hs_code="6205"))
            == Why.NO_RATE
        )
