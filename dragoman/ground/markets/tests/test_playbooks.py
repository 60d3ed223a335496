"""Every playbook holds what the schema says; a wrong file says what is wrong with it."""

import datetime
import re

import holidays
import pytest

from dragoman.ground.markets import library
from dragoman.ground.markets.coverage import coverage, stale
from dragoman.ground.markets.errors import NoMarket, NoRegion, NoTimeZone, WrongFact
from dragoman.ground.markets.facts import KINDS, LEGAL, Money
from dragoman.ground.markets.opening import main_zone, opening, usual_calendar
from dragoman.ground.markets.playbook import BrokenPlaybook, checked_value, countries, playbook, read
from dragoman.ground.markets.public_holidays import holidays_on, is_public_holiday, public_holidays, regions
from dragoman.ground.markets.seeding import COUNTRIES
from dragoman.ground.markets.zones import region_zones, zone, zone_in, zone_of_region

DAY = datetime.date(2026, 11, 27)
UTC = datetime.UTC
GOOD = """
country = "XX"
unknown = [{unknown}]
[sources.law]
title = "The law"
url = "https://law.example/1"
read = 2026-11-22
[withdrawal]
value = {{right = "statutory", days = 14, starts = "delivery"}}
sources = ["law"]
checked = 2026-11-22
verified = true
"""


def written(change: tuple[str, str] = ("", ""), *, known: tuple[str, ...] = ("withdrawal",)) -> str:
    text = GOOD.format(unknown=", ".join(f'"{kind}"' for kind in KINDS if kind not in known))
    assert change[0] in text
    return text.replace(*change) if change[0] else text


def test_the_61_markets_have_a_playbook_each():
    assert set(countries()) == set(COUNTRIES) and len(COUNTRIES) == 61


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_playbook_is_whole_and_its_zone_is_the_countrys(country):
    book = playbook(country)
    assert set(book.facts) | book.unknown >= set(KINDS)
    zone(main_zone(country))
    if country != "LI":
        assert main_zone(country) in library.country(country).time_zones


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("days = 14", 'days = "two weeks"'), "xx.toml, withdrawal.value.days"),
        (('"statutory"', '"always"'), "xx.toml, withdrawal.value.right"),
        (("days = 14", "weeks = 2"), "xx.toml, withdrawal.value.weeks"),
        (('sources = ["law"]', 'sources = ["rumour"]'), "rumour is not among the sources"),
        (('sources = ["law"]', "sources = []"), "xx.toml, withdrawal.sources"),
        (("read = 2026-11-22\n", ""), "verified needs a source"),
        (("https://law.example/1", "law.example"), "sources.law.url"),
        (("checked = 2026-11-22", 'checked = "lately"'), "withdrawal.checked"),
        (("[withdrawal]", "[return]"), "no such kind of fact"),
        (('"XX"', '"YY"'), "two letters the file is named by"),
        (('"channels", ', ""), "look at channels"),
        (("[sources.law]", "[sources.law"), "xx.toml:"),
    ],
)
def test_a_wrong_file_names_the_place_and_what_is_expected(change, said):
    with pytest.raises(BrokenPlaybook, match=said.replace(".", r"\.")):
        read(written(change), name="xx.toml")


def test_rows_of_a_law_that_changed_are_told_by_day():
    rows = written(("[withdrawal]", "[[withdrawal]]"))
    before = rows.replace("verified = true", "verified = true\nvalid_to = 2026-06-30")
    after = """
[[withdrawal]]
value = {right = "statutory", days = 30, starts = "delivery"}
sources = ["law"]
checked = 2026-11-22
verified = true
valid_from = 2026-07-01
"""
    book = read(before + after, name="xx.toml")
    assert book.fact("withdrawal", on=datetime.date(2026, 6, 30)).plain["days"] == 14
    assert book.fact("withdrawal", on=datetime.date(2026, 7, 1)).plain["days"] == 30
    assert book.fact("channels", on=DAY) is None
    with pytest.raises(BrokenPlaybook, match="must follow each other"):
        read(rows + after, name="xx.toml")


def test_amounts_are_minor_units_of_their_currency():
    euro = checked_value("import_relief", {"duty_free_up_to": "150 EUR", "tax_free_up_to": "10000 JPY"})
    assert euro.duty_free_up_to == Money(amount=15000, currency="EUR")
    assert euro.tax_free_up_to == Money(amount=10000, currency="JPY")
    with pytest.raises(WrongFact, match="150 EUR"):
        checked_value("import_relief", {"duty_free_up_to": "€150"})
    # exactly, where a float is a cent off, and never more decimals than coins
    exact = checked_value("import_relief", {"duty_free_up_to": "999999999999.99 EUR"})
    assert exact.duty_free_up_to == Money(amount=99999999999999, currency="EUR")
    for bad in ("62.5 JPY", "1.005 EUR", {"amount": 100, "currency": "ZZZ"}):
        with pytest.raises(WrongFact):
            checked_value("import_relief", {"duty_free_up_to": bad})


def test_no_duty_at_any_value_is_not_the_same_as_an_amount_nobody_knows():
    for country, no_tax in (("HK", True), ("SG", False)):
        fact = playbook(country).fact("import_relief", on=DAY)
        assert (fact.plain["no_duty"], fact.plain["no_tax"]) == (True, no_tax)
        assert fact.plain["duty_free_up_to"] is None
    first_cent = checked_value("import_relief", {"tax_free_up_to": "0 EUR"})
    assert first_cent.tax_free_up_to == Money(amount=0, currency="EUR") and first_cent.duty_free_up_to is None


@pytest.mark.parametrize(
    "value",
    [
        {"no_duty": True, "duty_free_up_to": "150 EUR"},
        {"no_duty": True, "flat_duty": "3 EUR"},
        {"no_tax": True, "tax_free_up_to": "0 EUR"},
        {"no_duty": "perhaps"},
        {"duty_free_up_to": "-1 EUR"},
        {"duty_free_up_to": {"amount": -1, "currency": "EUR"}},
    ],
)
def test_a_relief_that_says_two_things_is_refused(value):
    with pytest.raises(WrongFact, match="import_relief"):
        checked_value("import_relief", value)


@pytest.mark.parametrize("country", ["", "X", "ZZ", "XX", "../", "ÄÖ", "THA"])
def test_an_unknown_country_is_refused(country):
    with pytest.raises(NoMarket):
        playbook(country)


@pytest.mark.parametrize("country", ["", "PUBLIC", "HolidayBase", "\x00", "ÄÖ"])
def test_what_is_no_country_has_no_holidays(country):
    with pytest.raises(NoMarket):
        regions(country)
    with pytest.raises(NoMarket):
        holidays_on(country, DAY)
    with pytest.raises(NoMarket):
        is_public_holiday(country, DAY)


def test_what_was_not_looked_up_for_a_year_is_stale():
    assert not list(stale(DAY))
    late = DAY + datetime.timedelta(days=367)
    assert sum(1 for _ in stale(late)) == sum(row.verified + row.unverified for row in coverage(late))


@pytest.mark.parametrize("country", COUNTRIES)
def test_holidays_are_those_of_the_library(country):
    for year in (2025, 2026, 2027):
        ours = {one.day for one in public_holidays(country, year)}
        assert ours == set(holidays.country_holidays(country, years=year))


def test_a_holiday_is_named_for_the_reader_and_as_it_is_called_there():
    (day,) = holidays_on("DE", datetime.date(2026, 11, 1), region="BY", language="en")
    assert (day.name, day.local_name, day.public) == ("All Saints' Day", "Allerheiligen", True)
    assert holidays_on("DE", datetime.date(2026, 11, 1), region="BE") == ()
    (krathong,) = holidays_on("TH", datetime.date(2026, 11, 24), language="fi")
    assert (krathong.name, krathong.local_name, krathong.public) == ("Loy Krathong", "วันลอยกระทง", False)


def test_a_region_that_is_none_is_refused():
    with pytest.raises(NoRegion):
        is_public_holiday("DE", DAY, region="Bavaria-North")


@pytest.mark.parametrize(
    ("name", "today"), [("Europe/Kiev", "Europe/Kyiv"), ("US/Pacific", "America/Los_Angeles")]
)
def test_a_retired_zone_is_refused_with_todays_name(name, today):
    with pytest.raises(NoTimeZone) as refused:
        zone(name)
    assert refused.value.details == {"today": today}


@pytest.mark.parametrize("name", ["", "Mars/Phobos", "../etc/passwd", "Europe/", "Europe", "x" * 300])
def test_what_is_no_zone_is_refused(name):
    with pytest.raises(NoTimeZone):
        zone(name)


def test_a_zone_of_another_country_is_refused_with_the_countrys_own():
    with pytest.raises(NoTimeZone) as refused:
        zone_in("US", "Europe/Berlin")
    assert "America/Chicago" in refused.value.details["zones"]
    assert zone_in("US", "America/Chicago").key == "America/Chicago"


def test_a_region_has_its_own_clock_where_its_country_has_several():
    assert zone_of_region("US", "CA") == "America/Los_Angeles"
    # the main zone's regions have one too, so that "" says that there is no such region, or one clock for all
    assert zone_of_region("US", "NY") == "America/New_York"
    assert (zone_of_region("US", "XX"), zone_of_region("US", ""), zone_of_region("DE", "BY")) == ("", "", "")


@pytest.mark.parametrize("country", sorted({country for country, _region in region_zones()}))
def test_all_regions_of_a_country_with_several_clocks_have_one_of_its_zones(country):
    assert {region for of, region in region_zones() if of == country} == set(regions(country))
    zones = {zone_in(country, zone_of_region(country, region)).key for region in regions(country)}
    assert main_zone(country) in zones and len(zones) > 1


@pytest.mark.parametrize(
    ("country", "region", "name"),
    [
        ("US", "GU", "Pacific/Guam"),
        ("US", "AS", "Pacific/Pago_Pago"),
        ("US", "PR", "America/Puerto_Rico"),
        ("FR", "974", "Indian/Reunion"),
        ("FR", "NC", "Pacific/Noumea"),
    ],
)
def test_a_region_far_away_has_a_zone_of_its_country(country, region, name):
    assert zone_of_region(country, region) == zone_in(country, name).key == name


def test_the_week_is_the_countrys_own():
    assert library.country("EG").weekend == ("fri", "sat")
    assert library.country("IN").weekend == ("sun",)
    assert library.country("JP").currencies == ("JPY",)
    assert library.country("CH").calling_code == 41


def test_a_country_is_closed_on_its_holidays():
    calendar = usual_calendar("DE", on=DAY)
    assert calendar is not None
    christmas = opening(calendar, datetime.datetime(2026, 12, 25, 11, tzinfo=UTC))
    assert not christmas.open
    assert christmas.next_open is not None and christmas.next_open.astimezone(calendar.zone).day == 28
    assert christmas.next_close is not None and christmas.next_close > christmas.next_open


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("response_times", {"email": 43_201}),
        ("withdrawal", {"right": "statutory", "days": 3661}),
        ("withdrawal", {"right": "statutory", "days": 14, "months_more_if_not_informed": 1201}),
        ("refund_deadline", {"days": 10**9, "starts": "notice"}),
        ("guarantee", {"months": 1201}),
        ("guarantee", {"months": 24, "burden_months": 10**9}),
        ("privacy", {"regime": "GDPR", "access_months": 10**9}),
        ("privacy", {"regime": "GDPR", "access_days": 10**9}),
        ("payments", [{"method": "card", "refund_days": [1, 10**9]}]),
        ("import_relief", {"flat_duty": f"{'9' * 400} EUR"}),
        ("import_relief", {"flat_duty": {"amount": 10**400, "currency": "EUR"}}),
        ("import_relief", {"flat_duty": "1.0000 EUR"}),
    ],
)
def test_a_number_beyond_all_bounds_is_refused(kind, value):
    with pytest.raises(WrongFact):
        checked_value(kind, value)


def test_the_longest_that_may_be_is_taken():
    assert checked_value("response_times", {"email": 43_200})
    assert checked_value("withdrawal", {"right": "statutory", "days": 3660})
    assert checked_value("guarantee", {"months": 1200})


def test_no_law_is_called_checked_by_a_repository_or_a_blog():
    weak = re.compile(r"github|medium\.com|reddit|blogspot|wordpress|quora|substack|glama\.ai")
    for country in countries():
        for kind in LEGAL | {"complaint_bodies", "payments"}:
            for fact in playbook(country).facts.get(kind, ()):
                found = [one.url for one in fact.sources if one.url and weak.search(one.url)]
                assert not (fact.verified and found), (country, kind, found)
