"""Mails in the shapes of real programs find the conversation they answer, whatever the program left out or rewrote."""

import io
from email.message import EmailMessage

import pytest

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.actions import envelopes
from dragoman.core.conversations.actions.deliver import deliver_conversation
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.conversations.reply_token import make_token
from tests.people import a_house

pytestmark = pytest.mark.django_db
BOX = "help@kaisla.example"
INDEX = "AdvX0Z0uQ5n8nqk2Q3GkUe2u0c1yWg=="


@pytest.fixture
def house(settings, tmp_path):
    settings.MAIL_URL = f"folder://{tmp_path}/outbox"
    house = a_house()
    with house.acting():
        object.__setattr__(house, "box", add_mailbox(house.brand, address=BOX))
    return house


def letter(
    text, *, subject="Order KSL-1", who="Maija <maija@example.com>", to=BOX, number=1, **headers
) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = who, to, subject
    made["Message-ID"] = headers.pop("message_id", f"<{number}@example.com>")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def arrive(house, raw: bytes) -> list[Message]:
    with house.acting():
        envelope = envelopes.store_envelope("email", f"email:{house.box.pk}", io.BytesIO(raw))
        envelopes.open_envelope(envelope)
        return list(Message.objects.filter(envelope_id=envelope.pk))


def asked_and_answered(house, **first) -> Message:
    """Let Maija ask and Greta answer; returns the answer as it went out."""
    [asked] = arrive(house, letter("Where is my parcel?", **first))
    with house.acting():
        conversation = Conversation.objects.get(pk=asked.conversation_id)
        sent = send_reply(conversation, agent=house.greta, draft=Draft("On its way.", send_as="original"))
        deliver_conversation(house.workspace.pk, conversation.pk)
        sent.refresh_from_db()
    return sent


# each is what one program makes of a reply to `{id}`; the quotation is as it writes it
PROGRAMS = {
    "apple_mail_references_rewritten_by_a_gateway": {
        "subject": "Re: Order KSL-1",
        "message_id": "<9A1B2C3D-1111-2222-3333-444455556666@example.com>",
        "In_Reply_To": "<0100018f@gateway.example>",
        "References": "<0100018e@gateway.example> <0100018f@gateway.example>",
        "X_Mailer": "Apple Mail (2.3774.600.62)",
        "text": "Thanks!\n\n> On 2. Jun 2025, at 10.00, Kaisla <help@kaisla.example> wrote:\n> \n> On its way.\n",
    },
    "apple_mail_whole_references": {
        "subject": "Re: Order KSL-1",
        "In_Reply_To": "<{id}>",
        "References": "<1@example.com> <{id}>",
        "text": "Thanks!\n\n> On 2. Jun 2025, at 10.00, Kaisla <help@kaisla.example> wrote:\n> \n> On its way.\n",
    },
    "outlook_german_without_ids": {
        "subject": "AW: Order KSL-1",
        "message_id": "<DB9PR01MB1234@DB9PR01MB1234.eurprd01.prod.example.com>",
        "Thread_Topic": "Order KSL-1",
        "Thread_Index": INDEX,
        "text": "Danke!\n\nVon: Kaisla <help@kaisla.example>\nGesendet: Montag, 2. Juni 2025 10:00\nAn: Maija\nBetreff: Re: Order KSL-1\n\nOn its way.\n",
    },
    "outlook_twice_translated_prefix": {
        "subject": "RE: AW: Order KSL-1",
        "message_id": "<DB9PR01MB5678@DB9PR01MB5678.eurprd01.prod.example.com>",
        "Thread_Index": "AdvY",
        "text": "Thank you!\n",
    },
    "outlook_subject_changed_but_the_index_kept": {
        "subject": "The other thing",
        "message_id": "<DB9PR01MB9999@DB9PR01MB9999.eurprd01.prod.example.com>",
        "Thread_Index": INDEX,
        "text": "And another thing.\n",
    },
    "gmail": {
        "subject": "Re: Order KSL-1",
        "message_id": "<CAF=abcDEF123_x+y@mail.gmail.com>",
        "In_Reply_To": "<{id}>",
        "References": "<1@example.com> <{id}>",
        "text": "Kiitos!\n\nOn Mon, Jun 2, 2025 at 10:00 AM Kaisla <help@kaisla.example> wrote:\n\n> On its way.\n>\n",
    },
    "yahoo_old_ids_in_one_line": {
        "subject": "Re: Order KSL-1",
        "message_id": "<1234567.7654321.1717310000000@mail.yahoo.com>",
        "References": "<1234567.1.1717310000000.ref@mail.yahoo.com> <{id}>",
        "text": "Thanks!\n\n    On Monday, June 2, 2025 at 10:00:00 AM GMT+3, Kaisla <help@kaisla.example> wrote:  \n \n On its way.\n",
    },
    "a_ticket_system_that_kept_only_our_reply_address": {
        "subject": "[Ticket 77] Order KSL-1",
        "who": "Service <tickets@partner.example>",
        "to": "help+d{token}@kaisla.example",
        "text": "We have a look.\n",
    },
}


@pytest.mark.parametrize("program", list(PROGRAMS))
def test_a_programs_reply_joins_what_it_answers(house, program):
    sent = asked_and_answered(house, Thread_Index=INDEX)
    with house.acting():
        token = make_token(house.workspace.pk, sent.conversation_id)
    shape = {
        name: value.format(id=sent.external_id, token=token) for name, value in PROGRAMS[program].items()
    }
    [reply] = arrive(house, letter(shape.pop("text"), number=2, **shape))
    assert reply.conversation_id == sent.conversation_id
    assert "On its way" not in reply.text


def test_a_customers_reply_to_another_subject_is_a_conversation_of_its_own(house):
    sent = asked_and_answered(house)
    [reply] = arrive(
        house, letter("Hi", number=2, subject="Re: Something else", References="<x@elsewhere.example>")
    )
    assert reply.conversation_id != sent.conversation_id


def test_a_stranger_with_the_same_subject_and_index_joins_nothing(house):
    sent = asked_and_answered(house, Thread_Index=INDEX)
    shape = {"subject": "Re: Order KSL-1", "Thread_Index": INDEX, "In_Reply_To": f"<{sent.external_id}>"}
    [reply] = arrive(house, letter("Me too", number=2, who="Mallory <mallory@example.net>", **shape))
    assert reply.conversation_id != sent.conversation_id


@pytest.mark.parametrize(
    ("to", "headers"),
    [
        ("help+summer@kaisla.example", {}),
        ("Kaisla <orders@kaisla.example>", {"Delivered_To": BOX}),
        ("anything-at-all@kaisla.example", {"X_Original_To": "anything-at-all@kaisla.example"}),
        ("undisclosed-recipients:;", {"Envelope_To": BOX}),
    ],
)
def test_mail_to_an_alias_a_plus_address_or_a_catch_all_is_an_ordinary_mail(house, to, headers):
    [asked] = arrive(house, letter("Where is my parcel?", to=to, **headers))
    assert (asked.meta["from"], asked.marks) == ("maija@example.com", [])
    sent = asked_and_answered(house, to=to, number=3, **headers)
    assert sent.meta["to"] == "maija@example.com"


MDN = """From: Maija <maija@example.com>
To: help@kaisla.example
Subject: Read: Order KSL-1
Message-ID: <mdn@example.com>
Date: Mon, 2 Jun 2025 12:00:00 +0300
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary=b

--b
Content-Type: text/plain

Your message was displayed.
--b
Content-Type: message/disposition-notification

Final-Recipient: rfc822;maija@example.com
Original-Message-ID: <{id}>
Disposition: manual-action/MDN-sent-manually; {word}

--b--
"""


@pytest.mark.parametrize(("word", "state"), [("displayed", "read"), ("deleted", "delivered")])
def test_a_read_receipt_turns_the_tick_and_opens_nothing(house, word, state):
    sent = asked_and_answered(house)
    arrive(house, MDN.format(id=sent.external_id, word=word).encode())
    with house.acting():
        sent.refresh_from_db()
        assert sent.delivery == state
        assert Conversation.objects.count() == 1
