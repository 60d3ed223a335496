"""The automatic answer: once, in the customer's language, never to machines, and the conversation still waits."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from dragoman.core.accounts.actions import change_brand
from dragoman.core.accounts.hours.actions import HoursWritten, save_hours
from dragoman.core.accounts.queries import acknowledging
from dragoman.core.connections.actions import add_mailbox
from dragoman.core.connections.models import Connection
from dragoman.core.conversations.actions.acknowledge import KIND, acknowledge_messages, words_for
from dragoman.core.conversations.models import Acknowledgement, Conversation, Delivery, Message
from dragoman.core.conversations.outbound import outbound_of
from dragoman.core.language.phrasebook import ours, render
from dragoman.core.texts.actions.variants import Wording, write_variant
from dragoman.core.texts.localised import Entry
from dragoman.kit.memo import forget_all
from dragoman.kit.tags import LANGUAGES
from tests.people import House, a_house, settle, write


@pytest.fixture
def house(transactional_db, settings):
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    made = a_house()
    with made.acting():
        add_mailbox(made.brand, address="help@kaisla.example")
        change_brand(made.brand, changes={"acknowledge": "always"})
    acknowledging.forget()
    return made


def _box(house: House) -> str:
    with house.acting():
        return f"email:{Connection.objects.get().pk}"


def mail(house: House, text: str, **more: object):
    return write(
        house,
        text,
        channel="email",
        source=_box(house),
        meta={"from": "somchai@example.com"},
        **more,
    )


def answers(house: House) -> list[Message]:
    with house.acting():
        return list(Message.objects.filter(direction="out").order_by("pk"))


def test_a_first_mail_is_answered_in_the_customers_language_and_still_waits(house):
    mail(house, "สวัสดีค่ะ สินค้ายังไม่มาถึงเลยค่ะ")
    settle()
    (sent,) = answers(house)
    assert sent.language == "th" and sent.text == render("message_arrived", "th", {})
    assert sent.marks == ["acknowledgement"] and sent.delivery == Delivery.QUEUED and sent.agent_id is None
    with house.acting():
        conversation = Conversation.objects.get()
        assert conversation.status == "open" and conversation.unread
        assert outbound_of(sent).automatic


def test_it_is_sent_once_however_often_it_is_told(house):
    got = mail(house, "Missä tilaukseni on?")
    settle()
    with house.acting():
        acknowledge_messages(house.workspace.pk, [got.message_id])
    mail(house, "Onko kukaan siellä?", conversation_id=got.conversation_id)
    settle()
    assert len(answers(house)) == 1


def test_the_database_allows_one(house):
    got = mail(house, "Hei")
    settle()
    with house.acting(), pytest.raises(IntegrityError), transaction.atomic():
        Acknowledgement.objects.create(workspace_id=house.workspace.pk, conversation_id=got.conversation_id)


@pytest.mark.parametrize("mark", ["auto_reply", "bounce", "loop", "list"])
def test_machines_and_lists_get_none(house, mark):
    mail(house, "I am out of office", marks=[mark])
    settle()
    assert not answers(house)


def test_old_mail_that_is_brought_in_gets_none(house):
    mail(house, "Hello?", sent_at=timezone.now() - timedelta(days=40))
    settle()
    assert not answers(house)


def test_a_machine_that_writes_anew_each_time_runs_dry(house):
    for number in range(7):
        mail(house, f"Ticket {number} opened", thread_key=f"t{number}")
        settle()
    assert len(answers(house)) == 4


def test_the_api_gets_none_and_chat_does(house):
    write(house, "Hello")
    write(house, "Hello", channel="chat", source=f"chat:{house.brand.pk}:v1", kind="handle", who="v1")
    settle()
    assert [sent.channel for sent in answers(house)] == ["chat"]


def test_never_is_never(house):
    with house.acting():
        change_brand(house.brand, changes={"acknowledge": "never"})
    mail(house, "Hei")
    settle()
    assert not answers(house)


def test_own_words_for_a_market_win_over_those_for_the_language(house):
    texts = {"de": "Danke, {name}.", "de@AT": "Servus {name}!", "en": "Hi"}
    with house.acting():
        told = {
            m: words_for(house.brand, language="de", market=m, slots={"name": "Eva"}, texts=texts).text
            for m in ("AT", "DE")
        }
    assert told == {"AT": "Servus Eva!", "DE": "Danke, Eva."}


def test_every_language_of_a_new_workspace_has_words():
    assert all(ours("message_arrived", tag) for tag in LANGUAGES)


def test_what_is_promised_is_told_once_and_kept_in_mind(house):
    with house.acting():
        written = HoursWritten(
            time_zone="Europe/Helsinki", week=[[("00:00", "24:00")]] * 7, targets={"email": 60}
        )
        save_hours(house.workspace.pk, agent=None, written=written)
        wording = Wording("Vastaamme {answer_by}.", "fi", "")
        write_variant(house.workspace.pk, Entry(KIND, KIND, house.brand), wording, agent=None)
    forget_all()
    got = mail(house, "Missä tilaukseni on? Se on myöhässä.", market="FI")
    settle()
    (sent,) = answers(house)
    assert sent.text.startswith("Vastaamme ") and "{" not in sent.text
    with house.acting():
        told = Acknowledgement.objects.get(conversation_id=got.conversation_id)
        due = Message.objects.get(pk=got.message_id).created_at + timedelta(hours=1)
        assert told.answer_by == due
