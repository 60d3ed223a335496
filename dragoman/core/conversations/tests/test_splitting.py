"""Splitting takes messages along to a conversation of their own; replies follow them; undo brings them back."""

import pytest

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.conversations.access import get_conversation
from dragoman.core.conversations.actions.merge import merge_conversations
from dragoman.core.conversations.actions.split import plan_split, split_conversation, undo_split
from dragoman.core.conversations.errors import NotAllowed
from dragoman.core.conversations.links import place_of_reply, survivor_of
from dragoman.core.conversations.models import Conversation, Message, Split
from dragoman.core.conversations.thread import messages_of
from dragoman.kit.errors import Refusal
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    return a_house()


def story(house: House) -> tuple[int, list[int]]:
    """Let Somchai write four messages into one conversation."""
    got = [write(house, text, external_id=f"m-{text}") for text in ("one", "two", "three", "four")]
    settle()
    return got[0].conversation_id, [item.message_id for item in got]


def conversation(house: House, pk: int) -> Conversation:
    with house.acting():
        return Conversation.objects.get(pk=pk)


def split(house: House, pk: int, message: int, scope: str = "from", **more: str) -> int:
    with house.acting():
        return split_conversation(
            conversation(house, pk), agent=house.greta, message_id=message, scope=scope, **more
        ).pk


def said(house: House, pk: int) -> list[str]:
    with house.acting():
        found = messages_of(get_conversation(house.greta, pk))
        return [message.text for message in found if message.event is None]


def test_from_a_message_on_and_only_a_message(house):
    origin, ids = story(house)
    made = split(house, origin, ids[2], subject="Three and four")
    assert said(house, origin) == ["one", "two"] and said(house, made) == ["three", "four"]
    found = conversation(house, made)
    assert (found.subject, found.status, found.preview) == ("Three and four", "open", "four")
    assert found.customer_id == conversation(house, origin).customer_id
    assert conversation(house, origin).preview == "two"
    with house.acting():
        lines = dict(Message.objects.filter(direction="event").values_list("conversation_id", "event"))
    assert lines == {
        origin: {"kind": "split", "number": made},
        made: {"kind": "split_from", "number": origin},
    }
    alone = split(house, origin, ids[0], scope="only")
    assert said(house, alone) == ["one"] and said(house, origin) == ["two"]


def test_what_cannot_be_split_is_refused(house):
    origin, ids = story(house)
    foreign = write(house, "elsewhere", thread_key="api:other").message_id
    with house.acting():
        for message, scope, code in ((ids[0], "from", "nothing_left"), (foreign, "only", "unknown_message")):
            with pytest.raises(Refusal) as refused:
                plan_split(conversation(house, origin), message_id=message, scope=scope)
            assert refused.value.code == code
        lena = add_agent(
            house.workspace.pk, email="lena@kaisla.example", name="Lena", role=Role.LIGHT, password="x" * 20
        )
        with pytest.raises(NotAllowed):
            split_conversation(conversation(house, origin), agent=lena, message_id=ids[1], scope="from")
        with pytest.raises(NotAllowed):
            undo_split(house.workspace.pk, origin, agent=lena)
    mallory = a_house("mallory-shop", owner="mallory")
    other = write(mallory, "x").conversation_id
    with mallory.acting(), pytest.raises(Refusal):
        split_conversation(conversation(mallory, other), agent=mallory.greta, message_id=ids[1], scope="only")


def test_a_reply_follows_the_message_it_answers_whatever_conversation_its_token_names(house):
    origin, ids = story(house)
    made = split(house, origin, ids[2])
    with house.acting():
        home = conversation(house, origin)
        assert place_of_reply(home, ["m-three"]).pk == made
        assert place_of_reply(home, ["m-one"]).pk == origin
        assert place_of_reply(home, []).pk == origin
    other = write(house, "third", thread_key="api:z").conversation_id
    with house.acting():
        merge_conversations(conversation(house, made), conversation(house, other), agent=house.greta)
        assert place_of_reply(conversation(house, origin), ["m-three"]).pk == other


def test_undoing_brings_the_messages_back_and_what_came_meanwhile_along(house):
    origin, ids = story(house)
    made = split(house, origin, ids[2])
    late = write(house, "late", conversation_id=made)
    with house.acting():
        undo_split(house.workspace.pk, made, agent=house.greta)
        assert survivor_of(made) == origin and not Split.objects.exists()
        assert set(Message.objects.filter(pk__in=ids).values_list("conversation_id", flat=True)) == {origin}
    assert said(house, origin) == ["one", "two", "three", "four", "late"] == said(house, made)
    assert conversation(house, origin).preview == "late"
    assert write(house, "later still", conversation_id=made).conversation_id == origin
    with house.acting(), pytest.raises(Refusal):
        undo_split(house.workspace.pk, made, agent=house.greta)
    assert late.conversation_id == made
    with house.acting():
        lines = [message.event for message in messages_of(conversation(house, origin)) if message.event]
    assert lines == [{"kind": "split", "number": made}, {"kind": "unsplit", "number": made}]


def test_messages_of_a_merged_part_go_back_to_their_part(house):
    origin, ids = story(house)
    part = write(house, "part", thread_key="api:part")
    with house.acting():
        merge_conversations(
            conversation(house, part.conversation_id), conversation(house, origin), agent=house.greta
        )
    made = split(house, origin, ids[3])
    assert said(house, made) == ["four", "part"]
    with house.acting():
        undo_split(house.workspace.pk, made, agent=house.greta)
        assert Message.objects.get(pk=part.message_id).conversation_id == part.conversation_id
    assert said(house, origin) == ["one", "two", "three", "four", "part"]
