"""Taking messages in: through this door alone, one at a time or hundreds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from dragoman.core.accounts.keys import key_of
from dragoman.ground.channels.ports import IdentityKind
from dragoman.ground.database.prepared import fetch, prepared
from dragoman.ground.events import actions as events
from dragoman.kit import seal, workspace
from dragoman.kit.address import clean

from ..events import MessageReceived
from ..masking import KEPT, Masker, types_for
from ..models import Attachment, Envelope, Message
from ..statement import RECEIVE_BY_ID, RECEIVE_BY_KEY
from . import junk

PREVIEW = 240
ENVELOPE = b"envelope"


@dataclass(frozen=True)
class KeptFile:
    """A file that is stored already and comes along with a message; `size` in bytes."""

    key: str
    name: str
    content_type: str
    size: int
    content_id: str = ""


@dataclass(frozen=True)
class Incoming:
    """A customer's message ready to be stored.

    (`source`, `external_id`) names it once and for all; `kind` and `identity` are normalised (kit.address);
    `conversation_id` is given only with proof that it belongs there, else `thread_key` (empty: the customer's
    running conversation with the brand) decides; `raw` is sealed as the envelope, unless `envelope_id` names one
    stored before, and `opens` says that nothing else is in that one: it is done with this message. A `quiet` message
    (an auto-reply) does not wake the conversation. `junk` is why its conversation is put aside, `clears_junk` that it
    is proof of a customer: then the conversation is none (`junk.py`). `kept_at` is the time at which old mail
    stands: it begins a resolved conversation, wakes none, and joins a closed one given by id.
    """

    channel: str
    source: str
    external_id: str
    brand_id: int
    kind: IdentityKind
    identity: str
    text: str
    name: str = ""
    verified: bool = False
    thread_key: str = ""
    conversation_id: int | None = None
    subject: str = ""
    html: str = ""
    quoted: str = ""
    language: str = ""
    market: str = ""
    sent_at: datetime | None = None
    marks: Sequence[str] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
    attachments: Sequence[KeptFile] = ()
    raw: bytes = b""
    envelope_id: int | None = None
    opens: bool = False
    quiet: bool = False
    junk: Mapping[str, Any] = field(default_factory=dict)
    clears_junk: bool = False
    kept_at: datetime | None = None


@dataclass(frozen=True)
class Received:
    """Where a message went; `duplicate` says it had been there before."""

    message_id: int
    conversation_id: int
    customer_id: int
    duplicate: bool


def receive_message(incoming: Incoming) -> Received:
    """Store one message; see `receive_messages`."""
    return receive_messages([incoming])[0]


def receive_messages(incoming: Sequence[Incoming]) -> list[Received]:
    """Store messages of the acting workspace, masked as it decided, and return, in order, where each went.

    Duplicates change nothing. LookupError where a conversation given by id is closed or gone: nothing is stored.
    """
    incoming = [_masked(item) for item in incoming]
    if (
        any(item.attachments or item.junk or item.clears_junk or KEPT in item.meta for item in incoming)
        or len({item.conversation_id is None for item in incoming}) > 1
    ):
        with transaction.atomic():
            return _receive(incoming)
    return _receive(incoming)


def _masked(item: Incoming) -> Incoming:
    """Return a message without what its brand does not want to see; the envelope keeps it, sealed."""
    masker = Masker(types_for(workspace.get_current_id(), item.brand_id))
    shown = replace(
        item,
        text=masker.text(item.text),
        quoted=masker.text(item.quoted),
        html=masker.html(item.html),
        subject=masker.text(item.subject),
        name=masker.text(item.name),
        attachments=[replace(file, name=masker.text(file.name)) for file in item.attachments],
        meta=masker.meta(item.meta),
    )
    return replace(shown, meta={**shown.meta, KEPT: dict(masker.count)}) if masker.count else shown


def _receive(incoming: Sequence[Incoming]) -> list[Received]:
    workspace_id = workspace.get_current_id()
    numbered = list(enumerate(incoming, start=1))
    found: dict[int, Received] = {}
    for statement, by_id in ((RECEIVE_BY_KEY, False), (RECEIVE_BY_ID, True)):
        part = [(n, item) for n, item in numbered if (item.conversation_id is not None) == by_id]
        if part:
            found.update(_run(statement, part, workspace_id))
    missing = [(n, item) for n, item in numbered if n not in found]
    found.update(_known_before(missing))
    _attach(workspace_id, numbered, found)
    _put_aside(workspace_id, numbered, found)
    _mark_envelopes(workspace_id, numbered, found)
    events.ring()
    return [found[n] for n, _item in numbered]


def _run(statement: str, part: list[tuple[int, Incoming]], workspace_id: int) -> dict[int, Received]:
    key = key_of(workspace_id)
    sealed = [seal.seal(key, item.raw, purpose=ENVELOPE) if item.raw else b"" for _n, item in part]
    rows = [_row(place, item) for place, (_n, item) in enumerate(part, start=1)]
    telling = events.is_telling()
    values = {
        "workspace": workspace_id,
        "rows": json.dumps(rows, ensure_ascii=False),
        "sealed": sealed,
        "told": telling,
    }
    stored = fetch(statement, values) if connection.in_atomic_block else prepared(statement, values)
    if telling:
        events.told(*(MessageReceived(talk, message) for _n, message, talk, _who in sorted(stored)))
    return {
        part[n - 1][0]: Received(message, conversation, customer, duplicate=False)
        for n, message, conversation, customer in stored
    }


def _row(place: int, item: Incoming) -> dict[str, Any]:
    text = clean(item.text)
    name = clean(item.name)[:200]
    return {
        "n": place,
        "channel": item.channel,
        "source": item.source,
        "external_id": item.external_id[:500],
        "brand_id": item.brand_id,
        "kind": item.kind,
        "identity": item.identity,
        "name": name,
        "verified": item.verified,
        "thread_key": item.thread_key[:255],
        "conversation_id": item.conversation_id,
        "subject": " ".join(clean(item.subject).split())[:500],
        "text": text,
        "html": clean(item.html),
        "quoted": clean(item.quoted),
        "language": item.language,
        "market": item.market,
        "preview": " ".join(text[: PREVIEW * 2].split())[:PREVIEW],
        "author": name or ("" if item.kind == "handle" else item.identity),
        "sent_at": item.sent_at.isoformat() if item.sent_at else None,
        "marks": list(item.marks),
        "meta": _clean_meta(item.meta),
        "envelope_id": item.envelope_id,
        "size": len(item.raw),
        "quiet": item.quiet or item.kept_at is not None,
        "opens": item.opens,
        "kept_at": item.kept_at.isoformat() if item.kept_at else None,
    }


def _clean_meta(meta: Mapping[str, Any]) -> dict[str, Any]:
    return {key: clean(value) if isinstance(value, str) else value for key, value in meta.items()}


def _known_before(missing: list[tuple[int, Incoming]]) -> dict[int, Received]:
    """Find what was stored before (or twice in one batch, or by a call that ran at the same time)."""
    found = {}
    for n, item in missing:
        stored = (
            Message.objects.filter(source=item.source, external_id=item.external_id[:500])
            .values_list("id", "conversation_id", "conversation__customer_id")
            .first()
        )
        if stored is None:
            raise LookupError(f"conversation {item.conversation_id} is closed or gone")
        found[n] = Received(stored[0], stored[1], stored[2], duplicate=True)
    return found


def _put_aside(workspace_id: int, numbered: list[tuple[int, Incoming]], found: dict[int, Received]) -> None:
    """Note what is junk, in the same transaction: no list and no listener ever sees it elsewhere."""
    for n, item in numbered:
        if found[n].duplicate:
            continue
        if item.junk:
            junk.hide(workspace_id, [found[n].conversation_id], why=item.junk)
        elif item.clears_junk:
            junk.show_again(workspace_id, [found[n].conversation_id])


def _mark_envelopes(
    workspace_id: int, numbered: list[tuple[int, Incoming]], found: dict[int, Received]
) -> None:
    """Note which envelopes hold what was masked: they are kept for a shorter time."""
    ids = [found[n].message_id for n, item in numbered if KEPT in item.meta]
    if ids:
        made = Message.objects.filter(workspace_id=workspace_id, pk__in=ids).values("envelope_id")
        Envelope.objects.filter(workspace_id=workspace_id, pk__in=made).update(masked=True)


def _attach(workspace_id: int, numbered: list[tuple[int, Incoming]], found: dict[int, Received]) -> None:
    Attachment.objects.bulk_create(
        Attachment(
            workspace_id=workspace_id,
            message_id=found[n].message_id,
            file_key=file.key,
            name=clean(file.name)[:255] or "file",
            content_type=clean(file.content_type)[:120],
            size=file.size,
            content_id=clean(file.content_id)[:255],
        )
        for n, item in numbered
        if not found[n].duplicate
        for file in item.attachments
    )
