"""What messages name is found as each market writes it, and sizes, articles and hours are left alone."""

import pytest

from dragoman.core.language.entities.find import find
from dragoman.core.language.entities.numbers import is_s10, is_ups


def _named(text: str, language: str) -> list[tuple[str, str]]:
    found = find(text, language)
    assert all(text[one.start : one.end] == one.text for one in found)
    return [(one.type, one.value) for one in found]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("I paid $1,299.50 for it", "en", "USD 1299.50"),
        ("Das kostet 1.299,00 EUR", "de", "EUR 1299.00"),
        ("c'était 49,90 €", "fr", "EUR 49.90"),
        ("maksoin 25 euroa", "fi", "EUR 25.00"),
        ("het was € 35,-", "nl", "EUR 35.00"),
        ("det kostade 1 200 kr", "sv", "SEK 1200.00"),
        ("det kostede 1.200 kr", "da", "DKK 1200.00"),
        ("จ่ายไป ฿1,290 แล้ว", "th", "THB 1290.00"),
        ("4,980円でした", "ja", "JPY 4980"),
        ("一共598块对吧", "zh-Hans", "CNY 598.00"),
        ("paguei R$ 89,90", "pt-BR", "BRL 89.90"),
        ("دفعت 120 ريال", "ar", "SAR 120.00"),
        ("5000 forintot vontak le", "hu", "HUF 5000.00"),
        ("합계 64,000원", "ko", "KRW 64000"),
    ],
)
def test_an_amount_is_read_as_its_market_writes_it(text: str, language: str, value: str) -> None:
    assert ("amount", value) in _named(text, language)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("it should arrive on 3 December 2026", "en", "2026-12-03"),
        ("by December 3rd please", "en", "--12-03"),
        ("tilasin 3.12.", "fi", "--12-03"),
        ("bestellt am 03.12.2026", "de", "2026-12-03"),
        ("le 3 décembre 2026", "fr", "2026-12-03"),
        ("el 3 de diciembre", "es", "--12-03"),
        ("den 3 december", "sv", "--12-03"),
        ("3 grudnia 2026", "pl", "2026-12-03"),
        ("สั่งวันที่ 3 ธ.ค. 2569", "th", "2026-12-03"),
        ("คำสั่งซื้อเมื่อ 3 ธ.ค. จ่ายแล้ว", "th", "--12-03"),
        ("12月3日に届く", "ja", "--12-03"),
        ("2026年12月3日下单", "zh-Hans", "2026-12-03"),
        ("3 декабря 2026", "ru", "2026-12-03"),
        ("dal 2026-12-03", "it", "2026-12-03"),
    ],
)
def test_a_date_is_read_as_its_language_writes_it(text: str, language: str, value: str) -> None:
    assert ("date", value) in _named(text, language)


def test_parcels_are_known_by_their_check_digit() -> None:
    assert is_s10("RR473124829GB")
    assert not is_s10("RR473124828GB")
    assert is_ups("1Z999AA10123456784")
    assert not is_ups("1Z999AA10123456785")
    assert _named("My parcel RR 473 124 829 GB is stuck", "en") == [("tracking_number", "RR473124829GB")]


def test_orders_are_told_from_sizes_articles_and_models() -> None:
    assert _named("My order #KSL-20418 has not come", "en") == [("order_number", "KSL-20418")]
    assert _named("Bestellnummer 70455128, Größe 42", "de") == [("order_number", "70455128")]
    assert _named("item no. 330871 in size 14, RTX 4090, 30 pcs at 17:00", "en") == []
    assert _named("订单SH-20931-7什么时候发货", "zh-Hans") == [("order_number", "SH-20931-7")]


def test_people_are_reached_by_phone_and_mail() -> None:
    assert _named("soita 040 123 4567 tai kirjoita Matti.Meikalainen@Example.com", "fi") == [
        ("phone", "+358401234567"),
        ("email", "matti.meikalainen@example.com"),
    ]


def test_addresses_of_pages_hold_no_order() -> None:
    assert _named("see https://shop.example/orders/123456789?x=2026-12-03", "en") == []
