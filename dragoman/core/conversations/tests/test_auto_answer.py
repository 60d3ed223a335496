"""No machine of ours answers a machine, a list, ourselves, junk, or anybody too often."""

import pytest

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.auto_answer import (
    ANSWERS_A_DAY,
    MESSAGES_A_DAY,
    may_auto_answer,
    why_no_auto_answer,
)
from dragoman.core.conversations.models import Conversation, Message
from tests.people import a_house, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


def told(house, *, marks=(), sender="somchai@example.com") -> Message:
    received = write(house, who="somchai@example.com", marks=list(marks), meta={"from": sender})
    with house.acting():
        return Message.objects.select_related("conversation").get(pk=received.message_id)


def answered(house, message, *, automatic=True) -> None:
    with house.acting():
        Message.objects.create(
            workspace_id=house.workspace.pk,
            conversation_id=message.conversation_id,
            direction="out",
            channel="api",
            meta={"automatic": automatic},
        )


def test_a_person_may_get_an_automatic_answer(house):
    message = told(house)
    with house.acting():
        assert may_auto_answer(message)


@pytest.mark.parametrize("mark", ["auto_reply", "bounce", "loop", "list", "other_sender", "own_mailbox"])
def test_what_no_customer_wrote_is_left_alone(house, mark):
    message = told(house, marks=[mark])
    with house.acting():
        assert why_no_auto_answer(message) == "automatic"


@pytest.mark.parametrize(
    "address",
    ["noreply@shop.example", "No-Reply+x@a.example", "mailer-daemon@b.example", "bounces@c.example"],
)
def test_an_address_that_nobody_reads_is_left_alone(house, address):
    message = told(house, sender=address)
    with house.acting():
        assert why_no_auto_answer(message) == "nobody"


def test_our_own_mailboxes_do_not_talk_to_each_other(house):
    message = told(house, sender="sales+x@kaisla.example")
    with house.acting():
        assert may_auto_answer(message)
        add_mailbox(house.brand, address="sales@kaisla.example")
        assert why_no_auto_answer(message) == "own"


def test_junk_is_left_alone_and_so_is_what_we_said_ourselves(house):
    message = told(house)
    with house.acting():
        Conversation.objects.update(junk=True)
        message.conversation.refresh_from_db()
        assert why_no_auto_answer(message) == "junk"
        assert why_no_auto_answer(Message(direction="out")) == "direction"


def test_a_loop_ends_after_a_few_answers_whichever_conversation_they_went_to(house):
    message = told(house)
    for _ in range(ANSWERS_A_DAY):
        answered(house, message, automatic=False)
    with house.acting():
        assert may_auto_answer(message)
    for _ in range(ANSWERS_A_DAY):
        answered(house, message)
    other = write(house, thread_key="other", meta={"from": "somchai@example.com"})
    with house.acting():
        later = Message.objects.get(pk=other.message_id)
        assert later.conversation_id != message.conversation_id
        assert why_no_auto_answer(later) == "too_often"


def test_a_sender_who_writes_all_day_long_gets_no_automatic_answer(house):
    for _ in range(MESSAGES_A_DAY + 1):
        message = told(house)
    with house.acting():
        assert why_no_auto_answer(message) == "too_often"
