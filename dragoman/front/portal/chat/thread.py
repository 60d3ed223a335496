"""The thread as its shopper may see it: what they wrote and what was answered; never notes or events."""

from typing import Any

from django.db.models import Q, QuerySet

from dragoman.core.accounts.chat import chat_settings
from dragoman.core.accounts.models import Brand
from dragoman.core.conversations.actions.deliver import note_receipt
from dragoman.core.conversations.marks import AUTOMATIC
from dragoman.core.conversations.models import (
    Attachment,
    Conversation,
    Delivery,
    Direction,
    Message,
    Status,
)
from dragoman.core.conversations.outbound import is_marked
from dragoman.core.conversations.thread import content_url
from dragoman.front.portal.chat.messages import source_of
from dragoman.ground.channels.chat import Session
from dragoman.service.surveys.asking import asked_in

from .bot import told_by_bot

PAGE = 50
MOST = 500
GONE_OUT = (Delivery.SENT, Delivery.DELIVERED, Delivery.READ)


def thread_page(session: Session, brand: Brand, *, after: int) -> tuple[list[dict[str, Any]], str | None]:
    """Return up to 50 messages after an id, oldest first, and the id to go on from, if there are more."""
    found = list(_visible(session, brand).filter(_news_since(session, after)).order_by("pk")[: PAGE + 1])
    more = str(found[PAGE - 1].pk) if len(found) > PAGE else None
    return [_shown(message, brand) for message in found[:PAGE]], more


def _news_since(session: Session, after: int) -> Q:
    """What a page that has `after` lacks: later messages, and answers stored earlier that went out only since then.

    (An answer that can be taken back waits some seconds; the shopper may have written meanwhile.)
    """
    newer = Q(pk__gt=after)
    last = Message.objects.filter(workspace_id=session.workspace_id, pk=after).values_list(
        "created_at", flat=True
    )
    if not after or (at := last.first()) is None:
        return newer
    return newer | Q(pk__lt=after, direction=Direction.OUT, sent_at__gte=at)


def thread_state(session: Session, brand: Brand) -> dict[str, Any]:
    """Return how far the shop read, as an id (`"0"`: nothing), and whether the conversation is closed."""
    newest = (
        _came(session, brand).select_related("conversation__merged_into").defer("tsv").order_by("-pk").first()
    )
    if newest is None:
        return {"read": "0", "closed": False, "survey": None}
    # what was merged is read and closed where it was merged into
    conversation = newest.conversation.merged_into or newest.conversation
    read = newest.pk
    if conversation.unread:
        # an answer shows that what stood before it was read
        answers = _visible(session, brand).filter(direction=Direction.OUT).prefetch_related(None)
        read = answers.order_by("-pk").values_list("pk", flat=True).first() or 0
    closed = conversation.status in {Status.RESOLVED, Status.CLOSED}
    return {
        "read": str(read),
        "closed": closed,
        "survey": shown_survey(conversation, brand) if closed else None,
    }


def find_conversation(session: Session, brand: Brand) -> Conversation | None:
    """Return the conversation that this thread's shopper is in, or was last."""
    came = _came(session, brand).select_related("conversation__merged_into").defer("tsv")
    newest = came.order_by("-pk").first()
    return (newest.conversation.merged_into or newest.conversation) if newest else None


def shown_survey(conversation: Conversation, brand: Brand) -> dict[str, Any] | None:
    """Return the question at the end, `{score, comment, open}` (`score` 0: not answered); None where none is asked."""
    if not chat_settings(brand).csat:
        return None
    asked = asked_in(conversation)
    return {"score": asked.score, "comment": asked.comment, "open": asked.open} if asked else None


def find_shown(session: Session, brand: Brand, message_id: int) -> dict[str, Any] | None:
    """Return one message of the thread as the widget shows it; None when it is not this shopper's to see."""
    found = _visible(session, brand).filter(pk=message_id).first()
    return _shown(found, brand) if found else None


def note_received(session: Session, brand: Brand, *, delivered: int, read: int) -> None:
    """Turn the ticks of the answers up to these ids: they reached the shopper's page, and stood before their eyes."""
    answers = _visible(session, brand).filter(direction=Direction.OUT).prefetch_related(None)
    unread = answers.exclude(delivery=Delivery.READ)
    for message in unread.filter(pk__lte=read).order_by("-pk")[:PAGE]:
        note_receipt(message, state=Delivery.READ)
    for message in unread.filter(pk__lte=delivered, delivery=Delivery.SENT).order_by("-pk")[:PAGE]:
        note_receipt(message, state=Delivery.DELIVERED)


def _visible(session: Session, brand: Brand) -> QuerySet[Message]:
    """All that this thread's shopper may see; an answer carries the source of the message it answers.

    The conversations come first, through the unique index on what came in: answers alone have no index to be
    found by their source.
    """
    source = source_of(brand, session.handle)
    pairs = _came(session, brand).values_list("conversation_id", "conversation__merged_into_id").distinct()
    # what was merged is answered where it was merged into
    conversations = {pk for pair in pairs for pk in pair if pk is not None}
    mine = Message.objects.filter(
        workspace_id=session.workspace_id, conversation_id__in=conversations, channel="chat", source=source
    )
    shown = Q(direction=Direction.IN) | Q(direction=Direction.OUT, delivery__in=GONE_OUT)
    return mine.filter(shown).prefetch_related("attachments")


def _came(session: Session, brand: Brand) -> QuerySet[Message]:
    return Message.objects.filter(
        workspace_id=session.workspace_id,
        source=source_of(brand, session.handle),
        external_id__isnull=False,
        direction=Direction.IN,
    )


def _shown(message: Message, brand: Brand) -> dict[str, Any]:
    sent_at = message.sent_at or message.created_at
    facts: dict[str, Any] = {
        "id": str(message.pk),
        "direction": message.direction,
        "text": message.text,
        "language": message.language,
        "sent_at": sent_at.isoformat(),
        "attachments": [_file(file) for file in message.attachments.all()],
    }
    if message.direction == Direction.IN:
        return {**facts, "external_id": message.external_id}
    is_bot = bool(message.extras.get("bot"))
    named = message.author and (message.agent_id or is_bot)
    if message.meta.get(AUTOMATIC) and not message.extras:
        facts["automatic"] = True
    if message.extras.get("bot"):
        return {**facts, "author": {"name": message.author or brand.name}, **told_by_bot(message, brand)}
    # a program that answers speaks as the shop
    facts["author"] = {"name": message.author if named else brand.name}
    if is_bot:
        facts["extras"] = message.extras
    if is_marked(message, brand):
        facts["translation"] = {
            "original": message.original,
            "original_language": message.original_language,
        }
    return facts


def whole_thread(session: Session, brand: Brand) -> list[dict[str, Any]]:
    """Return the newest 500 messages, oldest first, as the widget shows them."""
    found = list(_visible(session, brand).order_by("-pk")[:MOST])[::-1]
    return [_shown(message, brand) for message in found]


def _file(file: Attachment) -> dict[str, Any]:
    return {
        "name": file.name,
        "size": file.size,
        "content_type": file.content_type,
        "url": content_url("a", file.pk),
    }
