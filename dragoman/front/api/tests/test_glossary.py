"""Glossary and memory over the API: listed, written, brought in and out, and a broken translation held."""

import json
from typing import Any

import pytest
from django.test import Client

from dragoman.core.accounts.actions import create_token
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    return a_house()


def call(house: House, method: str, path: str, body: Any = None, token: str = "") -> tuple[int, Any]:
    answer = Client().generic(
        method,
        f"/api/v1{path}",
        json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers={"Authorization": f"Bearer {token or house.token}"},
    )
    return answer.status_code, json.loads(answer.content or "null")


ENTRY = {
    "terms": [{"text": "parcel", "language": "en"}, {"text": "lähetys", "language": "fi"}],
    "note": "A box",
}
UNIT = {
    "source_language": "en",
    "target_language": "fi",
    "source": "Order KSL-1234 left.",
    "target": "Tilaus KSL-1234 lähti.",
}


def test_an_entry_is_made_listed_changed_and_removed(house):
    status, made = call(house, "POST", "/glossary", ENTRY)
    assert status == 201 and made["terms"][1]["text"] == "lähetys"
    for number in range(3):
        call(house, "POST", "/glossary", {"terms": [{"text": f"word{number}", "language": "en"}]})
    status, page = call(house, "GET", "/glossary?limit=3")
    assert len(page["items"]) == 3
    status, rest = call(house, "GET", f"/glossary?limit=3&cursor={page['next']}")
    assert [one["id"] for one in rest["items"]] == [made["id"]] and rest["next"] is None
    assert call(house, "GET", "/glossary?q=l%C3%A4het&language=fi")[1]["items"][0]["id"] == made["id"]
    path = f"/glossary/{made['id']}"
    status, changed = call(house, "PATCH", path, {"keep": True, "brand": "kaisla"})
    assert (changed["keep"], changed["brand"], changed["note"], len(changed["terms"])) == (
        True,
        "kaisla",
        "A box",
        2,
    )
    assert call(house, "PATCH", path, {"brand": None})[1]["brand"] is None
    assert call(house, "POST", "/glossary", {"terms": [{"text": "x"}]})[0] == 422
    assert call(house, "GET", "/glossary?cursor=x")[1]["code"] == "bad_cursor"
    assert call(house, "DELETE", path)[0] == 204 and call(house, "GET", path)[0] == 404


def test_a_sentence_is_remembered_mended_and_forgotten(house):
    status, made = call(house, "POST", "/memory", UNIT)
    assert status == 201 and made["source"] == "Order {1} left."
    path = f"/memory/{made['id']}"
    assert (
        call(house, "PATCH", path, {"target": "Tilaus {1} on lähtenyt."})[1]["target"]
        == "Tilaus {1} on lähtenyt."
    )
    one_sided = {**UNIT, "target": "Tilaus lähti."}
    assert call(house, "POST", "/memory", one_sided)[1]["code"] == "personal"
    [item] = call(house, "GET", "/memory?source=en&target=fi&q=left")[1]["items"]
    status, said = call(
        house, "POST", "/language/translate", {"texts": ["Order KSL-9 left."], "source": "en", "target": "fi"}
    )
    assert said["items"][0]["text"] in (None, "Tilaus KSL-9 on lähtenyt.")
    assert call(house, "DELETE", f"/memory/{item['id']}")[0] == 204
    assert call(house, "GET", "/memory")[1] == {"items": [], "next": None}


def test_files_come_and_go_and_a_fault_stores_nothing(house):
    table = {"content": "en;fi\nlamp;lamppu\nshoe;kenkä\n"}
    assert call(house, "POST", "/glossary/import", {**table, "preview": True})[1]["made"] == 2
    assert call(house, "GET", "/glossary")[1]["items"] == []
    assert call(house, "POST", "/glossary/import", table)[1]["made"] == 2
    status, refused = call(house, "POST", "/glossary/import", {"content": "en;brand\nhat;nobody\n"})
    assert (status, refused["code"], refused["errors"][0]["line"]) == (422, "bad_file", 2)
    pairs = {"content": "source language,target language,source,target\nen,fi,Thanks a lot!,Kiitos paljon!\n"}
    assert call(house, "POST", "/memory/import", pairs)[1] == {"pairs": 1, "kept": 1, "errors": []}
    for path, words in [
        ("/glossary/export?format=tbx", "<term>kenkä</term>"),
        ("/memory/export", "<seg>Kiitos paljon!</seg>"),
    ]:
        answer = Client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {house.token}"})
        assert answer.status_code == 200 and words in answer.content.decode()


def test_a_broken_translation_is_refused_until_its_faults_are_accepted(house, settings):
    settings.TRANSLATOR_URL = "fake://?lose=1"
    came = write(house, "Missä pakettini on? Olen odottanut sitä kauan.", language="fi")
    settle()
    path = f"/conversations/{came.conversation_id}/replies"
    body = {"text": "Your order KSL-20418 was shipped to you."}
    status, refused = call(house, "POST", path, body)
    assert (status, refused["code"]) == (409, "broken_translation")
    assert "lost:KSL-20418" in refused["faults"] and refused["text"]
    assert call(house, "POST", path, {**body, "accept_faults": True})[0] == 201


def test_mallory_and_a_narrow_token_reach_nothing(house):
    entry = call(house, "POST", "/glossary", ENTRY)[1]["id"]
    unit = call(house, "POST", "/memory", UNIT)[1]["id"]
    mallory = a_house("northbound", owner="mallory")
    for path in (f"/glossary/{entry}", f"/memory/{unit}"):
        for method in ("GET", "DELETE"):
            assert call(mallory, method, path)[0] == 404
        assert call(mallory, "PATCH", path, {})[0] == 404
    assert call(mallory, "GET", "/glossary")[1]["items"] == []
    with house.acting():
        narrow = create_token(house.workspace.pk, scopes=["customers"])
    assert call(house, "GET", "/glossary", token=narrow)[0] == 403
