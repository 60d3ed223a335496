"""What messages name is found as each market writes it, and sizes, articles and hours are left alone."""

import pytest

from dragoman.core.language.entities.find import find


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
        ("tellisin 3. detsembril", "et", "--12-03"),
        ("הזמנתי ב-3 בדצמבר", "he", "--12-03"),
        ("من يوم 3 كانون الأول", "ar", "--12-03"),
        ("يوم ٣ ديسمبر", "ar", "--12-03"),
        ("rendelés 2026. december 3-án", "hu", "2026-12-03"),
        ("三月12日下的单", "zh-Hans", "--03-12"),
        ("วันที่ 3 เดือน 12", "th", "--12-03"),
        ("ซื้อ 3 ธันวาค่ะ", "th", "--12-03"),
        ("d. 3/12-2026", "da", "2026-12-03"),
        ("miało być 3.12, dziś piątek", "pl", "--12-03"),
    ],
)
def test_a_date_is_read_as_its_language_writes_it(text: str, language: str, value: str) -> None:
    assert ("date", value) in _named(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("zwischen dem 3. und 5. Dezember", "de"),
        ("3.-5.12. en ole kotona", "fi"),
        ("3/12-5/12", "sv"),
        ("12月3日から5日まで", "ja"),
        ("Dec 3-5", "en"),
        ("с 3 по 5 декабря", "ru"),
    ],
)
def test_both_ends_of_a_span_are_dates(text: str, language: str) -> None:
    assert _named(text, language) == [("date", "--12-03"), ("date", "--12-05")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("dźwignia, Długa 12/4", "pl"),
        ("Android 4.12", "de"),
        ("tellisin 1000 tükiga pusle", "et"),
        ("pneumatiky 205/55 R16 objednal", "cs"),
        ("the EAN on the box is 4006381333931", "en"),
        ("Kundennummer 44120", "de"),
        ("acheté en 2019", "fr"),
        ("ostin kännykän, RTX 4090", "fi"),
        ("コード エラーE-4410が出る", "ja"),
    ],
)
def test_a_number_that_is_something_else_is_left_alone(text: str, language: str) -> None:
    assert _named(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("can you check 2026/000123 for me", "en", "2026/000123"),
        ("102-4471209-5512038 fehlt noch", "de", "102-4471209-5512038"),
        ("viitenumero oli RF18-2231, tilaus siis", "fi", "RF18-2231"),
        ("ordrenr: B7K2M9, 349 kr", "nb", "B7K2M9"),
        ("a 1001 számú rendelés", "hu", "1001"),
        ("注文No.88213お願いします", "ja", "88213"),
        ("طلب رقم ٨٨٢١٣", "ar", "88213"),
    ],
)
def test_an_order_is_known_in_the_shape_its_shop_gave_it(text: str, language: str, value: str) -> None:
    assert ("order_number", value) in _named(text, language)


def test_parcels_are_known_by_their_check_digit() -> None:
    assert _named("My parcel RR 473 124 829 GB is stuck", "en") == [("tracking_number", "RR473124829GB")]
    assert _named("My parcel RR473124828GB is stuck", "en") != [("tracking_number", "RR473124828GB")]
    assert _named("1Z 999 AA1 0123 4567 84", "en") == [("tracking_number", "1Z999AA10123456784")]
    assert _named("Cainiao LP00123456789012 ist wo?", "de") == [("tracking_number", "LP00123456789012")]


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


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("gde moi zakaz 31290?", "ru", "31290"),
        ("zakaz nomer 31290", "cs", "31290"),
        ("paraggelia 55102", "it", "55102"),
        ("mera order 40912 abhi tak nahi aaya yaar", "hi", "40912"),
        ("el talabiya 44521 lessa magatsh", "ar", "44521"),
        ("fein talab 44521", "en", "44521"),
        ("Hei, my order number 55120 ei ole saapunut", "fi", "55120"),
        ("tilaus 40123, nro 40 881", "fi", "40881"),
    ],
)
def test_an_order_is_found_in_whatever_language_the_rest_is_taken_for(
    text: str, language: str, value: str
) -> None:
    assert ("order_number", value) in _named(text, language)


def test_a_word_of_orders_does_not_make_a_number_of_pieces_an_order() -> None:
    assert _named("mera order 1000 pieces ka hai", "hi") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("وصلني الطلب ٤٤٥٢١", "ar"),
        ("मेरा ऑर्डर ४४५२१ कहाँ है", "hi"),
        ("注文番号４４５２１", "ja"),
        ("คำสั่งซื้อ ๔๔๕๒๑", "th"),
    ],
)
def test_a_value_is_in_the_figures_of_the_shop_and_its_text_as_written(text: str, language: str) -> None:
    [found] = find(text, language)
    assert (found.type, found.value) == ("order_number", "44521")
    assert not found.text.isascii() and text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text", ["ב-3.11.2026", "הזמנתי מ-3.11.2026", "ההזמנה מ-3/11/2026", "משלוח ב-2026-11-03"]
)
def test_a_hebrew_date_has_its_preposition_and_hyphen_beside_it(text: str) -> None:
    assert _named(text, "he") == [("date", "2026-11-03")]


def test_both_ends_of_a_hebrew_span_are_dates() -> None:
    assert _named("מ-3.11.2026 ועד 5.11.2026", "he") == [("date", "2026-11-03"), ("date", "2026-11-05")]


@pytest.mark.parametrize(
    "text",
    [
        "איפה ההזמנה 88120 לא הגיע 123456",
        "\u202eאיפה ההזמנה 88120\u202c 123456",
        "\u2066איפה ההזמנה 88120\u2069 \u2066123456\u2069",
    ],
)
def test_a_phrase_that_asks_where_an_order_is_names_it_between_direction_marks_too(text: str) -> None:
    assert _named(text, "he") == [("order_number", "88120"), ("order_number", "123456")]
