"""Making messages findable: the application builds the tsvector, in a batch after intake."""

from collections.abc import Sequence

from django.db import connection

from dragoman.kit.tokens import document_tokens, tsvector_literal

from ..models import Message

_STORE = """
UPDATE conversations_message m SET tsv = v.tsv::tsvector
FROM unnest(%s::bigint[], %s::text[]) AS v(id, tsv) WHERE m.workspace_id = %s AND m.id = v.id
"""


def index_messages(workspace_id: int, message_ids: Sequence[int]) -> None:
    """Store the search tokens of these messages: text and subject, original, files, who wrote, the number."""
    found = Message.objects.filter(workspace_id=workspace_id, pk__in=message_ids)
    rows = found.values_list(
        "pk", "text", "language", "original", "original_language", "author", "conversation_id", "meta"
    )
    names: dict[int, list[str]] = {}
    for pk, name in found.exclude(attachments=None).values_list("pk", "attachments__name"):
        names.setdefault(pk, []).append(name)
    ids, vectors = [], []
    for pk, text, language, original, original_language, author, conversation_id, meta in rows:
        ids.append(pk)
        parts = [(text, language), (original, original_language)]
        about = " \n ".join([meta.get("subject") or "", author, str(conversation_id), *names.get(pk, [])])
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
