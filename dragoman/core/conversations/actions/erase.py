"""Taking away a customer's conversations: messages, translations, files and what came in word for word."""

from collections.abc import Mapping, Sequence

from django.db import connection
from django.db.models import Q

from ..access import every_conversation_of
from ..models import Direction, JunkVerdict, Merge, Message, SenderRule
from .junk import unlearn
from .merge import undo_merge
from .remove import BATCH, remove_batch
from .split import show_newest

# a customer's own, and what outsiders were asked beside them
_THEIRS = """
SELECT id FROM conversations_conversation WHERE workspace_id = %(workspace)s AND customer_id = %(customer)s
UNION SELECT s.id FROM conversations_conversation s JOIN conversations_conversation c
  ON c.workspace_id = s.workspace_id AND c.id = s.side_of_id
WHERE s.workspace_id = %(workspace)s AND c.customer_id = %(customer)s
"""
_COUNT = """
SELECT count(DISTINCT c.id) FILTER (WHERE c.merged_into_id IS NULL), count(m.id),
  (SELECT count(*) FROM conversations_attachment a
  JOIN conversations_message n ON n.workspace_id = a.workspace_id AND n.id = a.message_id
  WHERE n.workspace_id = %(workspace)s AND n.conversation_id = ANY(%(ids)s))
FROM conversations_conversation c LEFT JOIN conversations_message m
  ON m.workspace_id = c.workspace_id AND m.conversation_id = c.id
WHERE c.workspace_id = %(workspace)s AND c.id = ANY(%(ids)s)
"""


def _part_from_others(workspace_id: int, customer_id: int) -> None:
    """Take what is somebody else's out of conversations that will go, and theirs out of somebody else's."""
    mine = Merge.objects.filter(workspace_id=workspace_id)
    others = mine.filter(survivor__customer_id=customer_id).exclude(merged__customer_id=customer_id)
    others = others.exclude(merged__customer__merged_into_id=customer_id)
    theirs = mine.filter(merged__customer_id=customer_id).exclude(survivor__customer_id=customer_id)
    theirs = theirs.exclude(survivor__customer__merged_into_id=customer_id)
    for links in (others, theirs):
        for pk in links.values_list("merged_id", flat=True):
            undo_merge(workspace_id, pk, agent=None)


def _bring_home(workspace_id: int, customer_id: int, addresses: Sequence[str]) -> None:
    """Move what they wrote into somebody else's conversation since theirs was merged there back to their own."""
    links = Merge.objects.filter(workspace_id=workspace_id, merged__customer_id=customer_id)
    links = links.exclude(survivor__customer_id=customer_id)
    for link in links.select_related("merged"):
        end = link.merged.merged_into_id or link.survivor_id
        wrote = Message.objects.filter(
            workspace_id=workspace_id, conversation_id=end, direction=Direction.IN, created_at__gte=link.at
        )
        named = Q(meta__from__in=list(addresses)) | Q(author__in=list(addresses))
        if wrote.filter(named).update(conversation_id=link.merged_id):
            undo_merge(workspace_id, link.merged_id, agent=None)
            show_newest(every_conversation_of(workspace_id).get(pk=end))


class ConversationEraser:
    """Counts and deletes the conversations of one customer, 300 messages at a time."""

    def count(self, workspace_id: int, customer_id: int) -> Mapping[str, int]:
        """Return how many conversations people see (merged ones are one), messages and files there are."""
        ids = self._theirs(workspace_id, customer_id)
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, {"workspace": workspace_id, "ids": ids})
            conversations, messages, files = cursor.fetchone()
        return {"conversations": conversations, "messages": messages, "files": files}

    def part(self, workspace_id: int, customer_id: int, addresses: Sequence[str]) -> None:
        """Forget that mail of these addresses passes; a block stays, or who was blocked would be back."""
        SenderRule.objects.filter(workspace_id=workspace_id, passes=True, value__in=list(addresses)).delete()
        _bring_home(workspace_id, customer_id, addresses)

    def erase(self, workspace_id: int, customer_id: int) -> bool:
        """Delete one batch, and what the junk filter learned from it."""
        _part_from_others(workspace_id, customer_id)
        ids = self._theirs(workspace_id, customer_id)
        taught = JunkVerdict.objects.filter(workspace_id=workspace_id, conversation_id__in=ids)
        for pk in taught.exclude(taught="").values_list("conversation_id", flat=True)[:BATCH]:
            unlearn(workspace_id, pk)
        return remove_batch(workspace_id, ids)

    def _theirs(self, workspace_id: int, customer_id: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(_THEIRS, {"workspace": workspace_id, "customer": customer_id})
            return [pk for (pk,) in cursor.fetchall()]
