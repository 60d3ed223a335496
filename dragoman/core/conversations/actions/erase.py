"""Taking away a customer's conversations: messages, translations, files and what came in word for word."""

from collections.abc import Mapping

from django.db import connection, transaction

from dragoman.ground.events.actions import publish
from dragoman.ground.files.store import forget

from ..events import ConversationDeleted
from ..models import Merge
from .merge import undo_merge

BATCH = 300

_COUNT = """
SELECT count(DISTINCT c.id), count(m.id), (SELECT count(*) FROM conversations_attachment a
  JOIN conversations_message n ON n.workspace_id = a.workspace_id AND n.id = a.message_id
  JOIN conversations_conversation t ON t.workspace_id = n.workspace_id AND t.id = n.conversation_id
  WHERE t.workspace_id = %(workspace)s AND t.customer_id = %(customer)s)
FROM conversations_conversation c LEFT JOIN conversations_message m
  ON m.workspace_id = c.workspace_id AND m.conversation_id = c.id
WHERE c.workspace_id = %(workspace)s AND c.customer_id = %(customer)s
"""
_MESSAGES = """
SELECT m.id, m.envelope_id FROM conversations_conversation c CROSS JOIN LATERAL (SELECT id, envelope_id
  FROM conversations_message n WHERE n.workspace_id = %(workspace)s AND n.conversation_id = c.id
  ORDER BY n.id LIMIT %(most)s) m
WHERE c.workspace_id = %(workspace)s AND c.customer_id = %(customer)s LIMIT %(most)s
"""
# a file may be kept once and named twice (a forwarded message): it goes with the last row that names it
_FILES = """
SELECT DISTINCT a.file_key FROM conversations_attachment a WHERE a.workspace_id = %(workspace)s
  AND a.message_id = ANY(%(messages)s) AND NOT EXISTS (SELECT 1 FROM conversations_attachment o
    WHERE o.workspace_id = %(workspace)s AND o.file_key = a.file_key
      AND (o.message_id IS NULL OR NOT o.message_id = ANY(%(messages)s)))
UNION SELECT file_key FROM conversations_envelope WHERE workspace_id = %(workspace)s AND id = ANY(%(envelopes)s)
  AND file_key <> ''
"""


def _part_from_others(workspace_id: int, customer_id: int) -> None:
    """Take what is somebody else's out of conversations that will go: their words are not this customer's."""
    links = Merge.objects.filter(workspace_id=workspace_id, survivor__customer_id=customer_id)
    others = links.exclude(merged__customer_id=customer_id).exclude(
        merged__customer__merged_into_id=customer_id
    )
    for pk in others.values_list("merged_id", flat=True):
        undo_merge(workspace_id, pk, agent=None)


class ConversationEraser:
    """Counts and deletes the conversations of one customer, 300 messages at a time."""

    def count(self, workspace_id: int, customer_id: int) -> Mapping[str, int]:
        """Return how many conversations, messages and files there are."""
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, {"workspace": workspace_id, "customer": customer_id})
            conversations, messages, files = cursor.fetchone()
        return {"conversations": conversations, "messages": messages, "files": files}

    def erase(self, workspace_id: int, customer_id: int) -> bool:
        """Delete one batch of messages, at last the conversations; files first: a row names what is left of them."""
        _part_from_others(workspace_id, customer_id)
        values = {"workspace": workspace_id, "customer": customer_id, "most": BATCH}
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_MESSAGES, values)
            rows = cursor.fetchall()
            if not rows:
                return self._end(workspace_id, customer_id)
            messages = [pk for pk, _envelope in rows]
            envelopes = [pk for _message, pk in rows if pk is not None]
            cursor.execute(_FILES, {**values, "messages": messages, "envelopes": envelopes})
            for (key,) in cursor.fetchall():
                forget(key)
            cursor.execute(
                "DELETE FROM conversations_message WHERE workspace_id = %s AND id = ANY(%s)",
                [workspace_id, messages],
            )
            cursor.execute(
                "DELETE FROM conversations_envelope WHERE workspace_id = %s AND id = ANY(%s)",
                [workspace_id, envelopes],
            )
        return True

    def _end(self, workspace_id: int, customer_id: int) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM conversations_conversation WHERE workspace_id = %s AND customer_id = %s RETURNING id",
                [workspace_id, customer_id],
            )
            gone = [pk for (pk,) in cursor.fetchall()]
        publish(*(ConversationDeleted(conversation_id=pk) for pk in gone))
        return False
