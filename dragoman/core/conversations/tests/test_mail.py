"""Mail joins a conversation by our token or by a known sender's reference, and by nothing else."""

import io
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.actions import envelopes
from dragoman.core.conversations.actions.deliver import deliver_conversation
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.models import Attachment, Conversation, Envelope, Message
from dragoman.core.conversations.reply_token import make_token, read_token
from dragoman.core.customers.models import Customer
from dragoman.ground.events.models import StoredEvent
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


def mail(
    text="Where is KSL-1?", *, who="maija@example.com", subject="Order", to="help@kaisla.example", **headers
):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Maija <{who}>", to, subject
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def arrive(house, made) -> Envelope:
    """Let a mail come in and be opened."""
    raw = made if isinstance(made, bytes) else made.as_bytes()
    with house.acting():
        envelope = envelopes.store_envelope("email", f"email:{house.box.pk}", io.BytesIO(raw))
        envelopes.open_envelope(envelope)
        envelope.refresh_from_db()
    return envelope


def inbound(house) -> list[Message]:
    with house.acting():
        return list(Message.objects.filter(direction="in").order_by("pk"))


def test_a_mail_becomes_a_message_and_its_job_is_queued_with_the_envelope(house):
    with house.acting():
        envelopes.store_envelope("email", f"email:{house.box.pk}", io.BytesIO(mail().as_bytes()))
    settle()
    assert ProcrastinateJob.objects.filter(task_name__endswith="tasks.open_envelope").count() == 1
    assert not inbound(house)


def test_the_same_mail_twice_is_one_message_and_another_body_under_its_id_is_kept_and_marked(house):
    arrive(house, mail(Message_ID="<a@x.example>"))
    again = mail(Message_ID="<a@x.example>")
    again["Received"] = "from relay.example"
    arrive(house, again)
    assert len(inbound(house)) == 1
    arrive(house, mail("Something else entirely", Message_ID="<a@x.example>"))
    first, second = inbound(house)
    assert "reused_id" in second.marks and second.text.startswith("Something else")


def test_two_mails_with_one_subject_are_two_conversations(house):
    arrive(house, mail(Message_ID="<a@x.example>"))
    arrive(house, mail(Message_ID="<b@x.example>"))
    first, second = inbound(house)
    assert first.conversation_id != second.conversation_id
    with house.acting():
        assert Customer.objects.count() == 1


def test_a_reply_to_our_mail_comes_back_into_its_conversation(house):
    arrive(house, mail(Message_ID="<a@x.example>"))
    with house.acting():
        conversation = Conversation.objects.get()
        sent = send_reply(
            conversation, agent=house.greta, draft=Draft("It is on its way.", send_as="original")
        )
        deliver_conversation(house.workspace.pk, conversation.pk)
        sent.refresh_from_db()
        assert sent.delivery == "sent" and sent.external_id
    arrive(house, mail("Thanks!", Message_ID="<c@x.example>", In_Reply_To=f"<{sent.external_id}>"))
    token = make_token(house.workspace.pk, conversation.pk)
    arrive(
        house,
        mail(
            "Thanks again!",
            Message_ID="<d@x.example>",
            who="other@work.example",
            to=f"help+d{token}@kaisla.example",
        ),
    )
    assert {message.conversation_id for message in inbound(house)} == {conversation.pk}


def test_a_stranger_who_refers_to_our_mail_gets_a_conversation_of_their_own(house):
    arrive(house, mail(Message_ID="<a@x.example>"))
    arrive(
        house,
        mail(
            "Let me in",
            who="mallory@evil.example",
            Message_ID="<m@evil.example>",
            In_Reply_To="<a@x.example>",
        ),
    )
    first, second = inbound(house)
    assert first.conversation_id != second.conversation_id


def test_a_reply_to_a_closed_conversation_opens_a_linked_one(house):
    arrive(house, mail(Message_ID="<a@x.example>"))
    with house.acting():
        Conversation.objects.update(status="closed")
    arrive(house, mail("Again", Message_ID="<b@x.example>", In_Reply_To="<a@x.example>"))
    first, second = inbound(house)
    with house.acting():
        assert Conversation.objects.get(pk=second.conversation_id).previous_id == first.conversation_id


def test_an_auto_reply_is_kept_and_does_not_reopen(house):
    arrive(house, mail(Message_ID="<a@x.example>"))
    with house.acting():
        Conversation.objects.update(status="resolved")
    arrive(
        house,
        mail(
            "Out of office",
            Message_ID="<v@x.example>",
            In_Reply_To="<a@x.example>",
            Auto_Submitted="auto-replied",
        ),
    )
    with house.acting():
        assert Conversation.objects.get().status == "resolved"
    assert "auto_reply" in inbound(house)[1].marks


def test_a_bounce_is_told_at_its_message_and_opens_nothing(house):
    arrive(house, mail(Message_ID="<a@x.example>"))
    with house.acting():
        conversation = Conversation.objects.get()
        sent = send_reply(conversation, agent=house.greta, draft=Draft("Hello", send_as="original"))
        deliver_conversation(house.workspace.pk, conversation.pk)
        sent.refresh_from_db()
    arrive(house, _bounce(sent.external_id))
    with house.acting():
        sent.refresh_from_db()
        assert sent.delivery == "failed" and "5.1.1" in sent.failure
        assert Conversation.objects.count() == 1 and Conversation.objects.get().status == "open"


def _bounce(message_id: str) -> bytes:
    return (
        "From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nTo: help@kaisla.example\r\n"
        "Subject: Undelivered\r\nMessage-ID: <bounce@mx.example>\r\nAuto-Submitted: auto-replied\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        "Final-Recipient: rfc822; maija@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{message_id}>\r\nSubject: Re: Order\r\n\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe garbage",
        b"From: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nbroken",
        b"a" * 100_000,
    ],
)
def test_unreadable_mail_is_kept_word_for_word_and_shown(house, raw):
    envelope = arrive(house, raw)
    assert envelope.state == "done" and len(inbound(house)) == 1
    with house.acting():
        assert envelopes.content_of(envelope) == raw


def test_attachments_are_stored_and_what_is_too_large_is_named(house):
    made = mail()
    made.add_attachment(b"x" * 1000, maintype="image", subtype="png", filename="สลิป.png")
    arrive(house, made)
    with house.acting():
        assert Attachment.objects.values_list("name", "size").get() == ("สลิป.png", 1000)


def test_an_envelope_is_opened_by_leads_only_and_leaves_an_audit_line(house):
    envelope = arrive(house, mail("secret"))
    with house.acting():
        assert b"secret" in envelopes.read_envelope(envelope, agent=house.greta)
        assert StoredEvent.objects.get(name="EnvelopeOpened").facts["agent_id"] == house.greta.pk
        house.greta.role = "agent"
        with pytest.raises(Refusal):
            envelopes.read_envelope(envelope, agent=house.greta)


def test_old_envelopes_are_forgotten_and_the_messages_stay(house):
    arrive(house, mail())
    with house.acting():
        Envelope.objects.update(received_at=timezone.now() - timedelta(days=91))
        assert envelopes.forget_old_envelopes(house.workspace.pk, days=90, masked_days=30) == 1
        assert Message.objects.filter(direction="in").exists()


def test_a_token_with_one_letter_changed_is_nobodys():
    token = make_token(7, 42)
    assert read_token(token) == read_token(token.upper()) == (7, 42)
    assert read_token("a" + token[1:] if token[0] != "a" else "b" + token[1:]) is None
    assert read_token("zz") is None and read_token("") is None


def test_whoever_writes_into_a_thread_the_answer_goes_to_the_customer(house):
    arrive(house, mail(Message_ID="<a@x.example>"))
    with house.acting():
        conversation = Conversation.objects.get()
    token = make_token(house.workspace.pk, conversation.pk)
    arrive(
        house,
        mail(
            "And now to me!",
            Message_ID="<s@e.example>",
            who="stranger@else.example",
            to=f"help+d{token}@kaisla.example",
        ),
    )
    assert "other_sender" in inbound(house)[1].marks
    with house.acting():
        sent = send_reply(conversation, agent=house.greta, draft=Draft("Hello", send_as="original"))
        assert sent.meta["to"] == "maija@example.com"


def test_an_auto_reply_in_another_language_does_not_turn_the_thread(house):
    arrive(house, mail("Hei, missä tilaukseni KSL-20424 oikein viipyy?", Message_ID="<a@x.example>"))
    settle()
    away = "I am out of the office until Monday and will answer your message when I am back."
    arrive(
        house,
        mail(away, Message_ID="<v@x.example>", In_Reply_To="<a@x.example>", Auto_Submitted="auto-replied"),
    )
    settle()
    with house.acting():
        assert Conversation.objects.get().language == "fi"
