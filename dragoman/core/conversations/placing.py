"""Where a mail belongs whose program left out what it answers: only ever among its sender's own conversations.

Outlook and some phones send replies without In-Reply-To and References, and to From instead of Reply-To; gateways
rewrite both to ids that nobody else knows. Then a reply is known by its subject ("Re: ...") under which we wrote to
this very customer, or by Outlook's Thread-Index.
"""

import re
from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from dragoman.ground.channels.ports import Inbound
from dragoman.kit.text import fold

from .models import Conversation, Direction, Message

LATEST = 20  # conversations of one customer
# how programs begin the subject of a reply, in the languages of customers; also counted: "Re[2]:", "Re(3):"
_REPLY = re.compile(
    r"^\s*(?:(?:re|r|aw|antw|antwort|vs|sv|svar|ynt|vast|vá|rép|réf|res|resp|rif|odp|отв|ответ|απ|tr|bls|atb|ats"
    r"|ad|ha|ynt|yanıt|رد|تب|השב|回复|回覆|答复|返信|ตอบ|ตอบกลับ|답장|回信)"
    r"(?:\s*[\[(]\d{1,3}[\])])?\s*[:：]\s*)+",
    re.IGNORECASE,
)


def is_reply(subject: str) -> bool:
    """Say whether a subject begins as that of a reply."""
    return _REPLY.match(subject) is not None


def base_subject(subject: str) -> str:
    """Return a subject without its reply words, folded, for comparing."""
    return " ".join(fold(_REPLY.sub("", subject)).split())


def by_habit(
    workspace_id: int, brand_id: int, fact: Inbound, customer_ids: Sequence[int]
) -> Conversation | None:
    """Return the conversation that a mail answers though it does not say so; None for anything but a plain reply."""
    if fact.automatic or not customer_ids:
        return None
    subject = base_subject(fact.subject) if is_reply(fact.subject) else ""
    if not subject and not fact.thread_index:
        return None
    theirs = Conversation.objects.filter(
        workspace_id=workspace_id, brand_id=brand_id, customer_id__in=list(customer_ids)
    ).order_by("-last_message_at", "-pk")[:LATEST]
    latest = list(theirs)
    return _by_index(workspace_id, fact, latest) or _by_subject(workspace_id, subject, latest)


def _by_index(workspace_id: int, fact: Inbound, latest: list[Conversation]) -> Conversation | None:
    if not fact.thread_index or not latest:
        return None
    same = Message.objects.filter(
        workspace_id=workspace_id,
        conversation_id__in=[conversation.pk for conversation in latest],
        direction=Direction.IN,
        meta__thread_index=fact.thread_index,
    )
    found = set(same.values_list("conversation_id", flat=True)[:LATEST])
    return next((conversation for conversation in latest if conversation.pk in found), None)


def _by_subject(workspace_id: int, subject: str, latest: list[Conversation]) -> Conversation | None:
    alike = [one.pk for one in latest if subject and base_subject(one.subject) == subject]
    if not alike:
        return None
    answers = Message.objects.filter(
        workspace_id=workspace_id, conversation_id=OuterRef("pk"), direction=Direction.OUT, channel="email"
    )
    answered = Conversation.objects.filter(workspace_id=workspace_id, pk__in=alike).filter(Exists(answers))
    found = set(answered.values_list("pk", flat=True))
    return next((conversation for conversation in latest if conversation.pk in found), None)
