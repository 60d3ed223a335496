"""Bringing in mail kept elsewhere, in the background: counted, resumed after a crash, never twice."""

from collections.abc import Sequence
from datetime import timedelta
from io import BufferedReader, BytesIO
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.connections.models import Connection
from dragoman.ground.events.actions import publish
from dragoman.ground.files.store import forget, keep, open_file
from dragoman.kit.address import clean
from dragoman.kit.errors import NotFound, Refusal

from ..errors import NotAllowed
from ..events import MailImportStarted
from ..import_models import MailImport
from ..mail_files import Joined, is_mail, mails_in
from ..models import Envelope, Message
from .envelopes import UNREADABLE, open_envelope, store_envelope

PIECE = 32 * 1024 * 1024
WHOLE = 20 * 1024**3
ABANDONED = timedelta(days=2)
NOTED = 20  # mails between two notes of how far it is


def begin_import(agent: Agent, mailbox: Connection, *, name: str, as_new: bool = False) -> MailImport:
    """Make room for files of a mailbox; for leads and owners. Old mail keeps its dates unless it comes `as_new`."""
    if not agent.can_lead:
        raise NotAllowed
    _forget_abandoned(agent.workspace_id)
    return MailImport.objects.create(
        workspace_id=agent.workspace_id,
        mailbox=mailbox,
        agent=agent,
        name=clean(name).strip()[-255:] or "mails",
        as_new=as_new,
    )


def _forget_abandoned(workspace_id: int) -> None:
    """Let uploads go that broke off long ago."""
    old = MailImport.objects.filter(
        workspace_id=workspace_id,
        state=MailImport.State.UPLOADING,
        created_at__lt=timezone.now() - ABANDONED,
    )
    for found in old:
        for _number, key in found.pieces:
            forget(key)
        found.delete()


def find_import(agent: Agent, import_id: int) -> MailImport:
    """Return an import of the agent's workspace; raises NotFound, for those who may not lead too."""
    found = MailImport.objects.filter(workspace_id=agent.workspace_id, pk=import_id).first()
    if found is None or not agent.can_lead:
        raise NotFound(_("There is no such import."))
    return found


def add_piece(found: MailImport, piece: BinaryIO, *, number: int, at: int, name: str = "") -> None:
    """Keep the next piece of a file. `at` is how much was kept before: a piece sent twice changes nothing."""
    if found.state != MailImport.State.UPLOADING:
        raise Refusal(_("This import has begun already: start another one."), code="begun", status=409)
    if at < found.size:
        return
    if at > found.size or at > WHOLE:
        raise Refusal(_("A part of the file is missing: start again."), code="gap", status=409)
    kept = keep(found.workspace_id, piece, limit=PIECE)
    with transaction.atomic():
        fresh = MailImport.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if fresh.size != at:
            forget(kept.key)
            return
        if kept.size:
            fresh.pieces = [*fresh.pieces, [number, kept.key]]
        else:
            forget(kept.key)
        fresh.files.setdefault(str(number), {"name": clean(name).strip()[-255:] or fresh.name})
        fresh.size += kept.size
        fresh.save(update_fields=["pieces", "files", "size"])


@transaction.atomic
def start_import(found: MailImport) -> None:
    """Let it run in the background."""
    fresh = MailImport.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if fresh.state != MailImport.State.UPLOADING:
        return
    if not fresh.size:
        raise Refusal(_("Choose a file with mails first."), code="empty", status=422)
    fresh.state = MailImport.State.RUNNING
    fresh.save(update_fields=["state"])
    publish(MailImportStarted(import_id=fresh.pk))


def run_import(found: MailImport) -> None:
    """Bring every mail in; called again after a crash it goes on where it was."""
    if found.state != MailImport.State.RUNNING:
        return
    seen = 0
    before = 0
    for number in sorted({int(number) for number, _key in found.pieces}):
        keys = [key for mine, key in found.pieces if mine == number]
        read = 0
        for mail, read in mails_in(_opened(keys)):
            seen += 1
            if seen <= found.seen:
                continue
            _count(found, _bring(found, mail), number)
            found.seen, found.read = seen, before + read
            if seen % NOTED == 0:
                _note(found)
        before += read
    found.state, found.finished_at, found.read = MailImport.State.DONE, timezone.now(), found.size
    _note(found)
    for _number, key in found.pieces:
        forget(key)


def _opened(keys: Sequence[str]) -> BinaryIO:
    return BufferedReader(Joined([lambda key=key: open_file(key) for key in keys]))  # type: ignore[misc]


def _note(found: MailImport) -> None:
    found.save(
        update_fields=["seen", "read", "files", "taken", "doubled", "unreadable", "state", "finished_at"]
    )


def _count(found: MailImport, became: str, number: int) -> None:
    file = found.files.setdefault(str(number), {"name": found.name})
    if became == "foreign":
        file["foreign"] = file.get("foreign", 0) + 1
        return
    setattr(found, became, getattr(found, became) + 1)
    file["mails"] = file.get("mails", 0) + 1
    if became == "unreadable":
        file["unreadable"] = file.get("unreadable", 0) + 1


def _bring(found: MailImport, mail: bytes | None) -> str:
    """Store and open one mail; say whether it was taken, doubled or unreadable, or foreign: no mail at all."""
    if mail is None:
        return "unreadable"
    if not is_mail(mail):
        return "foreign"
    envelope = store_envelope(
        "email", f"email:{found.mailbox_id}", BytesIO(mail), imported=True, old=not found.as_new
    )
    try:
        open_envelope(envelope)
    except UNREADABLE:
        return "unreadable"
    became = Message.objects.filter(workspace_id=found.workspace_id, envelope_id=envelope.pk)
    marks = list(became.values_list("marks", flat=True)[:1])
    if marks:
        return "unreadable" if "unreadable" in marks[0] else "taken"
    # the words are kept with the first delivery: a second copy of them serves nobody
    Envelope.objects.filter(workspace_id=found.workspace_id, pk=envelope.pk).delete()
    if envelope.file_key:
        forget(envelope.file_key)
    return "doubled"
