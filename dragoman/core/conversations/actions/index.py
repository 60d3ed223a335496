"""Making messages findable: the application builds the tsvector, in a batch after intake."""

import json
from collections.abc import Sequence

from django.db import connection

from dragoman.kit.tokens import document_tokens, tsvector_literal

_READ = """
SELECT m.id, m.text, m.language, m.original, m.original_language, m.author, m.conversation_id, m.meta->>'subject',
  (SELECT array_agg(a.name) FROM conversations_attachment a
   WHERE a.workspace_id = m.workspace_id AND a.message_id = m.id),
  (SELECT jsonb_agg(jsonb_build_array(t.text, t.language)) FROM conversations_translation t
   WHERE t.workspace_id = m.workspace_id AND t.message_id = m.id)
FROM conversations_message m WHERE m.workspace_id = %s AND m.id = ANY(%s)
"""
_STORE = """
UPDATE conversations_message m SET tsv = v.tsv::tsvector
FROM unnest(%s::bigint[], %s::text[]) AS v(id, tsv) WHERE m.workspace_id = %s AND m.id = v.id
"""


def index_messages(workspace_id: int, message_ids: Sequence[int]) -> None:
    """Store the search tokens of these messages: text and subject, original, files, who wrote, the number."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [workspace_id, list(message_ids)])
        rows = cursor.fetchall()
    ids, vectors = [], []
    for (
        pk,
        text,
        language,
        original,
        original_language,
        author,
        conversation_id,
        subject,
        names,
        made,
    ) in rows:
        ids.append(pk)
        translations = [
            (said, tag) for said, tag in (json.loads(made) if isinstance(made, str) else made or [])
        ]
        parts = [(text, language), (original, original_language), *translations]
        about = " \n ".join([subject or "", author, str(conversation_id), *(names or [])])
        vectors.append(_vector([*parts, (about, language)]))
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(_STORE, [ids, vectors, workspace_id])


def _vector(parts: Sequence[tuple[str, str]]) -> str:
    pairs: list[tuple[str, int]] = []
    for text, language in parts:
        if text:
            start = pairs[-1][1] + 10 if pairs else 1
            pairs.extend(document_tokens(text, language=language, start=start))
    return tsvector_literal(pairs)
