"""A list is saved in one step, then named, shared, ordered, removed; counts are asked for beside the page."""

import json

import pytest
from django.core.cache import cache
from django.test import Client

from dragoman.core.accounts.actions import add_agent, set_team
from dragoman.core.accounts.models import Agent, Role
from dragoman.core.segments.models import SavedView
from tests.people import PASSWORD, House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def logged_in(agent: Agent) -> Client:
    browser = Client()
    assert browser.login(email=agent.user.email, password=PASSWORD)
    return browser


def colleague(house: House, name: str = "Lars") -> Agent:
    with house.acting():
        return add_agent(
            house.workspace.pk,
            email=f"{name.lower()}@kaisla.example",
            name=name,
            role=Role.AGENT,
            password=PASSWORD,
        )


def saved(house: House, browser: Client, name: str, **facts: str) -> int:
    assert browser.post("/desk/views", {"name": name, "view": "all", **facts}).status_code == 302
    with house.acting():
        return SavedView.objects.get(name=name).pk


def names(browser: Client) -> list[str]:
    page = browser.get("/settings/views").content.decode()
    return [part.partition("</bdi>")[0] for part in page.partition("<ol")[2].split('"><bdi>')[1:]]


def test_a_search_is_saved_and_counted_in_the_column_and_by_programs():
    house = a_house()
    write(house, "lamppu on rikki", language="fi")
    settle()
    browser = logged_in(house.greta)
    assert "Save this view" in browser.get("/?q=lamppu").content.decode()
    facts = {"name": "Lamps", "q": "lamppu", "view": "all", "shared": "everybody"}
    answer = browser.post("/desk/views", facts)
    assert answer.status_code == 302 and answer["Location"] == "/?view=all&q=lamppu"
    page = browser.get("/").content.decode()
    assert "Saved views" in page and "Lamps" in page
    headers = {"Authorization": f"Bearer {house.token}"}
    api = Client(headers=headers)
    [view] = api.get("/api/v1/views").json()["items"]
    found = api.get(f"/api/v1/views/{view['id']}/conversations").json()["items"]
    assert [row["found_in"] for row in found] == ["text"]
    body = {
        "ids": [found[0]["id"], "999999"],
        "change": {"verb": "add_tags", "value": "vip"},
        "dry_run": True,
    }
    tried = api.post("/api/v1/conversations/bulk", json.dumps(body), content_type="application/json").json()
    assert (tried["changed"], tried["skipped"]) == (1, {"gone": 1})


def test_the_page_waits_for_no_count_and_the_column_asks_for_it():
    house = a_house()
    write(house, "lamppu on rikki", language="fi")
    settle()
    browser = logged_in(house.greta)
    saved(house, browser, "Lamps", q="lamppu")
    page = browser.get("/").content.decode()
    assert 'hx-get="/desk/views/counts?view=mine" hx-trigger="load"' in page
    assert '<span class="count"></span>' in page
    column = browser.get("/desk/views/counts?view=all&q=lamppu").content.decode()
    assert '<span class="count">1</span>' in column and "hx-get" not in column
    assert 'aria-current="page"' in column
    write(house, "lamppu taas", who="other@example.com", language="fi")
    settle()
    # counted a moment ago: shown at once, and asked for again when that is old
    assert '<span class="count">1</span>' in browser.get("/desk/views/counts").content.decode()
    assert 'hx-trigger="load delay:' in browser.get("/").content.decode()
    cache.clear()
    assert '<span class="count">2</span>' in browser.get("/desk/views/counts").content.decode()


def test_a_view_keeps_its_order_and_is_known_again_when_it_is_open():
    house = a_house()
    old = write(house, "first", who="a@example.com").conversation_id
    new = write(house, "second", who="b@example.com").conversation_id
    settle()
    browser = logged_in(house.greta)
    saved(house, browser, "Longest waiting", sort="last_message_at")
    page = browser.get("/?view=all&sort=last_message_at").content.decode()
    assert page.index(f'id="row-{old}"') < page.index(f'id="row-{new}"')
    assert "<bdi>Longest waiting</bdi></h2>" in page and "This saved view" in page
    assert "This saved view" not in browser.get("/?view=all").content.decode()


def test_a_view_is_renamed_shared_with_a_team_shown_otherwise_and_removed():
    house, lars = a_house(), None
    lars = colleague(house)
    with house.acting():
        team = set_team(house.workspace.pk, name="Returns", members=[lars])
    greta, other = logged_in(house.greta), logged_in(lars)
    view = saved(house, greta, "Lamps", q="lamppu")
    assert names(other) == []
    answer = greta.post(f"/settings/views/{view}", {"name": "Lamps, all", "shared": f"team:{team.pk}"})
    assert answer.status_code == 302
    # also whose it is, though in no team: else it could not be taken back
    assert names(other) == ["Lamps, all"] and names(greta) == ["Lamps, all"]
    assert greta.get(f"/settings/views/{view}").status_code == 200
    # a member sees it and may not change it
    assert "A lead can change it" in other.get(f"/settings/views/{view}").content.decode()
    assert other.post(f"/settings/views/{view}", {"name": "Mine", "shared": "own"}).status_code == 422
    assert other.get(f"/settings/views/{view}/remove").status_code == 403
    own = saved(house, other, "Finnish", language="fi")
    assert other.post(f"/settings/views/{own}", {"name": "Finnish", "shared": "everybody"}).status_code == 422
    assert other.post(f"/settings/views/{own}", {"name": " ", "shared": "own"}).status_code == 422
    assert other.post(f"/desk/views/{own}", {"name": "Suomi", "shared": f"team:{team.pk}"}).status_code == 302
    answer = other.post("/desk/views", {"replace": own, "view": "open", "market": "FI", "sort": "id"})
    assert answer["Location"] == "/?view=open&market=FI&sort=id"
    assert "Remove <bdi>Suomi</bdi>?" in other.get(f"/settings/views/{own}/remove").content.decode()
    assert other.post(f"/settings/views/{own}/remove").status_code == 302
    assert names(other) == ["Lamps, all"]
    assert other.post(f"/desk/views/{own}/remove", {"back": "1"}).status_code == 302
    assert names(other) == ["Lamps, all", "Suomi"]


def test_who_leads_reaches_the_view_of_a_team_they_are_not_in():
    house = a_house()
    lars, mei = colleague(house), colleague(house, "Mei")
    with house.acting():
        team = set_team(house.workspace.pk, name="Returns", members=[lars])
    greta, other = logged_in(house.greta), logged_in(lars)
    view = saved(house, other, "Lamps", q="lamppu", shared=f"team:{team.pk}")
    assert "Lamps" not in greta.get("/").content.decode()
    listed = greta.get("/settings/views").content.decode()
    assert "Views of other teams" in listed and f"/settings/views/{view}" in listed
    assert "Remove the view" in greta.get(f"/settings/views/{view}").content.decode()
    answer = greta.post(f"/settings/views/{view}", {"name": "Lights", "shared": f"team:{team.pk}"})
    assert answer.status_code == 302 and names(other) == ["Lights"]
    # who neither leads nor is in the team does not
    assert names(logged_in(mei)) == []
    assert logged_in(mei).get(f"/settings/views/{view}").status_code == 404


def test_everybody_orders_their_own_column():
    house = a_house()
    greta, lars = logged_in(house.greta), logged_in(colleague(house))
    first = saved(house, greta, "One", q="one", shared="everybody")
    saved(house, greta, "Two", q="two", shared="everybody")
    saved(house, lars, "Three", q="three")
    assert names(lars) == ["One", "Two", "Three"]
    assert lars.post(f"/desk/views/{first}/move", {"up": "0"}).status_code == 302
    assert names(lars) == ["Two", "One", "Three"]
    assert names(greta) == ["One", "Two"]
    scripted = lars.post(f"/desk/views/{first}/move", {"up": "1"}, headers={"HX-Request": "true"})
    assert scripted["HX-Trigger"] == "list-changed"
    assert names(lars) == ["One", "Two", "Three"]
    saved(house, greta, "New", q="new", shared="everybody")
    assert names(lars) == ["One", "Two", "Three", "New"]


def test_the_palette_opens_saved_views():
    house = a_house()
    browser = logged_in(house.greta)
    saved(house, browser, "Broken lamps", q="lamppu", sort="id")
    page = browser.get("/desk/palette?q=broken").content.decode()
    assert 'data-href="/?view=all&amp;q=lamppu&amp;sort=id"' in page and "Broken lamps" in page


def test_mallory_neither_sees_nor_changes_a_view():
    house, other = a_house(), a_house("northbound", owner="mallory")
    greta, mallory = logged_in(house.greta), logged_in(other.greta)
    view = saved(house, greta, "Lamps", q="lamppu", shared="everybody")
    assert names(mallory) == []
    assert "Lamps" not in mallory.get("/desk/views/counts").content.decode()
    for address in (f"/settings/views/{view}", f"/settings/views/{view}/remove"):
        assert mallory.get(address).status_code == 404
        assert mallory.post(address, {"name": "Mine", "shared": "own"}).status_code == 404
    for address in (f"/desk/views/{view}", f"/desk/views/{view}/move", f"/desk/views/{view}/remove"):
        assert mallory.post(address, {"name": "Mine"}).status_code == 404
    assert names(greta) == ["Lamps"]
