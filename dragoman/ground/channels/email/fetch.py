"""Mail out of a mailbox by IMAP: only what is new, in pieces, and nothing there is changed unless asked for.

`secrets` name the mailbox: `imap_host`, `imap_port`, `imap_security` (tls, starttls or none), `imap_user`,
`imap_password` (or `user`, `password`), `imap_folder` (INBOX), `mark_seen` (1: mark as read once stored); for
servers without passwords the names of `oauth.access_token`. How far a mailbox was read is a word, "validity:uid":
when the server says that its numbers start anew (another UIDVALIDITY), reading starts anew too.
"""

import imaplib
import re
import ssl
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError

from dragoman.ground.channels.email.oauth import access_token, is_oauth
from dragoman.ground.channels.ports import Secrets
from dragoman.kit.errors import OutsideError, Rejected, Unavailable

PIECE = 1024 * 1024
MAX_MAIL = 100 * 1024 * 1024
IN_MEMORY = 1024 * 1024
TIMEOUT = 60.0
POLL_SECONDS = 20.0
# RFC 2177 asks to renew before 29 minutes; many middle boxes forget a silent connection much sooner.
IDLE_SECONDS = 9 * 60.0


@dataclass(frozen=True)
class Place:
    """How far a folder was read: the UIDs of one validity, up to and with `uid`."""

    validity: int = 0
    uid: int = 0

    @classmethod
    def read(cls, state: str) -> "Place":
        """Read "validity:uid"; anything else is the beginning."""
        match = re.fullmatch(r"(\d{1,20}):(\d{1,20})", state)
        return cls(int(match[1]), int(match[2])) if match else cls()

    def __str__(self) -> str:
        return f"{self.validity}:{self.uid}"


def fetch(secrets: Secrets, *, state: str = "", limit: int = 100) -> Iterator[tuple[BinaryIO, str]]:
    """Yield (raw mail, new state) for at most `limit` mails after `state`, oldest first.

    Store a mail and its state before asking for the next: only then may it be marked as read. A mail the server
    cannot give is passed over. Raises Rejected where the log-in is refused, Unavailable for all that may pass.
    """
    with _folder(secrets, readonly=not _wants_marks(secrets)) as box:
        place = _place_in(box, state)
        for uid in _uids_after(box, place.uid)[:limit]:
            raw = _read(box, uid)
            if raw is None:
                continue
            yield raw, str(Place(place.validity, uid))
            if _wants_marks(secrets):
                box.client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")


def latest(secrets: Secrets) -> str:
    """Return the state that leaves all mail now in the folder unread, for a mailbox that begins today."""
    with _folder(secrets, readonly=True) as box:
        place = _place_in(box, "")
        return str(Place(place.validity, _last_uid(box)))


def wait(secrets: Secrets, timeout: float, *, state: str = "") -> bool:
    """Wait until mail comes, at most `timeout` seconds, by IDLE or by asking; say whether some did.

    With `state`, mail that came since then counts at once.
    """
    deadline = time.monotonic() + timeout
    with _folder(secrets, readonly=True) as box:
        known = _place_in(box, state).uid if state else _last_uid(box)
        while not _uids_after(box, known):
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            if "IDLE" in box.client.capabilities:
                box.idle.wait(min(left, IDLE_SECONDS))
            else:
                time.sleep(min(left, POLL_SECONDS))
                box.client.noop()
        return True


def check(secrets: Secrets, *, timeout: float = TIMEOUT) -> int:
    """Log in and return how many mails the folder holds: the try-it button of a mailbox's settings."""
    with _folder(secrets, readonly=True, timeout=timeout) as box:
        return len(_uids_after(box, 0))


@contextmanager
def _folder(secrets: Secrets, *, readonly: bool, timeout: float = TIMEOUT) -> Iterator[BaseMailBox]:
    """Log in and open the folder; whatever goes wrong comes out as Rejected or Unavailable."""
    host = secrets.get("imap_host", "")
    try:
        box = _connect(secrets, host, timeout)
        try:
            _log_in(box, secrets)
            box.folder.set(secrets.get("imap_folder") or "INBOX", readonly=readonly)
            yield box
        finally:
            _leave(box)
    except OutsideError:
        raise
    except MailboxLoginError as fault:
        raise _login_refusal(host, str(fault)) from fault
    except (ImapToolsError, imaplib.IMAP4.error, OSError, ValueError) as fault:
        raise Unavailable(f"the mailbox on {host} cannot be read: {str(fault)[:300]}") from fault


def _connect(secrets: Secrets, host: str, timeout: float) -> BaseMailBox:
    security = secrets.get("imap_security") or "tls"
    port = int(secrets.get("imap_port") or (993 if security == "tls" else 143))
    if security == "tls":
        return MailBox(host, port, timeout=timeout, ssl_context=ssl.create_default_context())
    if security == "starttls":
        return MailBoxStartTls(host, port, timeout=timeout, ssl_context=ssl.create_default_context())
    if security != "none":
        raise Rejected(f"imap_security is {security!r}, not tls, starttls or none")
    return MailBoxUnencrypted(host, port, timeout=timeout)


def _log_in(box: BaseMailBox, secrets: Secrets) -> None:
    user = secrets.get("imap_user") or secrets.get("user", "")
    password = secrets.get("imap_password") or secrets.get("password", "")
    if is_oauth(secrets):
        token = access_token(secrets)
        try:
            box.xoauth2(user, token, initial_folder=None)
        except imaplib.IMAP4.error as fault:
            raise _login_refusal(secrets.get("imap_host", ""), str(fault)) from fault
    elif (user + password).isascii():
        box.login(user, password, initial_folder=None)
    else:
        box.login_utf8(user, password, initial_folder=None)


def _login_refusal(host: str, words: str) -> OutsideError:
    """A wrong password stays wrong; a busy server's refusal may pass."""
    if "UNAVAILABLE" in words or "INUSE" in words:
        return Unavailable(f"the mailbox on {host} refuses the log-in for now: {words[:300]}")
    return Rejected(f"the mailbox on {host} refuses the log-in: {words[:300]}")


def _leave(box: BaseMailBox) -> None:
    """Log out; what the server makes of it no longer matters."""
    try:
        box.client.logout()
    except (imaplib.IMAP4.error, OSError):
        box.client.shutdown()


def _place_in(box: BaseMailBox, state: str) -> Place:
    """Return the place to go on from: the state's, or the beginning where the server numbers anew."""
    _, found = box.client.response("UIDVALIDITY")
    validity = int(found[-1]) if found and found[-1] else 0
    place = Place.read(state)
    return place if place.validity == validity else Place(validity, 0)


def _uids_after(box: BaseMailBox, uid: int) -> list[int]:
    """Return the UIDs above `uid`, in order, by the oldest form of SEARCH, which every server knows."""
    kind, found = box.client.uid("SEARCH", "UID", f"{uid + 1}:*")
    if kind != "OK":
        raise Unavailable(f"the mail server cannot search: {found!r}"[:300])
    words = b" ".join(each for each in found if isinstance(each, bytes)).split()
    # "n:*" always names the last mail, even when it is older than n (RFC 3501, 6.4.8).
    return sorted({int(word) for word in words if word.isdigit() and int(word) > uid})


def _last_uid(box: BaseMailBox) -> int:
    """Return the highest number given so far; most servers say it on opening the folder."""
    _, found = box.client.response("UIDNEXT")
    if found and found[-1]:
        return int(found[-1]) - 1
    return max(_uids_after(box, 0), default=0)


def _read(box: BaseMailBox, uid: int) -> BinaryIO | None:
    """Return one mail, read a megabyte at a time without marking it; None where the server has none to give."""
    spool = cast(BinaryIO, tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115  # the caller closes it
    at = 0
    while at < MAX_MAIL:
        try:
            kind, answer = box.client.uid("FETCH", str(uid), f"(UID BODY.PEEK[]<{at}.{PIECE}>)")
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            kind, answer = "NO", []
        piece = _piece(answer, at) if kind == "OK" else None
        if piece is None:
            if at:
                break
            spool.close()
            return None
        data, is_whole = piece
        spool.write(data)
        at += len(data)
        if is_whole or len(data) < PIECE:
            break
    spool.seek(0)
    return spool


def _piece(answer: list[object], at: int) -> tuple[bytes, bool] | None:
    """Return the data in a FETCH answer and whether the server sent all at once, ignoring the piece asked for."""
    for part in answer:
        if isinstance(part, tuple) and len(part) == 2 and b"BODY[]" in part[0]:
            whole = f"<{at}>".encode() not in part[0]
            return (part[1][at:] if whole else part[1]), whole
    return None


def _wants_marks(secrets: Secrets) -> bool:
    return secrets.get("mark_seen", "").lower() in ("1", "true", "yes", "on")
