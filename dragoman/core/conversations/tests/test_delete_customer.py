"""A deleted customer: addresses go at once, the rest by a job, nothing of others, figures stay."""

import io

import pytest
from django.core.files.storage import default_storage

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.conversations.actions import remove
from dragoman.core.conversations.actions.receive import KeptFile
from dragoman.core.conversations.models import Attachment, Conversation, Envelope, Message, Translation
from dragoman.core.customers.actions import delete_customer, erase_customer
from dragoman.core.customers.errors import MayNotDelete, NoCustomer
from dragoman.core.customers.models import Customer, Deletion, Identity
from dragoman.core.customers.queries import get_customer, kept_about
from dragoman.ground.events.models import StoredEvent
from dragoman.ground.files.store import keep
from tests.people import House, a_house, settle, write


@pytest.fixture
def house(transactional_db) -> House:
    return a_house()


def somchai(house: House, messages: int = 3) -> int:
    with house.acting():
        file = keep(house.workspace.pk, io.BytesIO(b"a picture"))
    kept = KeptFile(file.key, "shoe.jpg", "image/jpeg", 9)
    for number in range(messages):
        got = write(house, f"สวัสดีค่ะ {number}", attachments=[kept] if not number else ())
    settle()
    return got.customer_id


def everything(house: House) -> dict[str, int]:
    with house.acting():
        return {
            kind.__name__: kind.objects.count()
            for kind in (Customer, Identity, Conversation, Message, Envelope, Attachment, Translation)
        }


def test_everything_about_the_customer_goes_and_nothing_of_others(house, monkeypatch):
    monkeypatch.setattr(remove, "BATCH", 2)
    customer_id = somchai(house)
    with house.acting():
        key = Attachment.objects.get().file_key
    before = everything(house)
    write(house, "Hei", who="anna@example.com")
    settle()
    assert everything(house)["Message"] == before["Message"] + 1
    with house.acting():
        customer = get_customer(house.workspace.pk, customer_id)
        assert kept_about(customer) == {
            "addresses": 1, "conversations": 1, "messages": 3, "files": 1, "orders": 0, "returns": 0,
            "community posts": 0, "survey comments": 0,
        }  # fmt: skip
        delete_customer(customer, agent=house.greta)
        with pytest.raises(NoCustomer):
            get_customer(house.workspace.pk, customer_id)
        erase_customer(house.workspace.pk, customer_id)
        erase_customer(house.workspace.pk, customer_id)
        left = Deletion.objects.get()
        assert left.finished_at and left.counts["messages"] == 3 and left.asked_by_id == house.greta.pk
        names = set(StoredEvent.objects.values_list("name", flat=True))
        assert {"CustomerDeletionAsked", "CustomerDeleted", "ConversationDeleted"} <= names
    after = everything(house)
    assert (after["Customer"], after["Message"], after["Envelope"], after["Attachment"]) == (1, 1, 1, 0)
    assert not default_storage.exists(key)


def test_a_file_that_somebody_else_still_has_stays(house):
    customer_id = somchai(house)
    with house.acting():
        file = Attachment.objects.get()
    kept = KeptFile(file.file_key, "shoe.jpg", "image/jpeg", 9)
    write(house, "Hei", who="anna@example.com", attachments=[kept])
    with house.acting():
        delete_customer(get_customer(house.workspace.pk, customer_id), agent=house.greta)
        erase_customer(house.workspace.pk, customer_id)
    assert default_storage.exists(file.file_key)


def test_who_writes_again_while_it_runs_is_somebody_new(house):
    customer_id = somchai(house)
    with house.acting():
        delete_customer(get_customer(house.workspace.pk, customer_id), agent=None)
    fresh = write(house, "I am back")
    with house.acting():
        erase_customer(house.workspace.pk, customer_id)
        assert Customer.objects.get().pk == fresh.customer_id != customer_id


def test_agents_may_not_and_a_customer_who_stays_is_never_erased(house):
    customer_id = somchai(house)
    with house.acting():
        lars = add_agent(house.workspace.pk, email="lars@kaisla.example", name="Lars", role=Role.AGENT)
        with pytest.raises(MayNotDelete):
            delete_customer(get_customer(house.workspace.pk, customer_id), agent=lars)
        erase_customer(house.workspace.pk, customer_id)
        assert Message.objects.exists()


def test_mallory_finds_nobody_to_delete(house):
    customer_id = somchai(house)
    mallory = a_house("northbound", owner="mallory")
    with mallory.acting():
        with pytest.raises(NoCustomer):
            get_customer(mallory.workspace.pk, customer_id)
        erase_customer(house.workspace.pk, customer_id)
    assert everything(house)["Message"] == 3
