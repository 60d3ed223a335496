"""The bot over the API: switched on, its flows written, tested, published and restored, rehearsed; Mallory sees nothing."""

import json
from typing import Any

import pytest
from django.test import Client

from dragoman.core.accounts.actions import create_token
from tests.people import House, a_house

pytestmark = pytest.mark.django_db
WRAP = {
    "title": {"en": "Gift wrap"},
    "trigger": {"keywords": {"en": ["gift wrap"]}},
    "steps": [{"id": "say", "kind": "say", "texts": {"en": "We wrap gifts for 3 euros."}}],
    "tests": [
        {"name": "Wrap", "lines": [{"said": "Do you gift wrap?", "expect": {"text": "3 euros"}}]},
    ],
}


@pytest.fixture
def house() -> House:
    return a_house()


def call(house: House, method: str, path: str, body: Any = None, *, token: str = "") -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {token or house.token}"}
    sent = json.dumps(body) if body is not None else ""
    answer = Client().generic(
        method, f"/api/v1{path}", sent, content_type="application/json", headers=headers
    )
    return answer.status_code, json.loads(answer.content or "null")


def test_a_bot_is_off_until_switched_on_and_bad_settings_are_named(house):
    assert call(house, "GET", "/bot/settings")[1]["on"] is False
    status, said = call(house, "PUT", "/bot/settings", {"on": True, "name": "Aino", "languages": ["fi"]})
    assert (status, said["name"], said["languages"], said["channels"]) == (200, "Aino", ["fi"], ["chat"])
    for wrong in ({"name": " "}, {"intents": ["weather"]}, {"team": "99"}, {"discloses": False}):
        status, refused = call(house, "PUT", "/bot/settings", {"on": True, "name": "A", **wrong})
        assert status == 422 and refused["title"]


def test_a_flow_is_drafted_tested_published_and_restored(house):
    wrong = {**WRAP, "tests": [{"name": "No", "lines": [{"said": "gift wrap", "expect": {"text": "free"}}]}]}
    status, refused = call(house, "POST", "/bot/flows", {"key": "wrap", "body": wrong, "publish": True})
    assert (status, refused["code"], refused["failures"][0]["what"]) == (422, "flow_fails", "text")
    status, made = call(house, "POST", "/bot/flows", {"key": "wrap", "body": WRAP, "publish": True})
    assert (status, made["status"], made["version"]) == (201, "live", made["head"])
    stuck = {**WRAP, "steps": [{"id": "say", "kind": "say", "texts": {"en": "x"}, "next": "gone"}]}
    status, draft = call(house, "POST", "/bot/flows", {"key": "wrap", "body": stuck})
    assert (status, draft["status"]) == (201, "changed")
    status, refused = call(house, "POST", "/bot/flows/wrap/publish", {})
    assert (status, refused["faults"][0]["code"], refused["faults"][0]["step"]) == (
        422,
        "unknown_step",
        "say",
    )
    assert call(house, "POST", "/bot/flows/wrap/restore", {"version": made["version"]})[1]["head"] == 4
    assert call(house, "POST", "/bot/flows/wrap/test", {})[1] == {"passed": True, "tests": 1, "failures": []}
    versions = call(house, "GET", "/bot/flows/wrap/versions")[1]["items"]
    assert [one["version"] for one in versions] == [4, 3, 2, 1]
    said = call(house, "POST", "/bot/simulate", {"said": ["gift wrap?"], "language": "en"})[1]["items"]
    assert "3 euros" in said[0]["answer"] and said[0]["answer"].startswith("Mira is a bot")
    assert call(house, "DELETE", "/bot/flows/wrap")[0] == 204
    assert call(house, "GET", "/bot/flows/wrap")[0] == 404


def test_one_of_ours_is_switched_off_and_rehearsed_as_a_draft(house):
    status, off = call(house, "PATCH", "/bot/flows/thanks", {"on": False})
    assert (status, off["status"], off["ours"]) == (200, "off", True)
    listed = {one["key"]: one for one in call(house, "GET", "/bot/flows")[1]["items"]}
    assert listed["order_status"]["status"] == "ours" and listed["order_status"]["body"]["steps"]
    scene = {"said": ["Cancel my order KSL-20411 please", "choice:yes"], "language": "en", "known": True}
    said = call(house, "POST", "/bot/simulate", scene)[1]["items"]
    assert (said[1]["tools"], said[1]["outcome"]) == (["cancel_order"], "done")
    assert call(house, "GET", "/bot/results")[1]["conversations"] == 0
    assert call(house, "GET", "/bot/results?since=2026-12-01&until=2026-11-01")[0] == 422


def test_mallory_and_narrow_tokens_reach_nothing(house):
    mallory = a_house("mallory-shop", owner="mallory")
    call(house, "POST", "/bot/flows", {"key": "wrap", "body": WRAP})
    assert call(mallory, "GET", "/bot/flows/wrap")[0] == 404
    assert call(mallory, "POST", "/bot/flows/wrap/publish", {})[0] == 404
    assert call(mallory, "PUT", "/bot/settings?brand=kaisla", {"on": True, "name": "X"})[0] in {404, 422}
    with house.acting():
        narrow = create_token(house.workspace.pk, scopes=["orders"])
    assert call(house, "GET", "/bot/flows", token=narrow)[0] == 403
