"""Splitting a conversation: messages move to a new one, linked both ways; replies follow; undo brings them back."""

import secrets
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.customers.actions.merge import one_merge_at_a_time
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import Refusal

from ..access import check_may_reply, every_conversation_of, locked_conversation
from ..events import ConversationChanged, ConversationSplit, ConversationSplitUndone
from ..links import find_split
from ..models import Conversation, Direction, Message, Split, Status
from .merge import merge_conversations
from .receive import PREVIEW

Scope = Literal["from", "only"]
PUBLIC = (Direction.IN, Direction.OUT)


@dataclass(frozen=True)
class SplitPlan:
    """What splitting would do: the messages that go (oldest first), how many stay, and the new subject."""

    moving: list[Message]
    staying: int
    subject: str


def plan_split(conversation: Conversation, *, message_id: int, scope: Scope, subject: str = "") -> SplitPlan:
    """Work out a split without storing it; refuses a message of another conversation, and to leave nothing behind."""
    thread = Message.objects.filter(
        workspace_id=conversation.workspace_id, conversation_id__in=conversation.parts
    ).defer("tsv", "html")
    first = thread.filter(pk=message_id, direction__in=PUBLIC).first()
    if first is None:
        raise Refusal(_("Choose a message of this conversation."), code="unknown_message", status=422)
    said = thread.exclude(direction=Direction.EVENT)
    moving = [first] if scope == "only" else list(said.filter(pk__gte=first.pk).order_by("pk"))
    staying = thread.filter(direction__in=PUBLIC).exclude(pk__in=[one.pk for one in moving]).count()
    if not staying:
        raise Refusal(
            _("No message would stay in this conversation. Split at a later one."),
            code="nothing_left",
            status=409,
        )
    named = " ".join((subject or str(first.meta.get("subject") or "") or conversation.subject).split())
    return SplitPlan(moving, staying, named[:500])


@transaction.atomic
def split_conversation(
    conversation: Conversation, *, agent: Agent | None, message_id: int, scope: Scope, subject: str = ""
) -> Conversation:
    """Make a new conversation of a message, or of it and all after it, and return it."""
    check_may_reply(agent)
    one_merge_at_a_time(conversation.workspace_id)
    origin = locked_conversation(conversation.workspace_id, conversation.pk)
    plan = plan_split(origin, message_id=message_id, scope=scope, subject=subject)
    made = _made(origin, plan)
    came: dict[str, list[int]] = defaultdict(list)
    for message in plan.moving:
        came[str(message.conversation_id)].append(message.pk)
    _move(origin.workspace_id, [message.pk for message in plan.moving], made.pk)
    Split.objects.create(
        workspace_id=origin.workspace_id, origin=origin, made=made, agent=agent, messages=dict(came)
    )
    _leave_line(origin, agent, {"kind": "split", "number": made.pk})
    _leave_line(made, agent, {"kind": "split_from", "number": origin.pk})
    show_newest(origin)
    publish(
        ConversationSplit(conversation_id=origin.pk, made_id=made.pk),
        ConversationChanged(conversation_id=made.pk, field="split"),
    )
    return made


def _made(origin: Conversation, plan: SplitPlan) -> Conversation:
    last = [message for message in plan.moving if message.direction in PUBLIC][-1]
    waits = last.direction == Direction.IN
    return Conversation.objects.create(
        workspace_id=origin.workspace_id,
        brand_id=origin.brand_id,
        customer_id=origin.customer_id,
        side_of_id=origin.side_of_id,
        thread_key=f"split:{secrets.token_hex(12)}",
        subject=plan.subject,
        status=Status.OPEN if waits else Status.PENDING,
        priority=origin.priority,
        channel=last.channel,
        language=origin.language,
        language_locked=origin.language_locked,
        market=origin.market,
        intent=origin.intent,
        tags=origin.tags,
        assignee_id=origin.assignee_id,
        team_id=origin.team_id,
        unread=False,
        last_message_at=last.created_at,
        **_preview(last),
    )


def _preview(message: Message) -> dict[str, str]:
    made = message.translations.order_by("pk").values_list("text", flat=True).first()
    readable = message.original or made or ""
    return {
        "preview": " ".join(message.text[: PREVIEW * 2].split())[:PREVIEW],
        "preview_translated": " ".join(readable[: PREVIEW * 2].split())[:PREVIEW],
    }


def _move(workspace_id: int, ids: list[int], conversation_id: int) -> None:
    Message.objects.filter(workspace_id=workspace_id, pk__in=ids).update(conversation_id=conversation_id)


def show_newest(conversation: Conversation) -> None:
    """Let a conversation's row tell of the newest message it has now."""
    said = Message.objects.filter(
        workspace_id=conversation.workspace_id, conversation_id__in=conversation.parts, direction__in=PUBLIC
    )
    newest = said.defer("tsv", "html").order_by("-created_at", "-pk").first()
    if newest is None:
        return
    facts: dict[str, Any] = {
        **_preview(newest),
        "channel": newest.channel,
        "last_message_at": newest.created_at,
    }
    every_conversation_of(conversation.workspace_id).filter(pk=conversation.pk).update(**facts)


def _leave_line(conversation: Conversation, agent: Agent | None, line: dict[str, Any]) -> None:
    Message.objects.create(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.pk,
        direction=Direction.EVENT,
        channel="",
        agent=agent,
        author=agent.name if agent else "",
        event=line,
        created_at=timezone.now(),
    )


def _tell_of_undo(origin: Conversation, made_id: int) -> None:
    """Let one line say that what was split off is back: neither of a beginning beside it, nor of a merge."""
    lines = Message.objects.filter(workspace_id=origin.workspace_id, direction=Direction.EVENT)
    lines.filter(conversation_id=made_id, event={"kind": "split_from", "number": origin.pk}).delete()
    merged = lines.filter(conversation_id=origin.pk, event={"kind": "merged", "number": made_id})
    newest = merged.order_by("-pk").values_list("pk", flat=True)[:1]
    lines.filter(pk__in=list(newest)).update(event={"kind": "unsplit", "number": made_id})


@transaction.atomic
def undo_split(workspace_id: int, made_id: int, *, agent: Agent | None) -> Conversation:
    """Bring the messages back and merge what was made into where it came from; returns that conversation.

    What came in meanwhile comes along; nothing is deleted, and the number of the new one leads back. Raises Refusal
    `not_split`, and `closed` where the first one was closed meanwhile.
    """
    check_may_reply(agent)
    one_merge_at_a_time(workspace_id)
    link = find_split(workspace_id, made_id)
    if link is None:
        raise Refusal(_("This conversation was not split off another."), code="not_split", status=409)
    made = locked_conversation(workspace_id, made_id)
    origin = locked_conversation(workspace_id, link.origin_id)
    if made.pk != made_id or made.pk == origin.pk:
        raise Refusal(_("It has been merged meanwhile. Undo that first."), code="already_merged", status=409)
    for conversation_id, ids in link.messages.items():
        still = Message.objects.filter(workspace_id=workspace_id, conversation_id=made_id, pk__in=ids)
        still.update(conversation_id=int(conversation_id))
    link.delete()
    merge_conversations(made, origin, agent=agent)
    _tell_of_undo(origin, made_id)
    whole = locked_conversation(workspace_id, origin.pk)
    show_newest(whole)
    publish(ConversationSplitUndone(conversation_id=whole.pk, made_id=made_id))
    return whole
