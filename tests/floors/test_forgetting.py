"""A customer who is deleted leaves nothing: no text, address, file or search token, merged, split, drafted or learned."""

import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.connections.actions import add_mailbox
from dragoman.core.connections.models import StoredAnswer
from dragoman.core.connections.tasks import forget_answers
from dragoman.core.conversations.actions import envelopes, junk, status
from dragoman.core.conversations.actions.attachments import keep_attachment
from dragoman.core.conversations.actions.drafts import Written, save_draft
from dragoman.core.conversations.actions.followers import follow
from dragoman.core.conversations.actions.merge import merge_conversations
from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.actions.people import merge_customers
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.actions.side import Asked, start_side_thread
from dragoman.core.conversations.actions.split import split_conversation
from dragoman.core.conversations.mentions import Mention
from dragoman.core.conversations.models import Conversation, JunkWord, Message
from dragoman.core.customers.actions import delete_customer, erase_customer
from dragoman.core.customers.actions.fields import Definition, define_field, set_fields
from dragoman.core.customers.actions.preferences import Consent, keep_preference
from dragoman.core.customers.models import Customer, Deletion
from dragoman.core.notifications.models import Notification
from dragoman.core.segments.actions.views import Wish, remember_search, save_view
from dragoman.ground.channels.ports import Person
from dragoman.ground.events.models import Fault
from dragoman.kit import workspace
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)
# each stands in something that belongs to the person alone
NAME, MAIL, OTHER, WORD = "Quillfeather", "zq1@quill.example", "zq2@quill.example", "zephyrling"
MARKS = (NAME, "quill.example", WORD)


@pytest.fixture
def house(settings, tmp_path: Path) -> House:  # type: ignore[no-untyped-def]
    settings.MAIL_URL = f"folder://{tmp_path}/outbox"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }
    house = a_house()
    with house.acting():
        object.__setattr__(house, "box", add_mailbox(house.brand, address="help@kaisla.example"))
    return house


def mail(house: House, who: str, text: str, *, key: str, subject: str = "Order", to: str = "") -> Message:
    """Let a mail with a file come in and return its message; `to` is the key of the mail it answers."""
    answers = f"In-Reply-To: <{to}@out.example>\n" if to else ""
    raw = (
        f"From: {NAME if 'quill' in who else 'Anna'} <{who}>\nTo: help@kaisla.example\nSubject: {subject}\n"
        f"Message-ID: <{key}@out.example>\n{answers}Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{text}\n"
        f"--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=f.txt\n\nfile {text}\n--b--\n"
    )
    with house.acting():
        source = f"email:{house.box.pk}"  # type: ignore[attr-defined]
        envelopes.open_envelope(envelopes.store_envelope("email", source, io.BytesIO(raw.encode())))
    settle()
    with house.acting():
        return Message.objects.filter(direction="in").order_by("-pk").select_related("conversation").first()  # type: ignore[return-value]


def tables() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        yield from (name for (name,) in cursor.fetchall() if not name.startswith("django_"))


def left_in_database() -> dict[str, list[str]]:
    """Return the rows of every table that still name the person, whatever the column."""
    found: dict[str, list[str]] = {}
    with workspace.everywhere(reason="test"), connection.cursor() as cursor:
        for table in tables():
            cursor.execute(
                f"SELECT t::text FROM {table} t WHERE t::text ~* %s", ["|".join(map(re.escape, MARKS))]
            )
            rows = [row[:300] for (row,) in cursor.fetchall()]
            if rows:
                found[table] = rows
    return found


def left_in_files(tmp_path: Path) -> list[str]:
    return [
        str(path)
        for path in (tmp_path / "files").rglob("*")
        if path.is_file() and any(mark.encode() in path.read_bytes() for mark in MARKS)
    ]


def orphans() -> dict[str, int]:
    """Count, over all models, rows that point at nothing."""
    found = {}
    with workspace.everywhere(reason="test"):
        for model in apps.get_models():
            for field in model._meta.get_fields():
                if not isinstance(field, models.ForeignKey) or not model._meta.managed:
                    continue
                ids = field.remote_field.model._default_manager.values("pk")
                rows = model._default_manager.exclude(**{field.attname: None})
                count = rows.exclude(**{f"{field.attname}__in": ids}).count()
                if count:
                    found[f"{model.__name__}.{field.name}"] = count
    return found


def a_full_life(house: House) -> int:
    """Let somebody do, and have done to them, everything there is; returns their id."""
    first = mail(house, MAIL, f"Where is my {WORD}?", key="1")
    second = mail(house, OTHER, f"The {WORD} again, please.", key="2", subject=f"About {WORD}")
    anna = mail(house, "anna@home.example", "Hello, where is my kettle?", key="3")
    with house.acting():
        aino = add_agent(house.workspace.pk, email="aino@kaisla.example", name="Aino")
        story = first.conversation
        follow(story, agent=aino)
        add_note(story, agent=house.greta, text=f"@Aino look at {WORD}", mentions=[Mention(aino.pk)])
        asked = Asked(Person("email", "desk@carrier.example", "Carrier"), forwarded=[first.pk], language="en")
        files = [file.pk for file in first.attachments.all()]
        start_side_thread(
            story,
            agent=house.greta,
            asked=Asked(asked.outsider, language="en", forwarded=[first.pk], files=files),
            draft=Draft(text=f"Where is the parcel of {NAME}?", send_as="original", language="en"),
        )
        send_reply(story, agent=house.greta, draft=Draft(f"Your {WORD} comes", send_as="original"))
        later = timezone.now() + timedelta(days=1)
        send_reply(story, agent=house.greta, draft=Draft(f"Later {WORD}", send_as="original", send_at=later))
        status.snooze(story, agent=house.greta, until=later)
        remember_search(house.greta, MAIL)
        save_view(
            house.workspace.pk, agent=house.greta, wish=Wish(name="Them", view="all", q=f"from:{OTHER}")
        )
        Fault.objects.create(job_id=77, workspace_id=house.workspace.pk, words=f"550 {MAIL} unknown")
    settle()
    third = mail(house, MAIL, f"Another thing about the {WORD}.", key="4", to="1")
    with house.acting():
        split_conversation(third.conversation, agent=house.greta, message_id=third.pk, scope="only")
    fourth = mail(house, MAIL, f"Fourth {WORD}", key="5", subject="Fourth")
    junked = mail(house, OTHER, f"Cheap {WORD} watches {NAME}", key="6", subject="Watches")
    with house.acting():
        junk.mark_junk(junked.conversation, agent=house.greta)
    settle()
    with house.acting():
        assert JunkWord.objects.filter(word=WORD).exists()
        # theirs into somebody else's, then a new mail of theirs arrives there
        fourth.conversation.refresh_from_db()
        anna.conversation.refresh_from_db()
        merge_conversations(fourth.conversation, anna.conversation, agent=house.greta)
    settle()
    assert mail(house, MAIL, f"Fifth {WORD}", key="7", to="5").conversation_id == anna.conversation_id
    headers = {"authorization": f"Bearer {house.token}", "idempotency-key": "k1"}
    body = json.dumps({"text": f"Hello {NAME}", "translate": False})
    url = f"/api/v1/conversations/{second.conversation_id}/replies"
    made = Client().post(url, body, content_type="application/json", headers=headers)
    assert made.status_code == 201, made.content
    settle()
    with house.acting():
        held = keep_attachment(
            house.greta, file=io.BytesIO(WORD.encode()), name=f"{WORD}.txt", content_type=""
        )
        written = Written(kind="reply", text=f"Dear {NAME}", attachments=[held.pk])
        save_draft(story, agent=house.greta, written=written)
        one = Customer.objects.get(pk=second.conversation.customer_id)
        other = Customer.objects.get(pk=first.conversation.customer_id)
        define_field(house.workspace.pk, agent=house.greta, wish=Definition("size", "Size"))
        said = Consent("message", given_by=NAME)
        for person in (one, other):
            set_fields(person, values={"size": f"as {WORD}"}, agent=house.greta)
            keep_preference(person, kind="preferred_name", value=NAME, consent=said, agent=house.greta)
        merge_customers(one, other, agent=house.greta)
    settle()
    return first.conversation.customer_id


def test_nothing_of_a_deleted_customer_is_left_anywhere(house: House, tmp_path: Path) -> None:
    customer_id = a_full_life(house)
    assert {"conversations_message", "customers_identity", "conversations_draft"} <= set(left_in_database())
    assert {"customers_customerpreference", "customers_customer"} <= set(left_in_database())
    assert left_in_files(tmp_path)
    with house.acting():
        delete_customer(Customer.objects.get(pk=customer_id), agent=house.greta)
        erase_customer(house.workspace.pk, customer_id)
    settle()
    assert left_in_database() == {}
    assert left_in_files(tmp_path) == []
    assert orphans() == {}
    with house.acting():
        # what is Anna's, and the carrier's own record, is still there, and says nothing of the other
        [anna] = Conversation.objects.filter(customer__name="Anna")
        assert anna.joined is None and Message.objects.filter(conversation=anna, direction="in").count() == 1
        assert not Notification.objects.filter(topic__startswith="conversation:").exclude(
            topic=f"conversation:{anna.pk}"
        )
        assert Deletion.objects.get().finished_at


def test_the_database_alone_leaves_no_orphans(house: House) -> None:
    customer_id = a_full_life(house)
    with house.acting(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM customers_customer WHERE id = %s", [customer_id])
    assert orphans() == {}


def test_stored_answers_of_the_api_go_after_a_day(house: House) -> None:
    write(house)
    with house.acting():
        for key, hours in (("old", 25), ("new", 1)):
            at = timezone.now() - timedelta(hours=hours)
            StoredAnswer.objects.create(
                workspace_id=house.workspace.pk, key=key, caller="token:1", status=200, body="{}", at=at
            )
    forget_answers()
    with house.acting():
        assert [row.key for row in StoredAnswer.objects.all()] == ["new"]
