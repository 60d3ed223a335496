"""Webinars and paths over the API, and articles brought in as files."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dragoman.core.knowledge.actions.comers import begin_telling
from dragoman.core.knowledge.actions.learning import Comer, sign_up
from dragoman.core.knowledge.learning import get_webinar
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def call(house: House, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    answer = Client().generic(
        method,
        f"/api/v1{path}",
        json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers={"Authorization": f"Bearer {house.token}", **headers},
    )
    return answer.status_code, json.loads(answer.content or "null")


def test_a_webinar_is_written_moved_called_off_and_removed(house: House) -> None:
    at = timezone.now() + timedelta(days=3)
    wish = {"title": "ランプ", "language": "ja", "starts_at": at.isoformat(), "state": "open", "seats": 4}
    status, made = call(house, "POST", "/learning/webinars", wish, **{"Idempotency-Key": "one"})
    assert (status, made["brand"], made["coming"]) == (201, house.brand.slug, 0)
    assert (
        call(house, "POST", "/learning/webinars", wish, **{"Idempotency-Key": "one"})[1]["id"] == made["id"]
    )
    here = f"/learning/webinars/{made['id']}"
    with house.acting():
        kept = sign_up(
            get_webinar(house.workspace.pk, int(made["id"])), Comer("somchai@example.com", "Somchai", "th")
        )
    [comer] = call(house, "GET", f"{here}/sign-ups")[1]["items"]
    assert (comer["email"], comer["language"], comer["cancelled_at"]) == ("somchai@example.com", "th", None)
    moved = call(house, "PATCH", here, {"starts_at": (at + timedelta(days=1)).isoformat()})[1]
    assert (moved["title"], moved["sequence"], moved["coming"]) == ("ランプ", 1, 1)
    assert call(house, "DELETE", here)[1]["code"] == "webinar_awaited"
    assert call(house, "PATCH", here, {"link": "javascript:1"})[1] | {"title": ""} == {
        "type": "about:blank", "title": "", "status": 422, "code": "bad_article", "field": "link",
    }  # fmt: skip
    assert call(house, "PATCH", here, {"state": "called_off"})[1]["state"] == "called_off"
    assert call(house, "DELETE", here)[1]["code"] == "webinar_awaited"
    with house.acting():
        begin_telling(kept, 2)
    mallory = a_house("evil", owner="mallory")
    for method in ("GET", "PATCH", "DELETE"):
        assert call(mallory, method, here, {} if method == "PATCH" else None)[0] == 404
    assert call(mallory, "GET", f"{here}/sign-ups")[0] == 404
    assert call(mallory, "GET", "/learning/webinars")[1]["items"] == []
    assert [one["id"] for one in call(house, "GET", "/learning/webinars?coming=true")[1]["items"]] == [
        made["id"]
    ]
    assert call(house, "GET", "/learning/webinars?state=open")[1]["items"] == []
    assert call(house, "DELETE", here)[0] == 204 and call(house, "GET", here)[0] == 404


def test_a_path_is_written_read_and_removed(house: House) -> None:
    article = {"key": "one", "language": "en", "title": "One", "body": "Words.", "status": "published"}
    call(house, "POST", "/articles", article)
    wish = {"names": {"en": "Start here", "ar": "ابدأ هنا"}, "articles": ["one"], "shown": True}
    status, made = call(house, "POST", "/learning/paths", wish)
    assert (status, made["key"], made["articles"], made["brand"]) == (200, "start-here", ["one"], None)
    assert call(house, "POST", "/learning/paths", {**wish, "articles": ["gone"]})[1]["field"] == "articles"
    mallory = a_house("evil", owner="mallory")
    assert call(mallory, "GET", "/learning/paths/start-here")[0] == 404
    assert call(mallory, "DELETE", "/learning/paths/start-here")[0] == 404
    assert [one["names"] for one in call(house, "GET", "/learning/paths")[1]["items"]] == [wish["names"]]
    assert call(house, "DELETE", "/learning/paths/start-here")[0] == 204
    assert call(house, "GET", "/learning/paths/start-here")[0] == 404


def as_file(name: str, text: str) -> dict[str, str]:
    return {"name": name, "data": base64.b64encode(text.encode()).decode()}


def test_files_are_looked_at_then_brought_in_and_change_nothing_again(house: House) -> None:
    files = [
        as_file("fi/hoito.md", "# Hoito\n\nPese 40 asteessa."),
        as_file("care.md", "# Care"),
        as_file("x.exe", "?"),
    ]
    wish = {"files": files, "language": "en"}
    looked = call(house, "POST", "/articles/import", {**wish, "dry_run": True})
    assert looked[0] == 200 and [one["file"] for one in looked[1]["faults"]] == ["care.md", "x.exe"]
    assert looked[1]["new"] == 1 and call(house, "GET", "/articles")[1]["items"] == []
    assert call(house, "POST", "/articles/import", wish, **{"Idempotency-Key": "files"})[1] == looked[1]
    assert call(house, "POST", "/articles/import", wish)[1]["same"] == 1
    assert call(house, "GET", "/articles/hoito")[1]["texts"][0]["status"] == "published"
    mallory = a_house("evil", owner="mallory")
    assert (
        call(mallory, "POST", "/articles/import", {**wish, "brand": "nobody"})[1]["code"] == "unknown_brand"
    )
    assert call(mallory, "GET", "/articles/hoito")[0] == 404
    bad = {"files": [{"name": "a.md", "data": "%%%"}]}
    assert call(house, "POST", "/articles/import", bad)[1]["code"] == "bad_data"
    assert (
        call(house, "POST", "/articles/import", {"files": [as_file("a.zip", "PK")]})[1]["code"] == "bad_file"
    )
