"""A file that was uploaded and never sent goes after a day, unless a draft or a message has it."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from dragoman.core.conversations.actions.attachments import keep_attachment
from dragoman.core.conversations.models import Attachment, Draft, Message
from dragoman.core.conversations.tasks import forget_unsent_files
from tests.people import House, a_house, write

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def uploaded(house: House, *, ago: timedelta) -> Attachment:
    """Upload a file as Greta, some time ago."""
    with house.acting():
        file = keep_attachment(house.greta, file=io.BytesIO(b"a bill"), name="bill.pdf", content_type="")
        Attachment.objects.filter(pk=file.pk).update(created_at=timezone.now() - ago)
    return file


def is_there(house: House, file: Attachment) -> bool:
    with house.acting():
        row = Attachment.objects.filter(pk=file.pk).exists()
    assert row == default_storage.exists(file.file_key), "a row and its file go together"
    return row


def test_what_was_never_sent_goes_after_a_day_in_every_workspace():
    house, other = a_house(), a_house("northbound", owner="mallory")
    old, young = uploaded(house, ago=DAY * 1.1), uploaded(house, ago=DAY * 0.9)
    theirs = uploaded(other, ago=DAY * 2)
    forget_unsent_files()
    assert not is_there(house, old) and not is_there(other, theirs)
    assert is_there(house, young)


def test_what_a_draft_or_a_message_has_stays():
    house = a_house()
    received = write(house)
    kept, sent = uploaded(house, ago=DAY * 9), uploaded(house, ago=DAY * 9)
    with house.acting():
        Draft.objects.create(
            workspace_id=house.workspace.pk,
            conversation_id=received.conversation_id,
            agent=house.greta,
            kind=Draft.Kind.REPLY,
            attachments=[kept.pk],
        )
        Attachment.objects.filter(pk=sent.pk).update(message=Message.objects.get())
    forget_unsent_files()
    assert is_there(house, kept) and is_there(house, sent)


def test_a_file_that_a_message_names_too_keeps_its_bytes():
    house = a_house()
    write(house)
    twice = uploaded(house, ago=DAY * 2)
    with house.acting():
        Attachment.objects.create(
            workspace_id=house.workspace.pk,
            message=Message.objects.get(),
            file_key=twice.file_key,
            name="bill.pdf",
            content_type="application/pdf",
            size=6,
        )
    forget_unsent_files()
    with house.acting():
        assert not Attachment.objects.filter(pk=twice.pk).exists()
    assert default_storage.exists(twice.file_key)
