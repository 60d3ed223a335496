"""Noting what a message is about: its language first; a person's correction is never overwritten."""

import json
from collections.abc import Sequence

from django.db import connection

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.customers.models import Customer
from dragoman.core.language.detect import Detection, detect
from dragoman.ground.events.actions import publish
from dragoman.kit.tags import settle

from ..events import MessageUnderstood
from ..marks import OTHER_SENDER
from ..models import Conversation, Message

NOT_THEIRS = frozenset({"auto_reply", "bounce", "loop", "list", OTHER_SENDER})


def understand_messages(workspace_id: int, message_ids: Sequence[int]) -> None:
    """Find the language of each message, note it on message, conversation and customer, and tell.

    Below the detector's confidence the conversation's language stands, then the customer's, then the sender's
    hint; a note of the sender (API `language`) is believed.
    """
    facts = workspace_facts(workspace_id)
    found = Message.objects.filter(workspace_id=workspace_id, pk__in=message_ids).order_by("pk")
    messages = list(
        found.select_related("conversation__customer", "conversation__brand").defer(
            "html", "quoted", "tsv", "conversation__customer__tsv"
        )
    )
    conversations: dict[int, Conversation] = {}
    customers: dict[int, Customer] = {}
    for message in messages:
        conversation = conversations.setdefault(message.conversation_id, message.conversation)
        customer = customers.setdefault(conversation.customer_id, conversation.customer)
        hint = settle(message.language, facts.languages)
        known = conversation.language or customer.language or hint
        seen = detect(message.text, facts.languages, fallback=known or conversation.brand.language)
        message.language = _language_of(message, seen, hint)
        if NOT_THEIRS.intersection(message.marks):
            # an auto-reply or a stranger says nothing about the customer's language
            conversation.language = conversation.language or customer.language
        elif seen.certain or hint:
            if not conversation.language_locked:
                conversation.language = message.language
            customer.language = customer.language or message.language
        elif not conversation.language:
            conversation.language = message.language
    _store(workspace_id, messages, conversations, customers)
    publish(*(MessageUnderstood(conversation_id=m.conversation_id, message_id=m.pk) for m in messages))


def _language_of(message: Message, seen: Detection, hint: str) -> str:
    stated = hint if message.channel == "api" else ""
    return stated or seen.language or hint


_STORE = """
WITH told AS (SELECT * FROM jsonb_to_recordset(%(told)s::jsonb)
    AS r(message bigint, language text, conversation bigint, spoken text, customer bigint, known text)),
talks AS (SELECT DISTINCT conversation, spoken FROM told),
people AS (SELECT DISTINCT customer, known FROM told WHERE known <> ''),
m AS (UPDATE conversations_message x SET language = t.language FROM told t
  WHERE x.workspace_id = %(workspace)s AND x.id = t.message AND x.language <> t.language),
c AS (UPDATE conversations_conversation x SET language = t.spoken FROM talks t
  WHERE x.workspace_id = %(workspace)s AND x.id = t.conversation AND NOT x.language_locked
    AND x.language <> t.spoken)
UPDATE customers_customer x SET language = t.known FROM people t
WHERE x.workspace_id = %(workspace)s AND x.id = t.customer AND x.language = ''
"""


def _store(
    workspace_id: int,
    messages: Sequence[Message],
    conversations: dict[int, Conversation],
    customers: dict[int, Customer],
) -> None:
    """Note all of it in one statement; what is known already is not written again."""
    told = []
    for message in messages:
        conversation = conversations[message.conversation_id]
        customer = customers[conversation.customer_id]
        told.append(
            {
                "message": message.pk,
                "language": message.language,
                "conversation": conversation.pk,
                "spoken": conversation.language,
                "customer": customer.pk,
                "known": customer.language,
            }
        )
    with connection.cursor() as cursor:
        cursor.execute(_STORE, {"told": json.dumps(told), "workspace": workspace_id})


def correct_message_language(message: Message, *, language: str) -> None:
    """Store a person's correction of one message's language; its translations are made anew."""
    Message.objects.filter(workspace_id=message.workspace_id, pk=message.pk).update(language=language)
    message.translations.all().delete()
    publish(MessageUnderstood(conversation_id=message.conversation_id, message_id=message.pk))
