"""Noting what a message is about: language, purpose and mood; a person's correction is never overwritten."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.language.detect import Detection, detect
from dragoman.core.language.understand import OUTSIDE, SURE, Layers, purpose_and_mood
from dragoman.core.language.urgency import Urgency, has_written_before, is_loud, urgency_of
from dragoman.ground.database.prepared import fetch
from dragoman.ground.events.actions import publish
from dragoman.kit.tags import settle

from ..events import MessageUnderstood
from ..learned import layers_of
from ..marks import OTHER_SENDER
from ..models import Message
from ..moods import tension_after
from .mark import RAISED, mark_urgent

log = logging.getLogger(__name__)

# a purpose that is likelier than this is shown where nothing is known yet; only a sure one takes another's place
_LIKELY = 0.25
# What a customer says after the matter, which stays the one before.
_AFTERWARDS = frozenset({"thanks", "other", OUTSIDE})

NOT_THEIRS = frozenset({"auto_reply", "bounce", "receipt", "complaint", "loop", "list", OTHER_SENDER})

# plain SQL: on the way of every message, building the query by the ORM costs more than running it; LATERAL with LIMIT
# looks each row up by its key even where the planner knows nothing of the tables yet
_READ = """
SELECT m.id, m.text, m.language, m.channel, m.marks, m.meta ? 'old', b.pressing, c.id, c.language, c.language_locked,
  c.intent, c.sentiment, c.tension, c.by_hand, p.id, p.language,
  (SELECT b.language FROM accounts_brand b WHERE b.workspace_id = m.workspace_id AND b.id = c.brand_id)
FROM conversations_message m
CROSS JOIN LATERAL (SELECT * FROM conversations_conversation t
  WHERE t.workspace_id = m.workspace_id AND t.id = m.conversation_id LIMIT 1) c
CROSS JOIN LATERAL (SELECT * FROM customers_customer t
  WHERE t.workspace_id = m.workspace_id AND t.id = c.customer_id LIMIT 1) p
LEFT JOIN LATERAL (SELECT t.direction = 'in' AND t.created_at > m.created_at - interval '1 hour' AS pressing
  FROM conversations_message t WHERE t.workspace_id = m.workspace_id AND t.conversation_id = m.conversation_id
  AND t.id < m.id ORDER BY t.id DESC LIMIT 1) b ON true
WHERE m.workspace_id = %s AND m.id = ANY(%s) ORDER BY m.id
"""


@dataclass
class _Message:
    id: int
    text: str
    language: str
    channel: str
    marks: frozenset[str]
    old: bool
    pressing: bool
    conversation_id: int


@dataclass
class _Conversation:
    language: str
    locked: bool
    intent: str
    sentiment: str
    tension: int
    by_hand: frozenset[str]
    customer_id: int
    brand_language: str


def understand_messages(workspace_id: int, message_ids: Sequence[int]) -> None:
    """Find language, purpose and mood of each message, note them on message, conversation and customer, and tell.

    Below the detector's confidence the conversation's language stands, then the customer's, then the sender's
    hint; a note of the sender (API `language`) is believed.
    """
    facts = workspace_facts(workspace_id)
    messages, conversations, customers = _read(workspace_id, message_ids)
    urgent: dict[int, Urgency] = {}
    layers = layers_of(workspace_id)
    for message in messages:
        conversation = conversations[message.conversation_id]
        spoken = customers[conversation.customer_id]
        hint = settle(message.language, facts.languages)
        known = conversation.language or spoken or hint
        seen = detect(
            message.text, facts.languages, fallback=known or conversation.brand_language, usual=known
        )
        message.language = _language_of(message, seen, hint)
        if NOT_THEIRS & message.marks:
            # an auto-reply or a stranger says nothing about the customer's language
            conversation.language = conversation.language or spoken
            continue
        urgency = _note_purpose(message, conversation, layers)
        if urgency.level in RAISED and not message.old:
            urgent[message.conversation_id] = urgency
        if seen.certain or hint:
            if not conversation.locked:
                conversation.language = message.language
            customers[conversation.customer_id] = spoken or message.language
        elif not conversation.language:
            conversation.language = message.language
    _store(workspace_id, messages, conversations, customers)
    for conversation_id, urgency in urgent.items():
        mark_urgent(workspace_id, conversation_id, urgency)
    publish(*(MessageUnderstood(conversation_id=m.conversation_id, message_id=m.id) for m in messages))


def _note_purpose(message: _Message, conversation: _Conversation, layers: Layers) -> Urgency:
    """Note what the customer wants and feels, and return how soon; a model that fails is logged and holds nothing up.

    What a person set is not touched.
    """
    language = message.language or conversation.language
    try:
        purpose, confidence, mood = purpose_and_mood(message.text, language, layers=layers)
        sure = purpose if confidence >= SURE else ""
        urgency = urgency_of(message.text, language, intent=sure, sentiment=mood)
        again = has_written_before(message.text, language)
    except Exception:
        log.exception("message %s: its purpose could not be told", message.id)
        return Urgency()
    if "sentiment" not in conversation.by_hand:
        conversation.sentiment = mood
        conversation.tension = tension_after(
            conversation.tension,
            sentiment=mood,
            again=again,
            loud=is_loud(message.text),
            pressing=message.pressing,
        )
    known = "other" if purpose == OUTSIDE else purpose
    if "intent" in conversation.by_hand:
        return urgency
    if not conversation.intent:
        conversation.intent = known if confidence >= _LIKELY else ""
    elif confidence >= SURE and purpose not in _AFTERWARDS:
        conversation.intent = known
    return urgency


def _read(
    workspace_id: int, message_ids: Sequence[int]
) -> tuple[list[_Message], dict[int, _Conversation], dict[int, str]]:
    """Return the messages in order, their conversations, and the languages of their customers."""
    rows = fetch(_READ, [workspace_id, list(message_ids)])
    messages: list[_Message] = []
    conversations: dict[int, _Conversation] = {}
    customers: dict[int, str] = {}
    for (
        pk,
        text,
        language,
        channel,
        marks,
        old,
        pressing,
        talk,
        spoken,
        locked,
        intent,
        mood,
        tension,
        by_hand,
        customer,
        theirs,
        brand,
    ) in rows:
        messages.append(
            _Message(pk, text, language, channel, frozenset(_parsed(marks)), old, bool(pressing), talk)
        )
        conversations.setdefault(
            talk,
            _Conversation(spoken, locked, intent, mood, tension, frozenset(by_hand), customer, brand),
        )
        customers.setdefault(customer, theirs)
    return messages, conversations, customers


def _parsed(value: Any) -> Any:
    # a plain cursor hands jsonb over as text: Django leaves the parsing to its JSONField
    return json.loads(value) if isinstance(value, str) else value


def _language_of(message: _Message, seen: Detection, hint: str) -> str:
    stated = hint if message.channel == "api" else ""
    return stated or seen.language or hint


# arrays, not a set of unknown size: the planner sees how few rows there are and looks each up by its key
_STORE = """
WITH told AS (SELECT * FROM unnest(%(messages)s::bigint[], %(languages)s::text[]) AS r(id, language)),
talks AS (SELECT * FROM unnest(%(conversations)s::bigint[], %(spoken)s::text[], %(intents)s::text[], %(moods)s::text[],
  %(tensions)s::int[]) AS r(id, language, intent, mood, tension)),
people AS (SELECT * FROM unnest(%(customers)s::bigint[], %(known)s::text[]) AS r(id, language)),
m AS (UPDATE conversations_message x SET language = t.language FROM told t
  WHERE x.workspace_id = %(workspace)s AND x.id = t.id AND x.language <> t.language),
c AS (UPDATE conversations_conversation x
  SET language = CASE WHEN x.language_locked THEN x.language ELSE t.language END,
    intent = CASE WHEN 'intent' = ANY(x.by_hand) THEN x.intent ELSE t.intent END,
    sentiment = CASE WHEN 'sentiment' = ANY(x.by_hand) THEN x.sentiment ELSE t.mood END,
    tension = CASE WHEN 'sentiment' = ANY(x.by_hand) THEN x.tension ELSE t.tension END
  FROM talks t WHERE x.workspace_id = %(workspace)s AND x.id = t.id
  AND ((NOT x.language_locked AND x.language <> t.language) OR x.intent <> t.intent OR x.sentiment <> t.mood
    OR x.tension <> t.tension))
UPDATE customers_customer x SET language = t.language FROM people t
WHERE x.workspace_id = %(workspace)s AND x.id = t.id AND x.language = '' AND t.language <> ''
"""


def _store(
    workspace_id: int,
    messages: Sequence[_Message],
    conversations: dict[int, _Conversation],
    customers: dict[int, str],
) -> None:
    """Note all of it in one statement; what is known already is not written again."""
    values: dict[str, Any] = {
        "workspace": workspace_id,
        "messages": [message.id for message in messages],
        "languages": [message.language for message in messages],
        "conversations": list(conversations),
        "spoken": [conversation.language for conversation in conversations.values()],
        "intents": [conversation.intent for conversation in conversations.values()],
        "moods": [conversation.sentiment for conversation in conversations.values()],
        "tensions": [conversation.tension for conversation in conversations.values()],
        "customers": list(customers),
        "known": list(customers.values()),
    }
    fetch(_STORE, values)


def correct_message_language(message: Message, *, language: str) -> None:
    """Store a person's correction of one message's language; its translations are made anew."""
    Message.objects.filter(workspace_id=message.workspace_id, pk=message.pk).update(language=language)
    message.translations.all().delete()
    publish(MessageUnderstood(conversation_id=message.conversation_id, message_id=message.pk))
