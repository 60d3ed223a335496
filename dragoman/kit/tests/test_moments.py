"""Instants in a customer's language and by their clock."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from dragoman.kit.moments import said_moment

NOW = datetime.datetime(2026, 11, 27, 12, 0, tzinfo=datetime.UTC)
MONDAY = datetime.datetime(2026, 11, 30, 7, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("language", "market", "zone", "said"),
    [
        ("en", "", "Europe/Helsinki", "Monday, 30 November, 09:00"),
        ("en", "US", "America/New_York", "Monday, November 30, 2:00 AM"),
        ("de", "DE", "Europe/Berlin", "Montag, 30. November, 08:00"),
        ("fi", "FI", "Europe/Helsinki", "maanantaina 30. marraskuuta 9.00"),
        ("th", "TH", "Asia/Bangkok", "วันจันทร์ 30 พฤศจิกายน 14:00"),
        ("ja", "JP", "Asia/Tokyo", "11月30日(月曜日) 16:00"),
        ("ar", "SA", "Asia/Riyadh", "الاثنين، 30 نوفمبر، 10:00 ص"),
        ("no-such", "", "UTC", "mandag 30. november, 07:00"),
        ("qqq", "", "UTC", "Monday, 30 November, 07:00"),
    ],
)
def test_a_day_and_hour_are_said_as_the_language_does(language, market, zone, said):
    found = said_moment(MONDAY, ZoneInfo(zone), language, now=NOW, market=market)
    assert found.replace("\u202f", " ") == said


def test_today_is_the_hour_alone_and_today_is_the_readers():
    late = datetime.datetime(2026, 11, 27, 16, 30, tzinfo=datetime.UTC)
    assert said_moment(late, ZoneInfo("Europe/Berlin"), "de", now=NOW) == "17:30"
    # in Auckland it is the next morning by then, and so it is there now
    assert said_moment(late, ZoneInfo("Pacific/Auckland"), "en", now=NOW) == "05:30"
    assert said_moment(late, ZoneInfo("Asia/Tokyo"), "en", now=NOW).startswith("Saturday")
