"""The Today page and its API: six numbers with ways to their lists."""

import pytest
from django.test import Client

from tests.people import House, a_house, settle, write


@pytest.fixture
def house(transactional_db) -> House:
    return a_house()


def desk(house: House) -> Client:
    client = Client()
    client.force_login(house.greta.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_page_leads_to_what_it_counts(house):
    got = write(house, "Missä tilaukseni on?", market="FI")
    settle()
    page = desk(house).get("/today").content.decode()
    assert f'href="/conversations/{got.conversation_id}"' in page
    assert "view=unassigned" in page and "market=FI" in page
    assert 'href="/today" aria-current="page"' in page


def test_a_row_without_market_leads_to_those_without_market(house):
    known = write(house, "Missä tilaukseni on?", market="FI").conversation_id
    unknown = write(house, "Missä tilaukseni on?", who="b@example.com", market="").conversation_id
    settle()
    browser = desk(house)
    page = browser.get("/today").content.decode()
    assert "Unknown market" in page and "market=-&amp;language=" in page
    found = browser.get("/?view=open&market=-").content.decode()
    assert f'id="row-{unknown}"' in found and f'id="row-{known}"' not in found
    # a market that stands in no menu keeps its name there
    assert ">Ukraine<" in browser.get("/filters?market=UA").content.decode()


def test_an_empty_day_says_so_and_the_part_is_fetched_alone(house):
    part = desk(house).get("/desk/today").content.decode()
    assert "Nobody waits" in part and "<html" not in part


def test_strangers_are_sent_to_the_log_in(house):
    assert Client().get("/today").status_code == 302


def test_the_api_tells_the_same(house):
    got = write(house)
    headers = {"authorization": f"Bearer {house.token}"}
    told = Client().get("/api/v1/metrics/today?time_zone=Asia/Bangkok", headers=headers).json()
    assert told["open"] == 1 and told["longest_wait"]["conversation"] == str(got.conversation_id)
    assert len(told["came_in_by_hour"]) == 24
    assert Client().get("/api/v1/metrics/today?time_zone=Moon", headers=headers).status_code == 422
    mallory = a_house("northbound", owner="mallory")
    theirs = (
        Client().get("/api/v1/metrics/today", headers={"authorization": f"Bearer {mallory.token}"}).json()
    )
    assert theirs["open"] == 0
