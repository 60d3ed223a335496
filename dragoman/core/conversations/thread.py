"""One thread with everything a screen or the API shows of it, in three queries."""

import time
from collections import defaultdict
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.core import signing
from django.db.models import F, QuerySet

from dragoman.ground.database.compiled import compiled
from dragoman.kit import workspace

from .masking import KEPT
from .models import Attachment, Conversation, Delivery, Direction, Message, Translation
from .recipients import label_of, people_in
from .shapes import AttachmentView, Look, MessageView, Reviewed, TranslationView

CONTENT_SALT = "content"
IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif")
# what browsers play by themselves
PLAYED = (
    *("audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/webm", "audio/aac"),
    *("video/mp4", "video/webm", "video/ogg"),
)
_HIDDEN = ("tsv",)
_LATEST = 2**63 - 1
_RENEWED = (
    3600  # seconds: within them an address stays the same, so that browsers and pages may keep what it shows
)
_AT_THE_END = datetime(9999, 1, 1, tzinfo=UTC)


def content_token(kind: str, pk: int) -> str:
    """Return the signed token under which `/content/<token>/` serves an attachment (`a`) or a mail's HTML (`h`)."""
    return _token(workspace.get_current_id(), kind, pk, int(time.time()) // _RENEWED)


@lru_cache(maxsize=4096)
def _token(workspace_id: int, kind: str, pk: int, _hour: int) -> str:
    return signing.dumps([workspace_id, kind, pk], salt=CONTENT_SALT)


def content_url(kind: str, pk: int) -> str:
    """Return the address of such content, relative to the installation."""
    return f"/content/{content_token(kind, pk)}/"


def messages_of(
    conversation: Conversation, *, public: bool = False, after: int = 0, before: int = 0, most: int = 500
) -> list[MessageView]:
    """Return the newest `most` messages, oldest first, of those after and before an id; `public` leaves out notes
    and events."""
    shape = {"joined": bool(conversation.joined), "public": public, "most": most}
    of = conversation.parts if conversation.joined else conversation.pk
    oldest_first = _newest(conversation.workspace_id, of, after, before or _LATEST, **shape)[::-1]
    return views_of(sorted(oldest_first, key=_place))


@compiled
def _newest(
    workspace_id: Any, of: Any, after: Any, before: Any, *, joined: bool, public: bool, most: int
) -> QuerySet[Message]:
    found = _thread(workspace_id, of, joined=joined).filter(pk__gt=after, pk__lt=before)
    if public:
        found = found.filter(direction__in=[Direction.IN, Direction.OUT])
    return found.defer(*_HIDDEN)[:most]


def _place(row: Message) -> datetime:
    """An answer that waited stands where it went out, one that still waits at the end."""
    if row.direction != Direction.OUT or not row.meta.get("hold"):
        return row.created_at
    return row.sent_at or (row.created_at if row.delivery != Delivery.SCHEDULED else _AT_THE_END)


def thread_of(conversation: Conversation) -> QuerySet[Message]:
    """All messages of a conversation and of those merged into it, newest first."""
    of = conversation.parts if conversation.joined else conversation.pk
    return _thread(conversation.workspace_id, of, joined=bool(conversation.joined))


def _thread(workspace_id: Any, of: Any, *, joined: bool) -> QuerySet[Message]:
    mine = Message.objects.filter(workspace_id=workspace_id)
    if not joined:
        return mine.filter(conversation_id=of).order_by("-pk")
    # an expression, so that no planner walks all messages by their key to find those of a few conversations
    return mine.filter(conversation_id__among=of).order_by((F("pk") + 0).desc())


@compiled
def _translations(workspace_id: Any, ids: Any) -> QuerySet[Translation]:
    return Translation.objects.filter(workspace_id=workspace_id, message_id__among=ids)


@compiled
def _files(workspace_id: Any, ids: Any) -> QuerySet[Attachment]:
    return Attachment.objects.filter(workspace_id=workspace_id, message_id__among=ids).order_by("pk")


def views_of(rows: list[Message]) -> list[MessageView]:
    """Turn rows of one workspace into views, with their translations and files."""
    if not rows:
        return []
    workspace_id, ids = rows[0].workspace_id, [row.pk for row in rows]
    translations: dict[int, dict[str, TranslationView]] = defaultdict(dict)
    for made in _translations(workspace_id, ids):
        translations[made.message_id][made.language] = TranslationView(
            language=made.language,
            text=made.text,
            engine=made.engine,
            confidence=made.confidence,
            reviewed=made.reviewed_at is not None,
            machine=made.machine,
            faults=made.faults,
        )
    files: dict[int, list[AttachmentView]] = defaultdict(list)
    for file in _files(workspace_id, ids):
        files[file.message_id or 0].append(attachment_view(file))
    return [_view(row, translations.get(row.pk, {}), files.get(row.pk, [])) for row in rows]


def look_of(content_type: str) -> Look:
    """Say how a browser shows a file of this type in place; empty where it is only to be kept."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind in IMAGES:
        return "image"
    if kind in PLAYED:
        return "audio" if kind.startswith("audio/") else "video"
    return {"application/pdf": "pdf", "text/plain": "text", "text/csv": "text"}.get(kind, "")  # type: ignore[return-value]


def attachment_view(file: Attachment) -> AttachmentView:
    """Show a file."""
    is_image = file.content_type in IMAGES
    look = look_of(file.content_type)
    url = content_url("a", file.pk)
    return AttachmentView(
        file.pk, file.name, file.size, file.content_type, url, is_image, file.content_id, look
    )


def _kind(row: Message) -> str:
    if row.direction == Direction.IN:
        return "customer"
    if row.extras.get("bot"):
        return "bot"
    return "agent" if row.agent_id or row.author else "system"


def _view(row: Message, translations: dict[str, TranslationView], files: list[AttachmentView]) -> MessageView:
    meta: dict[str, Any] = row.meta
    return MessageView(
        id=row.pk,
        direction=row.direction,
        channel=row.channel,
        author_name=row.author,
        author_kind=_kind(row),
        agent_id=row.agent_id,
        text=row.text,
        quoted=row.quoted,
        html_token=content_token("h", row.pk) if row.html else None,
        remote_pictures=row.html.count(" data-src=") - row.html.count(" data-tracks="),
        trackers=row.html.count(" data-tracks="),
        language=row.language,
        created_at=row.created_at,
        sent_at=row.sent_at,
        delivery=row.delivery,
        failure=row.failure,
        original_text=row.original,
        original_language=row.original_language,
        engine=row.engine,
        confidence=row.confidence,
        machine=bool(meta.get("machine")),
        marks=row.marks,
        subject=str(meta.get("subject") or ""),
        to=str(meta.get("to") or ""),
        to_more=_labels(meta, "to_more"),
        cc=_labels(meta, "cc"),
        bcc=_labels(meta, "bcc"),
        due_at=row.due_at if row.delivery == Delivery.SCHEDULED else None,
        retry_at=row.due_at if row.delivery == Delivery.QUEUED and row.failure else None,
        hold=str(meta.get("hold") or ""),
        envelope_id=row.envelope_id,
        left_out=meta.get("left_out") or (),
        event=row.event,
        translations=translations,
        attachments=files,
        mentions=meta.get("mentions") or (),
        left=_left(row.channel, meta),
        reviewed=Reviewed(**meta["review"]) if meta.get("review") else None,
        masked=meta.get(KEPT) or {},
        amended=bool(meta.get("amended_from")),
        faults=meta.get("faults") or (),
    )


def _left(channel: str, meta: dict[str, Any]) -> dict[str, str]:
    """Return what a shopper was asked for in the chat, and where they wrote it; nothing where nothing was asked."""
    asked = {key: str(meta[key]) for key in ("order", "email", "consent") if meta.get(key)}
    if channel != "chat" or not asked:
        return {}
    return {**asked, "page": str(meta.get("page") or "")}


def _labels(meta: dict[str, Any], key: str) -> list[str]:
    return [label_of(person.name, person.value) for person in people_in(meta, key)]


def chat_messages(workspace_id: int, brand_id: int, handle: str, *, after: int = 0) -> list[MessageView]:
    """Return what a shopper may see of the conversations their chat handle belongs to, oldest first.

    Only messages that came or went by chat: notes, events and other channels never leave through here.
    """
    seen = Message.objects.filter(
        workspace_id=workspace_id,
        pk__gt=after,
        channel="chat",
        source=f"chat:{brand_id}:{handle}",
        direction__in=[Direction.IN, Direction.OUT],
    )
    return views_of(list(seen.defer(*_HIDDEN, "html").order_by("-pk")[:200])[::-1])
