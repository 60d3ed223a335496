"""Taking conversations away with all that hangs on them: messages, files, drafts, what came in word for word."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from dragoman.core.connections.actions import forget_answers
from dragoman.core.language.actions.engines import forget_conversations as forget_what_left
from dragoman.core.language.actions.memory import forget_conversations as forget_remembered
from dragoman.ground.events.actions import publish
from dragoman.ground.files.store import forget

from ..events import ConversationDeleted
from ..models import Draft

BATCH = 300

_MESSAGES = """
SELECT m.id, m.envelope_id FROM unnest(%(ids)s::bigint[]) AS c(id) CROSS JOIN LATERAL (SELECT id, envelope_id
  FROM conversations_message n WHERE n.workspace_id = %(workspace)s AND n.conversation_id = c.id
  ORDER BY n.id LIMIT %(most)s) m LIMIT %(most)s
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
# uploaded for an answer that was never sent
_UPLOADS = """
DELETE FROM conversations_attachment a WHERE a.workspace_id = %(workspace)s AND a.message_id IS NULL
  AND a.id = ANY(%(uploads)s) RETURNING a.file_key
"""


def remove_batch(workspace_id: int, conversation_ids: Sequence[int]) -> bool:
    """Delete one batch of messages, at last the conversations; files first: a row names what is left of them.

    Returns whether something is left.
    """
    values: dict[str, Any] = {"workspace": workspace_id, "ids": list(conversation_ids), "most": BATCH}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_MESSAGES, values)
        rows = cursor.fetchall()
        if not rows:
            forget_remembered(workspace_id, conversation_ids)
            _end(workspace_id, conversation_ids)
            return False
        messages = [pk for pk, _envelope in rows]
        envelopes = [pk for _message, pk in rows if pk is not None]
        cursor.execute(_FILES, {**values, "messages": messages, "envelopes": envelopes})
        for (key,) in cursor.fetchall():
            forget(key)
        forget_answers(workspace_id, messages)
        cursor.execute(
            "DELETE FROM conversations_message WHERE workspace_id = %s AND id = ANY(%s)",
            [workspace_id, messages],
        )
        cursor.execute(
            "DELETE FROM conversations_envelope WHERE workspace_id = %s AND id = ANY(%s)",
            [workspace_id, envelopes],
        )
    return True


def _end(workspace_id: int, conversation_ids: Sequence[int]) -> None:
    forget_what_left(workspace_id, conversation_ids)
    drafts = Draft.objects.filter(workspace_id=workspace_id, conversation_id__in=conversation_ids)
    uploads = [pk for names in drafts.values_list("attachments", flat=True) for pk in names]
    with connection.cursor() as cursor:
        cursor.execute(_UPLOADS, {"workspace": workspace_id, "uploads": uploads})
        for (key,) in cursor.fetchall():
            forget(key)
        cursor.execute(
            "DELETE FROM conversations_conversation WHERE workspace_id = %s AND id = ANY(%s) RETURNING id",
            [workspace_id, list(conversation_ids)],
        )
        gone = [pk for (pk,) in cursor.fetchall()]
    publish(*(ConversationDeleted(conversation_id=pk) for pk in gone))
