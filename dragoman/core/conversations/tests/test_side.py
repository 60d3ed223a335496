"""Side threads: an outsider sees what was handed to them, the customer sees nothing of it."""

import io

import pytest

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.actions import envelopes
from dragoman.core.conversations.actions.reply import Draft
from dragoman.core.conversations.actions.side import Asked, start_side_thread
from dragoman.core.conversations.actions.status import set_status
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.conversations.outbound import outbound_of
from dragoman.core.conversations.queries import inbox_page
from dragoman.core.conversations.recipients import read_people
from dragoman.core.conversations.shapes import Filters
from dragoman.ground.channels.ports import Person
from dragoman.kit.errors import Refusal
from tests.people import a_house, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings, tmp_path):
    settings.MAIL_URL = f"folder://{tmp_path}/outbox"
    house = a_house()
    with house.acting():
        object.__setattr__(house, "box", add_mailbox(house.brand, address="help@kaisla.example"))
    return house


def mail(house, who, text, *, to="help@kaisla.example", key="1") -> Message:
    raw = f"From: {who}\nTo: {to}\nMessage-ID: <{key}@out.example>\nSubject: Paketti\n\n{text}\n"
    with house.acting():
        envelope = envelopes.store_envelope("email", f"email:{house.box.pk}", io.BytesIO(raw.encode()))
        envelopes.open_envelope(envelope)
    settle()
    with house.acting():
        return Message.objects.filter(direction="in").order_by("-pk").select_related("conversation").first()


def ask(house, message, **more) -> Conversation:
    asked = Asked(Person("email", "desk@carrier.example", "Carrier desk"), language="de", **more)
    with house.acting():
        return start_side_thread(
            message.conversation,
            agent=house.greta,
            asked=asked,
            draft=Draft(text="Wo ist das Paket?", send_as="original", language="de"),
        )


def test_an_outsider_gets_what_was_handed_on_and_the_customer_nothing(house):
    first = mail(house, "Maija <maija@example.com>", "Missä paketti on?", key="1")
    second = mail(house, "Maija <maija@example.com>", "Osoitteeni on salainen.", key="2")
    side = ask(house, first, forwarded=[first.pk])
    with house.acting():
        sent = Message.objects.get(conversation=side, direction="out")
        out = outbound_of(sent)
    assert [one.value for one in out.to] == ["desk@carrier.example"]
    assert "> Missä paketti on?" in out.text and "salainen" not in out.text
    assert not out.references and side.language == "de" and second.pk
    with house.acting():
        seen = Message.objects.filter(conversation=first.conversation, direction="out")
        assert not seen.exists()


def test_what_the_outsider_answers_stays_beside_and_wakes_the_conversation(house):
    message = mail(house, "Maija <maija@example.com>", "Missä paketti on?")
    side = ask(house, message)
    with house.acting():
        set_status(message.conversation, agent=house.greta, status="resolved")
        reply_to = outbound_of(Message.objects.get(conversation=side, direction="out")).reply_to
    came = mail(house, "desk@carrier.example", "Es liegt in Hamburg.", to=reply_to, key="3")
    assert came.conversation_id == side.pk
    with house.acting():
        parent = Conversation.objects.get(pk=message.conversation_id)
        lines = [
            line["kind"]
            for line in Message.objects.filter(conversation=parent, direction="event").values_list(
                "event", flat=True
            )
        ]
    assert parent.status == "open" and parent.unread
    # it comes back to who asked, at the top of the list
    assert parent.assignee_id == house.greta.pk and parent.last_message_at > came.created_at
    assert lines.count("side_answered") == 1 and "side_started" in lines


def test_lists_show_the_conversation_and_a_search_finds_its_side_thread_too(house):
    message = mail(house, "Maija <maija@example.com>", "Missä paketti on?")
    side = ask(house, message)
    settle()
    with house.acting():
        listed = [row.id for row in inbox_page(house.greta, view="all").items]
        found = [row.id for row in inbox_page(house.greta, view="all", filters=Filters(q="Paket")).items]
    assert listed == [message.conversation_id] and side.pk in found


def test_a_side_thread_has_no_side_threads_and_does_not_go_to_ourselves(house):
    message = mail(house, "Maija <maija@example.com>", "Missä paketti on?")
    side = ask(house, message)
    with house.acting():
        with pytest.raises(Refusal, match="side thread"):
            start_side_thread(
                side, agent=house.greta, asked=Asked(read_people("x@y.example")[0]), draft=Draft(text="x")
            )
        with pytest.raises(Refusal, match="own mailboxes"):
            start_side_thread(
                message.conversation,
                agent=house.greta,
                asked=Asked(read_people("help@kaisla.example")[0]),
                draft=Draft(text="x"),
            )
