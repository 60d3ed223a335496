"""Answering: what was previewed is what is stored, and what is stored is what is sent."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.core import signing
from django.db import transaction
from django.utils import timezone

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.language import translate as language
from dragoman.core.language.detect import detect
from dragoman.ground.channels.ports import channels
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.errors import Unavailable
from dragoman.kit.tags import base, settle

from ..access import check_may_reply, locked_conversation
from ..errors import EmptyText, NoEngine, StalePreview
from ..events import ReplyQueued, ReplyStored
from ..models import Attachment, Conversation, Delivery, Direction, Message, Status
from ..routes import get_route
from .receive import PREVIEW
from .translation import terms_of

_SALT = "reply preview"
Reason = Literal["same_language", "translated", "no_engine", "engine_down", "empty"]


@dataclass(frozen=True)
class Preview:
    """What the customer would get. `text` is None where no engine can say; `token` makes sending store this."""

    source_text: str
    source_language: str
    target_language: str
    text: str | None
    reason: Reason
    engine: str = ""
    confidence: float | None = None
    faults: Sequence[str] = ()
    machine: bool = False
    token: str = ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def written_language(conversation: Conversation, *, agent: Agent | None, text: str) -> str:
    """Say in which language a draft is: the customer's, the team's, or one that the agent speaks."""
    team = workspace_facts(conversation.workspace_id).language
    spoken = [entry.get("tag", "") for entry in (agent.languages if agent else [])]
    candidates = [tag for tag in dict.fromkeys([team, conversation.language, *spoken]) if tag]
    if len(candidates) == 1:
        return team
    seen = detect(text, candidates, fallback=team)
    return seen.language if seen.certain else team


def preview_reply(conversation: Conversation, *, agent: Agent | None, text: str, source: str = "") -> Preview:
    """Make what the customer would get, without storing anything; never raises for an engine's sake."""
    text = clean(text).strip()
    target = conversation.language
    if not text:
        return Preview(text, source, target, None, "empty")
    source = source or written_language(conversation, agent=agent, text=text)
    if not target or base(source) == base(target):
        return _signed(conversation, Preview(text, source, target or source, text, "same_language"))
    try:
        made = language.translate(text, source=source, target=target, terms=terms_of(conversation))
    except Unavailable:
        return Preview(text, source, target, None, "engine_down")
    if made is None:
        return Preview(text, source, target, None, "no_engine")
    shown = Preview(
        source_text=text,
        source_language=source,
        target_language=target,
        text=made.text,
        reason="translated",
        engine=made.engine,
        confidence=made.confidence,
        faults=tuple(made.faults),
        machine=made.machine,
    )
    return _signed(conversation, shown)


def _signed(conversation: Conversation, preview: Preview) -> Preview:
    facts = {
        "c": conversation.pk,
        "d": _digest(preview.source_text),
        "s": preview.source_language,
        "l": preview.target_language,
        "t": preview.text,
        "r": preview.reason,
        "e": preview.engine,
        "p": preview.confidence,
        "m": preview.machine,
    }
    token = signing.dumps(facts, salt=_SALT, compress=True)
    return Preview(**{**preview.__dict__, "token": token})


def _previewed(conversation: Conversation, text: str, token: str) -> Preview:
    try:
        facts: dict[str, Any] = signing.loads(token, salt=_SALT, max_age=24 * 3600)
    except signing.BadSignature:
        raise StalePreview from None
    if facts["c"] != conversation.pk or facts["d"] != _digest(text):
        raise StalePreview
    return Preview(
        text, facts["s"], facts["l"], facts["t"], facts["r"], facts["e"], facts["p"], (), facts["m"], token
    )


@dataclass(frozen=True)
class Draft:
    """What an agent, or a program, wants to send. `author` names the program."""

    text: str
    preview_token: str = ""
    send_as: Literal["translated", "original"] = "translated"
    language: str = ""
    channel: str = ""
    attachments: Sequence[int] = ()
    author: str = ""


def send_reply(conversation: Conversation, *, agent: Agent | None, draft: Draft) -> Message:
    """Store a reply for delivery and return it; refuses instead of promising what cannot be sent.

    Raises EmptyText, StalePreview, NoEngine (then ask for `send_as="original"`), NoChannel, NotAllowed.
    """
    check_may_reply(agent)
    text = clean(draft.text).strip()
    if not text and not draft.attachments:
        raise EmptyText
    route = get_route(conversation, draft.channel)
    shown = _decided(conversation, agent, text, draft)
    assert shown.text is not None
    with transaction.atomic():
        found = locked_conversation(conversation.workspace_id, conversation.pk)
        local = channels[route.channel].traits.local
        message = Message.objects.create(
            workspace_id=found.workspace_id,
            conversation_id=found.pk,
            direction=Direction.OUT,
            channel=route.channel,
            source=route.source,
            agent=agent,
            author=agent.name if agent else draft.author,
            text=shown.text,
            language=shown.target_language,
            original=text if shown.reason == "translated" else "",
            original_language=shown.source_language if shown.reason == "translated" else "",
            engine=shown.engine,
            confidence=shown.confidence,
            marks=["untranslated"] if draft.send_as == "original" and _foreign(shown, found) else [],
            meta={"to": route.to, "machine": shown.machine},
            delivery=Delivery.SENT if local else Delivery.QUEUED,
            sent_at=timezone.now() if local else None,
            due_at=None if local else timezone.now(),
        )
        _take_attachments(found, agent, message, draft)
        _after_reply(found, agent, message)
        publish(ReplyStored(conversation_id=found.pk, message_id=message.pk))
        if not local:
            publish(ReplyQueued(conversation_id=found.pk, message_id=message.pk))
    return message


def _decided(conversation: Conversation, agent: Agent | None, text: str, draft: Draft) -> Preview:
    facts = workspace_facts(conversation.workspace_id)
    source = settle(draft.language, facts.languages)
    if draft.send_as == "original" or not text:
        source = source or written_language(conversation, agent=agent, text=text)
        return Preview(text, source, source, text, "same_language")
    if draft.preview_token:
        return _previewed(conversation, text, draft.preview_token)
    shown = preview_reply(conversation, agent=agent, text=text, source=source)
    if shown.reason == "engine_down":
        raise Unavailable("the translation engine does not answer")
    if shown.text is None:
        raise NoEngine
    return shown


def _foreign(shown: Preview, conversation: Conversation) -> bool:
    return bool(conversation.language) and base(shown.source_language) != base(conversation.language)


def _take_attachments(
    conversation: Conversation, agent: Agent | None, message: Message, draft: Draft
) -> None:
    if not draft.attachments:
        return
    uploader = f"agent:{agent.pk}" if agent else draft.author
    waiting = Attachment.objects.filter(
        workspace_id=conversation.workspace_id, pk__in=draft.attachments, message=None, uploader=uploader
    )
    waiting.update(message_id=message.pk)


def _after_reply(conversation: Conversation, agent: Agent | None, message: Message) -> None:
    conversation.preview = " ".join(message.text[: PREVIEW * 2].split())[:PREVIEW]
    conversation.preview_translated = " ".join(message.original[: PREVIEW * 2].split())[:PREVIEW]
    conversation.last_message_at = timezone.now()
    conversation.channel = message.channel
    conversation.unread = False
    if conversation.status == Status.OPEN:
        conversation.status = Status.PENDING
    if conversation.assignee_id is None and agent is not None:
        conversation.assignee = agent
    conversation.save(
        update_fields=[
            "preview",
            "preview_translated",
            "last_message_at",
            "channel",
            "unread",
            "status",
            "assignee",
        ]
    )
