"""Where in a message a search was found, and the passage around it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from .operators import Line
from .passage import passage, places

_READ = """
SELECT m.id, m.direction, m.text, m.language, m.original, m.original_language, m.author, m.meta,
  (SELECT jsonb_agg(jsonb_build_array(t.text, t.language)) FROM conversations_translation t
   WHERE t.workspace_id = m.workspace_id AND t.message_id = m.id),
  (SELECT jsonb_agg(a.name ORDER BY a.id) FROM conversations_attachment a
   WHERE a.workspace_id = m.workspace_id AND a.message_id = m.id),
  c.subject, p.name
FROM conversations_message m
JOIN conversations_conversation c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id
LEFT JOIN customers_customer p ON p.workspace_id = c.workspace_id AND p.id = c.customer_id
WHERE m.workspace_id = %s AND m.id = ANY(%s)
"""


@dataclass(frozen=True)
class Text:
    """A text of a message, or a passage: `where` is text, note, translation, original, subject, file or name."""

    where: str
    text: str
    language: str = ""


def passages(workspace_id: int, line: Line, hits: Mapping[int, int]) -> dict[int, Text]:
    """Return {conversation id: the passage of its matching message}."""
    if not hits:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_READ, [workspace_id, list(hits.values())])
        texts = {row[0]: list(_texts(row[1:])) for row in cursor.fetchall()}
    return {
        conversation: _best(texts[message], line)
        for conversation, message in hits.items()
        if message in texts
    }


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _texts(row: tuple[Any, ...]) -> Iterator[Text]:
    direction, text, language, original, original_language, author, meta, made, files, subject, customer = row
    meta = _json(meta) or {}
    yield Text("note" if direction == "note" else "text", text, language)
    for said, tag in _json(made) or []:
        yield Text("translation", said, tag)
    yield Text("original", original, original_language)
    yield Text("subject", str(meta.get("subject") or subject or ""), language)
    for name in _json(files) or []:
        yield Text("file", name, language)
    people = [author, str(meta.get("from") or ""), str(meta.get("to") or ""), *map(str, meta.get("cc") or ())]
    yield Text("name", " · ".join(dict.fromkeys(one for one in [customer or "", *people] if one)))


def _best(texts: list[Text], line: Line) -> Text:
    """Choose the text in which most of the words stand; the message itself where none does."""
    words = line.words
    only = {term.name for term in line.terms} & {"subject", "filename", "from", "to"}
    order = {"subject": "subject", "filename": "file", "from": "name", "to": "name"}
    first = {order[name] for name in only} if only and not any(not t.name for t in line.terms) else set()

    def worth(text: Text) -> tuple[bool, int]:
        spans = places(text.text, words, text.language)
        return text.where in first and bool(spans), len({text.text[a:b].casefold() for a, b in spans})

    best = max(texts, key=worth)
    return Text(best.where, passage(best.text, words, best.language), best.language)
