"""A clock that jumps by hours: nothing goes out twice, nothing planned goes before its hour, nothing is stuck."""

import io
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.utils import timezone

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.actions import envelopes
from dragoman.core.conversations.actions.deliver import deliver_conversation
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.conversations.tasks import sweep_due
from dragoman.ground.channels.ports import channels
from dragoman.kit.errors import Unavailable
from tests.people import House, a_house, settle

pytestmark = pytest.mark.django_db
HOURS = [timedelta(hours=-5), timedelta(hours=5)]


class Clock:
    """The time of this process, which a test moves."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self.rightly = timezone.now

    def now(self) -> datetime:
        return self.rightly() + self.ahead


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(timezone, "now", found.now)
    return found


@pytest.fixture
def house(settings, tmp_path: Path) -> House:
    settings.MAIL_URL = f"folder://{tmp_path}/outbox"
    house = a_house()
    with house.acting():
        object.__setattr__(house, "box", add_mailbox(house.brand, address="help@kaisla.example"))
    return house


def asked(house: House) -> Conversation:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Maija <maija@example.com>", "help@kaisla.example", "Order"
    made["Message-ID"] = "<a@example.com>"
    made.set_content("Where is my order?")
    with house.acting():
        envelopes.open_envelope(
            envelopes.store_envelope("email", f"email:{house.box.pk}", io.BytesIO(made.as_bytes()))
        )
        return Conversation.objects.get()


def answered(house: House, **draft) -> Message:
    conversation = asked(house)
    with house.acting():
        return send_reply(
            conversation, agent=house.greta, draft=Draft("On its way.", send_as="original", **draft)
        )


def sent(tmp_path: Path) -> int:
    """Count the mails that went out."""
    return len(list((tmp_path / "outbox" / "new").glob("*")))


def work(house: House, message: Message) -> str:
    """Let the sweep and the delivery run as often as they like; returns what became of the message."""
    for _ in range(3):
        sweep_due()
        settle()
        with house.acting():
            deliver_conversation(house.workspace.pk, message.conversation_id)
            message.refresh_from_db()
    return str(message.delivery)


@pytest.mark.parametrize("jump", HOURS)
def test_an_answer_queued_before_the_jump_goes_out_once_at_once(house, clock, tmp_path, jump):
    message = answered(house)
    clock.ahead = jump
    assert (work(house, message), sent(tmp_path)) == ("sent", 1)
    clock.ahead = timedelta()
    assert (work(house, message), sent(tmp_path)) == ("sent", 1)


@pytest.mark.parametrize("jump", HOURS)
def test_a_jump_in_the_middle_of_sending_sends_nothing_twice(house, clock, tmp_path, monkeypatch, jump):
    message = answered(house)
    rightly = type(channels["email"]).send

    def send(self, out, secrets):
        clock.ahead = jump
        sweep_due()
        return rightly(self, out, secrets)

    monkeypatch.setattr(type(channels["email"]), "send", send)
    assert (work(house, message), sent(tmp_path)) == ("sent", 1)


def test_an_undo_is_not_stretched_by_a_clock_that_was_set_back(house, clock, tmp_path):
    message = answered(house, undo=10)
    assert (work(house, message), sent(tmp_path)) == ("scheduled", 0)
    clock.ahead = timedelta(hours=-5)
    assert (work(house, message), sent(tmp_path)) == ("sent", 1)


def test_a_planned_answer_goes_at_its_hour_by_the_clock_on_the_wall(house, clock, tmp_path):
    message = answered(house, send_at=clock.now() + timedelta(hours=3))
    clock.ahead = timedelta(hours=-5)
    assert (work(house, message), sent(tmp_path)) == ("scheduled", 0)
    clock.ahead = timedelta(hours=2, minutes=55)
    assert (work(house, message), sent(tmp_path)) == ("scheduled", 0)
    clock.ahead = timedelta(hours=3, minutes=1)
    assert (work(house, message), sent(tmp_path)) == ("sent", 1)
    clock.ahead = timedelta(hours=-5)
    assert (work(house, message), sent(tmp_path)) == ("sent", 1)


def test_a_server_that_is_down_while_the_clock_jumps_gets_the_mail_once(house, clock, tmp_path, monkeypatch):
    message = answered(house)
    rightly = type(channels["email"]).send

    def down(self, out, secrets):
        raise Unavailable("no answer")

    monkeypatch.setattr(type(channels["email"]), "send", down)
    assert (work(house, message), sent(tmp_path)) == ("queued", 0)
    monkeypatch.setattr(type(channels["email"]), "send", rightly)
    clock.ahead = timedelta(hours=-5)
    assert (work(house, message), sent(tmp_path)) == ("sent", 1)
    clock.ahead = timedelta(hours=5)
    assert (work(house, message), sent(tmp_path)) == ("sent", 1)
