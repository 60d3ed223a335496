"""Both clocks: what a customer gets follows theirs and says so; what agents see their own, with theirs beside it."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import translation

from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.actions.status import snooze
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.customers.models import Customer
from dragoman.front.desk.conversations.clock import both, clock_of_zone
from dragoman.front.desk.conversations.event_lines import sentence
from dragoman.front.desk.replies.slots import values_for
from dragoman.ground.markets.zones import zone
from dragoman.kit.memo import forget_all
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)


@pytest.fixture
def house(settings):
    settings.TRANSLATOR_URL = "fake://"
    forget_all()
    made = a_house()
    with made.acting():
        made.greta.time_zone = "Europe/Helsinki"
        made.greta.save()
    return made


def agent(house) -> Client:
    client = Client()
    client.force_login(house.greta.user)
    return client


def of_a_customer_in(house, zone: str, market: str = "TH") -> int:
    write(house, "Hello, where is my lamp?")
    settle()
    with house.acting():
        Message.objects.update(created_at=NOON)
        Conversation.objects.update(market=market)
        Customer.objects.update(market=market, time_zone=zone)
        return Conversation.objects.get().pk


def test_a_transcript_follows_the_clock_of_whom_it_is_for(house):
    number = of_a_customer_in(house, "Asia/Bangkok")
    page = agent(house).get(f"/conversations/{number}/transcript").content.decode()
    assert "19:00 Bangkok" in page and "times by the clock of Bangkok" in page
    assert "14:00" not in page and "Helsinki" not in page
    ours = agent(house).get(f"/conversations/{number}/transcript?texts=both").content.decode()
    assert "times by the clock of Helsinki" in ours and "14:00 Helsinki" in ours
    assert re.search(r'class="theirs">[^<]*Bangkok', ours)


def test_where_their_clock_is_a_guess_a_transcript_names_the_agents(house):
    number = of_a_customer_in(house, "", market="US")
    page = agent(house).get(f"/conversations/{number}/transcript").content.decode()
    assert "times by the clock of Helsinki" in page


def test_a_pdf_of_it_can_be_made(house):
    number = of_a_customer_in(house, "Asia/Bangkok")
    answer = agent(house).get(f"/conversations/{number}/transcript.pdf?texts=translation")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")


def test_every_moment_beside_a_conversation_says_the_customers_hour_too(house):
    number = of_a_customer_in(house, "Asia/Bangkok")
    with house.acting():
        one = Conversation.objects.get(pk=number)
        add_note(one, agent=house.greta, text="A note")
        snooze(one, agent=house.greta, until=datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2))
    page = agent(house).get(f"/conversations/{number}").content.decode()
    work = page[page.index('id="head"') :]
    moments = re.findall(r"<time [^>]*title=\"([^\"]*)\"", work)
    assert len(moments) >= 3 and all("Bangkok" in one for one in moments), moments
    assert re.search(r"put this aside until [^<]*\([^<]*Bangkok\)", work)


def test_merging_splitting_and_asking_outside_say_it_too(house):
    number = of_a_customer_in(house, "Asia/Bangkok")
    for place in (
        f"/conversations/{number}/merge",
        f"/conversations/{number}/split",
        f"/desk/conversations/{number}/ask",
    ):
        page = agent(house).get(place).content.decode()
        assert all("Bangkok" in one for one in re.findall(r"<time [^>]*title=\"([^\"]*)\"", page)), place


def test_both_clocks_in_a_sentence_only_where_they_differ():
    with translation.override("en"):
        assert "Bangkok" in both(NOON, "Europe/Helsinki", clock_of_zone("Asia/Bangkok"))
        assert "(" not in both(NOON, "Europe/Helsinki", clock_of_zone("Europe/Kyiv"))
        assert both(NOON, "Europe/Helsinki", None) == both(NOON, "Europe/Helsinki", clock_of_zone(""))
        event = {"kind": "snoozed", "until": NOON.isoformat()}
        assert "Bangkok" in sentence(event, by="Mei", zone="UTC", clock=clock_of_zone("Asia/Bangkok"))


def test_today_in_a_text_is_the_day_it_is_at_the_customers(house):
    number = of_a_customer_in(house, "", market="NZ")
    with house.acting():
        one = Conversation.objects.get(pk=number)
        values = values_for(one, house.greta, order="", language="en")
        there = datetime.datetime.now(datetime.UTC).astimezone(zone("Pacific/Auckland"))
        assert f" {there.day}," in values["today"] or f"{there.day} " in values["today"]
