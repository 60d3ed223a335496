"""Keeping files an agent wants to send along, before there is a message."""

from datetime import timedelta
from typing import Any, BinaryIO

from django.db import connection, transaction
from django.utils import timezone

from dragoman.core.accounts.models import Agent
from dragoman.ground.files import store
from dragoman.kit.address import clean

from ..access import check_may_reply
from ..models import Attachment

LONGEST_NAME = 255
UNSENT = timedelta(days=1)
BATCH = 500
# a draft keeps what it names for as long as it stands
_UNSENT = """
SELECT a.id FROM conversations_attachment a
WHERE a.workspace_id = %(workspace)s AND a.message_id IS NULL AND a.created_at < %(before)s
  AND NOT EXISTS (SELECT 1 FROM conversations_draft d
    WHERE d.workspace_id = %(workspace)s AND d.attachments @> to_jsonb(a.id))
ORDER BY a.id LIMIT %(most)s FOR UPDATE OF a SKIP LOCKED
"""
# a file may be named by another row, too: it goes with the last one
_ALONE = """
SELECT DISTINCT a.file_key FROM conversations_attachment a
WHERE a.workspace_id = %(workspace)s AND a.id = ANY(%(ids)s) AND NOT EXISTS (SELECT 1 FROM conversations_attachment o
  WHERE o.workspace_id = %(workspace)s AND o.file_key = a.file_key AND NOT o.id = ANY(%(ids)s))
"""


def keep_attachment(agent: Agent, *, file: BinaryIO, name: str, content_type: str) -> Attachment:
    """Store a file that waits to be sent by this agent; raises TooLarge, NotAllowed."""
    check_may_reply(agent)
    kept = store.keep(agent.workspace_id, file)
    return Attachment.objects.create(
        workspace_id=agent.workspace_id,
        file_key=kept.key,
        name=clean(name).strip()[-LONGEST_NAME:] or "file",
        content_type=(content_type or "application/octet-stream")[:120],
        size=kept.size,
        uploader=f"agent:{agent.pk}",
    )


def forget_unsent(workspace_id: int) -> bool:
    """Delete one batch of files uploaded a day ago, never sent, and in no draft; return whether there may be more."""
    values: dict[str, Any] = {"workspace": workspace_id, "before": timezone.now() - UNSENT, "most": BATCH}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_UNSENT, values)
        ids = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(_ALONE, {**values, "ids": ids})
        for (key,) in cursor.fetchall():
            store.forget(key)
        Attachment.objects.filter(workspace_id=workspace_id, pk__in=ids).delete()
    return len(ids) == BATCH
