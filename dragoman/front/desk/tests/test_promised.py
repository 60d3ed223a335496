"""Promises of an answer beside a draft and in the list, and the days that a draft names."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dragoman.core.accounts.hours.actions import HoursWritten, save_hours
from dragoman.core.accounts.hours.queries import known
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.models import Acknowledgement, Conversation
from dragoman.core.customers.models import Customer
from dragoman.kit.memo import forget_all
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def house(settings):
    settings.TRANSLATOR_URL = "fake://"
    forget_all()
    made = a_house()
    week = [*[[("09:00", "17:00")]] * 5, [("10:00", "12:00")], []]
    with made.acting():
        save_hours(
            made.workspace.pk, agent=None, written=HoursWritten(time_zone="Europe/Helsinki", week=week)
        )
    known.forget()
    return made


def agent(house) -> Client:
    client = Client()
    client.force_login(house.greta.user)
    return client


def promised(house, after: datetime.timedelta, *, market: str = "DE", key: str = "api:a") -> int:
    """Let a customer write who is told to have an answer by some time from now on."""
    got = write(house, "Where is my lamp?", thread_key=key)
    settle()
    with house.acting():
        Conversation.objects.update(market=market, language="en")
        Customer.objects.update(market=market)
        Acknowledgement.objects.update_or_create(
            workspace_id=house.workspace.pk,
            conversation_id=got.conversation_id,
            defaults={"answer_by": timezone.now() + after},
        )
    return got.conversation_id


def composer(house, number: int, text: str) -> str:
    answer = agent(house).post(
        f"/desk/conversations/{number}/preview",
        {"channel": "api", "text": text},
        headers={"HX-Request": "true"},
    )
    page = answer.content.decode()
    return page[page.index('id="beware"') : page.index('id="sends"')]


def answer(house, number: int) -> None:
    with house.acting():
        one = Conversation.objects.get(pk=number)
        send_reply(one, agent=house.greta, draft=Draft(text="It is on its way", send_as="original"))
    settle()


def test_a_late_promise_is_said_before_sending(house):
    late = promised(house, -HOUR)
    assert "Late: the customer was promised an answer by" in composer(house, late, "Hello")
    answer(house, late)
    assert "promised" not in composer(house, late, "Hello")


def test_a_promise_that_ends_soon_is_said_and_one_far_off_is_not(house):
    assert "min left" in composer(house, promised(house, HOUR / 2), "Hello")
    assert "left." not in composer(house, promised(house, 5 * HOUR, key="api:b"), "Hello")


def test_an_answer_planned_for_later_than_promised_says_so(house):
    page = agent(house).get(f"/desk/conversations/{promised(house, HOUR / 2)}").content.decode()
    assert "Later than promised." in page
    page = agent(house).get(f"/desk/conversations/{promised(house, 400 * HOUR, key='api:b')}")
    assert "Later than promised." not in page.content.decode()


def test_a_conversation_asks_once_what_was_promised(house):
    number, client = promised(house, HOUR / 2), agent(house)
    for ask in (
        lambda: client.get(f"/desk/conversations/{number}"),
        lambda: client.post(
            f"/desk/conversations/{number}/preview",
            {"channel": "api", "text": "Hello"},
            headers={"HX-Request": "true"},
        ),
    ):
        with CaptureQueriesContext(connection) as seen:
            assert ask().status_code == 200
        told = [one["sql"] for one in seen if '"answer_by" IS NOT NULL' in one["sql"]]
        assert len(told) == 1, told


def test_a_day_that_is_a_holiday_there_is_said_with_its_name(house):
    number = promised(house, 400 * HOUR)
    year = timezone.now().year + 1
    said = composer(house, number, f"We send it on 1 January {year}.")
    assert "is a public holiday in Germany" in said and "New Year" in said and "1 January" in said


def test_a_day_we_are_closed_and_an_hour_outside_ours_are_said(house):
    number = promised(house, 400 * HOUR, market="TH")
    monday = timezone.now().date() + datetime.timedelta(days=7)
    while monday.weekday() != 0 or monday.month in (12, 1, 3, 4, 5):
        monday += datetime.timedelta(days=1)
    sunday = monday + datetime.timedelta(days=6)
    with house.acting():
        # nothing is known of the days there
        Conversation.objects.update(market="GE")
        Customer.objects.update(market="GE", time_zone="Asia/Bangkok")
    said = composer(house, number, f"You hear from us on {sunday:%Y-%m-%d}.")
    assert "We are closed on" in said
    # 8 in the evening in Bangkok is the afternoon here, 9 in the morning is the night
    assert "outside our hours" not in composer(house, number, f"We call you on {monday:%Y-%m-%d} at 20:00.")
    said = composer(house, number, f"We call you on {monday:%Y-%m-%d} at 9:00.")
    assert "outside our hours" in said and "Bangkok" in said


def test_a_day_like_any_other_is_not_spoken_of(house):
    number = promised(house, 400 * HOUR)
    day = timezone.now().date() + datetime.timedelta(days=8)
    while day.weekday() != 2 or day.month in (12, 1, 5, 10):
        day += datetime.timedelta(days=1)
    said = composer(house, number, f"You hear from us on {day:%Y-%m-%d}.")
    assert f"{day:%Y-%m-%d}" not in said


def test_late_ones_are_marked_in_the_list_and_found(house):
    late, open_one = promised(house, -HOUR), promised(house, HOUR, key="api:b")
    client = agent(house)

    def found(q: str) -> set[int]:
        page = client.get("/desk/list", {"view": "all", "q": q}).content.decode()
        return {number for number in (late, open_one) if f'id="row-{number}"' in page}

    page = client.get("/desk/list?view=all").content.decode()
    assert page.count("badge warn late") == 1
    assert found("promise:late") == {late} and found("promise:open") == {open_one}
    assert found("-promise:late") == {open_one} and found("promise:nonsense") == set()
    assert found("promise:late OR promise:open") == {late, open_one}
    answer(house, late)
    assert found("promise:late") == set() and found("promise:broken") == {late}
    assert "badge warn late" not in client.get("/desk/list?view=all").content.decode()


def test_mallory_finds_no_promise_of_others(house):
    number = promised(house, -HOUR)
    mallory = a_house("evil", owner="mallory")
    page = agent(mallory).get("/desk/list", {"view": "all", "q": "promise:late"}).content.decode()
    assert f'id="row-{number}"' not in page
