"""Translating what came in for the team: stored beside the original, never instead of it."""

from dataclasses import replace

from django.db import transaction

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.accounts.queries import get_brand, workspace_facts
from dragoman.core.customers.models import Customer
from dragoman.core.language import translate as language
from dragoman.core.language.glossary import kept_words
from dragoman.core.language.manners import Manner, manner_of
from dragoman.core.language.own_phrases import engine_for
from dragoman.core.language.scope import Scope
from dragoman.ground.events.actions import publish
from dragoman.kit.tags import base

from ..events import MessageTranslated
from ..models import Conversation, Message, Translation
from .receive import PREVIEW
from .remembering import names_in


def needs_translation(message: Message, team_language: str) -> bool:
    """Say whether the team cannot read this message as it is (same base language counts as readable)."""
    readable = not message.language or base(message.language) == base(team_language)
    return bool(message.text.strip()) and not readable


def translate_from_phrasebook(message: Message, team_language: str) -> bool:
    """Store the phrasebook's translation where every sentence is in it; no network."""
    [found] = engine_for(Scope(message.workspace_id)).translate(
        [message.text], message.language, team_language
    )
    if found is not None:
        made = language.Translation(found.text, found.engine, 1.0, machine=False)
        store_translation(message, made, team_language)
    return found is not None


def translate_message(message: Message) -> bool:
    """Translate for the team with any engine; True if a translation is stored.

    Runs outside a transaction (engines are far away); raises kit.errors.Unavailable while the engine is down.
    """
    target = workspace_facts(message.workspace_id).language
    if not needs_translation(message, target):
        return False
    made = language.translate(
        message.text, source=message.language, target=target, scope=scope_of(message.conversation)
    )
    if made is None:
        return False
    with transaction.atomic():
        store_translation(message, made, target)
    return True


def _customer_of(conversation: Conversation) -> Customer | None:
    """Return who is written to; the first mail to an outsider is previewed before there is anybody."""
    return conversation.customer if conversation.customer_id else None


def brand_of(conversation: Conversation) -> Brand:
    """Return the brand that speaks in a conversation, at most 5 s old."""
    return get_brand(conversation.workspace_id, conversation.brand.slug)


def manner_in(conversation: Conversation, agent: Agent | None) -> Manner:
    """Return how the customer of a conversation is spoken to by an agent, or by the desk itself."""
    return manner_of(
        brand_of(conversation),
        _customer_of(conversation),
        agent,
        conversation.language,
        market=conversation.market,
    )


def scope_to(conversation: Conversation, agent: Agent | None) -> Scope:
    """Return `scope_of` with the manner in which the customer is spoken to."""
    return replace(
        scope_of(conversation),
        register=manner_in(conversation, agent).register,
        names=(*scope_of(conversation).names, *names_in(agent.name if agent else "")),
    )


def scope_of(conversation: Conversation) -> Scope:
    """Return whose engines and terms count for what is said in a conversation."""
    brand = brand_of(conversation)
    return Scope(
        workspace_id=conversation.workspace_id,
        brand_id=brand.pk,
        market=conversation.market,
        terms=kept_words(conversation.workspace_id, brand.pk),
        names=names_in(customer.name if (customer := _customer_of(conversation)) else ""),
        purpose="message",
        conversation_id=conversation.pk,
    )


def store_translation(message: Message, made: language.Translation, target: str) -> None:
    """Put a translation beside its message, and its beginning into the list; asked again it is replaced."""
    Translation.objects.update_or_create(
        workspace_id=message.workspace_id,
        message_id=message.pk,
        language=target,
        defaults={
            "text": made.text,
            "engine": made.engine,
            "confidence": made.confidence,
            "machine": made.machine,
            "faults": list(made.faults),
        },
    )
    newest = Message.objects.filter(
        workspace_id=message.workspace_id, conversation_id=message.conversation_id
    )
    last = newest.filter(direction__in=["in", "out"]).order_by("-pk").values_list("pk", flat=True).first()
    if last == message.pk:
        preview = " ".join(made.text[: PREVIEW * 2].split())[:PREVIEW]
        Conversation.objects.filter(workspace_id=message.workspace_id, pk=message.conversation_id).update(
            preview_translated=preview
        )
    publish(MessageTranslated(conversation_id=message.conversation_id, message_id=message.pk))
