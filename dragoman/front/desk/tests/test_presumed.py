"""A country that nobody told: its clock, holidays and quiet hours are shown as presumed, and one click confirms it."""

import datetime
from dataclasses import replace
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.customers.models import Customer
from dragoman.core.playbooks.queries import told
from dragoman.front.desk.elbow import strip as strips
from dragoman.front.desk.elbow.market import Market
from dragoman.ground.events.models import StoredEvent
from dragoman.kit.memo import forget_all
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 27)


@pytest.fixture
def house(settings):
    settings.TRANSLATOR_URL = "fake://"
    forget_all()
    return a_house()


def agent(house) -> Client:
    client = Client()
    client.force_login(house.greta.user)
    return client


def of_a_thai(house) -> int:
    """Let somebody write in Thai, of whom nothing else is known."""
    write(house, "สวัสดีค่ะ โคมไฟยังไม่มาถึงเลยค่ะ", name="Ploy")
    settle()
    with house.acting():
        Conversation.objects.update(market="", language="th")
        Customer.objects.update(market="", language="th")
        return Conversation.objects.get().pk


def context(house, number: int) -> str:
    page = agent(house).get(f"/desk/conversations/{number}").content.decode()
    return page[page.index('id="context"') :]


def test_clock_quiet_hours_and_country_are_shown_as_presumed(house):
    number = of_a_thai(house)
    page = context(house, number)
    assert 'presumed" data-clock="Asia/Bangkok"' in page and "probably Bangkok" in page
    assert "probably Thailand" in page and "The country is presumed from the customer" in page
    assert "Quiet hours" in page and 'data-do="market"' in page and 'value="TH"' in page
    with house.acting():
        pk = Customer.objects.get().pk
    person = agent(house).get(f"/customers/{pk}").content.decode()
    assert "probably Thailand" in person and 'data-clock="Asia/Bangkok"' in person


def test_a_holiday_there_says_that_the_country_is_presumed(house):
    number = of_a_thai(house)
    songkran = Market("TH", datetime.date(2027, 4, 13), presumed=True)
    with patch("dragoman.front.desk.elbow.pane.market_of", return_value=songkran):
        page = context(house, number)
    assert "today." in page and "If it is Thailand, as presumed." in page


def test_one_click_confirms_and_one_takes_it_back(house):
    number = of_a_thai(house)
    client = agent(house)
    said = client.post(
        f"/desk/conversations/{number}/market", {"market": "TH"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Country: Thailand" in said and "probably" not in said[said.index('id="context"') :]
    with house.acting():
        assert Customer.objects.get().market == Conversation.objects.get().market == "TH"
        line = Message.objects.get(direction="event", event__kind="market")
        assert line.author == house.greta.name
        row = StoredEvent.objects.get(name="MarketSettled")
    assert row.facts["agent_id"] == house.greta.pk and row.facts["market"] == "TH"
    assert "set the customer&#39;s country: Thailand" in said.replace("'", "&#39;")
    # said again it is no news: not two lines in the log
    client.post(f"/desk/conversations/{number}/market", {"market": "TH"})
    with house.acting():
        assert StoredEvent.objects.filter(name="MarketSettled").count() == 1
    client.post(f"/desk/conversations/{number}/market", {"market": ""})
    with house.acting():
        assert Customer.objects.get().market == ""
    assert "probably Thailand" in context(house, number)


def test_the_card_of_a_presumed_country_says_so_and_puts_no_law_in(house):
    number = of_a_thai(house)
    with house.acting():
        Conversation.objects.update(intent="return_request")
    page = context(house, number)
    card = page[page.index('id="playbook"') :]
    assert card.index("If it is Thailand, as presumed.") < card.index('class="law"')
    assert 'data-do="law"' not in page
    # what is no right there is said of a country that was told, never of a guessed one
    us = Market("US", datetime.date(2027, 4, 13), presumed=True, known=told(0, None, "US", on=TODAY))
    with patch("dragoman.front.desk.elbow.pane.market_of", return_value=us):
        assert "Right of withdrawal" not in context(house, number)
    with patch("dragoman.front.desk.elbow.pane.market_of", return_value=replace(us, presumed=False)):
        assert "Right of withdrawal" in context(house, number)


def test_an_hour_that_is_presumed_has_a_sentence_of_its_own(house):
    number = of_a_thai(house)
    night = datetime.datetime(2026, 11, 27, 23, 1, tzinfo=ZoneInfo("Asia/Bangkok"))
    with patch("dragoman.front.desk.elbow.beware.now_there", return_value=night):
        page = agent(house).get(f"/desk/conversations/{number}").content.decode()
    assert "It is probably" in page and "in probably" not in page


def test_a_told_country_is_not_presumed(house):
    number = of_a_thai(house)
    with house.acting():
        Customer.objects.update(market="JP")
    page = context(house, number)
    assert 'data-clock="Asia/Tokyo"' in page and "probably" not in page and 'data-do="market"' not in page


def test_what_is_no_country_is_refused(house):
    number = of_a_thai(house)
    answer = agent(house).post(
        f"/desk/conversations/{number}/market", {"market": "XX"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 409 and "two letters" in answer.content.decode()


def test_mallory_confirms_nothing(house):
    number = of_a_thai(house)
    mallory = a_house("evil", owner="mallory")
    assert agent(mallory).post(f"/desk/conversations/{number}/market", {"market": "TH"}).status_code == 404
    with house.acting():
        assert Customer.objects.get().market == ""


def test_quiet_hours_say_whether_they_are_now(house):
    number = of_a_thai(house)
    night = datetime.datetime(2026, 11, 27, 16, 40, tzinfo=datetime.UTC)
    with patch.object(strips, "now_there", return_value=night):
        assert ">now<" in context(house, number)
    with patch.object(strips, "now_there", return_value=night - datetime.timedelta(hours=12)):
        assert ">now<" not in context(house, number)
