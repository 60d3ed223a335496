"""Merging customers with all they have here: addresses and conversations go to the survivor, and come back by undo."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from dragoman.core.accounts.authority.actions.follow import give_back_sums, move_sums
from dragoman.core.accounts.models import Agent
from dragoman.core.commerce.actions.follow import give_back_orders, move_orders
from dragoman.core.customers.actions.merge import (
    link_customers,
    note_moved,
    one_merge_at_a_time,
    unlink_customers,
)
from dragoman.core.customers.merging import choices_of, settled
from dragoman.core.customers.models import Customer, CustomerMerge
from dragoman.ground.events.actions import publish

from ..access import check_may_reply, every_conversation_of
from ..events import ConversationChanged
from ..links import find_merge, surviving
from ..models import MERGED, Conversation, Status
from .merge import merge_conversations, undo_merge

TOLD = 50
# two running conversations with one brand and one thread key cannot both be one customer's
_COLLISIONS = """
SELECT a.id, b.id FROM conversations_conversation a JOIN conversations_conversation b
  ON b.workspace_id = a.workspace_id AND b.brand_id = a.brand_id AND b.thread_key = a.thread_key
WHERE a.workspace_id = %s AND a.customer_id = %s AND b.customer_id = %s
  AND a.status <> 'closed' AND b.status <> 'closed' ORDER BY a.id
"""


def colliding(workspace_id: int, merged_id: int, survivor_id: int) -> list[tuple[int, int]]:
    """Return pairs of running conversations (the merged one's, the survivor's) that will become one."""
    with connection.cursor() as cursor:
        cursor.execute(_COLLISIONS, [workspace_id, merged_id, survivor_id])
        return [(int(one), int(other)) for one, other in cursor.fetchall()]


@transaction.atomic
def merge_customers(
    merged: Customer, survivor: Customer, *, agent: Agent | None, fields: Mapping[str, str] | None = None
) -> CustomerMerge:
    """Merge one customer into another with addresses and conversations; raises Refusal `same`, `already_merged`."""
    check_may_reply(agent)
    workspace_id = survivor.workspace_id
    one_merge_at_a_time(workspace_id)
    values = settled(merged, survivor, choices_of(merged, survivor, fields or {}))
    link = link_customers(merged, survivor, agent=agent, values=values)
    held, merges = _join_running(workspace_id, merged.pk, survivor.pk, agent)
    theirs = every_conversation_of(workspace_id).filter(customer_id=merged.pk).exclude(pk__in=held)
    moved = list(theirs.order_by("-last_message_at").values_list("pk", flat=True))
    every_conversation_of(workspace_id).filter(pk__in=moved).update(customer_id=survivor.pk)
    orders = move_orders(workspace_id, from_customer=merged.pk, to_customer=survivor.pk)
    # after the orders: whoever asks for something now waits for their rows, and takes it for the survivor
    sums = move_sums(workspace_id, from_customer=merged.pk, to_customer=survivor.pk)
    note_moved(link, conversations=moved, merges=merges, orders=orders, authority=sums)
    _tell(moved)
    return link


def _join_running(
    workspace_id: int, merged: int, survivor: int, agent: Agent | None
) -> tuple[list[int], list[int]]:
    """Merge running conversations that would be one; returns what keeps its customer, and what was merged."""
    held, merges = [], []
    mine = every_conversation_of(workspace_id)
    for theirs, ours in colliding(workspace_id, merged, survivor):
        held.append(theirs)
        gone, stays = surviving(mine.get(pk=theirs)), surviving(mine.get(pk=ours))
        if gone.pk != stays.pk and MERGED not in {gone.status, stays.status}:
            merge_conversations(gone, stays, agent=agent)
            merges.append(gone.pk)
    return held, merges


@transaction.atomic
def undo_customer_merge(workspace_id: int, merged_id: int, *, agent: Agent | None) -> None:
    """Let a merged customer stand alone again; what came in meanwhile stays. Raises Refusal `not_merged`."""
    check_may_reply(agent)
    kept, end = unlink_customers(workspace_id, merged_id)
    for pk in reversed(kept["merges"]):
        if find_merge(workspace_id, pk) is not None:
            undo_merge(workspace_id, pk, agent=agent)
    back = every_conversation_of(workspace_id).filter(pk__in=kept["conversations"], customer_id=end)
    moved = list(back.order_by("-last_message_at").values_list("pk", flat=True))
    every_conversation_of(workspace_id).filter(pk__in=moved).update(customer_id=merged_id)
    give_back_orders(workspace_id, kept.get("orders", []), holder=end, owner=merged_id)
    give_back_sums(workspace_id, kept.get("authority", {}), holder=end, owner=merged_id)
    _tell(moved)


def _tell(conversation_ids: list[int]) -> None:
    """Let the screens that show these look again; old history nobody looks at."""
    publish(*(ConversationChanged(conversation_id=pk, field="customer") for pk in conversation_ids[:TOLD]))


def conversation_counts(workspace_id: int, customer_id: int) -> dict[str, Any]:
    """Return what a preview says of a customer: how many conversations, how many of them running, first and last."""
    theirs = Conversation.objects.filter(workspace_id=workspace_id, customer_id=customer_id, merged_into=None)
    running = theirs.exclude(status__in=[Status.CLOSED, Status.RESOLVED])
    newest = theirs.order_by("-last_message_at").values_list("last_message_at", flat=True).first()
    return {"conversations": theirs.count(), "running": running.count(), "last": newest}
