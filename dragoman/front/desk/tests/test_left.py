"""What a shopper left beside a chat message stands in the thread, and the shopper learns that it was read."""

from typing import Any

import pytest
from django.test import Client

from dragoman.core.conversations import presence
from tests.people import PASSWORD, House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)

LEFT = {
    "order": "KSL-20418",
    "email": "somchai@example.com",
    "consent": "Yes, keep it",
    "page": "https://shop.example/lamp",
}


def _chat(house: House, **meta: str) -> int:
    came = write(house, channel="chat", source="chat:1:abc", kind="handle", identity="abc", meta=meta)
    settle()
    return int(came.conversation_id)


def _client(house: House) -> Client:
    client = Client()
    assert client.login(email=house.greta.user.email, password=PASSWORD)
    return client


def test_the_agent_sees_what_was_asked_for_and_that_nobody_proved_it() -> None:
    house = a_house()
    page = _client(house).get(f"/conversations/{_chat(house, **LEFT)}").content.decode()
    for value in LEFT.values():
        assert value in page
    assert "E-mail address, not proved" in page


def test_where_nothing_was_asked_nothing_is_shown() -> None:
    house = a_house()
    page = _client(house).get(f"/conversations/{_chat(house, page=LEFT['page'])}").content.decode()
    assert LEFT["page"] not in page


def test_opening_a_chat_tells_its_shopper_once_that_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    house = a_house()
    pk = _chat(house)
    told: list[Any] = []
    monkeypatch.setattr(presence, "whisper", lambda *facts: told.append(facts))
    client = _client(house)
    client.get(f"/conversations/{pk}")
    client.get(f"/conversations/{pk}")
    assert told == [(house.workspace.pk, "chat:1:abc", "changed", {})]
