"""Messages come in once, whole, and into the right conversation."""

import pytest
from django.db import connection

from dragoman.core.conversations.actions.receive import Incoming, receive_messages
from dragoman.core.conversations.models import Conversation, Envelope, Message
from dragoman.core.customers.models import Customer, Identity
from dragoman.ground.events.models import StoredEvent
from dragoman.kit import workspace
from tests.people import a_house, write

pytestmark = pytest.mark.django_db


def test_a_message_makes_customer_conversation_envelope_and_event():
    house = a_house()
    got = write(house, "Missä pakettini on?", name="Maija")
    with house.acting():
        message = Message.objects.get(pk=got.message_id)
        conversation = Conversation.objects.get(pk=got.conversation_id)
        assert (message.text, message.direction, message.channel) == ("Missä pakettini on?", "in", "api")
        assert conversation.customer.name == "Maija" and conversation.preview == "Missä pakettini on?"
        assert Envelope.objects.get(pk=message.envelope_id).state == "done"
        assert StoredEvent.objects.get(name="MessageReceived").facts == {
            "conversation_id": got.conversation_id,
            "message_id": got.message_id,
        }


def test_a_second_delivery_changes_nothing():
    house = a_house()
    first = write(house, external_id="a1")
    again = write(house, "another text", external_id="a1")
    assert again.duplicate and again.message_id == first.message_id
    with house.acting():
        assert Message.objects.count() == 1 and Envelope.objects.count() == 1
        assert Conversation.objects.get().preview != "another text"


def test_a_hundred_at_once_keep_their_order_and_duplicates_inside_the_batch_count_once():
    house = a_house()
    batch = [
        Incoming(
            channel="api", source="api", external_id=f"x{n % 90}", brand_id=house.brand.pk, kind="email",
            identity=f"c{n % 7}@example.com", text=f"text {n}", raw=b"x",
        )
        for n in range(100)
    ]  # fmt: skip
    with house.acting():
        got = receive_messages(batch)
        assert [item.duplicate for item in got] == [False] * 90 + [True] * 10
        assert Customer.objects.count() == 7 and Conversation.objects.count() == 7
        texts = list(Message.objects.order_by("id").values_list("text", flat=True))
        assert texts == [f"text {n}" for n in range(90)]


@pytest.mark.parametrize(
    ("status", "lines"),
    [("pending", []), ("snoozed", [{"kind": "reopened", "from": "snoozed"}]),
     ("resolved", [{"kind": "reopened", "from": "resolved"}])],
)  # fmt: skip
def test_a_message_reopens_a_conversation_and_says_so_where_it_is_news(status, lines):
    house = a_house()
    first = write(house)
    with house.acting():
        Conversation.objects.update(status=status)
    again = write(house, "still waiting")
    assert again.conversation_id == first.conversation_id
    with house.acting():
        assert Conversation.objects.get().status == "open"
        assert list(Message.objects.filter(direction="event").values_list("event", flat=True)) == lines


def test_a_closed_conversation_is_followed_by_a_linked_one():
    house = a_house()
    first = write(house)
    with house.acting():
        Conversation.objects.update(status="closed")
    second = write(house)
    assert second.conversation_id != first.conversation_id and second.customer_id == first.customer_id
    with house.acting():
        assert Conversation.objects.get(pk=second.conversation_id).previous_id == first.conversation_id


def test_a_message_for_a_closed_conversation_by_id_is_refused_and_not_half_stored():
    house = a_house()
    first = write(house)
    with house.acting():
        Conversation.objects.update(status="closed")
    with pytest.raises(LookupError):
        write(house, conversation_id=first.conversation_id)
    with house.acting():
        assert Message.objects.filter(direction="in").count() == 1


def test_two_threads_of_one_customer_are_two_conversations():
    house = a_house()
    assert write(house, thread_key="a").conversation_id != write(house, thread_key="b").conversation_id


def test_the_same_name_never_joins_two_customers():
    house = a_house()
    one = write(house, who="a@example.com", name="Ana")
    two = write(house, who="b@example.com", name="Ana")
    assert one.customer_id != two.customer_id


def test_nul_bytes_and_lone_surrogates_are_kept_out_and_the_rest_is_kept():
    house = a_house()
    got = write(house, "a\x00b\ud800c")
    with house.acting():
        assert Message.objects.get(pk=got.message_id).text == "ab?c"


def test_mallory_sees_nothing_even_through_a_query_without_a_filter():
    house, other = a_house(), a_house("mallory-shop", owner="mallory")
    write(house, "secret")
    with other.acting():
        for model in (Message, Conversation, Customer, Identity, Envelope, StoredEvent):
            assert not model.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM conversations_message")
            assert cursor.fetchone()[0] == 0
    assert workspace.current() is None and not Message.objects.exists()
