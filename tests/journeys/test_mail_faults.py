"""What goes wrong around mail on a real server: gone in mid-word, numbered anew, twice by two ways, a full disk."""

import contextlib
import errno
import io
import shutil
import socket
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.connections.models import Connection
from dragoman.core.conversations.actions import arrivals, envelopes
from dragoman.core.conversations.actions.arrivals import keeper, opener
from dragoman.core.conversations.models import Attachment, Conversation, Envelope, Message
from dragoman.front.gateway.intake import _fetch_new, accept
from dragoman.front.gateway.mail import MailIn
from dragoman.ground.files.store import open_file
from dragoman.kit.errors import OutsideError, Unavailable
from tests.journeys.dovecot import Dovecot, is_installed
from tests.people import House, a_house

pytestmark = [
    pytest.mark.mailserver,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not is_installed(), reason="Dovecot is not installed"),
]
BOX = "help@kaisla.example"
LARGE = 300 * 1024


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    running = Dovecot.start()
    yield running
    running.stop()


@pytest.fixture
def house() -> Iterator[House]:
    house = a_house()
    with house.acting():
        yield house
    keeper.stop()
    opener.stop()


def letter(number: int, text: str = "Where is my order?", *, file: bytes = b"") -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"m{number}@example.com", BOX, f"Order {number}"
    made["Message-ID"] = f"<{number}@example.com>"
    made.set_content(text)
    if file:
        made.add_attachment(file, maintype="application", subtype="octet-stream", filename="photo.raw")
    return made.as_bytes()


def mailbox(house: House, server: Dovecot, user: str, *, port: int = 0) -> Connection:
    secrets = server.secrets(user)
    if port:
        secrets["imap_port"] = str(port)
    return add_mailbox(house.brand, address=BOX, settings=secrets)


def open_everything() -> None:
    """Do what the jobs do, in order; what is open already changes nothing."""
    opener.stop()
    for envelope in Envelope.objects.exclude(state="done").order_by("pk"):
        envelopes.open_envelope(envelope)


def senders() -> list[str]:
    return sorted(Message.objects.filter(direction="in").values_list("meta__from", flat=True))


class Cutting:
    """A door before a server that breaks every connection after so many bytes from the server."""

    def __init__(self, port: int) -> None:
        self.target, self.allowed = port, 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _who = self.door.accept()
                there = socket.create_connection(("127.0.0.1", self.target))
                threading.Thread(target=self._pass, args=(here, there, 1 << 40), daemon=True).start()
                threading.Thread(target=self._pass, args=(there, here, self.allowed), daemon=True).start()

    @staticmethod
    def _pass(source: socket.socket, target: socket.socket, left: int) -> None:
        with contextlib.suppress(OSError):
            while left > 0 and (data := source.recv(min(4096, left))):
                target.sendall(data)
                left -= len(data)
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.door.close()


def test_a_server_gone_at_any_byte_of_a_fetch_loses_and_doubles_nothing(
    house: House, server: Dovecot
) -> None:
    server.deliver("cut@kaisla.example", *(letter(n, "word " * 2000) for n in range(4)))
    door = Cutting(server.imap)
    box = mailbox(house, server, "cut@kaisla.example", port=door.port)
    cuts, last = 0, -1
    # from the greeting over the log-in to the middle of each mail's literal, a little further each time
    for door.allowed in [*range(200, 1500, 260), *range(6000, 60_000, 4500)]:
        box.refresh_from_db()
        try:
            _fetch_new(box)
        except OutsideError as error:
            assert not error.permanent
            cuts += 1
        stored = Envelope.objects.count()
        assert stored >= last
        last = stored
        if stored == 4:
            break
    door.close()
    assert (cuts > 5, last) == (True, 4)
    open_everything()
    assert senders() == [f"m{n}@example.com" for n in range(4)]
    assert {message.text for message in Message.objects.all()} == {("word " * 2000).strip()}


def test_numbers_that_begin_anew_bring_no_mail_twice(house: House, server: Dovecot) -> None:
    user = "anew@kaisla.example"
    server.deliver(user, letter(1), letter(2))
    box = mailbox(house, server, user)
    assert _fetch_new(box) == 2
    open_everything()
    box.refresh_from_db()
    before = box.cursor
    for name in Path(server.folder, "mail", user).glob("dovecot*"):
        shutil.rmtree(name) if name.is_dir() else name.unlink()
    server.deliver(user, letter(3))
    assert _fetch_new(box) == 3
    box.refresh_from_db()
    assert box.cursor.split(":")[0] != before.split(":")[0]
    open_everything()
    assert senders() == ["m1@example.com", "m2@example.com", "m3@example.com"]
    assert Conversation.objects.count() == 3
    assert _fetch_new(box) == 0


@pytest.mark.parametrize("size", [0, LARGE])
def test_a_mail_by_lmtp_and_by_imap_and_twice_by_each_is_one_message(
    house: House, server: Dovecot, size: int
) -> None:
    user = f"twice{size}@kaisla.example"
    raw = letter(7, file=b"\x07" * size)
    server.deliver(user, raw, raw)
    box = mailbox(house, server, user)
    for _ in range(2):
        accept(
            MailIn(
                "127.0.0.1", "m7@example.com", (BOX,), io.BytesIO(b"Return-Path: <m7@example.com>\r\n" + raw)
            )
        )
    assert _fetch_new(box) == 2
    open_everything()
    assert senders() == ["m7@example.com"]
    assert Attachment.objects.count() == (1 if size else 0)
    assert set(Envelope.objects.values_list("state", flat=True)) == {"done"}


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """While the list holds True, the storage writes half of a file and then has no room."""
    is_full = [True]
    rightly = FileSystemStorage._save

    def save(self: FileSystemStorage, name: str, content: object) -> str:
        if not is_full[0]:
            return rightly(self, name, content)
        rightly(self, name, ContentFile(next(iter(content.chunks(1000)))[:500]))  # type: ignore[attr-defined]
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", save)
    yield is_full


def files() -> set[Path]:
    return {path for path in Path(default_storage.location).rglob("*") if path.is_file()}


def test_a_full_disk_refuses_a_large_mail_for_now_and_leaves_no_half_file(
    house: House, full_disk: list[bool]
) -> None:
    add_mailbox(house.brand, address=BOX)
    before, raw = files(), letter(8, file=b"\x08" * LARGE)
    with pytest.raises(Unavailable):
        accept(MailIn("127.0.0.1", "m8@example.com", (BOX,), io.BytesIO(raw)))
    assert (Envelope.objects.count(), files() - before) == (0, set())
    full_disk[0] = False
    accept(MailIn("127.0.0.1", "m8@example.com", (BOX,), io.BytesIO(raw)))
    open_everything()
    [kept] = Attachment.objects.all()
    with open_file(kept.file_key) as file:
        assert file.read() == b"\x08" * LARGE


def test_a_full_disk_while_files_are_taken_out_of_a_stored_mail_waits_and_holds_up_no_other(
    house: House, full_disk: list[bool]
) -> None:
    box = add_mailbox(house.brand, address=BOX)
    before = files()
    kept = []
    for number, file in ((1, b""), (2, b"\x02" * 2000), (3, b"")):
        arrival = arrivals.Arrival(box, letter(number, file=file))
        [pk] = arrivals._keep_all([arrival])
        kept.append(arrivals.Kept(Envelope.objects.get(pk=pk), arrival))
    arrivals.open_all(kept)
    assert (senders(), files() - before) == (["m1@example.com", "m3@example.com"], set())
    with pytest.raises(OSError, match="No space"):
        open_everything()
    assert Envelope.objects.exclude(state="done").count() == 1
    full_disk[0] = False
    open_everything()
    assert senders() == ["m1@example.com", "m2@example.com", "m3@example.com"]
    assert Attachment.objects.count() == 1
