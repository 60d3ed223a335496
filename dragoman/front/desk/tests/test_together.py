"""Mentions and followers as an agent meets them, and who may not."""

import json

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent, deactivate_agent
from dragoman.core.accounts.models import Agent, Role, Team
from dragoman.core.conversations.models import Follower, Message
from tests.people import PASSWORD, House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    return a_house()


@pytest.fixture
def greta(house: House) -> Client:
    return client_of("greta@kaisla.example")


def client_of(email: str) -> Client:
    client = Client()
    assert client.login(email=email, password=PASSWORD)
    return client


def seat(house: House, mail: str, name: str, role: str = Role.AGENT) -> Agent:
    with house.acting():
        return add_agent(
            house.workspace.pk, email=f"{mail}@kaisla.example", name=name, role=role, password=PASSWORD
        )


def opened(house: House) -> int:
    pk = int(write(house, "Where is my order KSL-20418?").conversation_id)
    settle()
    return pk


def offered(client: Client, typed: str) -> list[str]:
    page = client.get("/desk/mentions", {"q": typed}).content.decode()
    return [part.split('"')[0] for part in page.split('data-name="')[1:]]


def test_names_are_found_in_any_script_without_accents_and_with_a_slip(house: House, greta: Client):
    for mail, name in (("a", "Aino Mäkelä"), ("p", "พลอย ศรีสุข"), ("s", "سلمى الهاشمي"), ("y", "山田 花子")):
        seat(house, mail, name)
    with house.acting():
        Team.objects.create(workspace_id=house.workspace.pk, name="Returns")
    for typed, name in (
        ("makela", "Aino Mäkelä"),
        ("Makla", "Aino Mäkelä"),
        ("พลอ", "พลอย ศรีสุข"),
        ("الهاش", "سلمى الهاشمي"),
        ("花", "山田 花子"),
        ("retruns", "Returns"),
    ):
        assert offered(greta, typed)[:1] == [name], typed
    assert offered(greta, "zzzz") == []
    assert len(offered(greta, "")) == 5
    assert "Greta" not in offered(greta, "")


def test_a_mention_is_a_chip_and_a_closed_seat_is_said(house: House, greta: Client):
    pk, pekka = opened(house), seat(house, "pekka", "Pekka")
    with house.acting():
        deactivate_agent(pekka)
    marks = json.dumps([{"kind": "agent", "id": str(pekka.pk), "name": "Pekka"}])
    answer = greta.post(
        f"/desk/conversations/{pk}/note",
        {"text": "@Pekka <b>?", "mentions": marks},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert '<bdi class="mention is-closed">@Pekka</bdi> &lt;b&gt;?' in answer
    assert "Not told, because the seat is closed: Pekka" in answer


def test_boxes_mention_without_a_script_and_junk_is_ignored(house: House, greta: Client):
    pk, aino = opened(house), seat(house, "aino", "Aino")
    values = {"text": "look", "mention": [f"agent:{aino.pk}", "team:x", "god:1"], "mentions": "{broken"}
    assert greta.post(f"/desk/conversations/{pk}/note", values).status_code == 302
    with house.acting():
        note = Message.objects.get(direction="note")
    assert [mark["name"] for mark in note.meta["mentions"]] == ["Aino"]
    assert "Mentioned:" in greta.get(f"/conversations/{pk}").content.decode()


def test_following_by_a_key_and_adding_others(house: House, greta: Client):
    pk, aino = opened(house), seat(house, "aino", "Aino")
    at = f"/desk/conversations/{pk}/follow"
    assert greta.post(at, {"do": "follow"}).status_code == 302
    assert greta.post(at, {"do": "follow", "agent": aino.pk}).status_code == 302
    page = greta.get(f"/conversations/{pk}").content.decode()
    assert 'data-do="follow" aria-pressed="true"' in page
    greta.post(at, {"do": "unfollow"})
    with house.acting():
        found = set(Follower.objects.filter(active=True).values_list("agent__name", flat=True))
    assert found == {"Aino"}


def test_light_agents_follow_but_do_not_add_and_mallory_does_neither(house: House, greta: Client):
    pk, aino = opened(house), seat(house, "aino", "Aino")
    seat(house, "lena", "Lena", Role.LIGHT)
    other = a_house("evil", owner="mallory")
    at = f"/desk/conversations/{pk}/follow"
    lena, mallory = client_of("lena@kaisla.example"), client_of("mallory@evil.example")
    assert lena.post(at, {"do": "follow"}).status_code == 302
    assert lena.post(at, {"do": "follow", "agent": aino.pk}).status_code == 403
    assert mallory.post(at, {"do": "follow"}).status_code == 404
    assert greta.post(at, {"do": "follow", "agent": other.greta.pk}).status_code == 422
    assert offered(mallory, "") == []


def test_the_api_sets_followers_and_mentions_by_id(house: House):
    pk, aino = opened(house), seat(house, "aino", "Aino")
    other = a_house("evil", owner="mallory")
    caller = {"HTTP_AUTHORIZATION": f"Bearer {house.token}", "content_type": "application/json"}
    at = f"/api/v1/conversations/{pk}"
    client = Client()
    put = client.put(f"{at}/followers", {"agents": [str(aino.pk), str(house.greta.pk)]}, **caller)
    assert [one["name"] for one in put.json()["items"]] == ["Aino", "Greta"]
    assert client.put(f"{at}/followers", {"agents": []}, **caller).json()["items"] == []
    assert client.put(f"{at}/followers", {"agents": [str(other.greta.pk)]}, **caller).status_code == 422
    body = {"text": "@Aino see", "mentions": [{"agent": str(aino.pk)}]}
    note = client.post(f"{at}/notes", body, **caller)
    assert note.status_code == 201
    assert note.json()["mentions"] == [{"agent": str(aino.pk), "team": None, "name": "Aino", "told": True}]
    assert client.post(f"{at}/notes", {"text": "x", "mentions": [{}]}, **caller).status_code == 422
    theirs = {"HTTP_AUTHORIZATION": f"Bearer {other.token}", "content_type": "application/json"}
    assert client.get(f"{at}/followers", **theirs).status_code == 404
    assert client.put(f"{at}/followers", {"agents": []}, **theirs).status_code == 404
