"""Noting what a message is about: its language first; a person's correction is never overwritten."""

from collections.abc import Sequence

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.customers.models import Customer
from dragoman.core.language.detect import Detection, detect
from dragoman.ground.events.actions import publish
from dragoman.kit.tags import match

from ..events import MessageUnderstood
from ..models import Conversation, Message


def understand_messages(workspace_id: int, message_ids: Sequence[int]) -> None:
    """Find the language of each message, note it on message, conversation and customer, and tell.

    Below the detector's confidence the conversation's language stands, then the customer's, then the sender's
    hint; a note of the sender (API `language`) is believed.
    """
    facts = workspace_facts(workspace_id)
    found = Message.objects.filter(workspace_id=workspace_id, pk__in=message_ids).order_by("pk")
    messages = list(found.select_related("conversation__customer").defer("html", "tsv"))
    conversations: dict[int, Conversation] = {}
    customers: dict[int, Customer] = {}
    for message in messages:
        conversation = conversations.setdefault(message.conversation_id, message.conversation)
        customer = customers.setdefault(conversation.customer_id, conversation.customer)
        hint = match(message.language, facts.languages) or message.language
        known = conversation.language or customer.language or hint
        seen = detect(message.text, facts.languages, fallback=known)
        message.language = _language_of(message, seen, hint)
        if seen.certain or hint:
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


def _store(
    workspace_id: int,
    messages: Sequence[Message],
    conversations: dict[int, Conversation],
    customers: dict[int, Customer],
) -> None:
    by_language: dict[str, list[int]] = {}
    for message in messages:
        by_language.setdefault(message.language, []).append(message.pk)
    mine = Message.objects.filter(workspace_id=workspace_id)
    for language, ids in by_language.items():
        mine.filter(pk__in=ids).exclude(language=language).update(language=language)
    spoken: dict[str, list[int]] = {}
    for conversation in conversations.values():
        spoken.setdefault(conversation.language, []).append(conversation.pk)
    for language, ids in spoken.items():
        talks = Conversation.objects.filter(workspace_id=workspace_id, pk__in=ids, language_locked=False)
        talks.exclude(language=language).update(language=language)
    known: dict[str, list[int]] = {}
    for customer in customers.values():
        known.setdefault(customer.language, []).append(customer.pk)
    for language, ids in known.items():
        people = Customer.objects.filter(workspace_id=workspace_id, pk__in=ids, language="")
        people.exclude(language=language).update(language=language)


def correct_message_language(message: Message, *, language: str) -> None:
    """Store a person's correction of one message's language; its translations are made anew."""
    Message.objects.filter(workspace_id=message.workspace_id, pk=message.pk).update(language=language)
    message.translations.all().delete()
    publish(MessageUnderstood(conversation_id=message.conversation_id, message_id=message.pk))
