"""Customs territories and what they say of goods that come back."""

import datetime

import pytest

from dragoman.ground.markets.landed.rules import union_of
from dragoman.ground.markets.playbook import countries
from dragoman.ground.markets.returned_goods import relief_of, sources_of
from dragoman.ground.markets.territories import border_between, source_of, territory_of

TODAY = datetime.date(2026, 11, 28)
CASES = [
    (("DE", "10115"), ("FR", "75001"), "none"),
    (("DE", "10115"), ("MC", "98000"), "none"),
    (("NO", "0150"), ("DE", "10115"), "customs"),
    (("IS", ""), ("DE", ""), "customs"),
    (("CH", "8001"), ("DE", ""), "customs"),
    (("LI", "9490"), ("CH", "8001"), "none"),
    (("GB", "SW1A 1AA"), ("DE", ""), "customs"),
    (("GB", "BT1 5GS"), ("DE", ""), "none"),
    (("GB", "bt15gs"), ("GB", "SW1A 1AA"), "none"),
    (("GB", "BT1 5GS"), ("US", ""), "customs"),
    (("ES", "35001"), ("ES", "28001"), "tax"),
    (("ES", "51001"), ("ES", "28001"), "customs"),
    (("FI", "22100"), ("FI", "00100"), "tax"),
    (("AX", ""), ("SE", "111 22"), "tax"),
    (("FR", "97400"), ("RE", ""), "none"),
    (("DE", "78266"), ("CH", "8001"), "none"),
    (("DE", "27498"), ("DE", "20095"), "customs"),
    (("GR", "630 86"), ("GR", "10431"), "tax"),
    (("FO", ""), ("DK", "1050"), "customs"),
    (("TR", ""), ("DE", ""), "customs"),
    (("", ""), ("DE", ""), "not_known"),
]


@pytest.mark.parametrize(("one", "other", "border"), CASES)
def test_what_a_parcel_crosses_follows_from_both_addresses(one, other, border):
    here, there = territory_of(*one), territory_of(*other)
    assert border_between(here, there) == border_between(there, here) == border
    assert all(source_of(side.area).url for side in (here, there) if side.area)


def test_the_table_says_of_no_country_another_than_its_playbook():
    for country in countries():
        known = union_of(country, TODAY)
        assert not known or territory_of(country).code == known, country


def test_a_relief_has_its_sources_and_what_nobody_read_is_none():
    assert relief_of("EU").years == relief_of("GB").years == relief_of("US").years == 3
    assert all(sources_of(relief_of(code)) for code in ("EU", "GB", "US", "CH", "CA", "JP"))
    assert relief_of("NO") is None is relief_of("")
    assert territory_of("GB", "BT1 5GS").code == "GB" and territory_of("DE").code == "EU"
