"""Whose parcel a number is: shapes, check digits, honest doubt, and where it is tracked."""

import pytest
from django.utils import translation

from dragoman.ground.providers.carriers.digits import RULES
from dragoman.ground.providers.carriers.formats import (
    all_formats,
    carrier_named,
    carriers,
    names_of_carriers,
    plain_number,
    recognise,
    sure_carrier,
    tracking_url,
)
from dragoman.ground.providers.carriers.spotting import sure_numbers


def _codes(number: str, **hints: str) -> list[str]:
    return [one.carrier.code for one in recognise(number, **hints)]


def test_every_rule_is_used_and_every_format_names_one_that_is() -> None:
    assert {one.check for one in all_formats() if one.check} | {"s10"} == set(RULES)
    assert all(one.source.startswith("http") for one in all_formats())
    assert all("{number}" in one.url or "?" not in one.url for one in carriers().values())


def test_an_item_of_the_world_post_is_its_countrys() -> None:
    [found] = recognise("rr 123 456 785 pl")
    assert (found.carrier.code, found.country, found.service) == ("poczta_polska", "PL", "registered")
    assert found.checked and found.sure and found.number == "RR123456785PL"


@pytest.mark.parametrize("number", ["RR123456786PL", "RR123456785XX", "RR123456785ZZ", "RR12345678PL"])
def test_a_wrong_digit_or_a_country_that_is_none_is_no_item(number: str) -> None:
    assert recognise(number) == []


def test_letters_of_a_carriers_own_go_before_the_countrys_post() -> None:
    assert _codes("CP123456785GB") == ["parcelforce"]
    assert _codes("RR123456785GB") == ["royal_mail"]
    assert _codes("UA123456785YP") == ["yanwen"]


def test_many_carriers_write_twelve_figures_and_all_whose_digit_fits_are_told() -> None:
    found = recognise("444413758703")
    assert {"yamato", "sagawa", "japan_post", "brt"} <= {one.carrier.code for one in found}
    assert "fedex" not in _codes("444413758703")
    assert not any(one.sure for one in found)
    checked = [one.checked for one in found]
    assert checked == sorted(checked, reverse=True)


def test_a_country_or_a_carrier_that_is_named_comes_first() -> None:
    assert _codes("444413758703", country="KR")[0] not in ("yamato", "sagawa")  # checked goes before near
    assert _codes("12345678901235", country="ES")[0] == "seur"
    assert _codes("444413758703", carrier="sagawa")[0] == "sagawa"


@pytest.mark.parametrize(
    "number",
    [
        "1Z999AA10123456784",
        "1z 999 aa1 01 2345 6784",
        "１Ｚ９９９ＡＡ１０１２３４５６７８４",
        "1Z-999-AA10-1234-5678-4",
    ],
)
def test_a_number_is_known_however_it_is_typed(number: str) -> None:
    assert _codes(number) == ["ups"]


def test_figures_of_any_script_are_figures() -> None:
    assert _codes("EJ๑๒๓๔๕๖๗๘๕TH") == ["thailand_post"]
    assert plain_number("٤٤٤٤١٣٧٥٨٧٠٣") == "444413758703"


@pytest.mark.parametrize(
    "junk", ["", " ", "x", "١", "🙂" * 30, "9" * 5_000, "RR\x00123456785PL\n'; --", "ที่อยู่"]
)
def test_junk_is_nobodys(junk: str) -> None:
    assert [one for one in recognise(junk) if one.sure and one.carrier.code != "poczta_polska"] == []


def test_a_parcel_is_tracked_in_the_readers_language() -> None:
    with translation.override("fi"):
        assert (
            tracking_url("postnord", "84971563697SE") == "https://tracking.postnord.com/fi/?id=84971563697SE"
        )
    assert tracking_url("dhl_express", "33 1881 0025").endswith("id=3318810025")
    assert tracking_url("nobody", "1") == "" == tracking_url("matkahuolto_", "1")
    assert "<" not in tracking_url("ups", "1Z<script>")


def test_a_carrier_is_found_by_whatever_it_is_called() -> None:
    assert carrier_named("ไปรษณีย์ไทย") == carrier_named("thailand-post") == carriers()["thailand_post"]
    assert carrier_named("DHL Express") == carriers()["dhl_express"]
    assert carrier_named("Nobody & Sons") is None
    longest = names_of_carriers()
    assert longest.index("DHL Express") < longest.index("DHL")


def test_numbers_that_are_surely_parcels_are_spotted_in_a_text() -> None:
    text = "Is RR 123 456 785 PL lost? And JJFI12345678901234567, order ORD10023X, 444413758703."
    found = [(one.candidate.carrier.code, text[one.start : one.end]) for one in sure_numbers(text)]
    assert found == [("poczta_polska", "RR 123 456 785 PL"), ("posti", "JJFI12345678901234567")]
    assert sure_carrier("444413758703") is None
