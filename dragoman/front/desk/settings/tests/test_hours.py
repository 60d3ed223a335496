"""Settings, Hours: a week is edited, looked at before it is saved, and nothing is lost where it cannot be saved."""

import datetime

import pytest
from django.test import Client

from dragoman.core.accounts.hours.actions import note_answer
from dragoman.core.accounts.hours.queries import feeds_of, known, rows_of
from dragoman.core.accounts.models import ServiceHours
from dragoman.front.desk.settings.hours.draft import Draft, OffRow
from dragoman.front.desk.settings.hours.words import day_names, holidays_ahead, saying, week_words
from dragoman.ground.markets.calendar import Calendar, Span
from dragoman.ground.markets.zones import zone
from tests.people import House

NINE = {f"start-{day}": ["09:00"] for day in range(5)} | {f"end-{day}": ["17:00"] for day in range(5)}
SENT = {"time_zone": "Europe/Helsinki", "country": "", "region": "", **NINE}


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    known.forget()


def rows(house: House) -> list[ServiceHours]:
    with house.acting():
        return list(rows_of(house.workspace.pk))


def test_hours_are_made_shown_changed_and_removed(house: House, as_greta: Client) -> None:
    assert "No hours yet" in as_greta.get("/settings/hours").content.decode()
    sent = {
        **SENT,
        "brand": str(house.brand.pk),
        "market": "FI",
        "country": "FI",
        "off_day": ["2026-12-24", "2026-12-24", ""],
        "off_name": ["Eve", "", ""],
        "off_start": ["09:00", "13:00", ""],
        "off_end": ["11:00", "14:00", ""],
        "target-email": "240",
    }
    assert as_greta.post("/settings/hours/new", sent).status_code == 302
    (row,) = rows(house)
    assert (row.market, row.brand_id, row.country, row.targets) == (
        "FI",
        house.brand.pk,
        "FI",
        {"email": 240},
    )
    assert row.week == [*[[["09:00", "17:00"]]] * 5, [], []]
    assert row.days == [
        {"day": "2026-12-24", "name": "Eve", "spans": [["09:00", "11:00"], ["13:00", "14:00"]]}
    ]
    page = as_greta.get("/settings/hours").content.decode()
    assert "Finland" in page and "Mon–Fri 09:00–17:00" in page and "holidays of Finland" in page
    editor = as_greta.get(f"/settings/hours/{row.pk}").content.decode()
    assert editor.count('name="off_day"') == 2 and "closed days in the next twelve months" in editor
    assert as_greta.post(f"/settings/hours/{row.pk}", {**SENT, "time_zone": "helsinki"}).status_code == 302
    (row,) = rows(house)
    assert (row.market, row.time_zone, row.days) == ("", "Europe/Helsinki", [])
    assert as_greta.post(f"/settings/hours/{row.pk}/remove").status_code == 302
    assert rows(house) == []


def test_a_button_changes_what_is_shown_and_stores_nothing(house: House, as_greta: Client) -> None:
    page = as_greta.post("/settings/hours/new", {**SENT, "time_zone": "nowhere", "do": "add-6"})
    assert page.status_code == 200 and page.content.decode().count('name="start-6"') == 1
    assert "no time zone" not in page.content.decode()
    page = as_greta.post("/settings/hours/new", {**SENT, "country": "DE", "do": "look"}).content.decode()
    assert "Bavaria" in page or "Bayern" in page
    assert rows(house) == []


def test_what_cannot_be_saved_is_said_and_stays_in_the_form(house: House, as_greta: Client) -> None:
    for change, said in (
        ({"time_zone": "Europe/Kiev"}, "Europe/Kyiv"),
        ({"start-0": ["09:00", "10:00"], "end-0": ["12:00", "13:00"]}, "overlap"),
        ({"start-0": ["09:00"], "end-0": [""]}, "no time"),
        ({"off_day": [""], "off_name": ["Inventory"], "off_start": [""], "off_end": [""]}, "Choose the date"),
        ({"target-email": "soon"}, "whole minutes"),
        ({"country": "DE", "region": "XX"}, "XX"),
    ):
        page = as_greta.post("/settings/hours/new", {**SENT, **change})
        assert page.status_code == 422 and said in page.content.decode(), said
        assert "Nothing was saved" in page.content.decode()
    assert rows(house) == []
    assert (
        "Inventory"
        in as_greta.post(
            "/settings/hours/new",
            {**SENT, "off_day": ["x"], "off_name": ["Inventory"], "off_start": [""], "off_end": [""]},
        ).content.decode()
    )


def test_the_same_scope_twice_is_told(house: House, as_greta: Client) -> None:
    as_greta.post("/settings/hours/new", SENT)
    page = as_greta.post("/settings/hours/new", SENT)
    assert page.status_code == 422 and "exactly this brand" in page.content.decode()


def test_the_editor_says_what_would_be(house: House, as_greta: Client) -> None:
    always = {f"start-{day}": ["00:00"] for day in range(7)} | {f"end-{day}": ["00:00"] for day in range(7)}
    said = as_greta.post("/settings/hours/saying", {**SENT, **always})
    assert "Always open" in said.content.decode()
    never = {"time_zone": "Europe/Helsinki"}
    assert "Never open" in as_greta.post("/settings/hours/saying", never).content.decode()
    assert as_greta.post("/settings/hours/saying", {"time_zone": "nowhere"}).status_code == 204


def test_both_sides_clocks_stand_in_what_is_said() -> None:
    week = (*[(Span(540, 1020),)] * 5, (), ())
    saturday = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)
    said = saying(Calendar(zone("Asia/Tokyo"), week), now=saturday, zone="Europe/Helsinki")
    assert (said.is_open, said.text, said.theirs) == (
        False,
        "Closed now. Opens Mon 02:00",
        "Mon 09:00 in Tokyo",
    )
    same = saying(Calendar(zone("Europe/Kyiv"), week), now=saturday, zone="Europe/Helsinki")
    assert same.theirs == ""


def test_a_week_is_one_line() -> None:
    nine, late = [["09:00", "12:00"], ["13:00", "17:00"]], [["22:00", "02:00"]]
    assert week_words([nine, nine, nine, nine, late, [], []]) == (
        "Mon–Thu 09:00–12:00, 13:00–17:00 · Fri 22:00–02:00"
    )
    assert week_words([[]] * 7) == "Never open"
    assert [number for number, _name in day_names()] == [0, 1, 2, 3, 4, 5, 6]


def test_the_buttons_of_the_editor() -> None:
    draft = Draft(week=((("09:00", "17:00"),), *[()] * 6), offs=(OffRow("2026-01-01"), OffRow("2026-01-02")))
    assert [len(day) for day in draft.after("workdays").week] == [1, 1, 1, 1, 1, 0, 0]
    assert draft.after("before-6-0").week[6] == draft.week[0]
    assert draft.after("drop-0-0").week[0] == ()
    assert len(draft.after("add-0").week[0]) == 2
    assert draft.after("drop_off-0").offs == (OffRow("2026-01-02"),)
    for odd in ("", "add-9", "drop-0-9", "drop-0", "before-0-8", "add-x", "look", "drop_off-77"):
        assert draft.after(odd) == draft


def test_holidays_of_the_year_ahead_are_named_for_the_reader() -> None:
    found = holidays_ahead("DE", "BY", today=datetime.date(2026, 11, 27))
    assert [one.name for one in found][:2] == ["Christmas Day", "Second Day of Christmas"]
    assert all(one.public for one in found) and found[-1].day <= datetime.date(2027, 11, 27)
    assert holidays_ahead("", "", today=datetime.date(2026, 1, 1)) == []
    assert holidays_ahead("QQ", "", today=datetime.date(2026, 1, 1)) == []


def test_a_calendar_is_added_and_its_failure_told(house: House, as_greta: Client) -> None:
    bad = as_greta.post("/settings/hours/feeds", {"url": "ftp://x"})
    assert bad.status_code == 422 and "whole address" in bad.content.decode()
    assert as_greta.post("/settings/hours/feeds", {"url": "https://a.example/off.ics"}).status_code == 302
    with house.acting():
        feed = feeds_of(house.workspace.pk).get()
        note_answer(feed, days=[{"day": "2026-12-24", "name": "Eve"}], error="")
        note_answer(feeds_of(house.workspace.pk).get(), days=None, error="too_slow")
    page = as_greta.get("/settings/hours").content.decode()
    assert "1 day off" in page and "took too long" in page and "last good answer" in page
    assert as_greta.post(f"/settings/hours/feeds/{feed.pk}/again").status_code == 302
    assert as_greta.post(f"/settings/hours/feeds/{feed.pk}/remove").status_code == 302
    with house.acting():
        assert not feeds_of(house.workspace.pk).exists()


def test_mallory_and_agents_set_nothing(
    house: House, as_greta: Client, as_lars: Client, as_mallory: Client
) -> None:
    as_greta.post("/settings/hours/new", SENT)
    (row,) = rows(house)
    assert as_lars.get("/settings/hours").status_code == 403
    assert as_lars.post(f"/settings/hours/{row.pk}/remove").status_code == 403
    assert as_lars.post("/settings/hours/feeds", {"url": "https://a.example/"}).status_code == 403
    assert as_mallory.get(f"/settings/hours/{row.pk}").status_code == 404
    assert as_mallory.post(f"/settings/hours/{row.pk}", SENT).status_code == 404
    assert as_mallory.post(f"/settings/hours/{row.pk}/remove").status_code == 404
    assert as_mallory.post("/settings/hours/new", {**SENT, "brand": str(house.brand.pk)}).status_code == 422
    assert len(rows(house)) == 1
