"""Telling a customer at once that the message arrived: once a conversation, in their language, never to a machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import acknowledging_brands, workspace_facts
from dragoman.core.language import phrasebook
from dragoman.core.language.manners import Addressed, manner_of
from dragoman.core.language.own_phrases import own_of
from dragoman.core.texts.chain import Ours, Reader, serve
from dragoman.core.texts.localised import texts_said
from dragoman.core.texts.slots import filled, slots_in, without_sentences
from dragoman.ground.channels.ports import channels
from dragoman.ground.events.actions import publish

from .. import promises
from ..auto_answer import may_auto_answer
from ..errors import NoChannel
from ..events import ReplyQueued, ReplyStored
from ..marks import ACKNOWLEDGEMENT, AUTOMATIC
from ..models import Acknowledgement, Conversation, Delivery, Direction, Envelope, Message
from ..promises import Due, due_for
from ..routes import CHAT, EMAIL, get_route

BY = (EMAIL, CHAT)
KIND = "acknowledgement"
SLOTS = ("name", "number", "brand", promises.SLOT)
# older mail comes from an import or a mailbox that was read for the first time
FRESH = timedelta(hours=24)


@dataclass(frozen=True)
class Words:
    """What a customer would be told, and in which language; `promises`: it says by when they have an answer."""

    text: str
    language: str
    promises: bool = False


def words_for(
    brand: Brand,
    *,
    language: str,
    market: str,
    slots: Mapping[str, str],
    customer: Addressed | None = None,
    texts: Mapping[str, str] | None = None,
    due: Due | None = None,
) -> Words:
    """Choose the text by `texts.chain.serve`: the brand's for language and market, else the phrasebook's in the manner
    due to the customer, then the same in the brand's own language. `{answer_by}` says what is due; where nothing is,
    the sentence that would say it goes.
    """
    found = serve(
        texts_said(brand, KIND, KIND) if texts is None else texts,
        Reader(language, market, brand.language, workspace_facts(brand.workspace_id).language),
        ours=lambda tag: our_words(brand, tag, market, customer),
        ours_first=True,
    )
    if found is None:
        return Words("", "")
    if not found.key:
        return Words(found.words, found.language)
    by = due.said(found.language, market, now=timezone.now()) if due else ""
    words = found.words if by else without_sentences(found.words, promises.SLOT)
    said = filled(words, {**slots, promises.SLOT: by}, empty=True).strip()
    return Words(said, found.language, promises=bool(by) and promises.SLOT in slots_in(words))


def our_words(
    brand: Brand, language: str, market: str = "", customer: Addressed | None = None
) -> Ours | None:
    """Return the phrasebook's sentence in a language, in the manner due there."""
    manner = manner_of(brand, customer, None, language, market=market)
    own = own_of(brand.workspace_id, brand.pk)
    said = phrasebook.wording("message_arrived", language, register=manner.register, own=own)
    return Ours(phrasebook.filled(said[1], {}, language=said[0]), said[0]) if said else None


def slots_of(conversation: Conversation, brand: Brand) -> dict[str, str]:
    """Return what `{name}`, `{number}` and `{brand}` stand for."""
    return {"name": conversation.customer.name, "number": str(conversation.pk), "brand": brand.name}


def acknowledge_messages(workspace_id: int, message_ids: Sequence[int]) -> None:
    """Answer those of the messages that begin a conversation of a brand which wants that; told again, nothing more."""
    brands = acknowledging_brands(workspace_id)
    if not brands:
        return
    since = timezone.now() - FRESH
    found = Message.objects.filter(
        workspace_id=workspace_id,
        pk__in=message_ids,
        direction=Direction.IN,
        channel__in=BY,
        created_at__gt=since,
        conversation__brand_id__in=brands,
    ).select_related("conversation__customer", "conversation__brand")
    for message in found.defer("tsv", "html", "quoted").order_by("pk"):
        if (message.sent_at is None or message.sent_at > since) and may_auto_answer(message):
            _acknowledge(message)


def _acknowledge(message: Message) -> None:
    conversation = message.conversation
    if message.envelope_id and _is_imported(message):
        return
    earlier = Message.objects.filter(workspace_id=message.workspace_id, conversation_id=conversation.pk)
    if earlier.filter(direction=Direction.OUT).exists():
        return
    try:
        route = get_route(conversation, message.channel)
    except NoChannel:
        return
    due = due_for(conversation, channel=message.channel, at=message.created_at)
    words = words_for(
        conversation.brand,
        language=conversation.language or message.language,
        market=conversation.market,
        slots=slots_of(conversation, conversation.brand),
        customer=conversation.customer,
        due=due,
    )
    with transaction.atomic():
        once = Acknowledgement(
            workspace_id=message.workspace_id,
            conversation_id=conversation.pk,
        )
        Acknowledgement.objects.bulk_create([once], ignore_conflicts=True)
        mine = Acknowledgement.objects.filter(workspace_id=message.workspace_id, conversation=conversation)
        if not words.text or not mine.select_for_update().filter(message_id=None).exists():
            return
        sent = _stored(conversation, words, channel=route.channel, source=route.source, to=route.to)
        mine.update(message_id=sent.pk, answer_by=due.at if due and words.promises else None)


def _is_imported(message: Message) -> bool:
    found = Envelope.objects.filter(workspace_id=message.workspace_id, pk=message.envelope_id or 0)
    return found.filter(facts__imported=True).exists()


def _stored(conversation: Conversation, words: Words, *, channel: str, source: str, to: str) -> Message:
    """Store the answer without touching the conversation: it still waits for a person."""
    local = channels[channel].traits.local
    message = Message.objects.create(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.pk,
        direction=Direction.OUT,
        channel=channel,
        source=source,
        text=words.text,
        language=words.language,
        marks=[ACKNOWLEDGEMENT],
        meta={"to": to, AUTOMATIC: True},
        delivery=Delivery.SENT if local else Delivery.QUEUED,
        sent_at=timezone.now() if local else None,
        due_at=None if local else timezone.now(),
    )
    publish(ReplyStored(conversation_id=conversation.pk, message_id=message.pk))
    if not local:
        publish(ReplyQueued(conversation_id=conversation.pk, message_id=message.pk))
    return message
