"""Answers over the API: sent, planned, taken back; and side threads with outsiders."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.commerce.models import Order
from dragoman.core.conversations.actions import hold
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.actions.side import Asked, start_side_thread
from dragoman.core.conversations.errors import NoConversation, OpenSlots
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.conversations.order_tools import own_order
from dragoman.core.conversations.order_values import told_of
from dragoman.core.conversations.recipients import Recipients
from dragoman.core.conversations.slot_values import with_phrases
from dragoman.core.texts.actions.macros import note_use
from dragoman.core.texts.queries import any_wording
from dragoman.core.texts.slots import filled, open_slots, slots_in
from dragoman.ground.channels.ports import Person
from dragoman.kit.address import normal_email
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import normalise

from .conversations import conversation_json, get_conversation, number_of, shown, workspace_of
from .macros import get_macro
from .problems import ERRORS
from .schemas import ConversationOut, MessageOut, PersonIn, ReplyIn, SideThreadIn

router = Router(tags=["conversations"])


def _people(given: Sequence[PersonIn]) -> list[Person]:
    return [Person("email", normal_email(one.email), one.name) for one in given]


@router.post("/conversations/{conversation}/replies", response={201: MessageOut, **ERRORS}, summary="Answer")
def post_reply(request: HttpRequest, conversation: str, data: ReplyIn) -> Any:
    """Store an answer for delivery and return it with the text that the customer gets."""
    found = get_conversation(request, conversation)
    text, language = _wording(request, found, data)
    draft = Draft(
        text=text,
        language=language,
        send_as="original" if data.translate is False else "translated",
        channel=data.channel or "",
        author=data.author or "API",
        recipients=Recipients(_people(data.to), _people(data.cc), _people(data.bcc)),
        send_at=data.send_at,
        review=data.review,
        send_anyway=data.accept_faults,
    )
    return Status(201, shown(send_reply(found, agent=None, draft=draft)))


@router.delete(
    "/conversations/{conversation}/replies/{message}", response={204: None, **ERRORS}, summary="Take back"
)
def withdraw(request: HttpRequest, conversation: str, message: str) -> Any:
    """Take a planned answer back; 409 `too_late` once it has gone out."""
    hold.withdraw(_message(request, get_conversation(request, conversation), message), agent=None)
    return Status(204, None)


@router.post(
    "/conversations/{conversation}/side-threads",
    response={201: ConversationOut, **ERRORS},
    summary="Ask an outsider",
)
def post_side_thread(request: HttpRequest, conversation: str, data: SideThreadIn) -> Any:
    """Write to an outsider by mail, apart from the customer, and return the side thread as a conversation."""
    found = get_conversation(request, conversation)
    draft = Draft(
        text=data.text,
        language=normalise(data.language) if data.language else "",
        send_as="original" if data.translate is False else "translated",
        author=data.author or "API",
        send_anyway=data.accept_faults,
    )
    asked = Asked(
        outsider=_people([data.to])[0],
        subject=data.subject or "",
        language=normalise(data.reads) if data.reads else "",
        forwarded=[number_of(opaque) for opaque in data.forward],
        files=[number_of(opaque) for opaque in data.attachments],
        recipients=Recipients(cc=_people(data.cc)),
    )
    side = start_side_thread(found, agent=None, asked=asked, draft=draft)
    return Status(201, conversation_json(get_conversation(request, str(side.pk))))


def _wording(request: HttpRequest, conversation: Conversation, data: ReplyIn) -> tuple[str, str]:
    """Return text and language: as given, or a macro's for this customer with its slots filled in."""
    if (data.text is None) == (data.macro is None):
        raise Refusal("Give either text or macro.", code="text_or_macro", status=422)
    if data.macro is None:
        return data.text or "", normalise(data.language) if data.language else ""
    macro = get_macro(request, data.macro)
    team = workspace_facts(conversation.workspace_id).language
    found = any_wording(macro, language=conversation.language, market=conversation.market, also=(team,))
    values = {
        "customer.name": conversation.customer.name,
        "name": conversation.customer.name,
        "number": str(conversation.pk),
        "agent.name": data.author or "",
        "brand.name": conversation.brand.name,
    }
    said = with_phrases(found.text, conversation, None, language=found.language)
    names, order = slots_in(said), _order_named(conversation, data.order)
    told = told_of(conversation, names, language=found.language, order=order)
    values |= {name: one.text for name, one in told.items() if one.known}
    text = filled(said, values)
    if missing := open_slots(text):
        raise OpenSlots(missing)
    note_use(conversation.workspace_id, [macro.pk])
    return text, found.language


def _order_named(conversation: Conversation, number: str | None) -> Order | None:
    """Return the customer's order of which a macro speaks, where the caller names it."""
    return own_order(conversation.customer, number) if number else None


def _message(request: HttpRequest, conversation: Conversation, opaque: str) -> Message:
    found = Message.objects.filter(
        workspace_id=workspace_of(request), conversation_id=conversation.pk, pk=number_of(opaque)
    ).first()
    if found is None:
        raise NoConversation
    return found
