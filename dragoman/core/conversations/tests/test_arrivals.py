"""Mails on the quick way: stored together, opened together, and never lost between the two."""

import threading

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations import tasks
from dragoman.core.conversations.actions import arrivals
from dragoman.core.conversations.actions.arrivals import Arrival, Kept, keeper, open_all, opener, take_in
from dragoman.core.conversations.models import Conversation, Envelope, Message
from dragoman.ground.events.actions import tell_pending
from dragoman.ground.events.models import StoredEvent
from dragoman.kit import workspace
from tests.people import a_house

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def box():
    house = a_house()
    with house.acting():
        yield add_mailbox(house.brand, address="help@kaisla.example", secrets={})
    keeper.stop()
    opener.stop()


def letter(number: int, text: str = "Hei, missä paketti on?", **headers: str) -> bytes:
    lines = {
        "From": f"Matti <matti{number}@example.com>",
        "To": "help@kaisla.example",
        "Subject": "Tilaus",
        "Message-ID": f"<l{number}@example.com>",
        **headers,
    }
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items())
    return (head + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text + "\r\n").encode()


def kept(box, raw: bytes) -> Kept:
    """Store a mail and hand it out unopened."""
    arrival = Arrival(box, raw)
    [number] = arrivals._keep_all([arrival])
    return Kept(Envelope.objects.get(pk=number), arrival)


def jobs_of(one: Kept) -> int:
    """Count the jobs that are to open an envelope."""
    facts = {"envelope_id": one.envelope.pk}
    return ProcrastinateJob.objects.filter(task_name__endswith="open_envelope", args__facts=facts).count()


def test_mails_of_one_moment_are_stored_understood_and_done_without_a_job(box):
    mails = [kept(box, letter(n)) for n in range(5)]
    open_all(mails)
    assert Message.objects.filter(language="fi", tsv__isnull=False).count() == 5
    assert set(Envelope.objects.values_list("state", flat=True)) == {"done"}
    assert not StoredEvent.objects.filter(told_at=None).exists()
    assert sum(map(jobs_of, mails)) == 0


def test_many_senders_at_once_lose_nothing(box):
    def send(low: int) -> None:
        with workspace.acting_in(box.workspace_id):
            for n in range(low, low + 5):
                take_in(Arrival(box, letter(n)))

    threads = [threading.Thread(target=send, args=(low,)) for low in range(0, 30, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    opener.stop()
    assert Message.objects.count() == 30
    assert not Envelope.objects.exclude(state="done").exists()


def test_a_second_delivery_changes_nothing_and_is_done_too(box):
    open_all([kept(box, letter(1))])
    open_all([kept(box, letter(1)), kept(box, letter(2))])
    assert Message.objects.count() == 2
    assert not Envelope.objects.exclude(state="done").exists()


def test_an_answer_that_came_in_the_same_moment_joins_the_mail_it_answers(box):
    second = letter(1, "Lisäys edelliseen.", Message_ID="<l1b@example.com>", References="<l1@example.com>")
    open_all([kept(box, letter(1)), kept(box, second)])
    assert Conversation.objects.count() == 1
    assert Message.objects.filter(direction="in").count() == 2


def test_what_cannot_be_read_is_left_to_a_job_and_the_rest_is_not_held_up(box, monkeypatch):
    bad, good = kept(box, letter(1)), kept(box, letter(2))
    real = arrivals._only_message
    monkeypatch.setattr(arrivals, "_only_message", lambda one: None if one is bad else real(one))
    open_all([bad, good])
    assert list(Message.objects.values_list("author", flat=True)) == ["Matti"]
    tell_pending()
    assert jobs_of(bad) == 1
    assert jobs_of(good) == 0


def test_what_a_dead_process_left_is_opened_by_a_job_and_only_once(box):
    left = kept(box, letter(1))
    arrivals.open_what_was_left(job="dragoman.core.conversations.tasks.open_envelope")
    assert not StoredEvent.objects.filter(told_at=None).exists()  # it may still be on its way
    with connection.cursor() as cursor:
        cursor.execute("UPDATE conversations_envelope SET received_at = now() - interval '1 minute'")
    arrivals.open_what_was_left(job="dragoman.core.conversations.tasks.open_envelope")
    tell_pending()
    arrivals.open_what_was_left(job="dragoman.core.conversations.tasks.open_envelope")
    tell_pending()
    assert jobs_of(left) == 1


def test_a_listener_that_fails_leaves_the_mail_stored_and_the_telling_to_a_teller(box, monkeypatch):
    def broken(*_: object) -> None:
        raise ValueError("no")

    mail = kept(box, letter(1))
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "understand_messages", broken)
        open_all([mail])
    assert Message.objects.count() == 1
    assert StoredEvent.objects.filter(name="MessageReceived", told_at=None).count() == 1
    tell_pending()
    assert Message.objects.filter(language="fi").exists()
