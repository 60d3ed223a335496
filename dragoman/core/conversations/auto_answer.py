"""Whether a machine of ours may answer a message by itself: never a machine, a list, ourselves, or anybody too often.

RFC 3834 says whom automatic answers must leave alone. What answers by itself stores its message with
`meta[AUTOMATIC] = True`, so that it is counted here and no loop can grow.
"""

import re
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from dragoman.core.connections.models import Connection
from dragoman.core.connections.queries import connections_of, plain_address
from dragoman.ground.database.compiled import compiled

from .marks import AUTO_REPLY, AUTOMATIC, BOUNCE, COMPLAINT, LIST, LOOP, OTHER_SENDER, OWN_MAILBOX, RECEIPT
from .models import Direction, Message

# automatic answers one customer may get, and messages of theirs after which none goes out, within 24 hours
ANSWERS_A_DAY = 4
MESSAGES_A_DAY = 40
_DAY = timedelta(days=1)
_MACHINES = frozenset({AUTO_REPLY, BOUNCE, RECEIPT, COMPLAINT, LOOP, LIST, OTHER_SENDER, OWN_MAILBOX})
_NOBODY = re.compile(
    r"^(no-?_?reply|do-?_?not-?_?reply|donotreply|ne-?pas-?repondre|nicht-?antworten|mailer-daemon|postmaster"
    r"|mail-daemon|bounces?|abuse|root|daemon)([+\-._=].*)?@",
    re.IGNORECASE,
)


def may_auto_answer(message: Message) -> bool:
    """Say whether an automatic answer to this incoming message is allowed."""
    return not why_no_auto_answer(message)


def why_no_auto_answer(message: Message) -> str:
    """Return why no automatic answer may go out, as one word, or "" where it may.

    `direction`, `automatic`, `nobody` (an address nobody reads), `own` (one of our mailboxes), `junk`,
    `too_often`.
    """
    if message.direction != Direction.IN:
        return "direction"
    if _MACHINES & set(message.marks):
        return "automatic"
    sender = str(message.meta.get("from") or "")
    if _NOBODY.match(sender):
        return "nobody"
    if sender and is_own_address(message.workspace_id, sender):
        return "own"
    if message.conversation.junk:
        return "junk"
    return "too_often" if _is_too_much(message) else ""


def is_own_address(workspace_id: int, address: str) -> bool:
    """Say whether an address is one of this workspace's mailboxes, with or without a plus part."""
    plain = plain_address(address)
    return bool(plain) and bool(_boxes(workspace_id, plain))


@compiled
def _boxes(workspace_id: Any, plain: Any) -> QuerySet[Connection, int]:
    return connections_of(workspace_id).filter(address=plain).order_by().values_list("pk", flat=True)[:1]


def _is_too_much(message: Message) -> bool:
    """Count over all conversations of the customer: a loop opens new ones as it goes."""
    since = timezone.now() - _DAY
    lately = Message.objects.filter(
        workspace_id=message.workspace_id,
        conversation__workspace_id=message.workspace_id,
        conversation__customer_id=message.conversation.customer_id,
        conversation__last_message_at__gt=since,
        created_at__gt=since,
    )
    answers = lately.filter(direction=Direction.OUT, **{f"meta__{AUTOMATIC}": True})
    if answers[:ANSWERS_A_DAY].count() >= ANSWERS_A_DAY:
        return True
    return lately.filter(direction=Direction.IN)[: MESSAGES_A_DAY + 1].count() > MESSAGES_A_DAY
