"""Envelopes: stored word for word before they are acknowledged, opened by a job, kept, replayed, forgotten in time."""

import io
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from typing import BinaryIO

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from dragoman.core.accounts.keys import key_of
from dragoman.core.accounts.models import MASKED, Agent
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.connections.models import Connection
from dragoman.core.connections.secrets import secrets_of
from dragoman.core.language.redact import masked, redacted
from dragoman.ground.channels.ports import NO_SECRETS, Inbound, Receipt, Secrets, channels
from dragoman.ground.events.actions import publish
from dragoman.ground.files.store import forget, keep, open_file
from dragoman.kit import seal, workspace

from ..errors import NotAllowed
from ..events import EnvelopeOpened, EnvelopeStored
from ..intake import Intake
from ..models import Envelope, Message
from .deliver import note_receipt
from .receive import ENVELOPE, receive_messages

IN_ROW = 256 * 1024
# what a dialect's parser may stumble over without taking the intake down
UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    AssertionError,
)


def store_envelope(
    channel: str, source: str, raw: BinaryIO, *, imported: bool = False, old: bool = False
) -> Envelope:
    """Seal and store what came in, in the acting workspace; when this returns nothing can be lost any more.

    What is `imported` came in long ago, somewhere else: nobody is told at once that it arrived. Where it is `old` too
    it keeps its dates, and what it begins is resolved and read.
    """
    workspace_id = workspace.get_current_id()
    body = raw.read()
    sealed = seal.seal(key_of(workspace_id), body, purpose=ENVELOPE)
    kept_key = ""
    if len(body) > IN_ROW:
        kept_key = keep(workspace_id, io.BytesIO(sealed), limit=len(sealed)).key
        sealed = b""
    with transaction.atomic():
        envelope = Envelope.objects.create(
            workspace_id=workspace_id,
            channel=channel,
            source=source,
            sealed=sealed,
            file_key=kept_key,
            size=len(body),
            facts={name: True for name, is_so in (("imported", imported), ("old", old)) if is_so},
        )
        publish(EnvelopeStored(envelope_id=envelope.pk))
    return envelope


def content_of(envelope: Envelope) -> bytes:
    """Unseal an envelope; raises kit.seal.Broken or FileNotFoundError where it cannot be opened any more."""
    sealed = bytes(envelope.sealed)
    if envelope.file_key:
        with open_file(envelope.file_key) as file:
            sealed = file.read()
    return seal.unseal(key_of(envelope.workspace_id), sealed, purpose=ENVELOPE)


def may_read_envelopes(agent: Agent) -> bool:
    """Say whether an agent may read word for word what came in, masked data with it."""
    return agent.can_own if workspace_facts(agent.workspace_id).envelopes_for_owners else agent.can_lead


def read_envelope(envelope: Envelope, *, agent: Agent) -> bytes:
    """Give an envelope's words to a lead, and leave an audit line; raises NotAllowed for others.

    A workspace may keep them for its owners.
    """
    if not may_read_envelopes(agent):
        raise NotAllowed
    content = content_of(envelope)
    with transaction.atomic():
        publish(EnvelopeOpened(envelope_id=envelope.pk, agent_id=agent.pk))
    return content


def open_envelope(envelope: Envelope) -> None:
    """Make messages and receipts of an envelope; done twice it changes nothing. A failure is kept with its reason."""
    body = content_of(envelope)
    dialect = channels[envelope.channel]
    with tempfile.SpooledTemporaryFile(max_size=IN_ROW * 4) as file:
        file.write(body)
        file.seek(0)
        try:
            facts = list(dialect.parse(file, _secrets(envelope)))  # type: ignore[arg-type]
            _take(envelope, body, facts)
        except UNREADABLE as error:
            Envelope.objects.filter(workspace_id=envelope.workspace_id, pk=envelope.pk).update(
                state=Envelope.State.FAILED, error=_told(error)
            )
            raise


def _told(error: Exception) -> str:
    """Say what went wrong; a parser that stumbles may quote what it read, which stays sealed."""
    text = f"{type(error).__name__}: {error}"[:2000]
    return masked(text, redacted(text, MASKED))


def _secrets(envelope: Envelope) -> Secrets:
    """Return the account's settings for its dialect; without them a message is read all the same."""
    number = envelope.source.partition(":")[2]
    if not number.isdigit():
        return NO_SECRETS
    account = Connection.objects.filter(workspace_id=envelope.workspace_id, pk=number).first()
    try:
        return secrets_of(account) if account else NO_SECRETS
    except seal.Broken:
        return NO_SECRETS


def _take(envelope: Envelope, body: bytes, facts: Iterable[Inbound | Receipt]) -> None:
    intake = Intake(envelope, body)
    noted = False
    for fact in facts:
        if isinstance(fact, Receipt):
            noted = _note(envelope, fact) or noted
        elif not (noted and fact.automatic in {"bounce", "receipt"}):
            # a report that is told at its message needs no conversation of its own
            _receive(intake, fact)
    Envelope.objects.filter(workspace_id=envelope.workspace_id, pk=envelope.pk).update(
        state=Envelope.State.DONE, error=""
    )


def _receive(intake: Intake, fact: Inbound) -> None:
    incoming = intake.incoming(fact)
    try:
        receive_messages([incoming])
    except LookupError:
        # the conversation was closed in between: its key now opens a linked one
        receive_messages([intake.by_key(incoming)])


def _note(envelope: Envelope, receipt: Receipt) -> bool:
    message = Message.objects.filter(
        workspace_id=envelope.workspace_id, external_id=receipt.external_id, direction="out"
    ).first()
    if message is not None:
        note_receipt(message, state=receipt.state, reason=receipt.reason)
    return message is not None


def replay(envelope: Envelope) -> None:
    """Open an envelope once more, by a job."""
    with transaction.atomic():
        Envelope.objects.filter(workspace_id=envelope.workspace_id, pk=envelope.pk).update(
            state=Envelope.State.WAITING, error=""
        )
        publish(EnvelopeStored(envelope_id=envelope.pk))


def forget_old_envelopes(workspace_id: int, *, days: int, masked_days: int) -> int:
    """Delete envelopes older than the workspace keeps them, files too; returns how many.

    Those that hold what was masked go after `masked_days`, if that is sooner.
    """
    now = timezone.now()
    sooner = Q(masked=True, received_at__lt=now - timedelta(days=masked_days))
    old = (
        Envelope.objects.filter(workspace_id=workspace_id)
        .filter(Q(received_at__lt=now - timedelta(days=days)) | sooner)
        .exclude(state=Envelope.State.WAITING)
    )
    for key in old.exclude(file_key="").values_list("file_key", flat=True).iterator():
        forget(key)
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM conversations_envelope WHERE workspace_id = %s AND state <> 'waiting'
               AND (received_at < %s - %s::interval OR (masked AND received_at < %s - %s::interval))""",
            [workspace_id, now, f"{days} days", now, f"{masked_days} days"],
        )
        return int(cursor.rowcount)
