"""Making messages findable: the application builds the tsvector, in a batch after intake."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from dragoman.core.customers.actions import index_customers
from dragoman.core.customers.models import Customer
from dragoman.ground.database.prepared import fetch
from dragoman.kit.tokens import document_tokens, field_tokens, tsvector_literal

from ..asked import FIELDS, day_tokens
from ..models import Message, SearchIndex

# raise it when the tokens change: the worker then indexes what there is anew, 500 at a time
SCHEME: Final = 2
BATCH: Final = 500

# LATERAL with LIMIT 1 looks each row up by its key, whatever the planner knows of the tables; id + 0 because a plain
# ORDER BY id with its LIMIT is walked along the key, past everybody's addresses
_READ = """
SELECT m.id, m.text, m.language, m.original, m.original_language, m.author, m.conversation_id, m.direction, m.meta,
  coalesce(m.sent_at, m.created_at),
  (SELECT jsonb_agg(a.name ORDER BY a.id) FROM conversations_attachment a
   WHERE a.workspace_id = m.workspace_id AND a.message_id = m.id),
  (SELECT jsonb_agg(jsonb_build_array(t.text, t.language)) FROM conversations_translation t
   WHERE t.workspace_id = m.workspace_id AND t.message_id = m.id),
  c.subject, p.name, p.id, p.tsv IS NULL,
  (SELECT jsonb_agg(i.value) FROM (SELECT k.value FROM customers_identity k WHERE k.workspace_id = c.workspace_id
    AND k.customer_id = c.customer_id ORDER BY k.id + 0 LIMIT 5) i)
FROM (SELECT %s::bigint AS workspace_id, id FROM unnest(%s::bigint[]) AS id) wanted
CROSS JOIN LATERAL (SELECT * FROM conversations_message t
  WHERE t.workspace_id = wanted.workspace_id AND t.id = wanted.id LIMIT 1) m
CROSS JOIN LATERAL (SELECT * FROM conversations_conversation t
  WHERE t.workspace_id = m.workspace_id AND t.id = m.conversation_id LIMIT 1) c
LEFT JOIN LATERAL (SELECT t.id, t.name, t.tsv FROM customers_customer t
  WHERE t.workspace_id = c.workspace_id AND t.id = c.customer_id LIMIT 1) p ON true
"""
_STORE = """
UPDATE conversations_message m SET tsv = v.tsv::tsvector
FROM unnest(%s::bigint[], %s::text[]) AS v(id, tsv) WHERE m.workspace_id = %s AND m.id = v.id
"""


@dataclass(frozen=True)
class _Read:
    """What is indexed of a message."""

    id: int
    text: str
    language: str
    original: str
    original_language: str
    author: str
    conversation_id: int
    direction: str
    meta: Any
    at: datetime
    files: Any
    translations: Any
    subject: str
    customer: str | None
    customer_id: int | None
    is_new: bool  # nobody can find this customer yet
    addresses: Any


def index_messages(workspace_id: int, message_ids: Sequence[int]) -> None:
    """Store the search tokens of these messages: texts, subject, files, who wrote to whom, when, the number.

    Customers who came with their first message become findable with it.
    """
    rows = [_Read(*row) for row in fetch(_READ, [workspace_id, list(message_ids)])]
    if not rows:
        return
    fetch(_STORE, [[row.id for row in rows], [_vector(row) for row in rows], workspace_id])
    new = {row.customer_id for row in rows if row.is_new and row.customer_id is not None}
    if new:
        index_customers(workspace_id, sorted(new), only_new=True)


def _json(value: Any) -> Any:
    # a plain cursor hands jsonb over as text
    return json.loads(value) if isinstance(value, str) else value


def _vector(row: _Read) -> str:
    meta, files = _json(row.meta) or {}, _json(row.files) or []
    subject = str(meta.get("subject") or row.subject or "")
    translations = [(said, tag) for said, tag in _json(row.translations) or []]
    writer, reader = _people(row, meta)
    about = " \n ".join([subject, row.author, str(row.conversation_id), *files])
    pairs: list[tuple[str, int]] = []
    parts = [
        (row.text, row.language),
        (row.original, row.original_language),
        *translations,
        (about, row.language),
    ]
    for text, language in parts:
        if text:
            pairs += document_tokens(text, language=language, start=_next(pairs))
    named = {"from": writer, "to": reader, "subject": subject, "filename": " \n ".join(files)}
    for name, text in named.items():
        if text:
            pairs += field_tokens(FIELDS[name], text, language=row.language, start=_next(pairs))
    marks = [*day_tokens(row.at.astimezone(timezone.get_default_timezone()))]
    marks += ["k=note"] if row.direction == "note" else []
    marks += ["h=file"] if files else []
    # marks first: of a text too long its last words are left out
    return tsvector_literal([*((mark, 1) for mark in marks), *pairs])


def _next(pairs: Sequence[tuple[str, int]]) -> int:
    return pairs[-1][1] + 10 if pairs else 1


def _people(row: _Read, meta: Any) -> tuple[str, str]:
    """Return who wrote and who was written to: names and addresses."""
    customer = [row.customer or "", *(_json(row.addresses) or [])]
    others = [str(one) for one in meta.get("cc") or ()]
    if row.direction == "in":
        writer = [row.author, str(meta.get("from") or ""), *customer]
        return " \n ".join(dict.fromkeys(writer)), " \n ".join([str(meta.get("to") or ""), *others])
    if row.direction == "out":
        return row.author, " \n ".join(dict.fromkeys([str(meta.get("to") or ""), *others, *customer]))
    return row.author, ""


def reindex_batch(workspace_id: int) -> bool:
    """Index the next 500 messages and customers of a workspace under the present scheme; False when nothing is left.

    Newest first, since those are looked for most; a second worker at the same time does nothing.
    """
    with transaction.atomic():
        SearchIndex.objects.get_or_create(workspace_id=workspace_id, defaults={"scheme": 0})
        state = (
            SearchIndex.objects.select_for_update(skip_locked=True).filter(workspace_id=workspace_id).first()
        )
        if state is None:
            return False
        if state.scheme != SCHEME:
            state.scheme, state.messages_below, state.customers_below = SCHEME, None, None
        if state.is_done:
            return False
        if state.messages_below != 0:
            found = Message.objects.filter(workspace_id=workspace_id).exclude(direction="event")
            ids = _below(found, state.messages_below)
            index_messages(workspace_id, ids)
            state.messages_below = min(ids) if len(ids) == BATCH else 0
        else:
            ids = _below(Customer.objects.filter(workspace_id=workspace_id), state.customers_below)
            index_customers(workspace_id, ids)
            state.customers_below = min(ids) if len(ids) == BATCH else 0
        state.changed_at = timezone.now()
        state.save()
    return not state.is_done


def _below(found: Any, below: int | None) -> list[int]:
    narrowed = found if below is None else found.filter(pk__lt=below)
    return list(narrowed.order_by("-pk").values_list("pk", flat=True)[:BATCH])


def forget_scheme(workspace_id: int) -> None:
    """Let everything be indexed anew."""
    SearchIndex.objects.filter(workspace_id=workspace_id).update(
        scheme=0, messages_below=None, customers_below=None
    )
