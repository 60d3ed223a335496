"""To, Cc and Bcc: read as people write them, kept with the message, and shown to whom they were meant for."""

import io

import pytest

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.actions import envelopes
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.conversations.outbound import outbound_of
from dragoman.core.conversations.recipients import Recipients, mail_people, read_people
from dragoman.kit.errors import Refusal
from tests.people import a_house, settle

pytestmark = pytest.mark.django_db

MAIL = """From: Maija Virtanen <maija@example.com>
To: help@kaisla.example, "Oy, Kirjanpito" <books@firma.example>
Cc: =?utf-8?q?Sepp=C3=A4l=C3=A4?= <seppo@example.com>, help+x@kaisla.example
Message-ID: <m1@example.com>
Subject: Lasku

Tarvitsen laskun tilauksesta KSL-20424, kiitos.
"""


@pytest.fixture
def house(settings, tmp_path):
    settings.MAIL_URL = f"folder://{tmp_path}/outbox"
    house = a_house()
    with house.acting():
        object.__setattr__(house, "box", add_mailbox(house.brand, address="help@kaisla.example"))
    return house


def arrive(house, mail=MAIL) -> Conversation:
    with house.acting():
        envelope = envelopes.store_envelope("email", f"email:{house.box.pk}", io.BytesIO(mail.encode()))
        envelopes.open_envelope(envelope)
    settle()
    with house.acting():
        return Message.objects.order_by("-pk").first().conversation


@pytest.mark.parametrize(
    "text, values",
    [
        ("a@x.example, b@x.example", ["a@x.example", "b@x.example"]),
        ("Ann <A@X.example>; b@x.example\nc@x.example", ["a@x.example", "b@x.example", "c@x.example"]),
        ('"Oy, Firma" <a@x.example>', ["a@x.example"]),
        ("田中 <tanaka@x.example>、suzuki@x.example", ["tanaka@x.example", "suzuki@x.example"]),
        ("a@x.example، b@x.example", ["a@x.example", "b@x.example"]),
        ("a@x.example, A@x.example", ["a@x.example"]),
        (" ", []),
    ],
)
def test_addresses_are_read_as_people_write_them(text, values):
    assert [person.value for person in read_people(text)] == values


def test_what_is_no_address_is_named():
    with pytest.raises(Refusal, match="maija"):
        read_people("a@x.example, maija at example")


def test_reply_all_reaches_the_mails_own_people_and_never_ourselves(house):
    conversation = arrive(house)
    with house.acting():
        everybody = mail_people(conversation).everybody
    assert [(one.value, one.name) for one in everybody.to] == [("books@firma.example", "Oy, Kirjanpito")]
    assert [(one.value, one.name) for one in everybody.cc] == [("seppo@example.com", "Seppälä")]


def test_copies_and_blind_copies_go_along_and_are_kept_with_the_message(house):
    conversation = arrive(house)
    wanted = Recipients(
        cc=read_people("Seppo <seppo@example.com>"), bcc=read_people("boss@kaisla-group.example")
    )
    with house.acting():
        message = send_reply(
            conversation,
            agent=house.greta,
            draft=Draft(text="Tässä lasku.", send_as="original", recipients=wanted),
        )
        out = outbound_of(message)
        roles = {one.value: one.roles for one in mail_people(conversation).participants}
    assert [one.value for one in out.to] == ["maija@example.com"]
    assert [(one.value, one.name) for one in out.cc] == [("seppo@example.com", "Seppo")]
    assert [one.value for one in out.bcc] == ["boss@kaisla-group.example"]
    assert roles["boss@kaisla-group.example"] == ("bcc",) and "maija@example.com" not in roles


def test_our_own_mailbox_is_refused_among_the_recipients(house):
    conversation = arrive(house)
    wanted = Recipients(cc=read_people("help+maija@kaisla.example"))
    with house.acting(), pytest.raises(Refusal, match="own mailboxes"):
        send_reply(
            conversation, agent=house.greta, draft=Draft(text="x", send_as="original", recipients=wanted)
        )


def test_an_answer_goes_to_the_customer_alone_unless_somebody_says_otherwise(house):
    conversation = arrive(house)
    with house.acting():
        message = send_reply(conversation, agent=house.greta, draft=Draft(text="Hei!", send_as="original"))
        out = outbound_of(message)
    assert [one.value for one in out.to] == ["maija@example.com"] and not out.cc and not out.bcc


def test_somebody_who_was_blind_copied_may_answer_into_the_conversation(house):
    conversation = arrive(house)
    wanted = Recipients(bcc=read_people("boss@kaisla-group.example"))
    with house.acting():
        message = send_reply(
            conversation, agent=house.greta, draft=Draft(text="Hei!", send_as="original", recipients=wanted)
        )
        sent = outbound_of(message).message_id
        Message.objects.filter(pk=message.pk).update(external_id=sent)
    came = arrive(
        house,
        f"From: boss@kaisla-group.example\nTo: help@kaisla.example\nMessage-ID: <b@x>\n"
        f"In-Reply-To: {sent}\nSubject: Re: Lasku\n\nWell done.\n",
    )
    assert came.pk == conversation.pk
    with house.acting():
        assert "other_sender" in Message.objects.filter(direction="in").order_by("-pk").first().marks


def test_the_people_of_a_merged_conversations_mails_are_reached_too(house):
    merged = arrive(house)
    other = "From: Maija <maija@example.com>\nTo: help@kaisla.example\nMessage-ID: <m2@example.com>\n\nToinen asia.\n"
    survivor = arrive(house, other)
    assert survivor.pk != merged.pk
    with house.acting():
        Conversation.objects.filter(pk=survivor.pk).update(joined=[merged.pk])
        survivor.refresh_from_db()
        known = {one.value for one in mail_people(survivor).participants}
    assert known == {"books@firma.example", "seppo@example.com"}
