"""First steps: an owner of an empty workspace is led there, each step may be left out, a message tries it all."""

import pytest
from django.core.cache import cache
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Brand, Invitation, Role, Workspace
from dragoman.core.conversations.models import Message
from tests.people import PASSWORD, House, a_house, settle, write


@pytest.fixture
def house(transactional_db) -> House:
    cache.clear()
    return a_house()


def log_in(address: str) -> tuple[Client, str]:
    """Open the printed address as a stranger, log in where it leads; return where one ends."""
    client = Client()
    door = client.get("/")["Location"]
    answer = client.post(door, {"login": address, "password": PASSWORD, "next": "/"})
    inbox = client.get(answer["Location"])
    return client, inbox["Location"] if inbox.status_code == 302 else answer["Location"]


def test_the_owner_of_an_empty_workspace_goes_through_the_steps(house, settings):
    settings.MAIL_URL = ""
    client, place = log_in("greta@kaisla.example")
    assert place == "/welcome"
    assert client.get("/welcome")["Location"] == "/welcome/brand"
    form = {"name": "Kaisla Oy", "team": "fi", "language": "fi", "colour": "#aa3322"}
    assert client.post("/welcome/brand", form)["Location"] == "/welcome/mailbox"
    assert "/welcome/chat" in client.get("/welcome/mailbox").content.decode()
    assert 'data-brand="kaisla"' in client.get("/welcome/chat").content.decode().replace("&#34;", '"')
    people = {"people": "aino@kaisla.example\nmei@kaisla.example"}
    assert client.post("/welcome/team", people)["Location"] == "/welcome/done"
    assert "Your desk is ready" in client.get("/welcome/done").content.decode()
    answer = client.post("/welcome/try")
    settle()
    with house.acting():
        assert Brand.objects.get().name == "Kaisla Oy" and Workspace.objects.get().language == "fi"
        assert Invitation.objects.count() == 2
        message = Message.objects.get(direction="in")
        assert (
            message.language == "th"
            and answer["Location"] == f"/conversations/{message.conversation_id}?view=open"
        )
    assert log_in("greta@kaisla.example")[1] == "/"


def test_of_good_and_bad_lines_the_bad_ones_stay_and_nothing_contradicts_it(house, settings):
    settings.MAIL_URL = ""
    client, _place = log_in("greta@kaisla.example")
    answer = client.post("/welcome/team", {"people": "kimi@kaisla.example\nno-address"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "kimi@kaisla.example" in page.partition("<textarea")[0]
    assert (
        page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0].strip() == "no-address"
    )
    assert "Nothing was saved" not in page and "Only these lines were not invited" in page
    with house.acting():
        assert Invitation.objects.count() == 1
    assert "Nothing was saved" in client.post("/welcome/team", {"people": "no-address"}).content.decode()


def test_one_may_look_at_the_inbox_between_the_steps(house):
    client, place = log_in("greta@kaisla.example")
    assert place == "/welcome"
    client.get("/welcome/brand")
    assert client.get("/").status_code == 200
    assert log_in("greta@kaisla.example")[1] == "/welcome"


def test_leaving_is_for_good_and_a_workspace_with_conversations_is_not_led(house):
    client, _place = log_in("greta@kaisla.example")
    assert client.post("/welcome/leave")["Location"] == "/"
    assert log_in("greta@kaisla.example")[1] == "/"
    other = a_house("northbound", owner="mallory")
    write(other)
    assert log_in("mallory@northbound.example")[1] == "/"


def test_agents_are_neither_led_nor_let_in(house):
    with house.acting():
        add_agent(
            house.workspace.pk, email="lars@kaisla.example", name="Lars", role=Role.AGENT, password=PASSWORD
        )
    client, place = log_in("lars@kaisla.example")
    assert place == "/"
    for step in ("brand", "mailbox", "chat", "team", "done"):
        assert client.get(f"/welcome/{step}").status_code == 403
    assert client.post("/welcome/try").status_code == 403


def test_what_is_wrong_is_said(house):
    client, _place = log_in("greta@kaisla.example")
    assert client.post("/welcome/brand", {"name": "", "colour": "red"}).status_code == 422
    answer = client.post("/welcome/team", {"people": "nobody"})
    assert answer.status_code == 422 and "nobody" in answer.content.decode()


def test_a_step_that_was_skipped_is_not_asked_again(house):
    client, _place = log_in("greta@kaisla.example")
    client.get("/welcome/mailbox")  # past the brand, which has no name yet
    assert client.get("/welcome")["Location"] == "/welcome/mailbox"
    client.get("/welcome/team")
    client.post("/welcome/team", {"people": "aino@kaisla.example"})
    assert client.get("/welcome")["Location"] == "/welcome/done"
    client.get("/welcome/done")
    assert client.get("/welcome")["Location"] == "/welcome/brand"
