"""The search box remembers, offers operators and their values where the cursor stands, and forgets."""

import re
from html import unescape

import pytest
from django.test import Client

from dragoman.core.accounts.actions import change_workspace, set_team
from dragoman.core.accounts.models import Agent
from dragoman.core.segments.queries import recent_searches_of
from dragoman.front.desk.searching.place import place_in
from tests.people import PASSWORD, House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


def logged_in(agent: Agent) -> Client:
    browser = Client()
    assert browser.login(email=agent.user.email, password=PASSWORD)
    return browser


@pytest.fixture
def house() -> House:
    return a_house()


@pytest.fixture
def greta(house: House) -> Client:
    return logged_in(house.greta)


def offered(browser: Client, q: str, at: int | None = None) -> dict[str, tuple[str, int]]:
    """Return what the box offers: {shown: (the search then, its cursor)}."""
    answer = browser.get("/desk/suggest", {"q": q, **({} if at is None else {"at": at})})
    assert answer.status_code == 200
    page = answer.content.decode()
    found = re.findall(
        r'role="option".*?data-q="([^"]*)" data-at="(\d+)".*?<bdi[^>]*>([^<]*)</bdi>', page, re.DOTALL
    )
    return {unescape(shown): (unescape(text), int(at)) for text, at, shown in found}


def test_a_date_that_is_none_says_so_in_its_chip(greta):
    page = greta.get("/?q=lamp+before:99").content.decode()
    assert '<a class="badge bad"' in page and "<span>no day</span>" in page
    assert "no day" not in greta.get("/?q=lamp+before:7d").content.decode()


def test_a_customer_called_just_so_comes_without_those_called_almost_so(house, greta):
    for name in ("Maija Virtanen", "Ville Virtala"):
        write(house, "Hei", who=f"{name.split()[1].lower()}@example.fi", name=name)
    settle()

    def found(q: str) -> list[str]:
        page = greta.get("/customers", {"q": q}).content.decode()
        return [name for name in ("Maija Virtanen", "Ville Virtala") if name in page]

    assert found("Virtanen") == ["Maija Virtanen"] and found("virta") == ["Maija Virtanen", "Ville Virtala"]
    # an inflected name is nobody's as it stands
    assert "Maija Virtanen" in found("Virtasen")


def test_what_was_searched_for_is_offered_again_and_forgotten(house: House, greta: Client) -> None:
    other = logged_in(a_house("northbound", owner="mallory").greta)
    for q in ("lamppu", "KSL-20418", "<b>bold</b>"):
        assert greta.get("/", {"q": q}).status_code == 200
    # neither a page further back nor the list fetched anew is a search of its own
    greta.get("/desk/list", {"q": "from the stream"})
    assert [shown for shown in offered(greta, "") if ":" not in shown] == [
        "<b>bold</b>",
        "KSL-20418",
        "lamppu",
    ]
    assert next(iter(offered(greta, "lam"))) == "lamppu"
    assert "lamppu" not in offered(other, "")
    assert other.post("/desk/searches/forget").status_code == 302
    assert other.post("/desk/searches/forget", {"q": "lamppu"}).status_code == 302
    assert "lamppu" in offered(greta, "")
    one = greta.post("/desk/searches/forget", {"q": "<b>bold</b>"}, headers={"HX-Request": "true"})
    assert one.status_code == 204
    with house.acting():
        assert recent_searches_of(house.greta) == ["KSL-20418", "lamppu"]
    greta.post("/desk/searches/forget")
    with house.acting():
        assert recent_searches_of(house.greta) == []


def test_operators_are_offered_by_their_first_letters(greta: Client) -> None:
    assert offered(greta, "lamp ma") == {"market:": ("lamp market:", 12)}
    assert offered(greta, "-ta")["-tag:"] == ("-tag:", 5)
    assert "from:" in offered(greta, "") and "filename:" not in offered(greta, "")


def test_values_are_offered_where_they_are_few(house: House, greta: Client) -> None:
    with house.acting():
        change_workspace(house.workspace, changes={"languages": ["fi", "th", "en"]})
        set_team(house.workspace.pk, name="Returns and refunds", members=[house.greta])
    assert set(offered(greta, "lang:")) == {"lang:fi", "lang:th", "lang:en"}
    assert offered(greta, "lang:t") == {"lang:th": ("lang:th ", 8)}
    assert offered(greta, "language:fin") == {"lang:fi": ("lang:fi ", 8)}
    assert offered(greta, "status:sn") == {"status:snoozed": ("status:snoozed ", 15)}
    assert offered(greta, "market:thai") == {"market:TH": ("market:TH ", 10)}
    assert set(offered(greta, "channel:")) == {"channel:email", "channel:chat", "channel:api"}
    assert offered(greta, "team:ref") == {
        'team:"Returns and refunds"': ('team:"Returns and refunds" ', 27),
    }
    assert "before:7d" in offered(greta, "before:") and "is:unread" in offered(greta, "is:")
    assert set(offered(greta, "has:")) == {"has:attachment"}
    # a name alone means its operator
    assert offered(greta, "lamp finn")["lang:fi"] == ("lamp lang:fi ", 13)
    # what is complete, and what may be anything, is left alone
    assert offered(greta, "lang:th") == {} and offered(greta, "from:som") == {}
    assert offered(greta, "nonsense:x") == {}


def test_every_value_that_is_offered_is_understood(house: House, greta: Client) -> None:
    write(house, "hei", language="fi")
    settle()
    for name in ("lang", "market", "brand", "channel", "status", "assignee", "team", "intent", "has", "is"):
        for shown in offered(greta, f"{name}:"):
            page = greta.get("/", {"q": shown, "view": "all"}).content.decode()
            assert 'class="hint"' not in page, shown
    for name in ("before", "after", "on"):
        for shown in offered(greta, f"{name}:"):
            assert 'class="hint"' not in greta.get("/", {"q": shown}).content.decode(), shown


def test_what_stands_around_the_cursor_stays(greta: Client) -> None:
    assert offered(greta, "lamp lang:f from:somchai", 11)["lang:fi"] == ("lamp lang:fi from:somchai", 13)
    assert offered(greta, "สวัสดี lang:f", 13)["lang:fi"] == ("สวัสดี lang:fi ", 15)
    assert place_in("a b", 2).filled("x:") == ("a x: b", 5)
    assert place_in("lamp", 2).filled("lang:fi") == ("lang:fi ", 8)
    assert place_in('from:"anna k', 12).typed == "anna k"
    assert place_in('"a b" ', 6).typed == ""


@pytest.mark.parametrize("q", ["", "'", '"', "((", "\x00", "-", ":", "a:" * 200, "%s %", "𝒳" * 400])
def test_anything_may_be_typed(greta: Client, q: str) -> None:
    for at in (0, 1, 9999):
        assert greta.get("/desk/suggest", {"q": q, "at": at, "box": "<x>"}).status_code == 200


def test_a_stranger_is_offered_nothing() -> None:
    assert Client().get("/desk/suggest?q=").status_code == 302
    assert Client().post("/desk/searches/forget").status_code in {302, 403}


def test_a_search_for_customers_that_finds_nobody_leads_to_the_messages(greta):
    page = greta.get("/customers", {"q": "+358 40&1"}).content.decode()
    assert 'href="/?q=%2B358%2040%261"' in page
