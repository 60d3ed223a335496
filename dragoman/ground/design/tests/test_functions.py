"""Times, sizes and names are said in the reader's own way."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from dragoman.ground.design import functions

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_a_language_is_named_in_the_readers_language() -> None:
    with translation.override("fi"):
        assert functions.language_name("th") == "thai"
    with translation.override("en"):
        assert functions.language_name("th") == "Thai"
        assert functions.language_name("pt-BR") == "Portuguese (Brazil)"


def test_an_unknown_language_stays_its_tag() -> None:
    assert functions.language_name("xx-nowhere", "en") == "xx-nowhere"


@pytest.mark.parametrize(
    ("tag", "expected"), [("ar", "rtl"), ("ar-EG", "rtl"), ("he", "rtl"), ("th", "ltr"), ("az-Latn", "ltr")]
)
def test_direction_follows_the_script(tag: str, expected: str) -> None:
    assert functions.direction(tag) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Katarzyna Nowak", "KN"), ("Aino", "A"), ("田中 美咲", "田"), ("أحمد المنصوري", "أم"), ("", "?")],
)
def test_initials_suit_the_script(name: str, expected: str) -> None:
    assert functions.initials(name) == expected


def test_a_moment_is_as_short_as_it_stays_clear() -> None:
    with translation.override("de"):
        assert functions.format_moment(NOW.replace(hour=9), "Europe/Helsinki", now=NOW) == "11:00"
        assert functions.format_moment(NOW.replace(day=20), "UTC", now=NOW) == "Fr 12:00"
        assert functions.format_moment(NOW.replace(month=3), "UTC", now=NOW) == "23. März"
        assert functions.format_full(NOW, "America/Argentina/Buenos_Aires").endswith(
            "2026, 09:00 Buenos Aires"
        )


def test_an_unknown_zone_counts_as_utc() -> None:
    assert functions.zone_of("Mars/Olympus") is UTC
    assert functions.zone_of("../etc/passwd") is UTC


def test_sizes_follow_the_locale() -> None:
    with translation.override("fi"):
        assert functions.format_bytes(1_250_000) == "1,2 Mt"
    with translation.override("en"):
        assert functions.format_bytes(400) == "1 kB"


@pytest.mark.parametrize(
    ("reader", "expected"), [("en", "84%"), ("fi", "84\xa0%"), ("ar", "\u206884%\u2069")]
)
def test_a_share_has_the_readers_percent_sign(reader: str, expected: str) -> None:
    with translation.override(reader):
        assert functions.format_percent(0.84) == expected


def test_a_list_has_the_separators_of_its_reader() -> None:
    with translation.override("ar"):
        assert functions.format_list(["a", "b", "c"]) == "a، b، c"
    with translation.override("ja"):
        assert functions.format_list(["a", "b"]) == "a、b"
    with translation.override("en"):
        assert functions.format_list(["a", "b", "c"]) == "a, b, c"
        assert functions.format_list([]) == ""


def test_an_icon_is_hidden_from_readers_of_the_screen() -> None:
    assert 'aria-hidden="true"' in functions.icon("mail")
    assert "flip" in functions.icon("back", flip=True)


def test_an_order_number_is_not_broken_at_its_hyphen() -> None:
    kept = functions.keep_numbers(
        "<b>คำสั่งซื้อKSL-20418 (2026-11-28), INV-7-A. a-1 X-Y https://shop.example/r/KSL-1 KSL-20418/7"
    )
    assert kept.count('<span class="nowrap">') == 3
    assert '<span class="nowrap">KSL-20418</span> (<span class="nowrap">2026-11-28</span>), ' in kept
    assert "&lt;b&gt;" in kept
    assert functions.keep_numbers("") == ""


def test_a_thai_reads_the_year_of_the_buddhist_era():
    with translation.override("th"):
        said = [
            functions.format_date(date(2026, 2, 1), form=form) for form in ("short", "medium", "long", "full")
        ]
    assert said[:3] == ["1/2/69", "1 ก.พ. 2569", "1 กุมภาพันธ์ พ.ศ. 2569"]
    assert said[3].endswith("1 กุมภาพันธ์ พ.ศ. 2569")
