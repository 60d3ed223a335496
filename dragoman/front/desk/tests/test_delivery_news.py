"""What other mail servers say of our mails is shown at the message, with what to do."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dragoman.core.conversations.actions import envelopes
from dragoman.core.conversations.models import Message
from dragoman.front.desk.conversations.refusals import advice
from tests.people import House, a_house, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def ours(house: House) -> Message:
    """Return a mail of ours that was sent."""
    pk = write(house, "Hello").conversation_id
    with house.acting():
        return Message.objects.create(
            workspace_id=house.workspace.pk, conversation_id=pk, direction="out", channel="email",
            source="email:1", external_id="ours.1@kaisla.example", text="We look into it.", language="en",
            delivery="sent", meta={"to": "somchai@example.com"},
        )  # fmt: skip


def report(action: str, status: str, words: str) -> bytes:
    """Return a report as Postfix writes it."""
    return f"""From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: help@kaisla.example
Subject: Delivery status
Auto-Submitted: auto-replied
Message-ID: <report-{action}@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system at host mx.example.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; somchai@example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--b
Content-Type: text/rfc822-headers

Message-ID: <ours.1@kaisla.example>
Subject: Hello

--b--
""".replace("\n", "\r\n").encode()


def arrive(house: House, raw: bytes) -> None:
    with house.acting():
        envelopes.open_envelope(envelopes.store_envelope("email", "email:1", io.BytesIO(raw)))


def page(house: House, message: Message) -> str:
    client = Client()
    client.force_login(house.greta.user)
    return client.get(f"/conversations/{message.conversation_id}").content.decode()


def test_a_delay_is_told_at_our_mail_and_is_no_incoming_message(house: House) -> None:
    message = ours(house)
    arrive(house, report("delayed", "4.7.1", "451 4.7.1 Greylisted, please try again later"))
    with house.acting():
        assert Message.objects.filter(direction="in").count() == 1
    shown = page(house, message)
    assert "asked to wait" in shown and "Greylisted" in shown and "Not sent.</" not in shown


def test_a_mail_that_a_server_put_off_says_when_it_is_tried_again(house: House) -> None:
    message = ours(house)
    with house.acting():
        due = timezone.now() + timedelta(minutes=20)
        Message.objects.filter(pk=message.pk).update(
            delivery="queued", attempts=2, failure="451 busy", due_at=due
        )
    assert "Next try: " in page(house, message)


def test_a_bounce_is_told_at_our_mail_with_the_servers_words_and_what_to_do(house: House) -> None:
    message = ours(house)
    arrive(house, report("failed", "5.1.1", "550 5.1.1 User unknown"))
    with house.acting():
        assert Message.objects.filter(direction="in").count() == 1
    shown = page(house, message)
    assert "Not sent." in shown and "User unknown" in shown and "takes no mail" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("552 5.2.2 mailbox full", "full"),
        ("550 5.7.26 Unauthenticated email is not accepted due to the sender's DMARC policy", "DNS records"),
        ("552 5.3.4 Message too large", "too large"),
        ("550 5.1.2 Host or domain name not found", "no mail"),
        ("554 something", ""),
    ],
)
def test_what_to_do_is_read_from_the_servers_words(words: str, said: str) -> None:
    assert said in advice(words)
    assert bool(advice(words)) == bool(said)
