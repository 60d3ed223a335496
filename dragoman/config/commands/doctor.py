"""`dragoman doctor`: what is configured, what answers, and what to do about what does not."""

import argparse
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from dragoman.config.environment import environment
from dragoman.config.stamp import current_stamp, stored_stamp
from dragoman.core.accounts.models import Workspace
from dragoman.core.accounts.queries import demo_log_ins_exist
from dragoman.core.connections.models import Connection
from dragoman.core.connections.records import check_records
from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.core.language import translate
from dragoman.core.language.engines import machine_of, status_of
from dragoman.core.language.translate import engines_status
from dragoman.core.language.vendors import FAMILY
from dragoman.ground.channels.email import send
from dragoman.kit import workspace
from dragoman.kit.errors import OutsideError, Refusal
from dragoman.kit.seal import Broken

GOOD, NOTE, BAD = "ok", "note", "BAD"
# reserved for examples (RFC 2606, RFC 6761): no name server knows them
INVENTED = (".example", ".invalid", ".test", ".localhost")
PROBE = "The lamp on the table is green."
ROOM = 2 * 1024**3  # bytes of disk below which mail with attachments soon has no place


@dataclass(frozen=True)
class Finding:
    """One line of the report; `advice` says what to do, empty where nothing is to be done."""

    state: str
    about: str
    found: str
    advice: str = ""


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """Offer the one check that `serve` runs before it listens to others."""
    parser.add_argument(
        "--unsafe", action="store_true", help="only refuse what must not be reachable by others"
    )


def run(options: argparse.Namespace) -> int:
    """Print every finding; the status is 1 if one is bad."""
    if options.unsafe:
        if demo_log_ins_exist():
            raise Refusal(
                "The demo's log-ins are in this database and their password is printed in the docs: use another"
                " database, or close those seats, before others can reach this machine."
            )
        return 0
    findings = [*_database(), *_workspaces(), *_storage(), *_language(), *_mail(), *_work(), *_safety()]
    width = max(len(finding.about) for finding in findings)
    for finding in findings:
        print(f"{finding.state:4} {finding.about:{width}}  {finding.found}")
        if finding.advice:
            print(f"     {'':{width}}  → {finding.advice}")
    return 1 if any(finding.state == BAD for finding in findings) else 0


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT current_setting('server_version'), current_user, session_user,
               (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user)"""
        )
        version, acting, login, unbound = cursor.fetchone()
    kind = "DATABASE_URL" if environment().database_url else f"embedded under {environment().home}"
    yield Finding(GOOD, "database", f"PostgreSQL {version}, {kind}, acting as {acting}")
    if unbound:
        yield Finding(
            NOTE,
            "row security",
            f"{login} is a superuser: the net under the workspaces' walls is off",
            "give DATABASE_URL a user without SUPERUSER and BYPASSRLS (docs/deploy.md)",
        )
    else:
        yield Finding(GOOD, "row security", "on: a query that forgets its workspace finds nothing")
    if stored_stamp(environment().home) != current_stamp():
        yield Finding(BAD, "migrations", "not all applied", "back up, then run: dragoman migrate")


def _workspaces() -> Iterator[Finding]:
    with workspace.everywhere(reason="doctor"):
        slugs = list(Workspace.objects.order_by("slug").values_list("slug", flat=True))
    if slugs:
        yield Finding(GOOD, "workspaces", ", ".join(slugs[:10]) + (" ..." if len(slugs) > 10 else ""))
    else:
        yield Finding(
            NOTE, "workspaces", "none yet", "dragoman workspace create my-shop, then dragoman agent add"
        )


def _storage() -> Iterator[Finding]:
    try:
        name = default_storage.save("doctor/probe", ContentFile(b"probe"))
        default_storage.delete(name)
        yield Finding(GOOD, "files", environment().storage_url or str(environment().home / "files"))
    except OSError as error:
        yield Finding(BAD, "files", f"cannot be written: {error}", "check STORAGE_URL and the folder's owner")
    if environment().storage_url.startswith("s3://"):
        yield Finding(
            NOTE,
            "files",
            "this probe went to S3, but no release was tested against a real S3",
            "try an attachment and its download before you rely on it",
        )
    free = shutil.disk_usage(environment().home).free
    if free < ROOM:
        yield Finding(
            BAD, "disk", f"{free // 1024**2} MB left", "make room: mail and database stop when it is full"
        )


def _language() -> Iterator[Finding]:
    statuses = list(engines_status())
    for status in statuses:
        state = GOOD if status.answers else BAD
        advice = "" if status.answers else "start it, or take it out of TRANSLATOR_URL"
        able = f"{len(status.languages)} languages" if status.languages else "any pair it is asked for"
        found = status.problem or f"{status.address or 'built in'}, {able}"
        yield Finding(state, f"engine {status.name}", found, advice)
    if not any(status.answers and status.name != "phrasebook" for status in statuses):
        yield Finding(
            NOTE,
            "translation",
            "only the phrasebook: free text cannot be translated",
            "set TRANSLATOR_URL, e.g. libretranslate://127.0.0.1:5000 (docs/settings.md)",
        )

    if any(status.answers and status.name != "phrasebook" for status in statuses):
        yield _translated()
    yield from _accounts()


def _accounts() -> Iterator[Finding]:
    """Tell how the workspaces' own engines are, by what their last call said and what they answer now."""
    with workspace.everywhere(reason="doctor"):
        accounts = list(
            VendorAccount.objects.filter(family=FAMILY).select_related("workspace").order_by("pk")
        )
    for account in accounts:
        name = f"engine {account.name} of {account.workspace.slug}"
        if account.state == VendorAccount.State.OFF:
            yield Finding(NOTE, name, "switched off")
            continue
        with workspace.acting_in(account.workspace_id):
            try:
                status = status_of(machine_of(account))
            except (ValueError, Broken) as error:
                yield Finding(BAD, name, str(error), "change it in Settings, Translation")
                continue
        place = "stays in the house" if status.local else "leaves the house"
        found = status.problem or account.last_error or f"{status.address}, {place}"
        fails = not status.answers or account.state == VendorAccount.State.FAILING
        yield Finding(
            BAD if fails else GOOD, name, found, "test it in Settings, Translation" if fails else ""
        )


def _translated() -> Finding:
    """Translate one sentence that is in no phrasebook: an engine that answers may still not work."""
    try:
        made = translate.translate(PROBE, source="en", target="fi")
    except OutsideError as error:
        return Finding(BAD, "translation", f"a probe failed: {error}", "look at the engine's own log")
    if made is None:
        return Finding(NOTE, "translation", "no engine translates English into Finnish", "docs/admins.md")
    return Finding(GOOD, "translation", f"“{PROBE}” became “{made.text}” ({made.engine})")


def _mail() -> Iterator[Finding]:
    if not settings.MAIL_URL:
        yield Finding(
            NOTE, "outgoing mail", "MAIL_URL is not set", "set it, e.g. smtp://user:password@mail.example:587"
        )
    else:
        yield _way_out("outgoing mail", settings.MAIL_URL)
    with workspace.everywhere(reason="doctor"):
        boxes = list(Connection.objects.filter(channel="email").order_by("id"))
    for box in boxes:
        if box.state == Connection.State.FAILING:
            yield Finding(
                BAD, f"mailbox {box.address}", box.last_error, "mend its settings in Settings, Mailboxes"
            )
        else:
            yield Finding(GOOD, f"mailbox {box.address}", str(box.get_state_display()))
        if not box.address.endswith(INVENTED):
            yield _names(box)
    if boxes and not settings.MAIL_LISTEN and not any(box.settings.get("imap_host") for box in boxes):
        yield Finding(
            NOTE,
            "incoming mail",
            "no mailbox is read",
            "give one its IMAP server, or set MAIL_LISTEN for SMTP or LMTP",
        )


def _names(box: Connection) -> Finding:
    """Say which DNS records of a mailbox are not as they should be."""
    with workspace.acting_in(box.workspace_id):
        wrong = [f"{one.wanted.kind} {one.state}" for one in check_records(box) if one.state != "found"]
    if not wrong:
        return Finding(GOOD, f"dns of {box.address}", "as it should be")
    advice = "paste what Settings, Mailboxes, DNS shows"
    return Finding(NOTE, f"dns of {box.address}", ", ".join(wrong), advice)


def _way_out(about: str, url: str) -> Finding:
    """Connect, encrypt and log in as sending does: a port that answers may still take no mail."""
    parts = urlsplit(url)
    if parts.scheme == "folder":
        return Finding(GOOD, about, f"written into {parts.path}, not sent")
    place = f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}"
    try:
        send.check({"url": url}, timeout=5)
    except OutsideError as error:
        return Finding(BAD, about, str(error), "check MAIL_URL and the server")
    return Finding(GOOD, about, f"{place} takes mail")


def _work() -> Iterator[Finding]:
    with workspace.everywhere(reason="doctor"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'"
        )
        workers = cursor.fetchone()[0]
        cursor.execute("SELECT count(*), min(at) FROM events_event WHERE told_at IS NULL")
        untold, oldest = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        parked = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM conversations_envelope WHERE state = 'failed'")
        unreadable = cursor.fetchone()[0]
    if workers:
        yield Finding(GOOD, "worker", f"{workers} running")
    else:
        yield Finding(NOTE, "worker", "none is running", "start it with dragoman serve, or dragoman worker")
    if untold:
        yield Finding(
            NOTE, "events", f"{untold} wait to be told, the oldest since {oldest:%Y-%m-%d %H:%M} UTC"
        )
    if parked or unreadable:
        found = f"{parked} parked jobs, {unreadable} envelopes that could not be opened"
        yield Finding(BAD, "parked", found, "look at Settings, Parked work, and replay or mend")


def _safety() -> Iterator[Finding]:
    if environment().has_own_secret:
        yield Finding(GOOD, "secret key", "DRAGOMAN_SECRET_KEY")
    else:
        yield Finding(
            NOTE, "secret key", f"{environment().home / 'secret.key'}, made here", "back it up with the data"
        )
    if demo_log_ins_exist():
        yield Finding(NOTE, "demo", "its log-ins exist: this installation listens on loopback only")
