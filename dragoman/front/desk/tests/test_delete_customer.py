"""Deleting a customer from the desk and over the API: preview, typed name, closed to others."""

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Agent, Role
from dragoman.core.conversations.actions.split import split_conversation, undo_split
from dragoman.core.conversations.models import Conversation
from dragoman.core.customers.models import Customer
from tests.people import House, a_house, settle, write

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def house(transactional_db) -> House:
    return a_house()


def desk(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent.user, backend=BACKEND)
    return client


def is_there(house: House, customer_id: int) -> bool:
    with house.acting():
        return Customer.objects.filter(pk=customer_id, leaving_at=None).exists()


def test_the_name_must_be_typed(house):
    got = write(house, "สวัสดีค่ะ", name="สมชาย ใจดี")
    settle()
    url = f"/customers/{got.customer_id}/delete"
    page = desk(house.greta).get(url).content.decode()
    assert "1 conversation" in page and "สมชาย" in page
    wrong = desk(house.greta).post(url, {"name": "Somebody"})
    assert wrong.status_code == 422 and is_there(house, got.customer_id)
    done = desk(house.greta).post(url, {"name": " สมชาย  ใจดี "}, follow=True)
    assert "The customer is deleted" in done.content.decode() and not is_there(house, got.customer_id)


def test_the_name_is_taken_from_any_keyboard_and_one_conversation_is_one(house):
    got = write(house, "Hello", name="Siobhán O’Brien")
    more = write(house, "And a bill?", name="Siobhán O’Brien")
    settle()
    with house.acting():
        one = Conversation.objects.get(pk=got.conversation_id)
        made = split_conversation(one, agent=house.greta, message_id=more.message_id, scope="from_here")
        undo_split(house.workspace.pk, made.pk, agent=house.greta)
    url = f"/customers/{got.customer_id}/delete"
    assert "1 conversation<" in desk(house.greta).get(url).content.decode()
    assert desk(house.greta).post(url, {"name": "Siobhan Brien"}).status_code == 422
    assert desk(house.greta).post(url, {"name": "siobhan o'brien"}).status_code == 302
    assert not is_there(house, got.customer_id)


@pytest.mark.parametrize("role", [Role.AGENT, Role.LIGHT])
def test_agents_may_not(house, role):
    got = write(house)
    with house.acting():
        lars = add_agent(house.workspace.pk, email="lars@kaisla.example", name="Lars", role=role)
    url = f"/customers/{got.customer_id}/delete"
    assert (
        desk(lars).get(url).status_code == 403
        and desk(lars).post(url, {"name": "Somchai"}).status_code == 403
    )
    assert "delete" not in desk(lars).get(f"/customers/{got.customer_id}").content.decode()
    assert is_there(house, got.customer_id)


def test_mallory_may_not_by_desk_or_api(house):
    got = write(house)
    mallory = a_house("northbound", owner="mallory")
    assert (
        desk(mallory.greta).post(f"/customers/{got.customer_id}/delete", {"name": "Somchai"}).status_code
        == 404
    )
    headers = {"authorization": f"Bearer {mallory.token}"}
    assert Client().delete(f"/api/v1/customers/{got.customer_id}", headers=headers).status_code == 404
    assert is_there(house, got.customer_id)


def test_the_api_deletes_one_with_history(house):
    got = write(house)
    headers = {"authorization": f"Bearer {house.token}"}
    url = f"/api/v1/customers/{got.customer_id}"
    assert Client().delete(url, headers=headers).status_code == 204
    assert Client().get(url, headers=headers).status_code == 404
