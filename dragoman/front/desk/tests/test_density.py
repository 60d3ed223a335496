"""How much a row shows is each agent's own choice, and a mail's row tells its subject and its text."""

import pytest
from django.test import Client

from dragoman.core.accounts.actions import change_agent
from dragoman.core.accounts.models import Agent
from tests.people import PASSWORD, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


def logged_in(agent: Agent) -> Client:
    browser = Client()
    assert browser.login(email=agent.user.email, password=PASSWORD)
    return browser


def test_density_is_remembered_for_the_agent_alone():
    house, other = a_house(), a_house("northbound", owner="mallory")
    greta, mallory = logged_in(house.greta), logged_in(other.greta)
    assert 'data-density="three"' in greta.get("/?view=open").content.decode()
    back = greta.post("/desk/density", {"density": "one"}, headers={"Referer": "http://testserver/?view=all"})
    assert back["Location"] == "http://testserver/?view=all"
    assert 'data-density="one"' in greta.get("/?view=open").content.decode()
    assert 'data-density="one"' in greta.get("/desk/list?view=all").content.decode()
    assert 'data-density="three"' in mallory.get("/?view=open").content.decode()
    # without a choice, the other one; a script needs no page
    assert greta.post("/desk/density", headers={"HX-Request": "true"}).status_code == 204
    assert 'data-density="three"' in greta.get("/?view=open").content.decode()
    assert greta.post("/desk/density", {"density": "<b>"}).status_code == 302
    assert 'data-density="one"' in greta.get("/?view=open").content.decode()
    assert greta.get("/desk/density").status_code == 405


def test_a_row_is_read_in_the_original_by_who_reads_its_language():
    house = a_house()
    write(house, "Missä tilaukseni on?", language="fi")
    settle()
    greta = logged_in(house.greta)
    page = greta.get("/?view=all").content.decode()
    assert "Where is my order?" in page and '<span class="lang"' in page
    with house.acting():
        change_agent(house.greta, changes={"languages": [{"tag": "fi", "level": "good"}]})
    page = greta.get("/?view=all").content.decode()
    assert "Missä tilaukseni on?" in page and '<span class="lang"' not in page


def test_a_mail_tells_its_subject_and_how_its_text_begins():
    house = a_house()
    write(house, "Missä tilaukseni on?", subject="Tilaus KSL-20418", channel="email", language="fi")
    write(house, "Only a word", who="b@example.com", subject="Not shown in a chat")
    settle()
    page = logged_in(house.greta).get("/?view=all").content.decode()
    assert '<span class="subj">' in page and "Tilaus KSL-20418" in page and "Where is my order?" in page
    assert "Not shown in a chat" not in page
