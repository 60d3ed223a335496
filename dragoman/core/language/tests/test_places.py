"""Addresses and products are found where they plainly stand, and nowhere else."""

import time

import pytest

from dragoman.core.language import training
from dragoman.core.language.entities.addresses import addresses
from dragoman.core.language.entities.find import find
from dragoman.core.language.entities.products import products

PLACES = [
    ("en", "Please send it to 12 Oak Road, London SW1A 1AA instead", "12 Oak Road, London SW1A 1AA"),
    ("de", "Neue Adresse: Lindenstraße 5a, 48213 Münster, danke", "Lindenstraße 5a, 48213 Münster"),
    ("fi", "Uusi osoite on Hämeenkatu 12 B, 33100 Tampere.", "Hämeenkatu 12 B, 33100 Tampere"),
    ("sv", "Skicka till Storgatan 8, 111 22 Stockholm tack", "Storgatan 8, 111 22 Stockholm"),
    ("da", "Send den til Nørregade 14, 1165 København i stedet", "Nørregade 14, 1165 København"),
    ("nb", "Ny adresse: Storgata 3, 0184 Oslo", "Storgata 3, 0184 Oslo"),
    ("nl", "Graag naar Kerkstraat 21, 1017 GC Amsterdam", "Kerkstraat 21, 1017 GC Amsterdam"),
    ("fr", "Livrez au 12 rue de la Paix, 75002 Paris svp", "12 rue de la Paix, 75002 Paris"),
    ("it", "Mandatelo in via Roma 15, 20121 Milano", "via Roma 15, 20121 Milano"),
    ("es", "La dirección es calle Mayor 7, 28013 Madrid", "calle Mayor 7, 28013 Madrid"),
    ("pt-BR", "Manda pra Rua Augusta, 1200, 01304-001 São Paulo", "Rua Augusta, 1200, 01304-001 São Paulo"),
    ("pl", "Proszę wysłać na ul. Długa 3, 00-238 Warszawa", "ul. Długa 3, 00-238 Warszawa"),
    ("cs", "Pošlete to na Dlouhá 12, 110 00 Praha", "Dlouhá 12, 110 00 Praha"),
    ("et", "Aadress on Pärnu mnt 12, 10148 Tallinn", "Pärnu mnt 12, 10148 Tallinn"),
    ("hu", "Az új cím Kossuth utca 5, 1055 Budapest", "Kossuth utca 5, 1055 Budapest"),
    ("ru", "Доставьте на ул. Ленина, д. 12, пожалуйста", "ул. Ленина, д. 12"),
    ("uk", "Адреса: вул. Хрещатик, буд. 7, дякую", "вул. Хрещатик, буд. 7"),
    ("ja", "住所は東京都渋谷区神南1-2-3です", "東京都渋谷区神南1-2-3"),
    ("zh-Hans", "改成上海市浦东新区世纪大道100号吧", "上海市浦东新区世纪大道100号"),
    ("ko", "주소는 서울시 강남구 테헤란로 152 입니다", "서울시 강남구 테헤란로 152"),
    ("he", "הכתובת היא רחוב הרצל 12 תודה", "רחוב הרצל 12"),
    ("ar", "العنوان شارع التحلية 45 لو سمحت", "شارع التحلية 45"),
]


@pytest.mark.parametrize(("language", "text", "address"), PLACES)
def test_an_address_is_found_whole(language: str, text: str, address: str) -> None:
    assert [(one.type, one.text) for one in find(text, language)] == [("address", address)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Order 4711 is still on the road, 2 days late"),
        ("de", "Das Paket 48213 ist noch auf dem Weg 3 Tage zu spät"),
        ("fr", "J'ai 2 routes à faire"),
        ("it", "Ho buttato via 3 scatole"),
        ("es", "Quiero 2 de la calle"),
        ("fi", "Tie on poikki 3 päivää"),
        ("en", ""),
        ("ja", "👍 123"),
        ("xx", "12 Oak Road"),
    ],
)
def test_what_is_no_address_is_none(language: str, text: str) -> None:
    assert not list(addresses(text, language))


def test_few_examples_hold_addresses_but_those_that_change_one() -> None:
    others = [one for one in training.examples() if one.intent != "change_address"]
    wrong = [one for one in others if list(addresses(one.text, one.language))]
    assert len(wrong) < 0.004 * len(others), [(one.language, one.text[:80]) for one in wrong[:20]]


def test_products_are_the_shops_names_and_what_is_quoted_as_goods() -> None:
    text = 'The kaisla wool coat 2 is torn, and I ordered "Blue Moon Lamp" with it. He said "sorry".'
    found = list(products(text, "en", ["Kaisla Wool Coat 2", "Coat", "ab"]))
    assert [(one.text, one.value) for one in found] == [
        ("kaisla wool coat 2", "Kaisla Wool Coat 2"),
        ("Blue Moon Lamp", "Blue Moon Lamp"),
    ]
    assert not list(products('He said "sorry"', "en"))


def test_four_times_the_text_takes_no_more_than_some_times_as_long() -> None:
    def spent(times: int) -> float:
        start = time.process_time()
        for text in ("Aa " * 500, "1 " * 700, "straße 5, " * 150, '"order' * 200, "via " * 400):
            for language in ("de", "en", "it", "fr", "pt-BR", "ja", "th", "cs"):
                list(addresses(text * times, language))
                list(products(text * times, language))
        return time.process_time() - start

    spent(1)
    assert spent(12) < 8 * spent(3)
