"""Junk has a view of its own in the desk and in the API, with its reason and the way back."""

import pytest
from django.test import Client

from dragoman.core.conversations.actions.junk import mark_junk
from dragoman.core.conversations.models import Conversation
from tests.people import House, a_house, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def a_client(house: House) -> Client:
    client = Client()
    client.force_login(house.greta.user)
    return client


def asked(house: House, path: str, *, method: str = "get", body: dict | None = None):
    headers = {"Authorization": f"Bearer {house.token}"}
    more = {"data": body, "content_type": "application/json"} if body is not None else {}
    return getattr(Client(), method)(f"/api/v1{path}", headers=headers, **more)


def stored(house: House, pk: int) -> Conversation:
    with house.acting():
        return Conversation.objects.get(pk=pk)


def test_junk_moves_to_its_view_says_why_and_comes_back(house: House):
    client, pk = a_client(house), write(house, "Cheap watches").conversation_id
    assert client.post(f"/desk/conversations/{pk}/junk", {"junk": "1"}).status_code == 302
    assert stored(house, pk).junk
    assert f"row-{pk}" not in client.get("/?view=all").content.decode()
    assert f"row-{pk}" in client.get("/?view=junk").content.decode()
    page = client.get(f"/conversations/{pk}").content.decode()
    assert "Marked as junk by Greta" in page and "Greta said that this is junk" in page and "Not junk" in page
    client.post(f"/desk/conversations/{pk}/junk", {"junk": "0"})
    assert not stored(house, pk).junk
    assert f"row-{pk}" in client.get("/?view=all").content.decode()


def test_blocking_the_sender_of_a_mail_puts_it_aside(house: House):
    client = a_client(house)
    pk = write(house, "Hi", channel="email", meta={"from": "seller@junk.example"}).conversation_id
    assert "Block the sender" not in client.get(f"/conversations/{pk}").content.decode()
    client.post(f"/desk/conversations/{pk}/junk", {"junk": "1"})
    assert "Block the sender" in client.get(f"/conversations/{pk}").content.decode()
    scripted = {"HX-Request": "true"}
    said = client.post(f"/desk/conversations/{pk}/block", headers=scripted).content.decode()
    assert stored(house, pk).junk and "Blocked: seller@junk.example" in said
    assert "Block the sender" not in said
    said = client.post(f"/desk/conversations/{pk}/junk", {"junk": "0"}, headers=scripted).content.decode()
    assert not stored(house, pk).junk and "seller@junk.example is no longer blocked" in said


def test_the_api_lists_junk_apart_and_changes_it(house: House):
    pk = write(house, "Cheap watches").conversation_id
    assert asked(house, f"/conversations/{pk}", method="patch", body={"junk": True}).json()["junk"] is True
    assert asked(house, "/conversations").json()["items"] == []
    assert [row["id"] for row in asked(house, "/conversations?junk=true").json()["items"]] == [str(pk)]
    assert asked(house, f"/conversations/{pk}", method="patch", body={"junk": False}).json()["junk"] is False


def test_mallory_marks_no_junk_in_another_house(house: House):
    pk = write(house, "Hello").conversation_id
    mallory = a_house("mallory", owner="mallory")
    assert a_client(mallory).post(f"/desk/conversations/{pk}/junk", {"junk": "1"}).status_code == 404
    assert a_client(mallory).post(f"/desk/conversations/{pk}/block").status_code == 404
    assert asked(mallory, f"/conversations/{pk}", method="patch", body={"junk": True}).status_code == 404
    assert not stored(house, pk).junk
    with house.acting():
        mark_junk(stored(house, pk), agent=house.greta)
    assert f"row-{pk}" not in a_client(mallory).get("/?view=junk").content.decode()
