"""Money goes in and out exactly, with the decimals that shops mean, and is shown with those that people write."""

from decimal import Decimal

import pytest
from babel import Locale

from dragoman.kit.money import (
    BadMoney,
    Money,
    converted,
    digits_of,
    is_currency,
    to_major,
    to_minor,
    written,
)


@pytest.mark.parametrize(
    "currency, digits",
    [("EUR", 2), ("JPY", 0), ("KWD", 3), ("HUF", 2), ("TWD", 2), ("ISK", 0), ("IQD", 3), ("CLF", 4)]
    # CLDR writes these without decimals; a shop's cents are cents all the same
    + [("ALL", 2), ("RSD", 2), ("MMK", 2), ("LAK", 2)]
    # left, but in the orders of their time
    + [("BGN", 2), ("HRK", 2)],
)
def test_decimals_are_those_of_iso_4217(currency, digits):
    assert digits_of(currency) == digits
    assert to_major(to_minor("7", currency), currency) == 7


@pytest.mark.parametrize("code", ["eur", "XXX", "XAU", "XTS", "QQQ", "EURO", "", "€"])
def test_what_nobody_pays_with_is_no_currency(code):
    assert not is_currency(code)
    with pytest.raises(BadMoney):
        to_minor("1", code)


@pytest.mark.parametrize(
    "amount, currency, minor",
    [("49.90", "EUR", 4990), ("49.9", "EUR", 4990), (12000, "JPY", 12000), ("1.999", "KWD", 1999)]
    + [(Decimal("0.10"), "EUR", 10), ("-3.5", "PLN", -350), ("12000.00", "JPY", 12000)],
)
def test_amounts_are_exact(amount, currency, minor):
    assert to_minor(amount, currency) == minor


@pytest.mark.parametrize(
    "amount, currency",
    [
        ("49.901", "EUR"),
        ("0.5", "JPY"),
        ("1.0001", "KWD"),
        ("NaN", "EUR"),
        ("Infinity", "EUR"),
        ("1e30", "EUR"),
    ]
    + [("49,90", "EUR"), ("", "EUR")],
)
def test_more_decimals_than_a_currency_has_are_refused_and_never_rounded(amount, currency):
    with pytest.raises(BadMoney):
        to_minor(amount, currency)


@pytest.mark.parametrize(
    "minor, currency, tag, said",
    [
        (4990, "EUR", "fi", "49,90 €"),
        (395000, "THB", "th", "฿3,950.00"),
        (12000, "JPY", "ja", "￥12,000"),
        (129900, "BRL", "pt_BR", "R$ 1.299,00"),
        (4990, "CHF", "de_CH", "CHF 49.90"),
        (4990, "AED", "en", "AED 49.90"),
        (12300, "ALL", "sq", "123 Lekë"),
        (12345, "ALL", "sq", "123,45 Lekë"),
        (1999, "KWD", "en", "KWD 1.999"),
        (50, "EUR", "en", "€0.50"),
    ],
)
def test_an_amount_is_written_as_its_reader_expects(minor, currency, tag, said):
    assert written(Money(minor, currency), Locale.parse(tag)).replace("\xa0", " ") == said


def test_whole_amounts_may_leave_their_decimals_out():
    assert written(Money(5000, "EUR"), Locale("en"), whole=True) == "€50"
    assert written(Money(5050, "EUR"), Locale("en"), whole=True) == "€50.50"


def test_a_rate_keeps_each_currencys_decimals():
    assert converted(824000, "THB", "EUR", Decimal("0.02694")) == 22199
    assert converted(4990, "EUR", "JPY", Decimal("163.2")) == 8144


def test_a_sign_stays_with_its_letters_where_lines_run_from_right_to_left() -> None:
    assert written(Money(23500, "BRL"), Locale("ar")).endswith("R$\N{LEFT-TO-RIGHT MARK}")
    assert "\N{LEFT-TO-RIGHT MARK}" not in written(Money(23500, "BRL"), Locale("en"))
