"""Changing where a conversation stands and who has it; each change leaves a line in the thread."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Team
from dragoman.core.accounts.queries import workspace_facts
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import settle

from ..access import check_may_reply, conversations_of, locked_conversation
from ..events import ConversationChanged
from ..models import Conversation, Direction, Message, Priority, Status
from ..presence import tell_shopper_of_reading
from .merge import close_joined


def change(
    conversation: Conversation,
    *,
    agent: Agent | None,
    field: str,
    values: dict[str, Any],
    line: dict[str, Any] | None,
    by_hand: bool = False,
) -> Conversation:
    """Store values of a conversation with a line in its thread, and tell; nothing happens where they stand so.

    With `by_hand` no message changes the field any more.
    """
    check_may_reply(agent)
    with transaction.atomic():
        found = locked_conversation(conversation.workspace_id, conversation.pk)
        if by_hand:
            values = {**values, "by_hand": sorted({*found.by_hand, field})}
        before = {name: getattr(found, name) for name in values}
        if before == values:
            return found
        for name, value in values.items():
            setattr(found, name, value)
        found.save(update_fields=list(values))
        if values.get("status") == Status.CLOSED:
            close_joined(found)
        if line is not None:
            leave_line(found, agent, line)
        publish(ConversationChanged(conversation_id=found.pk, field=field))
    return found


def leave_line(conversation: Conversation, agent: Agent | None, line: dict[str, Any]) -> None:
    """Write an event line into the thread, inside the caller's transaction; `line` is {"kind": ..., ...}."""
    Message.objects.create(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.pk,
        direction=Direction.EVENT,
        channel="",
        agent=agent,
        author=agent.name if agent else "",
        event=line,
    )


def set_status(conversation: Conversation, *, agent: Agent | None, status: str) -> Conversation:
    """Open, park, resolve or close; resolving notes the time, everything else forgets it."""
    if status not in Status.values:
        raise Refusal(_("Unknown status."), code="bad_status", status=422)
    if status == Status.SNOOZED:
        return snooze(conversation, agent=agent, until=timezone.now() + timedelta(days=1))
    if conversation.status == Status.CLOSED and status != Status.CLOSED:
        raise Refusal(
            _("A closed conversation stays closed; the customer's next message opens a linked one."),
            code="closed",
            status=409,
        )
    values: dict[str, Any] = {"status": status, "snoozed_until": None}
    if conversation.status != status:
        values["resolved_at"] = timezone.now() if status in {Status.RESOLVED, Status.CLOSED} else None
    return change(
        conversation, agent=agent, field="status", values=values, line={"kind": "status", "status": status}
    )


def snooze(conversation: Conversation, *, agent: Agent | None, until: datetime | None) -> Conversation:
    """Put aside until a moment in the future, None: until the customer answers; their message wakes it in any case."""
    if until is not None and until <= timezone.now():
        raise Refusal(_("Choose a time in the future."), code="past", status=422)
    if conversation.status == Status.CLOSED:
        return set_status(conversation, agent=agent, status=Status.OPEN)
    values = {"status": Status.SNOOZED.value, "snoozed_until": until, "resolved_at": None}
    line = {"kind": "snoozed", "until": until.isoformat()} if until else {"kind": "snoozed_for_answer"}
    return change(conversation, agent=agent, field="snooze", values=values, line=line)


def assign(conversation: Conversation, *, agent: Agent | None, assignee: Agent | None) -> Conversation:
    """Give to an agent, or to nobody."""
    if assignee is not None and not assignee.can_reply:
        raise Refusal(_("This agent cannot take conversations."), code="bad_assignee", status=422)
    line = {"kind": "assigned", "to": assignee.name if assignee else ""}
    values = {"assignee_id": assignee.pk if assignee else None}
    return change(conversation, agent=agent, field="assignee", values=values, line=line)


def set_team(conversation: Conversation, *, agent: Agent | None, team: Team | None) -> Conversation:
    """Give to a team, or to none."""
    line = {"kind": "team", "to": team.name if team else ""}
    values = {"team_id": team.pk if team else None}
    return change(conversation, agent=agent, field="team", values=values, line=line)


def set_priority(conversation: Conversation, *, agent: Agent | None, priority: str) -> Conversation:
    """Say how soon."""
    if priority not in Priority.values:
        raise Refusal(_("Unknown priority."), code="bad_priority", status=422)
    line = {"kind": "priority", "priority": priority}
    values = {"priority": priority}
    return change(conversation, agent=agent, field="priority", values=values, line=line, by_hand=True)


def set_tags(conversation: Conversation, *, agent: Agent | None, tags: Sequence[str]) -> Conversation:
    """Store exactly these tags: trimmed, once each, at most 30 of 50 characters."""
    clean = list(dict.fromkeys(" ".join(tag.replace(",", " ").split())[:50] for tag in tags))
    clean = [tag for tag in clean if tag][:30]
    return change(conversation, agent=agent, field="tags", values={"tags": clean}, line=None)


def set_subject(conversation: Conversation, *, agent: Agent | None, subject: str) -> Conversation:
    """Rename."""
    values = {"subject": " ".join(subject.split())[:500]}
    return change(conversation, agent=agent, field="subject", values=values, line=None)


def set_language(conversation: Conversation, *, agent: Agent | None, language: str) -> Conversation:
    """Correct the customer's language; the correction sticks."""
    tag = settle(language, workspace_facts(conversation.workspace_id).languages)
    if not tag:
        raise Refusal(_("Give a language tag such as “fi” or “pt-BR”."), code="bad_language", status=422)
    values = {"language": tag, "language_locked": True}
    line = {"kind": "language", "language": tag}
    return change(conversation, agent=agent, field="language", values=values, line=line)


def set_language_lock(conversation: Conversation, *, agent: Agent | None, locked: bool) -> Conversation:
    """Always translate between this customer's language and the team's, or follow each message again."""
    values = {"language_locked": locked}
    line = {"kind": "language_lock" if locked else "language_unlock", "language": conversation.language}
    return change(conversation, agent=agent, field="language", values=values, line=line)


def mark_read(conversation: Conversation) -> None:
    """Note that somebody looked."""
    if conversation.unread:
        conversations_of(conversation.workspace_id).filter(pk=conversation.pk).update(unread=False)
        tell_shopper_of_reading(conversation)


def set_unread(conversation: Conversation, *, unread: bool) -> None:
    """Mark as read or unread, and let the lists know."""
    with transaction.atomic():
        conversations_of(conversation.workspace_id).filter(pk=conversation.pk).update(unread=unread)
        publish(ConversationChanged(conversation_id=conversation.pk, field="unread"))


def mark_unread(conversation: Conversation, *, agent: Agent) -> None:
    """Let it look new again."""
    with transaction.atomic():
        conversations_of(conversation.workspace_id).filter(pk=conversation.pk).update(unread=True)
        publish(ConversationChanged(conversation_id=conversation.pk, field="unread"))


def hand_over(workspace_id: int, *, from_agent: int) -> int:
    """Take all live conversations from an agent who left; they become nobody's. Returns how many."""
    held = conversations_of(workspace_id).filter(assignee_id=from_agent).exclude(status=Status.CLOSED)
    ids = list(held.values_list("pk", flat=True))
    for conversation in held.iterator():
        change(
            conversation,
            agent=None,
            field="assignee",
            values={"assignee_id": None},
            line={"kind": "assigned", "to": ""},
        )
    return len(ids)
