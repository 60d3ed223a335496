"""Which part of a thread is drawn: the newest messages, a page before one of them, never all of ten thousand."""

from dataclasses import dataclass

from django.db.models import F
from django.http import HttpRequest

from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.shapes import MessageView
from dragoman.core.conversations.thread import messages_of, thread_of

SHOWN = 100
# a reader who has looked further back keeps that place while so many new messages come
KEPT = 300
# of a part that is opened at one of its messages, so many come after it
AFTER = 30


@dataclass(frozen=True)
class Part:
    """A part of a thread, oldest first; `earlier` is the id before which there is more, 0 at the beginning.

    `is_past` says that newer messages than these are not in it.
    """

    messages: list[MessageView]
    earlier: int = 0
    is_past: bool = False

    @property
    def oldest(self) -> int:
        """Return the first id of the part."""
        return min((message.id for message in self.messages), default=0)


def part_of(request: HttpRequest, conversation: Conversation) -> Part:
    """Return the part that was asked for: `before` an id, or the newest, back to the id `from` if that is near."""
    before, since = _number(request, "before"), _number(request, "from")
    if since and not before:
        kept = messages_of(conversation, after=since - 1, most=KEPT + 1)
        if SHOWN < len(kept) <= KEPT:
            first = min(message.id for message in kept)
            beyond = messages_of(conversation, before=first, most=1)
            return Part(kept, first if beyond else 0)
    found = messages_of(conversation, before=before, most=SHOWN + 1)
    more = len(found) > SHOWN
    if more:
        # the oldest by id is the one too many: an answer that waited may stand elsewhere
        extra = min(message.id for message in found)
        found = [message for message in found if message.id != extra]
    part = Part(found, is_past=bool(before))
    return Part(found, part.oldest if more else 0, part.is_past)


def cursor_at(conversation: Conversation, message_id: int) -> int:
    """Return the `before` of a part that holds this message, 0 where the newest part does."""
    # an expression, so that no planner walks all messages by their key
    newer = thread_of(conversation).filter(pk__gt=message_id).order_by((F("pk") + 0).asc())
    ids = list(newer.values_list("pk", flat=True)[:SHOWN])
    return ids[AFTER] if len(ids) == SHOWN else 0


def _number(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name) or request.POST.get(name) or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0
