"""A shop's community with a space for lamps; Somchai has posted before, Aino is new; mails are kept."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from dragoman.front.portal.community import telling
from dragoman.service.community.actions.places import SpaceWish, set_community, set_space
from dragoman.service.community.models import JoinCode, Member, Post
from tests.people import House, a_house


@dataclass
class Guest:
    """A browser at the community, in English where nothing else is said."""

    house: House
    client: Client
    email: str = ""

    def get(self, path: str = "", language: str = "en", **query: Any) -> Any:
        return self.client.get(f"/community/{self.house.brand.slug}/{language}/{path}", query)

    def post(self, path: str, /, language: str = "en", **form: Any) -> Any:
        return self.client.post(f"/community/{self.house.brand.slug}/{language}/{path}", form)

    def code(self) -> str:
        """Let the mail go out, and read the code in it; "" where none was sent."""
        before = len(mail.outbox)
        with self.house.acting():
            telling.send_code(self.house.workspace.pk, JoinCode.objects.latest("pk").pk)
        sent = mail.outbox[before:]
        return re.search(r"\b(\d{6})\b", str(sent[0].subject))[1] if sent else ""  # type: ignore[index]

    def join(self, email: str, name: str) -> "Guest":
        self.email = email
        page = self.post("join", email=email).content.decode()
        handle = re.search(r'name="handle" value="([^"]+)"', page)[1]  # type: ignore[index]
        answer = self.post("join/code", handle=handle, email=email, code=self.code())
        assert answer.status_code == 302
        assert (
            self.post("me", name=name, language="en", wants_answers="on", wants_digest="on").status_code
            == 302
        )
        return self

    @property
    def member(self) -> Member:
        with self.house.acting():
            return Member.objects.get(email=self.email)

    def newest(self) -> Post:
        with self.house.acting():
            return Post.objects.select_related("thread").latest("pk")


@pytest.fixture
def house(settings: Any) -> House:
    cache.clear()
    settings.MAIL_URL = "smtp://mail.example"
    made = a_house()
    with made.acting():
        here = {"agent": made.greta, "brand_id": made.brand.pk}
        set_community(made.workspace.pk, is_on=True, first_posts=0, **here)
        set_space(made.workspace.pk, wish=SpaceWish("lamps", {"en": "Lamps", "fi": "Lamput"}), **here)
    return made


@pytest.fixture
def reader(house: House) -> Guest:
    return Guest(house, Client())


@pytest.fixture
def somchai(house: House) -> Guest:
    return Guest(house, Client()).join("somchai@example.com", "Somchai")


@pytest.fixture
def aino(house: House) -> Guest:
    return Guest(house, Client()).join("aino@example.com", "Aino K")
