"""Side threads: asking an outsider (a carrier, a supplier) by mail, beside a conversation and apart from its customer.

A side thread is a conversation of its own with the outsider as its customer, so everything a conversation can (their
language, our reply token, delivery, search) holds for it; `side_of` ties it to the one it was started from, lists leave
it out, and what the outsider answers is told there. What the customer wrote reaches the outsider only where the agent
hands it on, and nothing of it reaches the customer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.customers.actions.knowing import Somebody, customer_known_by
from dragoman.ground.channels.ports import Person
from dragoman.ground.database.prepared import fetch
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import settle

from ..access import check_may_reply, conversations_of
from ..events import ConversationChanged
from ..models import Attachment, Conversation, Direction, Message, Status
from ..recipients import Recipients, check_recipients
from ..routes import EMAIL
from .reply import Draft, send_reply
from .status import assign, leave_line

SUBJECT = 500


@dataclass(frozen=True)
class Asked:
    """Whom to ask and about what; `forwarded` are messages handed on word for word, `files` attachments of them."""

    outsider: Person
    subject: str = ""
    language: str = ""
    forwarded: Sequence[int] = ()
    files: Sequence[int] = ()
    recipients: Recipients = field(default_factory=Recipients)


def start_side_thread(
    conversation: Conversation, *, agent: Agent | None, asked: Asked, draft: Draft
) -> Conversation:
    """Open a side thread and send its first mail; returns the thread.

    Raises what `send_reply` raises; Refusal `own_address` for one of our mailboxes, `nested` inside a side thread.
    """
    check_may_reply(agent)
    if conversation.side_of_id is not None:
        raise Refusal(
            _("This is a side thread itself: answer here, or start one from the conversation it belongs to."),
            code="nested",
            status=409,
        )
    check_recipients(conversation.workspace_id, Recipients(to=[asked.outsider]))
    with transaction.atomic():
        side = _opened(conversation, agent, asked)
        quoted = "\n\n".join(_handed_on(message) for message in _forwarded(conversation, asked.forwarded))
        files = _copies(conversation, agent, draft.author, asked.files)
        sent = Draft(
            **{
                **draft.__dict__,
                "channel": EMAIL,
                "recipients": asked.recipients,
                "quoted": quoted,
                "attachments": [*draft.attachments, *files],
                "seen": None,
            }
        )
        send_reply(side, agent=agent, draft=sent)
        leave_line(
            conversation,
            agent,
            {"kind": "side_started", "side": side.pk, "with": asked.outsider.name or asked.outsider.value},
        )
        publish(ConversationChanged(conversation_id=conversation.pk, field="side"))
        if agent is not None and conversation.assignee_id is None:
            # as with an answer: the outsider's word comes back to who asked for it
            assign(conversation, agent=agent, assignee=agent)
    return side


def first_words(conversation: Conversation, language: str) -> Conversation:
    """Return the side thread that would be opened, not stored yet, to preview its first mail for."""
    facts = workspace_facts(conversation.workspace_id)
    return Conversation(
        workspace_id=conversation.workspace_id,
        brand_id=conversation.brand_id,
        language=settle(language, facts.languages) or facts.language,
        channel=EMAIL,
    )


_ANSWERED = """
SELECT m.conversation_id, c.side_of_id, m.author FROM conversations_message m
CROSS JOIN LATERAL (SELECT t.side_of_id FROM conversations_conversation t
  WHERE t.workspace_id = m.workspace_id AND t.id = m.conversation_id LIMIT 1) c
WHERE m.workspace_id = %s AND m.id = ANY(%s) AND c.side_of_id IS NOT NULL ORDER BY m.id
"""


def tell_parents(workspace_id: int, message_ids: Sequence[int]) -> None:
    """Let conversations know that an outsider answered in one of their side threads."""
    for side_id, parent_id, author in fetch(_ANSWERED, [workspace_id, list(message_ids)]):
        assert parent_id is not None
        parent = conversations_of(workspace_id).filter(pk=parent_id).select_for_update(of=("self",)).get()
        leave_line(parent, None, {"kind": "side_answered", "side": side_id, "with": author})
        if parent.status in {Status.PENDING, Status.SNOOZED, Status.RESOLVED}:
            parent.status, parent.snoozed_until, parent.resolved_at = Status.OPEN, None, None
        parent.unread, parent.last_message_at = True, timezone.now()
        parent.save(update_fields=["status", "snoozed_until", "resolved_at", "unread", "last_message_at"])
        publish(ConversationChanged(conversation_id=parent.pk, field="side"))


def _opened(conversation: Conversation, agent: Agent | None, asked: Asked) -> Conversation:
    facts = workspace_facts(conversation.workspace_id)
    language = settle(asked.language, facts.languages) or facts.language if asked.language else ""
    customer = customer_known_by(
        conversation.workspace_id,
        Somebody(email=asked.outsider.value, name=asked.outsider.name, language=language),
    )
    assert customer is not None  # check_recipients refused what is no address
    return Conversation.objects.create(
        workspace_id=conversation.workspace_id,
        brand_id=conversation.brand_id,
        customer=customer,
        thread_key=f"side:{uuid4().hex}",
        subject=" ".join((asked.subject or conversation.subject).split())[:SUBJECT],
        status=Status.OPEN,
        channel=EMAIL,
        language=language or customer.language or facts.language,
        language_locked=bool(language),
        assignee=agent,
        unread=False,
        side_of=conversation,
    )


def _forwarded(conversation: Conversation, wanted: Sequence[int]) -> list[Message]:
    found = Message.objects.filter(
        workspace_id=conversation.workspace_id,
        conversation_id__in=conversation.parts,
        pk__in=list(wanted)[:50],
        direction__in=[Direction.IN, Direction.OUT],
    )
    return list(found.defer("tsv", "html").order_by("pk"))


def _handed_on(message: Message) -> str:
    """Return a message as a forwarded mail shows it: who, when, and the text, each line marked as quoted."""
    at = message.created_at.strftime("%Y-%m-%d %H:%M UTC")
    head = f"{message.author or '-'}, {at}:"
    return "\n".join([head, *(f"> {line}" for line in message.text.splitlines())])


def _copies(conversation: Conversation, agent: Agent | None, author: str, wanted: Sequence[int]) -> list[int]:
    """Let files of the conversation go along; the stored file is the same one, its row is a new one."""
    found = Attachment.objects.filter(
        workspace_id=conversation.workspace_id,
        message__conversation_id__in=conversation.parts,
        pk__in=list(wanted)[:50],
    )
    made = [
        Attachment.objects.create(
            workspace_id=file.workspace_id,
            file_key=file.file_key,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            uploader=f"agent:{agent.pk}" if agent else author,
        )
        for file in found.order_by("pk")
    ]
    return [file.pk for file in made]
