"""The beat of a page: colleagues learn of it, other workspaces do not."""

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.conversations.presence import presence
from tests.people import PASSWORD, House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nobody_here():  # type: ignore[no-untyped-def]
    presence.forget()
    yield
    presence.forget()


def client_of(email: str) -> Client:
    client = Client()
    assert client.login(email=email, password=PASSWORD)
    return client


def opened(house: House) -> int:
    pk = int(write(house).conversation_id)
    settle()
    return pk


def beat(client: Client, pk: int | str, doing: str = "viewing", page: str = "p1"):  # type: ignore[no-untyped-def]
    return client.post("/desk/presence", {"page": page, "conversation": pk, "doing": doing})


def test_a_colleague_sees_who_looks_and_who_types_and_never_oneself():
    house = a_house()
    pk = opened(house)
    with house.acting():
        add_agent(house.workspace.pk, email="aino@kaisla.example", name="Aino Mäkelä", password=PASSWORD)
    greta, aino = client_of("greta@kaisla.example"), client_of("aino@kaisla.example")
    assert beat(greta, pk).json() == {"here": []}
    [seen] = beat(aino, pk, "reply").json()["here"]
    assert (seen["name"], seen["doing"], seen["conversation"]) == ("Greta", "viewing", pk)
    [seen] = beat(greta, pk).json()["here"]
    assert (seen["name"], seen["doing"]) == ("Aino Mäkelä", "reply")
    beat(aino, "", "gone")
    assert beat(greta, pk).json() == {"here": []}


def test_mallory_neither_sees_nor_enters():
    house, other = a_house(), a_house("evil", owner="mallory")
    pk = opened(house)
    beat(client_of("greta@kaisla.example"), pk)
    mallory = client_of("mallory@evil.example")
    assert beat(mallory, pk).status_code == 404
    assert beat(mallory, opened(other)).json() == {"here": []}
    assert len(presence.in_workspace(house.workspace.pk)) == 1


def test_a_bad_beat_is_refused():
    house = a_house()
    greta, pk = client_of("greta@kaisla.example"), opened(house)
    assert beat(greta, pk, "dancing").status_code == 422
    assert beat(greta, pk, page="x" * 90).status_code == 422
    assert beat(greta, "9" * 30).status_code == 404
    assert Client().post("/desk/presence", {}).status_code in {302, 401, 403}
