"""What happens in conversations, told to the agents it concerns: set-based, and cheap where it concerns nobody."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from dragoman.core.accounts.models import TeamMember
from dragoman.core.notifications.actions import Notice, notify
from dragoman.ground.database.prepared import fetch

from ..models import Conversation, Delivery, Direction, Follower, Message, Status
from .followers import follow_by_itself

# one statement for a whole batch: who holds or follows the conversations of these messages; none for most batches
_CONCERNED = """
SELECT m.id, m.conversation_id, m.author, who.agent_id
FROM conversations_message m
CROSS JOIN LATERAL (SELECT t.assignee_id, t.junk FROM conversations_conversation t
  WHERE t.workspace_id = m.workspace_id AND t.id = m.conversation_id LIMIT 1) c
CROSS JOIN LATERAL (
  SELECT c.assignee_id AS agent_id WHERE c.assignee_id IS NOT NULL
  UNION SELECT f.agent_id FROM conversations_follower f
  WHERE f.workspace_id = m.workspace_id AND f.conversation_id = m.conversation_id AND f.active) who
WHERE m.workspace_id = %s AND m.id = ANY(%s) AND m.direction = 'in' AND NOT c.junk
  AND NOT m.meta ? 'old' AND NOT m.marks ?| ARRAY['auto_reply', 'bounce', 'loop']
"""


def topic_of(conversation_id: int) -> str:
    """Return the pointer of a conversation."""
    return f"conversation:{conversation_id}"


def tell_of_answers(workspace_id: int, message_ids: Sequence[int]) -> None:
    """Tell who holds or follows these messages' conversations that the customer wrote."""
    rows = fetch(_CONCERNED, [workspace_id, list(message_ids)])
    notify(
        workspace_id,
        [
            Notice(agent, "answered", f"m{message}", topic_of(conversation), f"m{message}", author)
            for message, conversation, author, agent in rows
        ],
    )


def tell_of_notes(workspace_id: int, message_ids: Sequence[int]) -> None:
    """Tell who is mentioned in these notes, and the followers who are not."""
    notes = list(
        Message.objects.filter(
            workspace_id=workspace_id, pk__in=list(message_ids), direction=Direction.NOTE
        ).only("id", "workspace_id", "conversation_id", "agent_id", "author", "meta")
    )
    members = _members(workspace_id, [mark for note in notes for mark in note.meta.get("mentions", ())])
    following = _following(workspace_id, [note.conversation_id for note in notes])
    notices: list[Notice] = []
    pairs: list[tuple[int, int]] = []
    for note in notes:
        named = _named(note, members)
        pairs += [(note.conversation_id, agent) for agent in named]
        others = [(agent, "noted", "") for agent in following[note.conversation_id] if agent not in named]
        for agent, kind, team in [
            *((agent, "mentioned", team) for agent, team in named.items()),
            *others,
        ]:
            facts = {"team": team} if team else {}
            notices.append(_notice(note, agent, kind, facts))
    follow_by_itself(workspace_id, pairs, reason="mentioned")
    notify(workspace_id, notices)


def _notice(message: Message, agent_id: int, kind: str, facts: dict[str, Any]) -> Notice:
    return Notice(
        agent_id,
        kind,
        f"m{message.pk}",
        topic_of(message.conversation_id),
        f"m{message.pk}",
        message.author,
        message.agent_id,
        facts,
    )


def _members(workspace_id: int, marks: Sequence[dict[str, Any]]) -> dict[int, list[int]]:
    teams = {mark["team"] for mark in marks if "team" in mark}
    found: dict[int, list[int]] = defaultdict(list)
    if teams:
        rows = TeamMember.objects.filter(workspace_id=workspace_id, team_id__in=teams)
        for team, agent in rows.values_list("team_id", "agent_id"):
            found[team].append(agent)
    return found


def _named(note: Message, members: dict[int, list[int]]) -> dict[int, str]:
    """Return who is mentioned in a note, with the team's name where they are meant as its members."""
    named: dict[int, str] = {}
    for mark in note.meta.get("mentions", ()):
        for agent in members.get(mark.get("team", 0), ()):
            named.setdefault(agent, str(mark["name"]))
    # a person's own name says more than a team's
    named.update({mark["agent"]: "" for mark in note.meta.get("mentions", ()) if "agent" in mark})
    return {agent: team for agent, team in named.items() if agent != note.agent_id}


def _following(workspace_id: int, conversation_ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Follower.objects.filter(
        workspace_id=workspace_id, conversation_id__in=list(conversation_ids), active=True
    )
    for conversation, agent in rows.values_list("conversation_id", "agent_id"):
        found[conversation].append(agent)
    return found


def tell_of_changes(workspace_id: int, changed: Sequence[tuple[int, str]]) -> None:
    """Tell who was given a conversation, whose team was, and whose snooze is over; pairs of (conversation, field)."""
    wanted = [pair for pair in dict.fromkeys(changed) if pair[1] in _BY_FIELD]
    if not wanted:
        return
    # one statement for hundreds that are closed or changed at once
    rows = Conversation.objects.filter(workspace_id=workspace_id, pk__in={pair[0] for pair in wanted})
    found = {conversation.pk: conversation for conversation in rows}
    for conversation_id, field in wanted:
        if conversation_id in found:
            _BY_FIELD[field](found[conversation_id])


def _last_lines(conversation: Conversation, most: int = 2) -> list[Message]:
    lines = Message.objects.filter(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.pk,
        direction=Direction.EVENT,
    )
    return list(lines.defer("tsv").order_by("-pk")[:most])


def _line(conversation: Conversation, kind: str) -> Message | None:
    found = [line for line in _last_lines(conversation, 5) if (line.event or {}).get("kind") == kind]
    return found[0] if found else None


def _tell_assignee(conversation: Conversation) -> None:
    line = _line(conversation, "assigned") if conversation.assignee_id is not None else None
    if conversation.assignee_id is None or line is None:
        return
    pairs = [(conversation.pk, conversation.assignee_id)]
    follow_by_itself(conversation.workspace_id, pairs, reason="assigned")
    notice = _notice(line, conversation.assignee_id, "assigned", {})
    notify(conversation.workspace_id, [notice])


def _tell_team(conversation: Conversation) -> None:
    line = _line(conversation, "team") if conversation.team_id is not None else None
    if conversation.team_id is None or line is None:
        return
    members = TeamMember.objects.filter(workspace_id=conversation.workspace_id, team_id=conversation.team_id)
    facts = {"team": str((line.event or {}).get("to", ""))}
    told = [
        _notice(line, agent, "team_assigned", facts) for agent in members.values_list("agent_id", flat=True)
    ]
    notify(conversation.workspace_id, told)


def _tell_sleeper(conversation: Conversation) -> None:
    """Tell whoever put it aside, where nobody but the clock opened it."""
    if conversation.status != Status.OPEN:
        return
    lines = _last_lines(conversation)
    if len(lines) < 2 or lines[0].agent_id is not None:
        return
    woke, slept = lines
    kinds = [(line.event or {}).get("kind") for line in lines]
    if kinds == ["status", "snoozed"] and slept.agent_id is not None:
        notice = Notice(
            slept.agent_id, "snooze_over", f"m{woke.pk}", topic_of(conversation.pk), f"m{woke.pk}"
        )
        notify(conversation.workspace_id, [notice])


_BY_FIELD = {"assignee": _tell_assignee, "team": _tell_team, "status": _tell_sleeper}


def tell_of_failures(workspace_id: int, message_ids: Sequence[int]) -> None:
    """Tell the authors of messages that could not be delivered, or whoever holds the conversation now."""
    failed = Message.objects.filter(
        workspace_id=workspace_id,
        pk__in=list(message_ids),
        delivery__in=[Delivery.FAILED, Delivery.UNCONFIRMED],
    ).select_related("agent", "conversation")
    notices = []
    for message in failed.defer("tsv"):
        author = message.agent
        agent = author.pk if author and author.is_active else message.conversation.assignee_id
        if agent:
            source, topic = f"m{message.pk}.{message.attempts}", topic_of(message.conversation_id)
            notices.append(Notice(agent, "failed", source, topic, f"m{message.pk}"))
    notify(workspace_id, notices)


def follow_answered(workspace_id: int, message_ids: Sequence[int]) -> None:
    """Let those who answered follow."""
    sent = Message.objects.filter(
        workspace_id=workspace_id, pk__in=list(message_ids), agent_id__isnull=False
    ).values_list("conversation_id", "agent_id")
    follow_by_itself(workspace_id, [(talk, agent) for talk, agent in sent if agent], reason="replied")
