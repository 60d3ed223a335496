"""`/hours`: hours by scope, what they say now, calendars of days off."""

import json

import pytest
from django.test import Client

from dragoman.core.accounts.hours.queries import known
from tests.people import House, a_house

pytestmark = pytest.mark.django_db
WORKDAYS = [*[[["09:00", "17:00"]]] * 5, [], []]
HOURS = {"time_zone": "Europe/Helsinki", "week": WORKDAYS}


@pytest.fixture
def house() -> House:
    known.forget()
    return a_house()


def call(house: House, method: str, path: str, body: object = None) -> tuple[int, dict]:
    known.forget()
    answer = Client().generic(
        method,
        f"/api/v1{path}",
        json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers={"Authorization": f"Bearer {house.token}"},
    )
    return answer.status_code, json.loads(answer.content or b"{}")


def test_hours_are_made_changed_asked_and_removed(house: House) -> None:
    status, made = call(
        house, "POST", "/hours", {**HOURS, "country": "FI", "days": [{"day": "2026-12-24", "name": "Eve"}]}
    )
    assert status == 201 and made["week"] == WORKDAYS and made["brand"] is None
    status, now = call(house, "GET", "/hours/now?at=2026-12-24T10:00:00Z&channel=email")
    assert status == 200
    assert (now["open"], now["holiday"], now["hours"], now["time_zone"]) == (
        False,
        "Eve",
        made["id"],
        "Europe/Helsinki",
    )
    assert now["next_open"] == "2026-12-28T07:00:00Z" and now["local_time"].startswith("2026-12-24T12:00")
    status, changed = call(
        house,
        "PUT",
        f"/hours/{made['id']}",
        {**HOURS, "brand": house.brand.slug, "market": "fi", "targets": {"email": 60}},
    )
    assert (status, changed["brand"], changed["market"]) == (200, house.brand.slug, "FI")
    assert call(house, "GET", "/hours")[1]["items"] == [changed]
    assert call(house, "GET", f"/hours/{made['id']}")[1] == changed
    assert call(house, "DELETE", f"/hours/{made['id']}")[0] == 204
    assert call(house, "GET", "/hours")[1]["items"] == []


def test_the_usual_hours_of_a_market_stand_in_and_nothing_does_without_one(house: House) -> None:
    status, now = call(house, "GET", "/hours/now?market=DE&at=2026-12-25T11:00:00Z")
    assert (status, now["open"], now["hours"], now["holiday"]) == (200, False, None, "Christmas Day")
    status, none = call(house, "GET", "/hours/now")
    assert (status, none["code"]) == (404, "no_hours")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"time_zone": "Europe/Kiev"}, "no_such_time_zone"),
        ({"week": [[["09:00", "17:00"], ["16:00", "18:00"]], [], [], [], [], [], []]}, "wrong_hours"),
        ({"week": [[]]}, "invalid"),
        ({"brand": "nobody"}, "unknown_brand"),
        ({"team": "7"}, "unknown_team"),
        ({"country": "DE", "region": "XX"}, "no_such_region"),
        ({"targets": {"email": -1}}, "wrong_hours"),
        ({"targets": {"fax": 60}}, "wrong_hours"),
        ({"channel": "fax"}, "wrong_hours"),
        ({"hours": 3}, "invalid"),
    ],
)
def test_what_makes_no_sense_is_refused(house: House, change: dict, code: str) -> None:
    status, problem = call(house, "POST", "/hours", {**HOURS, **change})
    assert (status, problem["code"]) == (422, code)
    if code == "no_such_time_zone":
        assert problem["today"] == "Europe/Kyiv"
    assert call(house, "GET", "/hours")[1]["items"] == []


def test_the_same_scope_twice_is_a_conflict(house: House) -> None:
    assert call(house, "POST", "/hours", HOURS)[0] == 201
    status, problem = call(house, "POST", "/hours", HOURS)
    assert (status, problem["code"]) == (409, "hours_taken")


def test_feeds_are_added_listed_and_removed(house: House) -> None:
    status, made = call(house, "POST", "/hours/feeds", {"url": "webcal://a.example/off.ics"})
    assert (status, made["url"], made["name"], made["error"]) == (
        201, "https://a.example/off.ics", "a.example", None,
    )  # fmt: skip
    assert call(house, "POST", "/hours/feeds", {"url": "file:///etc/passwd"})[1]["code"] == "wrong_feed"
    assert call(house, "GET", "/hours/feeds")[1]["items"] == [made]
    assert call(house, "DELETE", f"/hours/feeds/{made['id']}")[0] == 204
    assert call(house, "DELETE", f"/hours/feeds/{made['id']}")[1]["code"] == "no_such_feed"


def test_mallory_reaches_nothing(house: House) -> None:
    other = a_house("mallory", owner="mallory")
    made = call(house, "POST", "/hours", HOURS)[1]
    feed = call(house, "POST", "/hours/feeds", {"url": "https://a.example/off.ics"})[1]
    assert call(other, "GET", f"/hours/{made['id']}")[0] == 404
    assert call(other, "PUT", f"/hours/{made['id']}", HOURS)[0] == 404
    assert call(other, "DELETE", f"/hours/{made['id']}")[0] == 404
    assert call(other, "DELETE", f"/hours/feeds/{feed['id']}")[0] == 404
    assert call(other, "POST", "/hours", {**HOURS, "brand": house.brand.slug})[0] == 422
    assert call(other, "POST", "/hours/feeds", {"url": "https://b.example/", "hours": made["id"]})[0] == 404
    assert call(other, "GET", "/hours")[1]["items"] == []


def test_the_markets_tell_a_brands_hours_and_without_a_brand_the_usual_ones(house: House) -> None:
    sunday = "at=2026-11-29T12:00:00Z"
    call(
        house,
        "POST",
        "/hours",
        {"time_zone": "Europe/Helsinki", "week": [[["00:00", "24:00"]]] * 7, "market": "DE"},
    )
    _status, usual = call(house, "GET", f"/markets/DE/hours?{sunday}")
    _status, ours = call(house, "GET", f"/markets/DE/hours?{sunday}&brand={house.brand.slug}")
    assert (usual["open"], ours["open"], ours["time_zone"]) == (False, True, "Europe/Berlin")
