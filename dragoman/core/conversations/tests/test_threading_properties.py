"""Whatever mails come in whatever order: none is lost, none twice, no stranger joins, no workspace mixes."""

import io
from email.message import EmailMessage

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.actions import envelopes
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.conversations.reply_token import make_token
from dragoman.core.customers.models import Identity
from tests.people import a_house

pytestmark = pytest.mark.django_db
PEOPLE = ["maija", "somchai", "aiko"]
STRANGER = "mallory@outside.example"
# what may happen: who writes to which house, and what the mail answers (a number picks one of those before it)
STEP = st.tuples(
    st.sampled_from(["new", "token", "reference", "quoted", "duplicate", "stranger", "cross", "subject"]),
    st.sampled_from(PEOPLE),
    st.integers(0, 1),
    st.integers(0, 30),
)


class World:
    """Two houses, and what was sent to each: (id of the mail, who, where it must lie or None for anywhere)."""

    def __init__(self) -> None:
        self.houses = [a_house("north"), a_house("south", owner="mallory")]
        self.boxes = []
        for house in self.houses:
            with house.acting():
                address = f"help@{house.workspace.slug}.example"
                self.boxes.append(add_mailbox(house.brand, address=address))
        self.sent: list[dict[str, Message]] = [{}, {}]
        self.raw: list[list[bytes]] = [[], []]
        self.number = 0

    def mail(
        self, place: int, who: str, *, to: str = "", subject: str = "", text: str = "", **more: str
    ) -> Message:
        """Send one mail and return what became of it."""
        self.number += 1
        made = EmailMessage()
        name = f"n{self.number}@home.example"
        made["Message-ID"], made["From"] = f"<{name}>", who
        made["To"], made["Subject"] = to or self.boxes[place].address, subject or f"Matter {self.number}"
        for header, value in more.items():
            made[header.replace("_", "-")] = value
        made.set_content(text or f"text {self.number}")
        self.raw[place].append(made.as_bytes())
        self.deliver(place, made.as_bytes())
        with self.houses[place].acting():
            found = Message.objects.get(external_id=name)
        self.sent[place][name] = found
        return found

    def deliver(self, place: int, raw: bytes) -> None:
        with self.houses[place].acting():
            source = f"email:{self.boxes[place].pk}"
            envelopes.open_envelope(envelopes.store_envelope("email", source, io.BytesIO(raw)))

    def step(self, what: str, name: str, place: int, pick: int) -> None:
        who, before = f"{name}@home.example", list(self.sent[place].values())
        if what == "new" or not before:
            assert self.mail(place, who).conversation_id not in {one.conversation_id for one in before}
            return
        chosen = before[pick % len(before)]
        box, theirs = self.boxes[place].address, str(chosen.meta["from"])
        token = make_token(chosen.workspace_id, chosen.conversation_id)
        local, _at, domain = box.partition("@")
        if what == "duplicate":
            self.deliver(place, self.raw[place][pick % len(self.raw[place])])
        elif what == "token":
            found = self.mail(place, theirs, to=f"{local}+d{token}@{domain}")
            assert found.conversation_id == chosen.conversation_id
        elif what == "reference":
            found = self.mail(place, theirs, References=f"<strange@x.example> <{chosen.external_id}>")
            assert found.conversation_id == chosen.conversation_id
        elif what == "quoted":
            found = self.mail(place, STRANGER, text=f"On Monday {local}+d{token}@{domain} wrote:\n> hello")
            assert found.conversation_id not in {
                one.conversation_id for one in before if one.meta["from"] != STRANGER
            }
        elif what == "stranger":
            found = self.mail(
                place,
                STRANGER,
                In_Reply_To=f"<{chosen.external_id}>",
                subject=f"Re: {chosen.meta['subject']}",
            )
            assert found.conversation_id == chosen.conversation_id or STRANGER not in self._people(
                found, chosen
            )
        elif what == "cross":
            other = 1 - place
            found = self.mail(
                other, theirs, to=f"help+d{token}@x.example", In_Reply_To=f"<{chosen.external_id}>"
            )
            assert found.workspace_id == self.houses[other].workspace.pk
        else:
            # a subject alone joins nothing: nobody has answered
            found = self.mail(place, who, subject=f"Re: {chosen.meta['subject']}")
            assert found.conversation_id != chosen.conversation_id

    def _people(self, found: Message, chosen: Message) -> set[str]:
        """Return who is known in the conversation that a stranger wanted into."""
        if found.conversation_id == chosen.conversation_id:
            return {STRANGER}
        with (
            self.houses[0].acting()
            if found.workspace_id == self.houses[0].workspace.pk
            else self.houses[1].acting()
        ):
            there = Message.objects.filter(conversation_id=chosen.conversation_id, direction="in")
            return {str(one.meta["from"]) for one in there}

    def check(self) -> None:
        for place, house in enumerate(self.houses):
            with house.acting():
                stored = list(Message.objects.filter(direction="in").values_list("external_id", flat=True))
                assert sorted(stored) == sorted(self.sent[place])
                values = list(Identity.objects.values_list("value", flat=True))
                assert len(values) == len(set(values))
                strange = Message.objects.filter(direction="in", meta__from=STRANGER)
                for one in strange.select_related("conversation"):
                    owners = Identity.objects.filter(customer_id=one.conversation.customer_id)
                    assert set(owners.values_list("value", flat=True)) == {STRANGER}
                    assert not Conversation.objects.exclude(workspace_id=house.workspace.pk).exists()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@example(steps=[("new", "maija", 0, 0), ("stranger", "maija", 0, 0)])
@example(steps=[("new", "maija", 0, 0), ("quoted", "maija", 0, 0), ("cross", "aiko", 0, 0)])
@given(steps=st.lists(STEP, min_size=3, max_size=12))
def test_any_sequence_of_mails_loses_doubles_and_mixes_nothing(steps):
    with transaction.atomic():
        world = World()
        for step in steps:
            world.step(*step)
        world.check()
        with_a_message = sum(map(len, world.sent))
        assert with_a_message == world.number > 0
        transaction.set_rollback(True)
