"""Purpose and mood are shown, corrected and asked for, in the desk and over the API; nobody else's."""

from typing import Any

import pytest
from django.test import Client

from dragoman.core.conversations.models import Conversation
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def _client(house: House) -> Client:
    client = Client()
    client.force_login(house.greta.user)
    return client


def _asked(house: House, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    headers = {"Authorization": f"Bearer {house.token}"}
    more = {"data": body, "content_type": "application/json"} if body is not None else {}
    return getattr(Client(), method)(f"/api/v1{path}", headers=headers, **more)


def _wrote(house: House, text: str) -> int:
    with house.acting():
        pk = write(house, text).conversation_id
        settle()
    return pk


def test_an_agent_corrects_purpose_and_mood_and_the_list_shows_it(house: House) -> None:
    pk, client = _wrote(house, "I want to return the boots, they are too small."), _client(house)
    at = f"/desk/conversations/{pk}"
    said = client.post(
        f"{at}/intent", {"intent": "exchange"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Purpose: Exchange" in said and "Greta set the purpose: Exchange" in said
    client.post(f"{at}/mood", {"mood": "upset"})
    page = client.get(f"/conversations/{pk}").content.decode()
    assert "Greta set the mood: upset" in page and page.count("Set by a person") == 2
    row = client.get("/?view=all&mood=upset").content.decode()
    assert f"row-{pk}" in row and 'class="dot bad" role="img" aria-label="upset"' in row
    assert f"row-{pk}" not in client.get("/?view=all&mood=calm").content.decode()
    assert client.post(f"{at}/mood", {"mood": "negative"}).status_code == 422


def test_a_program_corrects_them_too(house: House) -> None:
    pk = _wrote(house, "I want to return the boots, they are too small.")
    shown = _asked(house, "patch", f"/conversations/{pk}", {"intent": "exchange", "sentiment": "negative"})
    assert (shown.status_code, shown.json()["intent"], shown.json()["mood"]) == (200, "exchange", "tense")
    assert [row["id"] for row in _asked(house, "get", "/conversations?mood=tense").json()["items"]] == [
        str(pk)
    ]
    assert _asked(house, "patch", f"/conversations/{pk}", {"intent": "obey me"}).status_code == 422
    assert _asked(house, "patch", f"/conversations/{pk}", {"sentiment": "rage"}).status_code == 422
    assert _asked(house, "get", "/conversations?mood=rage").status_code == 422


def test_urgency_is_told_of_texts(house: House) -> None:
    texts = ["Where is the dress? The wedding is on Saturday!", "Do you have it in green?", "", "👍"]
    items = _asked(house, "post", "/language/understand", {"texts": texts}).json()["items"]
    assert [(one["urgency"], one["urgency_reason"]) for one in items] == [
        ("high", "occasion"),
        ("normal", None),
        ("normal", None),
        ("normal", None),
    ]


def test_a_language_that_no_text_is_told_to_be_in_is_refused(house: House) -> None:
    body = {"texts": ["Where is my parcel?"]}
    for tag in ("tlh", "xx"):
        answer = _asked(house, "post", "/language/understand", {**body, "languages": ["en", tag]})
        assert answer.status_code == 422
    assert (
        "tlh" in _asked(house, "post", "/language/understand", {**body, "languages": ["tlh"]}).json()["title"]
    )
    for tag in ("no", "fa", "de-AT", "zh-Hant", "yi"):
        answer = _asked(house, "post", "/language/understand", {**body, "languages": ["en", tag]})
        assert answer.json()["items"][0]["language"] == "en"


def test_mallory_corrects_nothing_of_ours(house: House) -> None:
    pk = _wrote(house, "I want to return the boots, they are too small.")
    mallory = a_house("other", owner="mallory")
    assert _client(mallory).post(f"/desk/conversations/{pk}/intent", {"intent": "thanks"}).status_code == 404
    assert _client(mallory).post(f"/desk/conversations/{pk}/mood", {"mood": "calm"}).status_code == 404
    assert _asked(mallory, "patch", f"/conversations/{pk}", {"intent": "thanks"}).status_code == 404
    with house.acting():
        assert Conversation.objects.get(pk=pk).intent == "return_request"


def test_the_switch_is_a_setting_of_the_workspace(house: House) -> None:
    page = _client(house).get("/settings/workspace").content.decode()
    assert 'name="raise_priority"' in page and "Raise the priority" in page
