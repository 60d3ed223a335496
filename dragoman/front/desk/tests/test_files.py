"""Files of messages: looked at in place where that is safe, kept one by one or all together."""

import io
import zipfile

import pytest
from django.test import Client

from dragoman.core.conversations.models import Attachment, Message
from dragoman.core.conversations.thread import content_url
from dragoman.ground.files.store import keep
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


def agent(house) -> Client:
    client = Client()
    client.force_login(house.greta.user)
    return client


def message_with(house, *files) -> Message:
    came = write(house, "look", language="en")
    settle()
    with house.acting():
        for name, kind, body in files:
            kept = keep(house.workspace.pk, io.BytesIO(body))
            Attachment.objects.create(
                workspace=house.workspace,
                message_id=came.message_id,
                file_key=kept.key,
                name=name,
                content_type=kind,
                size=len(body),
            )
        return Message.objects.get(pk=came.message_id)


def looked_at(house, message, name):
    with house.acting():
        url = content_url("a", Attachment.objects.get(message=message, name=name).pk)
    return Client().get(f"{url}?look")


@pytest.mark.parametrize(
    "name, kind, shown_as, sandboxed",
    [
        ("a.pdf", "application/pdf", "application/pdf", False),
        ("a.png", "image/png", "image/png", True),
        ("a.csv", "text/csv", "text/plain; charset=utf-8", True),
        ("a.mp3", "audio/mpeg", "audio/mpeg", True),
    ],
)
def test_what_a_browser_shows_opens_in_place(house, name, kind, shown_as, sandboxed):
    answer = looked_at(house, message_with(house, (name, kind, b"x")), name)
    assert answer["Content-Type"] == shown_as and answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Security-Policy"].startswith("sandbox") is sandboxed
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "kind", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/zip"]
)
def test_what_could_run_is_only_kept(house, kind):
    answer = looked_at(house, message_with(house, ("a.bin", kind, b"<script>1</script>")), "a.bin")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_all_files_come_in_one_archive_under_names_of_their_own(house):
    files = [
        ("รูป.png", "image/png", b"1"),
        ("รูป.png", "image/png", b"2"),
        ("../../etc/x", "text/plain", b"3"),
    ]
    message = message_with(house, *files)
    client = agent(house)
    answer = client.get(f"/desk/messages/{message.pk}/files.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        names = archive.namelist()
        assert names[:2] == ["รูป.png", "รูป (2).png"] and "/" not in names[2]
        assert archive.read("รูป (2).png") == b"2"
    page = client.get(f"/conversations/{message.conversation_id}").content.decode()
    assert 'data-look="image"' in page and "files.zip" in page
    assert client.get("/desk/messages/999999/files.zip").status_code == 404


def test_mallory_gets_no_archive(house):
    message = message_with(house, ("a.png", "image/png", b"1"))
    mallory = agent(a_house("mallory-shop", owner="mallory"))
    assert mallory.get(f"/desk/messages/{message.pk}/files.zip").status_code == 404
