"""Mail coming in: the listener's callbacks, and the threads that read mailboxes by IMAP."""

import logging
import threading
from urllib.parse import SplitResult

from django.db import Error, close_old_connections, connection

from dragoman.core.connections.actions import note_try
from dragoman.core.connections.models import Connection
from dragoman.core.connections.queries import find_mailbox, mailboxes_to_fetch, plain_address
from dragoman.core.connections.secrets import secrets_of
from dragoman.core.conversations.actions.arrivals import SMALL, Arrival, take_in
from dragoman.core.conversations.actions.envelopes import store_envelope
from dragoman.ground.channels.email.fetch import fetch, wait
from dragoman.kit import workspace
from dragoman.kit.errors import OutsideError, Rejected, Unavailable
from dragoman.kit.memo import Memo

from .mail import MailIn, MailListener

log = logging.getLogger(__name__)

PAUSE = 30.0  # seconds between two looks into a mailbox whose server does not push
LOOK = 20.0  # seconds between two looks for new or removed mailboxes
AT_ONCE = 50
TRIES_A_MINUTE = 30

_boxes: Memo[str, Connection] = Memo(seconds=5)


def accept(mail: MailIn) -> str:
    """Store a mail once for every mailbox it is for; nothing is acknowledged that is not on disk."""
    boxes = {box.pk: box for box in map(_box_of, mail.recipients) if box is not None}
    if not boxes:
        raise Rejected("5.1.1 no such mailbox here")
    try:
        numbers = [_store(box, mail) for box in boxes.values()]
    except (Error, OSError, TimeoutError) as error:
        log.warning("mail not stored, its sender will try again: %s", error)
        raise Unavailable("4.3.0 not stored, try again later") from error
    finally:
        connection.close()
    return " ".join(str(number) for number in numbers)


def _store(box: Connection, mail: MailIn) -> int:
    with workspace.acting_in(box.workspace_id):
        mail.body.seek(0)
        body = mail.body.read(SMALL + 1)
        if len(body) > SMALL:
            mail.body.seek(0)
            number = int(store_envelope("email", f"email:{box.pk}", mail.body).pk)
        else:
            number = take_in(Arrival(box, body))
        if box.state == Connection.State.NEW:
            # the first mail is the best trial
            note_try(box)
            _boxes.forget()
        return number


def _box_of(address: str) -> Connection | None:
    """Find the mailbox of an address; one that was switched off may take mail for a few seconds more."""
    return _boxes.get(plain_address(address), lambda: find_mailbox(address))


def knows(address: str) -> bool:
    """Say whether an address is one of our mailboxes."""
    try:
        return _box_of(address) is not None
    finally:
        connection.close()


class MailDoor(threading.Thread):
    """Listens as MAIL_LISTEN says; a port that another program holds is asked for until it is free.

    Nothing else waits for it: mailboxes, jobs and answers go on meanwhile.
    """

    def __init__(self, url: SplitResult) -> None:
        super().__init__(name="mail-door", daemon=True)
        self.url = url
        self.listener: MailListener | None = None
        self._end = threading.Event()

    def run(self) -> None:
        """Open the door; log the fault once a minute where it stays shut."""
        tries = 0
        while not self._end.is_set():
            try:
                self._open()
            except OSError as fault:
                if tries % TRIES_A_MINUTE == 0:
                    log.error("no mail is taken at %s, trying again: %s", self.url.geturl(), fault)
                tries += 1
                self._end.wait(60 / TRIES_A_MINUTE)
            else:
                return

    def _open(self) -> None:
        listener = MailListener(accept, knows, protocol="lmtp" if self.url.scheme == "lmtp" else "smtp")
        listener.start(self.url.hostname or "127.0.0.1", self.url.port or 0)
        self.listener = listener
        log.info("taking mail by %s on %s:%s", self.url.scheme, self.url.hostname, listener.port)

    def stop(self) -> None:
        """Take no more mail."""
        self._end.set()
        if self.is_alive():
            self.join(5)
        if self.listener is not None:
            self.listener.stop()


class MailboxWatcher(threading.Thread):
    """Keeps one reading thread for each mailbox with IMAP settings."""

    def __init__(self) -> None:
        super().__init__(name="mailboxes", daemon=True)
        self._end = threading.Event()
        self._readers: dict[int, _Reader] = {}

    def stop(self) -> None:
        """Ask all readers to end; they are daemons and hold nothing."""
        self._end.set()
        for reader in self._readers.values():
            reader.end.set()

    def run(self) -> None:
        """Start readers for new mailboxes and end those of removed ones."""
        while not self._end.wait(LOOK if self._readers or self._end.is_set() else 5.0):
            try:
                wanted = {box.pk: box for box in mailboxes_to_fetch()}
            except Error as error:
                log.warning("mailboxes not read now: %s", error)
                continue
            finally:
                connection.close()
            for pk in set(self._readers) - set(wanted):
                self._readers.pop(pk).end.set()
            for pk, box in wanted.items():
                if pk not in self._readers or not self._readers[pk].is_alive():
                    self._readers[pk] = _Reader(box)
                    self._readers[pk].start()


class _Reader(threading.Thread):
    """Reads one mailbox: everything new, then waits for the server to push, or half a minute."""

    def __init__(self, box: Connection) -> None:
        super().__init__(name=f"mailbox-{box.pk}", daemon=True)
        self.workspace_id, self.pk = box.workspace_id, box.pk
        self.end = threading.Event()

    def run(self) -> None:
        while not self.end.is_set():
            pause = PAUSE
            try:
                with workspace.acting_in(self.workspace_id):
                    box = Connection.objects.filter(pk=self.pk).first()
                    if box is None or box.state == Connection.State.OFF:
                        return
                    if _fetch_new(box) >= AT_ONCE:
                        continue
                    secrets = secrets_of(box)
                connection.close()
                pause = 0.0 if wait(secrets, timeout=PAUSE * 4, state=box.cursor) else 1.0
            except (OutsideError, OSError) as error:
                self._note(str(error))
            except Error as error:
                log.warning("mailbox %s waits for the database: %s", self.pk, error)
            finally:
                close_old_connections()
                connection.close()
            self.end.wait(pause)

    def _note(self, error: str) -> None:
        try:
            with workspace.acting_in(self.workspace_id):
                note_try(Connection.objects.get(pk=self.pk), error=error or "no answer")
        except (Error, Connection.DoesNotExist) as trouble:
            log.warning("mailbox %s: %s (and %s)", self.pk, error, trouble)


def _fetch_new(box: Connection) -> int:
    """Store every new mail of a mailbox, remembering after each how far it came; returns how many."""
    count = 0
    for raw, state in fetch(secrets_of(box), state=box.cursor, limit=AT_ONCE):
        with raw:
            store_envelope("email", f"email:{box.pk}", raw)
        note_try(box, cursor=state)
        count += 1
    note_try(box)
    return count
