"""Which variant of a text serves a reader."""

import pytest

from dragoman.kit.variants import chosen, key_of, parted

TEXTS = {"en": "Hello", "de": "Hallo", "de@AT": "Servus", "pt-BR": "Oi"}


@pytest.mark.parametrize(
    "language, market, found",
    [
        ("de", "", "de"),
        ("de", "AT", "de@AT"),
        ("de-AT", "AT", "de@AT"),
        ("de", "CH", "de"),
        ("pt", "PT", "pt-BR"),
        ("th", "TH", "en"),
        ("", "", "en"),
    ],
)
def test_market_and_language_then_language_then_the_fall_back(language, market, found):
    assert chosen(TEXTS, language=language, market=market, also=["en"]) == found


def test_nothing_serves_where_there_is_no_fall_back():
    assert chosen(TEXTS, language="th") is None and chosen({}, language="de") is None


def test_names_of_variants_part_again():
    assert parted(key_of("de", "AT")) == ("de", "AT") and parted(key_of("de")) == ("de", "")
