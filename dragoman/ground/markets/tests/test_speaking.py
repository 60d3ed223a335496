"""A language points at a country only where it cannot be another."""

import pytest

from dragoman.ground.markets.speaking import presumed_market


@pytest.mark.parametrize(
    ("language", "among", "country"),
    [
        ("th", (), "TH"),
        ("ja", (), "JP"),
        ("fi", (), "FI"),
        ("pt-BR", (), "BR"),
        ("pt", (), ""),
        ("de", (), ""),
        ("de", ("AT", "FR"), "AT"),
        ("de", ("AT", "DE"), ""),
        ("fr", ("CH", "TH"), ""),
        ("fr", ("CH", "FR"), "FR"),
        ("es", ("US", "DE", "BR"), ""),
        ("es", ("US", "MX"), "MX"),
        ("es", ("ES", "MX"), ""),
        ("th", ("DE",), "TH"),
        ("ar", (), ""),
        ("en", (), ""),
        ("zh-Hans", ("ZZ",), "CN"),
        ("", (), ""),
        ("tlh", (), ""),
    ],
)
def test_a_language_points_at_one_country_or_at_none(language, among, country):
    assert presumed_market(language, among) == country
