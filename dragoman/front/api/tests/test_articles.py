"""Articles over the API: written by key, language and market, published, restored, listed."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.people import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def call(house: House, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    answer = Client().generic(
        method,
        f"/api/v1{path}",
        json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers={"Authorization": f"Bearer {house.token}"},
    )
    return answer.status_code, json.loads(answer.content or "null")


ARTICLE = {
    "key": "palautus",
    "language": "fi",
    "title": "Palautus",
    "body": "30 päivää.",
    "status": "published",
}


def test_an_article_is_written_in_two_languages_and_read_with_its_addresses(house: House) -> None:
    status, made = call(
        house, "POST", "/articles", {**ARTICLE, "category": "Palautukset", "questions": ["Voinko?"]}
    )
    assert (status, made["status"], made["url"]) == (
        201,
        "published",
        f"/help/{house.brand.slug}/fi/palautus/",
    )
    assert call(house, "POST", "/articles", {**ARTICLE, "body": "14 päivää."})[0] == 200
    status, made = call(
        house, "POST", "/articles", {**ARTICLE, "language": "pt", "market": "pt", "title": "Devolução"}
    )
    assert (status, made["market"], made["stale"]) == (201, "PT", False)
    status, article = call(house, "GET", "/articles/palautus")
    assert [(one["language"], one["version"]) for one in article["texts"]] == [("fi", 2), ("pt", 1)]
    assert (article["category"], article["questions"], article["source"]) == (
        "palautukset",
        {"fi": ["Voinko?"]},
        "fi",
    )
    status, listed = call(house, "GET", "/articles?language=fi&category=palautukset")
    assert [one["key"] for one in listed["items"]] == ["palautus"]


def test_a_text_goes_its_steps(house: House) -> None:
    call(house, "POST", "/articles", {**ARTICLE, "status": "draft"})
    here = {"language": "fi"}
    assert call(house, "POST", "/articles/palautus/review", here)[1]["status"] == "review"
    assert (
        call(house, "POST", "/articles/palautus/publish", {**here, "seen": 7})[1]["code"]
        == "changed_meanwhile"
    )
    assert call(house, "POST", "/articles/palautus/publish", here)[1]["live"] == 1
    call(house, "POST", "/articles", {**ARTICLE, "body": "Ei enää."})
    status, back = call(house, "POST", "/articles/palautus/restore", {**here, "version": 1})
    assert (back["body"], back["status"], back["live"]) == ("30 päivää.", "changed", 2)
    assert call(house, "POST", "/articles/palautus/archive", here)[1]["url"] is None
    status, versions = call(house, "GET", "/articles/palautus/versions?language=fi")
    assert [one["version"] for one in versions["items"]] == [3, 2, 1]
    assert call(house, "PATCH", "/articles/palautus", {"internal": True})[1]["internal"] is True
    assert call(house, "DELETE", "/articles/palautus")[0] == 204
    assert call(house, "GET", "/articles/palautus")[0] == 404


def test_categories_are_written_listed_and_removed(house: House) -> None:
    names = {"en": "Returns", "ar": "الإرجاع"}
    status, made = call(house, "POST", "/article-categories", {"names": names, "icon": "undo"})
    assert (status, made["key"], made["names"]) == (200, "returns", names)
    assert len(call(house, "GET", "/article-categories")[1]["items"]) == 1
    assert call(house, "DELETE", "/article-categories/returns")[0] == 204
    assert call(house, "DELETE", "/article-categories/returns")[0] == 404


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"key": "a/b"}, "bad_article"),
        ({"title": ""}, "bad_article"),
        ({"brand": "nobody"}, "unknown_brand"),
        ({"language": "xx"}, "invalid"),
        ({"status": "live"}, "invalid"),
        ({"colour": "red"}, "invalid"),
    ],
)
def test_what_cannot_be_kept_is_named(house: House, wrong: dict[str, str], code: str) -> None:
    status, problem = call(house, "POST", "/articles", {**ARTICLE, **wrong})
    assert (status, problem["code"]) == (422, code)
    assert call(house, "GET", "/articles")[1]["items"] == []


def test_mallory_reads_and_writes_nothing(house: House) -> None:
    call(house, "POST", "/articles", ARTICLE)
    mallory = a_house("mallory", owner="mallory")
    assert call(mallory, "GET", "/articles/palautus")[0] == 404
    assert call(mallory, "POST", "/articles/palautus/archive", {"language": "fi"})[0] == 404
    assert call(mallory, "GET", "/articles")[1]["items"] == []


def test_a_film_has_an_address_of_its_own_and_nothing_runs_in_it(house):
    put = {"language": "en", "title": "Strings", "body": "Change them.", "status": "published"}
    made = call(house, "POST", "/articles", {"key": "strings", **put})[1]
    for address in ("javascript:alert(1)", "http://films.example/1", "https://" + "x" * 493):
        status, refused = call(house, "PATCH", "/articles/strings", {"video": address})
        assert (status, refused["code"]) in {(422, "bad_article"), (422, "invalid")}, address
    assert call(house, "PATCH", "/articles/strings", {"video": "https://films.example/1"})[0] == 200
    assert call(house, "GET", "/articles/strings")[1]["video"] == "https://films.example/1", made
