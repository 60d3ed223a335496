"""Messages drawn once look as if drawn anew: for each reader, after each change, with nobody else's token."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Agent, Role
from dragoman.core.conversations.models import Message
from dragoman.front.desk.conversations import drawing
from tests.people import House, a_house, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows by a message's number whenever one is really drawn."""
    drawn: list[int] = []
    draw = drawing._draw

    def counted(context: Any, seen: Any) -> Any:
        drawn.append(seen.message.id)
        return draw(context, seen)

    monkeypatch.setattr(drawing, "_draw", counted)
    drawing._drawn.forget()
    return drawn


def as_seen_by(agent: Any) -> Client:
    client = Client()
    client.force_login(agent.user)
    return client


def thread(client: Client, talk: int) -> str:
    page = client.get(f"/conversations/{talk}").content.decode()
    return page[page.index('id="thread"') : page.index('id="context"') if 'id="context"' in page else None]


def answered(house: House, talk: int, **facts: Any) -> None:
    """Store an answer by mail."""
    Message.objects.create(
        workspace_id=house.workspace.pk, conversation_id=talk, direction="out", channel="email",
        source="email:1", external_id="x@kaisla.example", text="We look into it.", language="en",
        **{"meta": {}, **facts},
    )  # fmt: skip


def an_agent(house: House, name: str, role: Role) -> Agent:
    """Give somebody a seat."""
    address = f"{name}@kaisla.example"
    return add_agent(
        house.workspace.pk, email=address, name=name.title(), role=role, password="long enough 1"
    )


def test_a_second_look_draws_nothing_and_shows_the_same(house: House, drawings: list[int]):
    talk = write(house, "Missä tilaukseni on?").conversation_id
    client = as_seen_by(house.greta)
    first = thread(client, talk)
    assert "Missä tilaukseni on?" in first and len(drawings) == 1
    assert thread(client, talk).count("Missä tilaukseni on?") == first.count("Missä tilaukseni on?")
    assert len(drawings) == 1


def test_a_change_of_the_message_is_seen_at_once(house: House, drawings: list[int]):
    got = write(house, "Hello")
    client = as_seen_by(house.greta)
    thread(client, got.conversation_id)
    with house.acting():
        Message.objects.filter(pk=got.message_id).update(text="Hello again", marks=["verdict:fail"])
    assert "Hello again" in thread(client, got.conversation_id)
    assert len(drawings) == 2


def test_readers_of_other_languages_clocks_and_rights_have_their_own(house: House, drawings: list[int]):
    talk = write(house, "Hello").conversation_id
    with house.acting():
        other = an_agent(house, "aino", Role.AGENT)
        other.ui_language, other.time_zone = "fi", "Asia/Tokyo"
        other.save()
    english, finnish = (thread(as_seen_by(one), talk) for one in (house.greta, other))
    assert "Link to this message" in english and "Link to this message" not in finnish
    assert len(drawings) == 2


def test_a_form_always_has_the_token_of_its_own_session(house: House, drawings: list[int]):
    talk = write(house, "Hello").conversation_id
    with house.acting():
        answered(house, talk, delivery="failed", failure="refused")
        other = an_agent(house, "aino", Role.AGENT)
    found = []
    for agent in (house.greta, other):
        page = thread(as_seen_by(agent), talk)
        retry = re.search(r'/retry".*?name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert retry
        found.append(retry[1])
    assert found[0] != found[1]


def test_what_waits_is_drawn_anew_also_for_who_may_only_read(house: House, drawings: list[int]):
    talk = write(house, "Hello").conversation_id
    with house.acting():
        planned = timezone.now() + timedelta(days=1)
        answered(house, talk, delivery="scheduled", due_at=planned, meta={"hold": "planned"})
        light = an_agent(house, "lumi", Role.LIGHT)
    client = as_seen_by(light)
    assert "The customer wrote after you planned this." not in thread(client, talk)
    write(house, "One more thing")
    assert "The customer wrote after you planned this." in thread(client, talk)
