"""Nothing is announced that was not stored; nothing stored goes unannounced; one failing listener stops nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from dragoman.core.customers.models import Customer
from dragoman.ground.events.actions import publish, retell_one, tell_pending
from dragoman.ground.events.models import StoredEvent
from dragoman.ground.events.registry import Event, Patience, kinds, listeners, on
from dragoman.kit import workspace
from dragoman.kit.errors import Rejected, Unavailable
from tests.people import a_house

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class LampLit(Event):
    topic_noun: ClassVar[str] = "lamp"
    lamp_id: int


@dataclass(frozen=True)
class RoomBright(Event):
    lamp_id: int


@pytest.fixture
def ears() -> Iterator[None]:
    """Forget the listeners of a test."""
    before = {name: list(found) for name, found in listeners.items()}
    yield
    for name in list(listeners):
        listeners[name] = before.get(name, [])
    for name in ("LampLit", "RoomBright"):
        kinds.pop(name, None)


def light(house, *numbers: int) -> None:
    with house.acting(), transaction.atomic():
        publish(*(LampLit(lamp_id=number) for number in numbers))


@pytest.mark.django_db(transaction=True)
def test_publish_outside_a_transaction_is_refused():
    with workspace.acting_in(1), pytest.raises(RuntimeError, match="outside a transaction"):
        publish(LampLit(lamp_id=1))


def test_a_rolled_back_action_announces_nothing():
    house = a_house()
    with house.acting(), pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(LampLit(lamp_id=1))
        raise ZeroDivisionError
    with house.acting():
        assert not StoredEvent.objects.filter(name="LampLit").exists()


def test_listeners_hear_in_order_once_and_what_they_publish_is_heard_after(ears):
    heard: list[object] = []

    @on(LampLit)
    def hear(event: LampLit) -> None:
        heard.append(event.lamp_id)
        publish(RoomBright(lamp_id=event.lamp_id))

    @on(RoomBright, many=True)
    def see(events: list[RoomBright]) -> None:
        heard.append([event.lamp_id for event in events])

    light(a_house(), 1, 2, 3)
    tell_pending()
    tell_pending()
    assert heard == [1, 2, 3, [1, 2, 3]]


def test_a_failing_listener_is_retold_alone_and_takes_nothing_down(ears):
    house = a_house()
    fail = {2}

    @on(LampLit)
    def fragile(event: LampLit) -> None:
        Customer.objects.create(workspace_id=workspace.get_current_id(), name=f"fragile {event.lamp_id}")
        if event.lamp_id in fail:
            raise ValueError("broken glass")

    @on(LampLit)
    def sturdy(event: LampLit) -> None:
        Customer.objects.create(workspace_id=workspace.get_current_id(), name=f"sturdy {event.lamp_id}")

    light(house, 1, 2, 3)
    tell_pending()
    with house.acting():
        names = set(Customer.objects.values_list("name", flat=True))
        assert names == {"fragile 1", "fragile 3", "sturdy 1", "sturdy 2", "sturdy 3"}
    job = ProcrastinateJob.objects.get(task_name__endswith="retell")
    assert job.args["facts"] == {"lamp_id": 2} and job.args["workspace_id"] == house.workspace.pk
    fail.clear()
    with house.acting():
        retell_one(job.args["listener"], LampLit(**job.args["facts"]))
        assert Customer.objects.filter(name="fragile 2").exists()


def test_outside_listeners_get_a_job_and_ordered_ones_a_lock_of_their_topic(ears):
    @on(LampLit, outside=True, ordered=True)
    def send_away(event: LampLit) -> None:
        raise AssertionError("not in the teller")

    house = a_house()
    light(house, 9)
    tell_pending()
    job = ProcrastinateJob.objects.get(task_name__endswith="send_away")
    assert job.lock.endswith(f":{house.workspace.pk}:lamp:9")


def test_events_of_another_workspace_are_told_in_theirs(ears):
    seen: list[tuple[int, int]] = []

    @on(LampLit)
    def where(event: LampLit) -> None:
        seen.append((workspace.get_current_id(), event.lamp_id))

    one, two = a_house("one"), a_house("two")
    light(one, 1)
    light(two, 2)
    tell_pending()
    assert sorted(seen) == [(one.workspace.pk, 1), (two.workspace.pk, 2)]


def test_patience_grows_ends_and_knows_when_it_is_no_use():
    class Job:
        attempts = 0

    patience, job = Patience(attempts=3), Job()
    assert patience.get_retry_decision(exception=Rejected("never"), job=job) is None
    assert patience.get_retry_decision(exception=Unavailable("later", retry_after=90), job=job) is not None
    job.attempts = 2
    assert patience.get_retry_decision(exception=Unavailable("later"), job=job) is None
