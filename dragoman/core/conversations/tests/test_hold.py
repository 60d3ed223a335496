"""Answers that can be taken back, are planned for later, or are held because somebody wrote meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from dragoman.core.accounts.actions import add_agent
from dragoman.core.conversations.actions import hold
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.errors import NewerMessage, NotAllowed, TooLate
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.conversations.tasks import sweep_due
from dragoman.core.conversations.thread import messages_of
from dragoman.ground.events.models import StoredEvent
from dragoman.kit.errors import Refusal
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


def asked(house, text="Where is my order?", **more) -> Conversation:
    came = write(house, text, language="en", **more)
    settle()
    with house.acting():
        return Conversation.objects.get(pk=came.conversation_id)


def answer(house, conversation, text="It was shipped today.", **more) -> Message:
    with house.acting():
        return send_reply(conversation, agent=house.greta, draft=Draft(text=text, **more))


def passed(house, message, *, seconds=60) -> None:
    """Let the time pass that a message waits for."""
    with house.acting():
        Message.objects.filter(pk=message.pk).update(due_at=timezone.now() - timedelta(seconds=seconds))
    sweep_due()
    settle()


def fresh(house, row):
    with house.acting():
        row.refresh_from_db()
    return row


def test_an_answer_with_undo_reaches_nobody_before_its_time_and_then_goes_out_once(house):
    conversation = asked(house)
    message = answer(house, conversation, undo=3)
    assert message.delivery == "scheduled" and message.sent_at is None
    with house.acting():
        assert not StoredEvent.objects.filter(name="ReplyStored").exists()
    settle()
    job = ProcrastinateJob.objects.get(task_name__endswith="tasks.release")
    assert timedelta(0) < job.scheduled_at - timezone.now() <= timedelta(seconds=5)
    passed(house, message)
    assert fresh(house, message).delivery == "sent" and message.sent_at
    with house.acting():
        hold.release(house.workspace.pk, message.pk)
        assert StoredEvent.objects.filter(name="ReplyStored").count() == 1
    assert fresh(house, conversation).preview == "It was shipped today."


def test_what_is_taken_back_is_gone_and_the_conversation_stands_as_before(house):
    conversation = asked(house)
    message = answer(house, conversation, undo=3, then="resolved")
    assert fresh(house, conversation).status == "resolved" and conversation.assignee_id == house.greta.pk
    with house.acting():
        text, files = hold.withdraw(message, agent=house.greta)
        assert text == "It was shipped today." and files == []
        assert not Message.objects.filter(pk=message.pk).exists()
    fresh(house, conversation)
    assert conversation.status == "open" and conversation.assignee_id is None
    assert conversation.preview == "Where is my order?"


def test_what_has_gone_out_cannot_be_taken_back(house):
    message = answer(house, asked(house), undo=3)
    passed(house, message)
    with house.acting(), pytest.raises(TooLate):
        hold.withdraw(message, agent=house.greta)


def test_a_light_agent_takes_nothing_back(house):
    message = answer(house, asked(house), undo=3)
    with house.acting():
        light = add_agent(
            house.workspace.pk, email="lea@kaisla.example", name="Lea", role="light_agent", password="x" * 12
        )
        with pytest.raises(NotAllowed):
            hold.withdraw(message, agent=light)
    assert fresh(house, message).delivery == "scheduled"


def test_a_planned_answer_goes_out_at_its_time_and_stands_in_the_thread_where_it_went_out(house):
    conversation = asked(house)
    message = answer(house, conversation, send_at=timezone.now() + timedelta(hours=9))
    settle()
    sweep_due()
    assert fresh(house, message).delivery == "scheduled" and fresh(house, conversation).status == "pending"
    answer(house, conversation, "One more thing.")
    with house.acting():
        assert [view.id for view in messages_of(conversation)][-1] == message.pk
    passed(house, message, seconds=1)
    assert fresh(house, message).delivery == "sent"


def test_a_planned_answer_is_not_sent_over_the_customers_head(house):
    conversation = asked(house)
    message = answer(house, conversation, send_at=timezone.now() + timedelta(hours=9))
    asked(house, "Never mind, it has just arrived!")
    passed(house, message)
    fresh(house, message)
    assert message.delivery == "scheduled" and message.due_at is None and message.failure == "overtaken"
    assert fresh(house, conversation).status == "open" and conversation.unread
    with house.acting():
        hold.send_now(message, agent=house.greta)
    assert fresh(house, message).delivery == "sent"


def test_a_planned_answer_can_be_moved_but_not_into_the_past(house):
    message = answer(house, asked(house), send_at=timezone.now() + timedelta(hours=9))
    later = timezone.now() + timedelta(days=2)
    with house.acting():
        hold.plan_again(message, agent=house.greta, at=later)
        assert fresh(house, message).due_at == later
        with pytest.raises(Refusal, match="future"):
            hold.plan_again(message, agent=house.greta, at=timezone.now() - timedelta(hours=1))
        with pytest.raises(Refusal, match="year"):
            send_reply(
                message.conversation,
                agent=house.greta,
                draft=Draft(text="x", send_at=timezone.now() + timedelta(days=400)),
            )


def test_an_answer_is_held_once_when_the_customer_or_a_colleague_wrote_meanwhile(house):
    conversation = asked(house)
    with house.acting():
        seen = Message.objects.order_by("-pk").first().pk
    asked(house, "Are you there?")
    with pytest.raises(NewerMessage):
        answer(house, conversation, seen=seen)
    with house.acting():
        seen = Message.objects.order_by("-pk").first().pk
        colleague = add_agent(
            house.workspace.pk, email="otto@kaisla.example", name="Otto", role="agent", password="x" * 12
        )
        send_reply(conversation, agent=colleague, draft=Draft(text="Hello from Otto"))
    with pytest.raises(NewerMessage):
        answer(house, conversation, seen=seen)
    with house.acting():
        seen = Message.objects.filter(direction="out").order_by("-pk").first().pk
    assert answer(house, conversation, seen=seen).delivery == "sent"
    assert answer(house, conversation, "and one more", seen=seen).delivery == "sent"
