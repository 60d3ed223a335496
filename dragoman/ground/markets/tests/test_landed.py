"""The landed cost by law, lane by lane and on both sides of each change; each amount was worked out by hand."""

import datetime
import json
from decimal import Decimal
from importlib import resources

import pytest

from dragoman.ground.markets.border_facts import SalesTax
from dragoman.ground.markets.landed.cost import landed_cost
from dragoman.ground.markets.landed.parts import Goods, Kind, Landed, Parcel, Rules, Why
from dragoman.ground.markets.landed.rules import rules_of
from dragoman.ground.markets.playbook import countries, playbook
from dragoman.kit.money import Money, converted

# how much of it one euro is worth: round figures, so that a person can check them
EURO = {
    "EUR": "1", "USD": "1.25", "GBP": "0.8", "JPY": "160", "KRW": "1600", "CHF": "0.95", "AUD": "1.8", "RON": "5",
    "MXN": "20", "BRL": "6", "THB": "40", "INR": "100", "CAD": "1.6", "KWD": "0.4", "TRY": "48", "SEK": "11",
    "SAR": "4.5", "UAH": "48", "ZAR": "20", "NOK": "11.5", "ILS": "4",
}  # fmt: skip
NOW, BEFORE_FLAT, FLAT = (datetime.date(2026, 11, 28), datetime.date(2026, 6, 30), datetime.date(2026, 7, 1))
SHIRT, WATCH, BOOK, SHOES = "610910", "910211", "490199", "640399"


def exchange(money: Money, target: str) -> Money | None:
    if money.currency not in EURO or target not in EURO:
        return None
    rate = Decimal(EURO[target]) / Decimal(EURO[money.currency])
    return Money(converted(money.minor, money.currency, target, rate), target)


def cost(lane: str, goods: list[Goods] | int, on: datetime.date = NOW, **more: object) -> Landed:
    """Return the cost on a lane: `CN>DE EUR`; a number is one shirt of that price."""
    way, currency = lane.split()
    origin, destination = way.split(">")
    rate = more.pop("rate", None)
    lines = [Goods(1, goods, hs_code=SHIRT)] if isinstance(goods, int) else goods
    parcel = Parcel(
        **{"freight": 0, **more},
        origin=origin,
        destination=destination,
        on=on,
        currency=currency,
        goods=lines,
    )  # type: ignore[arg-type]
    return landed_cost(
        parcel,
        rules_of(origin, destination, on),
        rate=lambda _goods: Decimal(str(rate)) if rate is not None else Why.NO_RATE,
        exchange=exchange,
    )


def parts(found: Landed) -> tuple[int | None, int | None]:
    """Return (duty, tax)."""
    return tuple(found.part(kind).amount for kind in (Kind.DUTY, Kind.TAX))  # type: ignore[return-value, union-attr]


UP_TO_HERE = [
    # EU: relief up to 150 EUR until the end of June 2026, then 3 EUR a tariff line; VAT from the first cent
    ("CN>DE EUR", 10_000, BEFORE_FLAT, {"registered": True}, (0, 1900)),
    ("CN>DE EUR", 10_000, FLAT, {"registered": True}, (300, 1900)),
    ("CN>DE EUR", 10_000, FLAT, {"registered": True, "freight": 500}, (300, 1995)),
    ("CN>DE EUR", 15_000, BEFORE_FLAT, {"registered": True}, (0, 2850)),
    ("CN>DE EUR", 15_000, FLAT, {"registered": True}, (300, 2850)),
    # a cent above: duty by the shop's rate, VAT at import on all of it: (150.01 + 18.00) x 19 %
    ("CN>DE EUR", 15_001, FLAT, {"registered": True, "rate": 12}, (1800, 3192)),
    ("CN>DE EUR", 15_001, BEFORE_FLAT, {"rate": 12}, (1800, 3192)),
    # without IOSS the carrier takes VAT on goods, freight and the 3 EUR: 108 x 19 %
    ("CN>DE EUR", 10_000, FLAT, {"freight": 500}, (300, 2052)),
    ("US>FR EUR", 10_000, datetime.date(2026, 2, 28), {"registered": True}, (0, 2000)),
    ("GB>IE EUR", 10_000, FLAT, {"registered": True}, (300, 2300)),
    ("CH>IT EUR", 20_000, FLAT, {"rate": 0}, (0, 4400)),
    ("CN>SE SEK", 55_000, FLAT, {"registered": True}, (3300, 13_750)),
    ("CN>FI EUR", 10_000, datetime.date(2024, 8, 31), {"registered": True}, (0, 2400)),
    ("CN>FI EUR", 10_000, datetime.date(2024, 9, 1), {"registered": True}, (0, 2550)),
    ("CN>EE EUR", 10_000, datetime.date(2025, 6, 30), {"registered": True}, (0, 2200)),
    ("CN>EE EUR", 10_000, datetime.date(2025, 7, 1), {"registered": True}, (0, 2400)),
    ("CN>RO RON", 10_000, datetime.date(2025, 7, 31), {"registered": True}, (0, 1900)),
    ("CN>RO RON", 10_000, datetime.date(2025, 8, 1), {"registered": True}, (0, 2100)),
    ("CN>SK EUR", 10_000, datetime.date(2024, 12, 31), {"registered": True}, (0, 2000)),
    ("CN>SK EUR", 10_000, datetime.date(2025, 1, 1), {"registered": True}, (0, 2300)),
    # within a customs union nothing is due on the way
    ("DE>FR EUR", 50_000, NOW, {}, (0, 0)),
    ("CH>LI CHF", 50_000, NOW, {}, (0, 0)),
    ("DE>DE EUR", 50_000, NOW, {}, (0, 0)),
    # GB: no duty up to 135 GBP, VAT in the shop; above, at the border
    ("DE>GB GBP", 13_500, NOW, {}, (0, 2700)),
    ("DE>GB GBP", 13_501, NOW, {"rate": 10}, (1350, 2970)),
    # US: 800 USD free until 2025-08-28, then duty from the first dollar and no federal tax
    ("DE>US USD", 80_000, datetime.date(2025, 8, 28), {"rate": 15}, (0, 0)),
    ("DE>US USD", 80_001, datetime.date(2025, 8, 28), {"rate": 15}, (12_000, 0)),
    ("DE>US USD", 80_000, datetime.date(2025, 8, 29), {"rate": 15, "freight": 2000}, (12_000, 0)),
    ("DE>US USD", 1000, NOW, {"rate": 15}, (150, 0)),
    # AU, NZ: GST in the shop up to 1,000 from registered sellers, none from small ones; FOB value above
    ("CN>AU AUD", 100_000, NOW, {"registered": True}, (0, 10_000)),
    ("CN>AU AUD", 100_000, NOW, {}, (0, 0)),
    ("CN>AU AUD", 100_100, NOW, {"rate": 5, "freight": 2000}, (5005, 10_711)),
    ("CN>NZ NZD", 100_000, NOW, {"registered": True}, (0, 15_000)),
    ("CN>NZ NZD", 20_000, NOW, {}, (0, 0)),
    # SG: never duty; GST in the shop up to 400 SGD an item
    ("CN>SG SGD", [Goods(3, 40_000, hs_code=SHIRT)], NOW, {"registered": True}, (0, 10_800)),
    ("CN>SG SGD", 40_001, NOW, {}, (0, 3600)),
    # CH: no duty on industrial goods since 2024, VAT of up to 5 CHF is waived
    ("DE>CH CHF", 6100, NOW, {}, (0, 0)),
    ("DE>CH CHF", 6200, NOW, {}, (0, 502)),
    ("DE>CH CHF", [Goods(1, 19_200, hs_code=BOOK)], NOW, {}, (0, 1555)),
    ("DE>CH CHF", 10_000, NOW, {"freight": 1000}, (0, 891)),
    ("DE>LI CHF", 10_000, NOW, {}, (0, 810)),
    # NO: VOEC shops take VAT for items below 3,000 NOK; from others it is due from the first krone
    ("DE>NO NOK", 299_900, NOW, {"registered": True}, (0, 74_975)),
    ("DE>NO NOK", 50_000, NOW, {"rate": 10.7}, (5350, 13_838)),
    ("DE>NO NOK", [Goods(1, 30_000, hs_code=BOOK)], NOW, {"registered": True}, (0, 0)),
    # JP: 10,000 JPY, knitwear and shoes left out of the relief from duty
    ("US>JP JPY", [Goods(1, 10_000, hs_code=WATCH)], NOW, {}, (0, 0)),
    ("US>JP JPY", [Goods(1, 10_001, hs_code=WATCH)], NOW, {"rate": 0}, (0, 1000)),
    ("US>JP JPY", [Goods(1, 9_000, hs_code=SHOES)], NOW, {"rate": 30}, (2700, 0)),
    # KR: 150 USD, 200 from the United States; above it the whole value
    ("DE>KR USD", 15_000, NOW, {"rate": 8}, (0, 0)),
    ("DE>KR USD", 15_001, NOW, {"rate": 8}, (1200, 1620)),
    ("US>KR USD", 20_000, NOW, {"rate": 8}, (0, 0)),
    ("DE>KR USD", 20_000, NOW, {"rate": 8}, (1600, 2160)),
    # TH: the baht of relief; 7 % on value and duty
    ("CN>TH THB", 100_000, NOW, {"rate": 10}, (10_000, 7700)),
    ("CN>TW TWD", 200_000, NOW, {}, (0, 0)),
    ("CN>TW TWD", 200_100, NOW, {"rate": 10}, (20_010, 11_006)),
    # MX: a flat rate with the tax in it; other limits from the United States and Canada
    ("CN>MX USD", 10_000, datetime.date(2025, 8, 14), {}, (1900, 0)),
    ("CN>MX USD", 10_000, datetime.date(2025, 8, 15), {}, (3350, 0)),
    ("US>MX USD", 5000, NOW, {}, (0, 0)),
    ("US>MX USD", 10_000, NOW, {}, (1700, 0)),
    ("US>MX USD", 20_000, NOW, {}, (3800, 0)),
    # IN: 11 % and 18 % of both, 30.98 in all
    ("US>IN INR", 1_000_000, NOW, {}, (110_000, 199_800)),
    # UA: on what is above 150 EUR alone
    ("DE>UA EUR", 15_000, NOW, {}, (0, 0)),
    ("DE>UA EUR", 25_000, NOW, {}, (1000, 2200)),
    ("DE>TR EUR", 2000, NOW, {"rate": 30}, (600, 520)),
    ("DE>ZA ZAR", 40_000, NOW, {"rate": 45}, (18_000, 8700)),
    ("CN>SA SAR", 100_000, NOW, {}, (0, 15_000)),
    ("CN>HK HKD", 900_000, NOW, {}, (0, 0)),
    ("CN>PH PHP", 1_000_000, NOW, {}, (0, 0)),
    ("CN>CL USD", 10_000, NOW, {"registered": True}, (0, 1900)),
    ("CN>CL USD", 4_100, datetime.date(2025, 10, 24), {}, (0, 0)),
    ("CN>CL USD", 10_000, datetime.date(2025, 10, 24), {}, (600, 2014)),
    ("DE>IS ISK", 1000, NOW, {"rate": 0}, (0, 240)),
    ("CN>MY MYR", 50_000, NOW, {"registered": True, "freight": 1000}, (0, 5000)),
]  # fmt: skip


@pytest.mark.parametrize(("lane", "goods", "on", "more", "expected"), UP_TO_HERE)
def test_duty_and_tax_by_law(lane, goods, on, more, expected):
    assert parts(cost(lane, goods, on, **more)) == expected


def test_the_flat_duty_is_due_for_each_kind_of_goods_and_not_for_each_piece():
    five = cost("CN>DE EUR", [Goods(5, 1000, hs_code=SHIRT)], FLAT, registered=True)
    two = cost(
        "CN>DE EUR", [Goods(1, 1000, hs_code=SHIRT), Goods(1, 1000, hs_code=WATCH)], FLAT, registered=True
    )
    same = cost("CN>DE EUR", [Goods(1, 1000, hs_code=SHIRT), Goods(2, 900, hs_code="6109109000")], FLAT)
    assert [one.part(Kind.DUTY).amount for one in (five, two, same)] == [300, 600, 300]
    assert (two.part(Kind.DUTY).payer, two.part(Kind.DUTY).to) == ("shop", "customs")


def test_a_missing_hs_code_is_not_known_and_the_total_is_at_least():
    found = cost("CN>DE EUR", [Goods(1, 1000, hs_code=SHIRT), Goods(1, 1000)], FLAT, registered=True)
    duty = found.part(Kind.DUTY)
    assert (duty.amount, duty.why, duty.least) == (None, Why.NO_HS, 300)
    assert found.at_least and found.total == 2000 + 300 + 380
    # one thing alone is one tariff line, whatever its code
    assert cost("CN>DE EUR", [Goods(4, 1000)], FLAT, registered=True).part(Kind.DUTY).amount == 300
    assert cost("US>JP JPY", [Goods(1, 9000)]).part(Kind.DUTY).why == Why.NO_HS
    assert cost("DE>CH CHF", [Goods(1, 9000)]).part(Kind.DUTY).why == Why.NO_HS


def test_a_rate_nobody_gave_is_not_known_and_neither_is_the_tax_on_it():
    found = cost("DE>GB GBP", 20_000)
    duty, tax = found.part(Kind.DUTY), found.part(Kind.TAX)
    assert (duty.amount, duty.why) == (None, Why.NO_RATE)
    assert (tax.amount, tax.why, tax.least) == (None, Why.NO_DUTY_KNOWN, 4000)
    assert found.at_least and found.total == 24_000


@pytest.mark.parametrize("lane", ["DE>PE USD", "DE>KW KWD", "DE>XK EUR"])
def test_a_country_nobody_read_of_is_not_known(lane):
    found = cost(lane, 10_000)
    assert parts(found) == (None, None) and found.at_least and found.total == 10_000
    assert found.part(Kind.DUTY).why == Why.NO_RULE


def test_unknown_freight_leaves_the_tax_open_and_is_said():
    found = cost("CN>DE EUR", 10_000, FLAT, registered=True, freight=None)
    assert found.part(Kind.FREIGHT).why == Why.NO_FREIGHT
    tax = found.part(Kind.TAX)
    assert (tax.amount, tax.why, tax.least) == (None, Why.NO_FREIGHT, 1900)


def test_currencies_of_no_and_of_three_decimals_are_held_against_limits_of_others():
    # 20,000 JPY are 125 EUR, 24,000 are 150: too near for a public rate to say
    assert parts(cost("JP>DE JPY", 20_000, FLAT, registered=True)) == (480, 3800)
    assert cost("JP>DE JPY", 24_000, FLAT, registered=True).part(Kind.DUTY).why == Why.NEAR_LIMIT
    # 40.000 KWD are 100 EUR; 3 EUR are 1.200 KWD
    assert parts(cost("KW>DE KWD", 40_000, FLAT, registered=True)) == (1200, 7600)
    found = cost("KW>DE KWD", 40_000, FLAT, registered=True)
    assert found.part(Kind.DUTY).native == Money(300, "EUR") and found.estimate
    no_rate = cost("AR>DE ARS", 40_000, FLAT, registered=True)
    assert no_rate.part(Kind.DUTY).why == Why.NO_EXCHANGE and no_rate.at_least


def test_exactly_the_limit_is_not_known_where_sources_differ():
    found = cost("DE>NO NOK", 300_000, registered=True)
    assert found.part(Kind.TAX).why == Why.NEAR_LIMIT and found.at_least


def test_goods_within_and_above_a_limit_for_each_item_are_not_lumped_together():
    found = cost(
        "CN>SG SGD", [Goods(1, 10_000, hs_code=SHIRT), Goods(1, 50_000, hs_code=WATCH)], registered=True
    )
    assert found.part(Kind.TAX).why == Why.MIXED


def test_who_pays_when_and_to_whom():
    dap = cost("CN>DE EUR", 20_000, FLAT, rate=12, handling=600)
    assert [(one.payer, one.when, one.to) for one in dap.parts if one.payer and one.when != "checkout"] == [
        ("customer", "delivery", "carrier")
    ] * 3
    assert dap.at_the_door == 2400 + 4256 + 600
    ddp = cost("CN>DE EUR", 20_000, FLAT, rate=12, ddp=True)
    assert {one.payer for one in ddp.parts if one.when == "import"} == {"shop"} and ddp.at_the_door == 0
    assert ddp.part(Kind.HANDLING).why == Why.NO_RATE and ddp.part(Kind.HANDLING).to == "carrier"
    ioss = cost("CN>DE EUR", 10_000, FLAT, registered=True)
    assert (ioss.part(Kind.TAX).payer, ioss.part(Kind.TAX).when, ioss.part(Kind.TAX).to) == (
        "customer", "checkout", "shop",
    )  # fmt: skip
    assert ioss.at_the_door == 0 and ioss.part(Kind.HANDLING) is None


def test_a_state_takes_a_fee_of_its_own_where_it_does_and_only_then():
    def fees(lane: str, on: datetime.date, price: int = 5000) -> list[tuple[int | None, str]]:
        found = cost(lane, price, on, registered=True)
        return [(one.amount, one.why) for one in found.parts if one.kind == Kind.FEE]

    assert fees("CN>RO RON", datetime.date(2025, 12, 31)) == []
    assert fees("CN>RO RON", datetime.date(2026, 1, 1)) == [(2500, Why.LISTED)]
    assert fees("CN>FR EUR", datetime.date(2026, 2, 28)) == []
    assert fees("CN>FR EUR", datetime.date(2026, 3, 1)) == [(200, Why.LISTED)]
    assert fees("CN>FR EUR", datetime.date(2026, 3, 1), 20_000) == []
    # nobody read whether these are taken: not known, and never a guess
    assert fees("CN>IT EUR", FLAT) == [(None, Why.LISTED)]
    assert fees("CN>DE EUR", NOW) == [(None, Why.LISTED)]
    assert fees("DE>FR EUR", NOW) == []
    assert fees("CN>SA SAR", NOW) == [(1500, Why.LISTED)]


def test_provinces_add_to_the_tax_so_that_it_is_at_least():
    found = cost("DE>CA CAD", 10_000, rate=0)
    tax = found.part(Kind.TAX)
    assert (tax.amount, tax.why, tax.least) == (None, Why.VARIES, 500)
    assert parts(cost("DE>CA CAD", 2000)) == (0, 0)
    assert parts(cost("US>CA CAD", 4000)) == (0, 0)
    assert cost("US>CA CAD", 10_000).part(Kind.TAX).least == 500


def test_brazil_takes_duty_in_the_shop_and_a_tax_within_the_price():
    found = cost("CN>BR USD", 4000, registered=True)
    duty, tax = found.part(Kind.DUTY), found.part(Kind.TAX)
    assert (duty.amount, duty.when, duty.to) == (800, "checkout", "shop")
    # 48 USD are 83 %, the tax is 17: 9.83
    assert (tax.amount, tax.least, tax.why) == (None, 983, Why.VARIES)
    above = cost("CN>BR USD", 10_000, registered=True)
    assert above.part(Kind.DUTY).amount == 6000 - 2000


def test_a_lower_rate_that_may_hold_makes_the_tax_an_estimate():
    assert parts(cost("GB>DE EUR", [Goods(1, 2000, hs_code=BOOK)], BEFORE_FLAT, registered=True)) == (0, 140)
    assert not cost("GB>DE EUR", 2000, BEFORE_FLAT, registered=True).part(Kind.TAX).estimate
    assert cost("GB>DE EUR", [Goods(1, 2000, hs_code="210690")], registered=True).part(Kind.TAX).estimate
    assert cost("GB>DE EUR", [Goods(1, 2000)], registered=True).part(Kind.TAX).estimate


def test_every_rate_of_tax_in_europe_is_the_one_the_commission_lists_today():
    listed = json.loads(
        resources.files("eu_vat_rates_data").joinpath("eu_vat_rates_data.json").read_text("utf-8")
    )
    rates = listed["rates"]
    for country in set(countries()) & set(rates):
        tax = playbook(country).fact("sales_tax", on=NOW).value
        assert isinstance(tax, SalesTax) and tax.standard == Decimal(str(rates[country]["standard"])), country
        lower = {
            Decimal(str(one)) for one in [*rates[country]["reduced"], rates[country]["super_reduced"] or 0, 0]
        }
        assert {one.rate for one in tax.reduced} <= lower, country


def test_nothing_is_free_of_rules_by_mistake():
    parcel = Parcel(origin="DE", destination="US", on=NOW, currency="USD", goods=[Goods(1, 1)], freight=0)
    found = landed_cost(parcel, Rules(), rate=lambda _goods: Decimal(0), exchange=exchange)
    assert found.at_least
