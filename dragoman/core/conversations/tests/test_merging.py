"""Merging is one link that every read follows; undoing it brings everything back."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Brand, Role
from dragoman.core.conversations.access import get_conversation
from dragoman.core.conversations.actions.merge import merge_conversations, preview_merge, undo_merge
from dragoman.core.conversations.actions.receive import Incoming, receive_messages
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.actions.status import set_status, set_tags
from dragoman.core.conversations.errors import NoConversation, NotAllowed
from dragoman.core.conversations.links import survivor_of
from dragoman.core.conversations.models import MERGED, Conversation, Merge, Message
from dragoman.core.conversations.queries import conversation_page, inbox_page, rail_of
from dragoman.core.conversations.shapes import Filters
from dragoman.core.conversations.thread import messages_of
from dragoman.ground.events.models import StoredEvent
from dragoman.kit.errors import Refusal
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    return a_house()


def two(house: House, **more: object) -> tuple[int, int]:
    """Let Somchai open two conversations; the second is newer."""
    first = write(house, "Where is my order KSL-20418?", thread_key="api:a", **more)
    second = write(house, "The parcel KSL-77777 is broken", thread_key="api:b", **more)
    settle()
    return first.conversation_id, second.conversation_id


def one(house: House, pk: int) -> Conversation:
    with house.acting():
        return Conversation.objects.get(pk=pk)


def merged(house: House, gone: int, stays: int, **more: object) -> Merge:
    with house.acting():
        return merge_conversations(
            Conversation.objects.get(pk=gone), Conversation.objects.get(pk=stays), agent=house.greta, **more
        )


def undone(house: House, gone: int) -> None:
    with house.acting():
        undo_merge(house.workspace.pk, gone, agent=house.greta)


def texts(house: House, pk: int) -> list[str]:
    with house.acting():
        found = messages_of(get_conversation(house.greta, pk))
        return [message.text for message in found if message.event is None]


def test_a_merge_touches_no_message_and_every_read_finds_the_survivor(house):
    old, new = two(house)
    with house.acting():
        before = list(Message.objects.order_by("pk").values("pk", "conversation_id", "text"))
    merged(house, new, old)
    both = ["Where is my order KSL-20418?", "The parcel KSL-77777 is broken"]
    assert texts(house, old) == both and texts(house, new) == both
    with house.acting():
        assert list(Message.objects.exclude(direction="event").order_by("pk").values(*before[0])) == before
        assert [row.id for row in conversation_page(house.workspace.pk, filters=Filters()).items] == [old]
        assert [row.id for row in inbox_page(house.greta, view="unassigned").items] == [old]
        assert rail_of(house.greta).views["open"] == 1
        assert survivor_of(new) == old and survivor_of(old) == old
        found = conversation_page(house.workspace.pk, filters=Filters(q="KSL-77777")).items
        assert [row.id for row in found] == [old] and "KSL-77777" in found[0].passage


def test_what_comes_for_the_merged_one_lands_with_the_survivor_by_key_and_by_id(house):
    old, new = two(house)
    merged(house, new, old)
    with house.acting():
        set_status(Conversation.objects.get(pk=old), agent=house.greta, status="resolved")
    by_key = write(house, "By its key", thread_key="api:b")
    by_id = write(house, "By its number", conversation_id=new)
    assert by_key.conversation_id == by_id.conversation_id == old
    survivor = one(house, old)
    assert (survivor.status, survivor.preview, survivor.unread) == ("open", "By its number", True)
    assert one(house, new).status == MERGED
    with house.acting():
        topics = (
            StoredEvent.objects.filter(name="MessageReceived").order_by("-pk").values_list("topic", flat=True)
        )
        assert list(topics[:2]) == [f"conversation:{old}"] * 2
        assert Message.objects.filter(conversation_id=old, event__kind="reopened").count() == 1


def test_a_batch_for_both_at_once_is_stored_whole(house):
    old, new = two(house)
    merged(house, new, old)
    batch = [
        Incoming(
            channel="api", source="api", external_id=f"batch-{n}", brand_id=house.brand.pk, kind="email",
            identity="somchai@example.com", text=f"text {n}", thread_key="api:b" if n % 2 else "api:a",
        )
        for n in range(6)
    ]  # fmt: skip
    with house.acting():
        assert {got.conversation_id for got in receive_messages(batch)} == {old}
    assert texts(house, old)[2:] == [f"text {n}" for n in range(6)]


def test_undoing_brings_everything_back_and_what_came_meanwhile_stays(house):
    old, new = two(house)
    before = [Conversation.objects.filter(pk__in=[old, new]).order_by("pk").values()]
    with house.acting():
        before = list(Conversation.objects.order_by("pk").values())
    merged(house, new, old)
    undone(house, new)
    with house.acting():
        assert list(Conversation.objects.order_by("pk").values()) == before
        assert not Merge.objects.exists()
    merged(house, new, old)
    write(house, "Meanwhile", thread_key="api:b")
    undone(house, new)
    assert texts(house, new) == ["The parcel KSL-77777 is broken"]
    assert texts(house, old) == ["Where is my order KSL-20418?", "Meanwhile"]
    assert one(house, old).preview == "Meanwhile" and one(house, new).preview.startswith("The parcel")
    assert write(house, "After", thread_key="api:b").conversation_id == new


def test_what_a_person_changed_meanwhile_is_not_turned_back(house):
    old, new = two(house)
    with house.acting():
        set_tags(one(house, new), agent=house.greta, tags=["broken"])
    merged(house, new, old)
    assert one(house, old).tags == ["broken"]
    with house.acting():
        set_tags(one(house, old), agent=house.greta, tags=["broken", "vip"])
    undone(house, new)
    assert one(house, old).tags == ["broken", "vip"]


def test_a_chain_is_followed_to_its_end_and_each_link_is_undone_alone(house):
    a, b = two(house)
    c = write(house, "Third", thread_key="api:c").conversation_id
    merged(house, a, b)
    merged(house, b, c)
    assert one(house, a).merged_into_id == c and one(house, c).joined == [b, a]
    assert write(house, "To the end", thread_key="api:a").conversation_id == c
    undone(house, b)
    assert one(house, a).merged_into_id == b and one(house, b).joined == [a] and one(house, c).joined is None
    merged(house, b, c)
    undone(house, a)
    assert one(house, a).merged_into_id is None and one(house, c).joined == [b]
    assert one(house, b).merged_into_id == c


def test_circles_itself_twice_and_a_closed_survivor_are_refused(house):
    old, new = two(house)
    for gone, stays, code in ((old, old, "same"),):
        with pytest.raises(Refusal) as refused:
            merged(house, gone, stays)
        assert refused.value.code == code
    merged(house, new, old)
    for gone, stays in ((new, old), (old, new)):
        with pytest.raises(Refusal) as refused:
            merged(house, gone, stays)
        assert refused.value.code == "already_merged"
    undone(house, new)
    with pytest.raises(Refusal) as refused:
        undone(house, new)
    assert refused.value.code == "not_merged"
    with house.acting():
        set_status(one(house, old), agent=house.greta, status="closed")
    with pytest.raises(Refusal) as refused:
        merged(house, new, old)
    assert refused.value.code == "closed"
    merged(house, old, new)
    assert texts(house, old) == texts(house, new) and one(house, new).status == "open"
    assert write(house, "For the closed one", thread_key="api:a").conversation_id == new
    undone(house, old)
    assert one(house, old).status == "closed"
    with house.acting():
        set_status(one(house, new), agent=house.greta, status="closed")
    with pytest.raises(Refusal, match="Both are closed"):
        merged(house, new, old)


def test_closing_the_survivor_lets_a_later_message_open_a_linked_one(house):
    old, new = two(house)
    merged(house, new, old)
    with house.acting():
        set_status(one(house, old), agent=house.greta, status="closed")
    later = write(house, "Months later", thread_key="api:b")
    assert later.conversation_id not in {old, new}
    with house.acting():
        assert Conversation.objects.get(pk=later.conversation_id).previous_id == new
        with pytest.raises(LookupError):
            write(house, "By its number", conversation_id=new)
    undone(house, new)
    # its key has another conversation now: it stays closed instead of breaking "one live conversation"
    assert one(house, new).status == "closed"


def test_two_brands_and_two_workspaces_never_become_one(house):
    old, _new = two(house)
    with house.acting():
        brand = Brand.objects.create(workspace_id=house.workspace.pk, slug="aurora", name="Aurora")
    other = write(house, "Hei", thread_key="api:x", brand_id=brand.pk).conversation_id
    with pytest.raises(Refusal) as refused:
        merged(house, other, old)
    assert refused.value.code == "other_brand"
    mallory = a_house("mallory-shop", owner="mallory")
    foreign = write(mallory, "Secret").conversation_id
    with mallory.acting():
        stolen = Conversation.objects.get(pk=foreign)
    with house.acting(), pytest.raises(NoConversation):
        merge_conversations(stolen, Conversation.objects.get(pk=old), agent=house.greta)
    with mallory.acting(), pytest.raises(Refusal):
        undo_merge(mallory.workspace.pk, old, agent=mallory.greta)
    with house.acting(), pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.filter(pk=old).update(merged_into_id=foreign)


def test_light_agents_are_refused(house):
    old, new = two(house)
    with house.acting():
        lena = add_agent(
            house.workspace.pk, email="lena@kaisla.example", name="Lena", role=Role.LIGHT, password="x" * 20
        )
        for act in (preview_merge, merge_conversations):
            with pytest.raises(NotAllowed):
                act(one(house, new), one(house, old), agent=lena)
        with pytest.raises(NotAllowed):
            undo_merge(house.workspace.pk, new, agent=lena)


def test_two_people_merging_at_once_make_one_link(house):
    old, new = two(house)
    results: list[str] = []

    def act(gone: int, stays: int) -> None:
        try:
            merged(house, gone, stays)
            results.append("merged")
        except Refusal as refusal:
            results.append(refusal.code)
        connection.close()

    threads = [threading.Thread(target=act, args=pair) for pair in ((new, old), (old, new), (new, old))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["already_merged", "already_merged", "merged"]


def test_messages_that_arrive_while_people_merge_and_undo_are_all_seen(house):
    old, new = two(house)
    stop = threading.Event()
    sent: list[int] = []

    def keep_writing() -> None:
        while not stop.is_set() and len(sent) < 200:
            sent.append(write(house, f"n{len(sent)}", thread_key="api:b").message_id)
        connection.close()

    writer = threading.Thread(target=keep_writing)
    writer.start()
    for _ in range(8):
        merged(house, new, old)
        undone(house, new)
    merged(house, new, old)
    stop.set()
    writer.join()
    with house.acting():
        seen = {message.id for message in messages_of(get_conversation(house.greta, new))}
    assert set(sent) <= seen


def test_the_agents_choice_of_each_field_stands(house):
    old, new = two(house)
    with house.acting():
        Conversation.objects.filter(pk=old).update(subject="Order", priority="low", assignee=house.greta)
        Conversation.objects.filter(pk=new).update(subject="Broken", priority="high")
        plan = preview_merge(one(house, new), one(house, old), agent=house.greta)
        assert [(c.field, c.taken) for c in plan.choices] == [("subject", "survivor"), ("priority", "merged")]
        assert plan.merged.messages == plan.survivor.messages == 1
    merged(house, new, old, fields={"subject": "merged"})
    found = one(house, old)
    assert (found.subject, found.priority, found.assignee_id) == ("Broken", "high", house.greta.pk)
    with pytest.raises(Refusal):
        undone(house, new)
        merged(house, new, old, fields={"customer": "merged"})


def test_an_answer_written_in_an_old_window_goes_to_the_survivor(house):
    old, new = two(house)
    stale = one(house, new)
    merged(house, new, old)
    with house.acting():
        answer = send_reply(stale, agent=house.greta, draft=Draft(text="Here", send_as="original"))
        assert answer.conversation_id == old
