"""Merging customers gives the survivor addresses and conversations; undoing gives them back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import monotonic, sleep

import pytest
from django.db import connection, transaction
from django.utils import timezone

from dragoman.core.accounts.authority.verdicts import Ask, verdict_by
from dragoman.core.accounts.authority_models import Approval, AuthorityLimit, AuthorityUse
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.models import Order
from dragoman.core.conversations.actions.merge import merge_conversations
from dragoman.core.conversations.actions.people import merge_customers, undo_customer_merge
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.queries import conversation_page
from dragoman.core.conversations.shapes import Filters
from dragoman.core.customers.actions import add_identity, change_customer, delete_customer, erase_customer
from dragoman.core.customers.errors import NoCustomer
from dragoman.core.customers.merging import likeness, warnings_of
from dragoman.core.customers.models import Customer, CustomerMerge, Identity
from dragoman.core.customers.queries import customer_page, get_customer
from dragoman.ground.providers.shops.facts import LineFacts, OrderFacts, PersonFacts
from dragoman.kit.errors import Refusal
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    return a_house()


def person(house: House, pk: int) -> Customer:
    with house.acting():
        found = Customer.objects.prefetch_related("identities").get(pk=pk)
        list(found.identities.all())
        return found


def merged(house: House, gone: int, stays: int, **fields: str) -> None:
    with house.acting():
        merge_customers(person(house, gone), person(house, stays), agent=house.greta, fields=fields)
    settle()


def undone(house: House, gone: int) -> None:
    with house.acting():
        undo_customer_merge(house.workspace.pk, gone, agent=house.greta)
    settle()


def numbers(house: House, customer: int) -> set[int]:
    with house.acting():
        return {r.id for r in conversation_page(house.workspace.pk, filters=Filters(customer=customer)).items}


def test_addresses_and_conversations_are_the_survivors_and_come_back(house):
    maija = write(house, "Moi", who="maija@example.fi", name="Maija", thread_key="api:1")
    phone = write(house, "Hei", kind="phone", who="+358401234567", name="Maija V", thread_key="api:2")
    settle()
    with house.acting():
        before = list(Customer.objects.order_by("pk").values("pk", "name", "merged_into_id"))
    merged(house, phone.customer_id, maija.customer_id)
    with house.acting():
        assert get_customer(house.workspace.pk, phone.customer_id).pk == maija.customer_id
        assert [row.pk for row in customer_page(house.workspace.pk).items] == [maija.customer_id]
        assert [row.pk for row in customer_page(house.workspace.pk, q="+358401234567").items] == [
            maija.customer_id
        ]
        # the name of the one who was merged still finds who they are now
        assert [row.pk for row in customer_page(house.workspace.pk, q="Maija V").items] == [maija.customer_id]
    assert numbers(house, maija.customer_id) == {maija.conversation_id, phone.conversation_id}
    assert numbers(house, phone.customer_id) == numbers(house, maija.customer_id)
    again = write(house, "Taas", kind="phone", who="+358401234567", thread_key="api:2")
    assert (again.customer_id, again.conversation_id) == (maija.customer_id, phone.conversation_id)
    fresh = write(house, "Uusi", kind="phone", who="+358401234567", thread_key="api:3")
    undone(house, phone.customer_id)
    assert numbers(house, phone.customer_id) == {phone.conversation_id}
    # what came in while they were one stays where it was sent
    assert numbers(house, maija.customer_id) == {maija.conversation_id, fresh.conversation_id}
    assert (
        write(house, "x", kind="phone", who="+358401234567", thread_key="api:2").customer_id
        == phone.customer_id
    )
    with house.acting():
        assert list(Customer.objects.order_by("pk").values("pk", "name", "merged_into_id")) == before
        assert not CustomerMerge.objects.exists()


def test_two_running_conversations_that_would_be_one_become_one_and_part_again(house):
    mail = write(house, "From the laptop", who="somchai@example.com")
    chat = write(house, "From the phone", kind="handle", who="visitor-1")
    merged(house, chat.customer_id, mail.customer_id)
    assert numbers(house, mail.customer_id) == {mail.conversation_id}
    assert write(house, "Once more", kind="handle", who="visitor-1").conversation_id == mail.conversation_id
    undone(house, chat.customer_id)
    assert numbers(house, chat.customer_id) == {chat.conversation_id}
    assert write(house, "Alone", kind="handle", who="visitor-1").conversation_id == chat.conversation_id
    with house.acting():
        assert Conversation.objects.get(pk=chat.conversation_id).status == "open"


def test_fields_are_chosen_empty_ones_filled_and_given_back_unless_changed(house):
    one = write(house, "a", who="a@example.com", name="Anna").customer_id
    two = write(house, "b", who="b@example.com", name="Ana").customer_id
    with house.acting():
        change_customer(person(house, one), changes={"market": "FI", "notes": "Rings at noon"})
        change_customer(person(house, two), changes={"time_zone": "Europe/Helsinki", "notes": "VIP"})
    merged(house, two, one, name="merged")
    found = person(house, one)
    assert (found.name, found.market, found.time_zone) == ("Ana", "FI", "Europe/Helsinki")
    assert found.notes == "Rings at noon\n\nVIP"
    with house.acting():
        change_customer(found, changes={"notes": "Rings at ten"})
    undone(house, two)
    found = person(house, one)
    assert (found.name, found.time_zone, found.notes) == ("Anna", "", "Rings at ten")
    for bad in ({"name": "both"}, {"id": "merged"}):
        with pytest.raises(Refusal):
            merged(house, two, one, **bad)


def test_chains_and_twice_and_strangers(house):
    a, b, c = (write(house, "x", who=f"{n}@example.com").customer_id for n in "abc")
    merged(house, a, b)
    merged(house, b, c)
    assert person(house, a).merged_into_id == c
    for gone, stays in ((a, c), (c, a), (c, c)):
        with pytest.raises(Refusal):
            merged(house, gone, stays)
    undone(house, b)
    assert person(house, a).merged_into_id == b and person(house, b).merged_into_id is None
    with house.acting():
        owners = dict(Identity.objects.values_list("value", "customer_id"))
    assert owners == {"a@example.com": b, "b@example.com": b, "c@example.com": c}
    mallory = a_house("mallory-shop", owner="mallory")
    foreign = write(mallory, "Secret", who="a@example.com").customer_id
    with pytest.raises(Refusal):
        undone(mallory, a)
    with mallory.acting():
        theirs = person(mallory, foreign)
    with house.acting(), pytest.raises(NoCustomer):
        merge_customers(theirs, person(house, c), agent=house.greta)


def test_a_merged_address_is_reported_taken_by_the_survivor_and_can_be_added_to_it(house):
    a, b = (write(house, "x", who=f"{n}@example.com").customer_id for n in "ab")
    merged(house, a, b)
    with house.acting():
        assert add_identity(person(house, b), kind="email", value="A@example.com").customer_id == b


def test_what_does_not_fit_is_said(house):
    one = write(
        house, "a", who="somchai@example.com", name="สมชาย ใจดี", language="th", market="TH", verified=True
    )
    two = write(
        house, "b", who="jan@example.com", name="Jan Kowalski", language="pl", market="PL", verified=True
    )
    assert warnings_of(person(house, one.customer_id), person(house, two.customer_id)) == [
        "names", "languages", "markets", "proved",
    ]  # fmt: skip
    assert likeness("Müller Anna", "anna muller") == 1 and likeness("สมชาย", "สมหญิง") < 0.82
    assert likeness("Maija Virtanen", "Maija Virtannen") > 0.9


def test_deleting_the_survivor_takes_those_merged_along_and_leaves_others_theirs(house):
    mine = write(house, "mine", who="a@example.com", thread_key="api:a")
    also = write(house, "also me", who="b@example.com", thread_key="api:b")
    other = write(house, "somebody else's", who="c@example.com", thread_key="api:c")
    merged(house, also.customer_id, mine.customer_id)
    with house.acting():
        merge_conversations(
            Conversation.objects.get(pk=other.conversation_id),
            Conversation.objects.get(pk=mine.conversation_id),
            agent=house.greta,
        )
        delete_customer(person(house, mine.customer_id), agent=house.greta)
        erase_customer(house.workspace.pk, mine.customer_id)
        left = Conversation.objects.get()
        assert (left.pk, left.merged_into_id, left.status) == (other.conversation_id, None, "open")
        assert [one.pk for one in Customer.objects.all()] == [other.customer_id]


def ordered(house: House, number: str, mail: str) -> Order:
    """Let a shop tell an order of somebody's."""
    facts = OrderFacts(
        number=number,
        placed_at=datetime(2026, 11, 16, tzinfo=UTC),
        currency="EUR",
        lines=[LineFacts(title="Lamp", quantity=1, unit_price=9900)],
        person=PersonFacts(email=mail),
    )
    with house.acting():
        return mirror_order(shop_of_the_api(house.brand), facts=facts).order


def owners(house: House) -> dict[str, int | None]:
    with house.acting():
        return dict(Order.objects.values_list("number", "customer_id"))


def test_orders_follow_a_merge_and_go_back_with_its_undoing(house):
    gone, stays = (ordered(house, n, m) for n, m in (("1", "maija@work.fi"), ("2", "maija@example.fi")))
    assert gone.customer_id and stays.customer_id
    merged(house, gone.customer_id, stays.customer_id)
    assert set(owners(house).values()) == {stays.customer_id}
    # what the shop tells meanwhile of the address that moved is the survivor's, and stays there
    ordered(house, "3", "maija@work.fi")
    undone(house, gone.customer_id)
    assert owners(house) == {"1": gone.customer_id, "2": stays.customer_id, "3": stays.customer_id}
    ordered(house, "4", "maija@work.fi")
    assert owners(house)["4"] == gone.customer_id


def test_what_was_given_to_a_customer_follows_a_merge_and_its_undoing(house):
    gone, stays = (ordered(house, n, m) for n, m in (("1", "maija@work.fi"), ("2", "maija@example.fi")))
    assert gone.customer_id and stays.customer_id
    here = {"workspace_id": house.workspace.pk, "kind": "refund", "amount": 4000, "currency": "EUR"}
    limits = AuthorityLimit(workspace_id=house.workspace.pk, role="owner", sums={"EUR": {"customer": 10_000}})

    def left(customer_id: int | None) -> int | None:
        ask = Ask("refund", amount=1, currency="EUR", customer_id=customer_id)
        with house.acting():
            return verdict_by([limits], house.workspace.pk, house.greta, ask).left_customer

    with house.acting():
        AuthorityUse.objects.create(**here, subject="order_action:1", customer_id=gone.customer_id)
        AuthorityUse.objects.create(**here, subject="order_action:2", customer_id=stays.customer_id)
        Approval.objects.create(
            **here, subject="order_action:3", customer_id=gone.customer_id, expires_at=timezone.now()
        )
    merged(house, gone.customer_id, stays.customer_id)
    assert left(stays.customer_id) == 2000
    with house.acting():
        assert Approval.objects.get().customer_id == stays.customer_id
        # decided meanwhile, for the survivor: it was asked for the other all the same
        AuthorityUse.objects.create(**here, subject="order_action:3", customer_id=stays.customer_id)
    undone(house, gone.customer_id)
    assert (left(gone.customer_id), left(stays.customer_id)) == (2000, 6000)


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype = 'advisory')")
        return bool(cursor.fetchone()[0])


def test_an_order_that_comes_during_a_merge_is_the_survivors(house):
    gone, stays = (ordered(house, n, m) for n, m in (("1", "maija@work.fi"), ("2", "maija@example.fi")))
    assert gone.customer_id and stays.customer_id

    def come() -> None:
        try:
            ordered(house, "3", "maija@work.fi")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        one, other = person(house, gone.customer_id), person(house, stays.customer_id)
        with house.acting(), transaction.atomic():
            merge_customers(one, other, agent=house.greta)
            coming, until = pool.submit(come), monotonic() + 10
            while not coming.done() and not waits_for_a_lock() and monotonic() < until:
                sleep(0.02)
        coming.result(30)
    assert owners(house)["3"] == stays.customer_id
