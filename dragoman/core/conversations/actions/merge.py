"""Merging conversations: one link, which every read follows; undoing takes it away and all is as before.

No message is touched. The merged one keeps its row and its thread key, so a message for it still finds it; the
statement that stores messages reads on that row where it leads, and puts the message there (`statement.py`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.customers.actions.merge import one_merge_at_a_time
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import Refusal

from ..access import check_may_reply, every_conversation_of
from ..errors import NoConversation
from ..events import ConversationChanged, ConversationMerged, ConversationMergeUndone
from ..links import find_merge
from ..merging import NEWEST, MergePlan, plan_merge
from ..models import MERGED, Conversation, Direction, Merge, Message, Status

# what of the merged one's own row a message may change while it is merged
_OWN = ("status", "unread", "snoozed_until", "resolved_at", "reopened_at", *NEWEST)
_TIMES = frozenset({"snoozed_until", "resolved_at", "reopened_at", "last_message_at"})


def _rows(workspace_id: int, *ids: int) -> list[Conversation]:
    """Lock conversations in the order given: first what leads, then where to, as the receiving statement does."""
    found = []
    for pk in ids:
        row = (
            every_conversation_of(workspace_id)
            .filter(pk=pk)
            .select_for_update(no_key=True, of=("self",))
            .first()
        )
        if row is None:
            raise NoConversation
        found.append(row)
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in _TIMES and value else value


def preview_merge(
    merged: Conversation,
    survivor: Conversation,
    *,
    agent: Agent | None,
    fields: Mapping[str, str] | None = None,
) -> MergePlan:
    """Say what merging would do; refuses as merging would."""
    check_may_reply(agent)
    return plan_merge(merged, survivor, fields)


@transaction.atomic
def merge_conversations(
    merged: Conversation,
    survivor: Conversation,
    *,
    agent: Agent | None,
    fields: Mapping[str, str] | None = None,
) -> Merge:
    """Link one conversation to another; raises Refusal (`same`, `already_merged`, `other_brand`, `closed`)."""
    check_may_reply(agent)
    workspace_id = survivor.workspace_id
    one_merge_at_a_time(workspace_id)
    gone, stays = _rows(workspace_id, merged.pk, survivor.pk)
    plan = plan_merge(gone, stays, fields)
    own = {name: _plain(getattr(gone, name)) for name in _OWN}
    kept = {
        "own": own,
        "fields": {
            name: [_plain(getattr(stays, name)), _plain(value)] for name, value in plan.values.items()
        },
    }
    for name, value in plan.values.items():
        setattr(stays, name, value)
    stays.joined = [*(stays.joined or ()), gone.pk, *(gone.joined or ())]
    stays.save(update_fields=[*plan.values, "joined"])
    mine = every_conversation_of(workspace_id)
    mine.filter(pk__in=gone.joined or ()).update(merged_into_id=stays.pk)
    gone.status = _waiting_status(gone)
    gone.merged_into, gone.joined, gone.unread = stays, None, False
    gone.save(update_fields=["status", "merged_into", "joined", "unread"])
    link = Merge.objects.create(
        workspace_id=workspace_id, merged=gone, survivor=stays, agent=agent, kept=kept
    )
    _leave_line(stays, agent, {"kind": "merged", "number": gone.pk})
    publish(
        ConversationMerged(conversation_id=stays.pk, merged_id=gone.pk),
        ConversationChanged(conversation_id=gone.pk, field="merged"),
    )
    return link


def _waiting_status(gone: Conversation) -> str:
    """A merged one holds its thread key, so that what comes for it is found; a closed one only if nobody else does."""
    if gone.status != Status.CLOSED or not _is_key_taken(gone):
        return MERGED
    return Status.CLOSED


def _is_key_taken(conversation: Conversation) -> bool:
    live = every_conversation_of(conversation.workspace_id).filter(
        brand_id=conversation.brand_id,
        customer_id=conversation.customer_id,
        thread_key=conversation.thread_key,
    )
    return live.exclude(status=Status.CLOSED).exclude(pk=conversation.pk).exists()


def _leave_line(conversation: Conversation, agent: Agent | None, line: dict[str, Any]) -> None:
    Message.objects.create(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.pk,
        direction=Direction.EVENT,
        channel="",
        agent=agent,
        author=agent.name if agent else "",
        event=line,
    )


@transaction.atomic
def undo_merge(workspace_id: int, merged_id: int, *, agent: Agent | None) -> Conversation:
    """Take the link away and return the conversation that stands alone again.

    What came in meanwhile stays with the survivor; fields that somebody changed meanwhile stay as they are. Raises
    Refusal `not_merged`.
    """
    check_may_reply(agent)
    one_merge_at_a_time(workspace_id)
    link = find_merge(workspace_id, merged_id)
    if link is None:
        raise Refusal(_("This conversation is not merged into another."), code="not_merged", status=409)
    end = link.merged.merged_into_id or link.survivor_id
    gone, *others = _rows(workspace_id, merged_id, *dict.fromkeys([link.survivor_id, end]))
    survivor = others[0]
    _give_back(survivor, link.kept["fields"])
    link.delete()
    for name, value in link.kept["own"].items():
        setattr(gone, name, _read(name, value))
    if gone.status != Status.CLOSED and _is_key_taken(gone):
        gone.status = Status.CLOSED
    gone.merged_into = None
    below = _below(workspace_id, gone.pk)
    gone.joined = below or None
    gone.save(update_fields=[*_OWN, "merged_into", "joined"])
    every_conversation_of(workspace_id).filter(pk__in=below).update(merged_into_id=gone.pk)
    root = others[-1]
    root.joined = [pk for pk in root.joined or () if pk not in {gone.pk, *below}] or None
    root.save(update_fields=["joined"])
    _leave_line(root, agent, {"kind": "unmerged", "number": gone.pk})
    publish(
        ConversationMergeUndone(conversation_id=root.pk, merged_id=gone.pk),
        ConversationChanged(conversation_id=gone.pk, field="merged"),
    )
    return gone


def _give_back(survivor: Conversation, fields: Mapping[str, list[Any]]) -> None:
    back = {
        name: _read(name, old)
        for name, (old, new) in fields.items()
        if _plain(getattr(survivor, name)) == new
    }
    for name, value in back.items():
        setattr(survivor, name, value)
    if back:
        survivor.save(update_fields=list(back))


def _below(workspace_id: int, conversation_id: int) -> list[int]:
    """Return the ids of all whose links lead to a conversation, at any depth."""
    found: list[int] = []
    level = [conversation_id]
    while level:
        links = Merge.objects.filter(workspace_id=workspace_id, survivor_id__in=level)
        level = list(links.values_list("merged_id", flat=True))
        found += level
    return found


def close_joined(conversation: Conversation) -> None:
    """Let those merged into a conversation that was closed give up their keys: what comes now opens a linked one."""
    if conversation.joined:
        mine: Any = every_conversation_of(conversation.workspace_id)
        mine.filter(pk__in=conversation.joined, status=MERGED).update(status=Status.CLOSED)
