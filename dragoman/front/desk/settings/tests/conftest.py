"""People in front of the settings: owner Greta, agent Lars, and Mallory who owns another workspace."""

import pytest
from django.core.cache import cache
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Agent, Role
from tests.people import PASSWORD, House, a_house


def logged_in(agent: Agent) -> Client:
    """Log in as a person does, by the page, so that allauth knows when and how."""
    client = Client()
    answer = client.post("/login", {"login": agent.user.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    """Count every test's tries from nought."""
    cache.clear()


@pytest.fixture
def house(transactional_db: None) -> House:
    return a_house()


@pytest.fixture
def lars(house: House) -> Agent:
    """An agent without any right to lead."""
    with house.acting():
        return add_agent(
            house.workspace.pk, email="lars@kaisla.example", name="Lars", role=Role.AGENT, password=PASSWORD
        )


@pytest.fixture
def as_greta(house: House) -> Client:
    return logged_in(house.greta)


@pytest.fixture
def as_lars(lars: Agent) -> Client:
    return logged_in(lars)


@pytest.fixture
def other_house(transactional_db: None) -> House:
    return a_house("northbound", owner="mallory")


@pytest.fixture
def as_mallory(other_house: House) -> Client:
    return logged_in(other_house.greta)
