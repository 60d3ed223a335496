"""Today's numbers: whose day it is, what counts as an answer, and nothing of another workspace."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from dragoman.core.conversations import today
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.conversations.today import today_of
from tests.people import House, a_house, settle, write


@pytest.fixture
def house(transactional_db) -> House:
    return a_house()


def at(message_id: int, moment: datetime) -> None:
    Message.objects.filter(pk=message_id).update(created_at=moment)


def answer(house: House, conversation_id: int) -> Message:
    found = Conversation.objects.get(pk=conversation_id)
    return send_reply(found, agent=house.greta, draft=Draft(text="Hello", send_as="original"))


def test_the_numbers_of_a_day(house):
    noon = datetime(2026, 11, 27, 12, tzinfo=UTC)
    one = write(house, "Missä tilaukseni on?", market="FI")
    two = write(house, "สวัสดีค่ะ", who="malee@example.com", market="TH")
    settle()
    with house.acting():
        at(one.message_id, noon - timedelta(hours=2))
        at(two.message_id, noon - timedelta(hours=1))
        at(answer(house, one.conversation_id).pk, noon - timedelta(hours=1))
        Conversation.objects.filter(pk=two.conversation_id).update(last_message_at=noon - timedelta(hours=1))
        told = today_of(house.workspace.pk, zone="UTC", now=noon)
    assert (told.open, told.unassigned, told.came, told.answered) == (1, 1, 2, 1)
    assert told.longest_id == two.conversation_id and told.longest_since == noon - timedelta(hours=1)
    assert told.first_response == 3600 and told.first_response_usual is None
    assert told.by_hour[10] == 1 and told.by_hour[11] == 1
    assert [(row.market, row.language, row.open) for row in told.waiting] == [("TH", "th", 1)]


def test_all_who_wait_stand_in_a_row_or_are_counted_below(house, monkeypatch):
    for number, market in enumerate(("FI", "TH", "")):
        write(house, "สวัสดีค่ะ", who=f"{number}@example.com", market=market)
    settle()
    with house.acting():
        told = today_of(house.workspace.pk, zone="UTC")
        assert [row.market for row in told.waiting] == ["FI", "TH", ""] and told.waiting_more == 0
        monkeypatch.setattr(today, "ROWS", 1)
        told = today_of(house.workspace.pk, zone="UTC")
        assert (len(told.waiting), told.waiting_more) == (1, 2)


def test_the_open_ones_are_those_of_the_list_without_side_threads(house):
    kept, aside = write(house, "Missä paketti on?"), write(house, "Paketti on meillä", who="c@example.com")
    with house.acting():
        Conversation.objects.filter(pk=aside.conversation_id).update(side_of_id=kept.conversation_id)
        told = today_of(house.workspace.pk, zone="UTC")
    assert (told.open, told.longest_id, sum(row.open for row in told.waiting)) == (1, kept.conversation_id, 1)


def test_the_day_is_the_readers(house):
    now = datetime(2026, 11, 27, 18, tzinfo=UTC)  # one in the morning of the 28th in Bangkok
    got = write(house)
    with house.acting():
        at(got.message_id, now - timedelta(hours=3))
        assert today_of(house.workspace.pk, zone="UTC", now=now).came == 1
        assert today_of(house.workspace.pk, zone="Asia/Bangkok", now=now).came == 0
        assert today_of(house.workspace.pk, zone="No/Where", now=now).came == 1


def test_what_went_out_by_itself_is_no_answer(house):
    got = write(house)
    with house.acting():
        Message.objects.create(
            workspace_id=house.workspace.pk,
            conversation_id=got.conversation_id,
            direction="out",
            channel="api",
            meta={"automatic": True},
        )
        assert today_of(house.workspace.pk, zone="UTC").answered == 0
        answer(house, got.conversation_id)
        told = today_of(house.workspace.pk, zone="UTC")
    assert told.answered == 1 and told.first_response is not None


def test_the_second_answer_is_no_first_response_and_weeks_before_are_compared(house):
    now = timezone.now()
    old, new = write(house), write(house, who="eva@example.com")
    with house.acting():
        week = now - timedelta(weeks=1)
        at(old.message_id, week - timedelta(minutes=10))
        at(answer(house, old.conversation_id).pk, week)
        answer(house, old.conversation_id)
        at(new.message_id, now - timedelta(minutes=5))
        at(answer(house, new.conversation_id).pk, now)
        told = today_of(house.workspace.pk, zone="UTC", now=now)
    assert told.first_response == 300 and told.first_response_usual == 600


def test_failed_deliveries_are_named(house):
    got = write(house)
    with house.acting():
        sent = answer(house, got.conversation_id)
        Message.objects.filter(pk=sent.pk).update(delivery="failed")
        assert today_of(house.workspace.pk, zone="UTC").failed == [got.conversation_id]


def test_nothing_of_another_workspace_is_counted(house):
    write(house)
    mallory = a_house("northbound", owner="mallory")
    with mallory.acting():
        told = today_of(mallory.workspace.pk, zone="UTC")
        assert (told.open, told.came, told.waiting) == (0, 0, [])
        assert today_of(house.workspace.pk, zone="UTC").open == 0
