"""Answering: what was previewed is what is stored, and what is stored is what is sent."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from django.core import signing
from django.db import transaction
from django.utils import timezone

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.language import translate as language
from dragoman.core.language.checks import holding, pair_faults
from dragoman.core.language.detect import detect
from dragoman.core.language.glossary import forbidden_in
from dragoman.core.language.review import Verdict
from dragoman.core.texts.slots import open_slots
from dragoman.ground.channels.ports import channels
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.errors import Unavailable
from dragoman.kit.tags import base, settle

from ..access import check_may_reply, locked_conversation
from ..errors import BrokenTranslation, EmptyText, NewerMessage, NoEngine, OpenSlots, StalePreview
from ..events import ReplyHeld
from ..models import Attachment, Conversation, Delivery, Direction, Message, ReviewItem, Status
from ..recipients import Recipients, check_recipients, meta_of
from ..review import facts_of, verdict_of
from ..routes import EMAIL, Route, get_route
from . import review
from .hold import PLANNED, REVIEW, UNDO, check_time, hand_on
from .status import set_status
from .translation import scope_of, scope_to

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
    # what the engine said, where an agent changed it
    amended_from: str = ""


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
        said = target or source
        faults = forbidden_in(text, language=said, scope=scope_to(conversation, agent))
        return _signed(conversation, Preview(text, source, said, text, "same_language", faults=faults))
    try:
        scope = replace(scope_to(conversation, agent), purpose="reply")
        made = language.translate(text, source=source, target=target, scope=scope)
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


def amend_preview(conversation: Conversation, *, text: str, token: str, said: str) -> Preview:
    """Return a preview whose translation an agent changed by hand; raises StalePreview where the draft changed since.

    What the engine said stays known; taken back to that, nothing counts as changed.
    """
    before = _previewed(conversation, clean(text).strip(), token)
    said = clean(said).strip()
    if before.reason != "translated" or before.text is None or not said:
        return before
    engine_said = before.amended_from or before.text
    amended_from = engine_said if said != engine_said else ""
    faults = pair_faults(
        before.source_text,
        said,
        source=before.source_language,
        target=before.target_language,
        scope=scope_of(conversation),
    )
    return _signed(conversation, replace(before, text=said, amended_from=amended_from, faults=faults))


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
        "a": preview.amended_from,
        "f": list(preview.faults),
    }
    token = signing.dumps(facts, salt=_SALT, compress=True)
    return replace(preview, token=token)


def _previewed(conversation: Conversation, text: str, token: str) -> Preview:
    try:
        facts: dict[str, Any] = signing.loads(token, salt=_SALT, max_age=24 * 3600)
    except signing.BadSignature:
        raise StalePreview from None
    # the first mail of a side thread was previewed before there was a thread
    made_for = {conversation.pk, None} if conversation.side_of_id else {conversation.pk}
    if facts["c"] not in made_for or facts["d"] != _digest(text):
        raise StalePreview
    return Preview(
        source_text=text,
        source_language=facts["s"],
        target_language=facts["l"],
        text=facts["t"],
        reason=facts["r"],
        engine=facts["e"],
        confidence=facts["p"],
        faults=tuple(facts.get("f", ())),
        machine=facts["m"],
        token=token,
        amended_from=facts.get("a", ""),
    )


@dataclass(frozen=True)
class Draft:
    """What an agent, or a program, wants to send. `author` names the program.

    `recipients` are people beside the customer (mail alone); `seen` is the newest message its writer had before
    their eyes (None: not asked); it goes out at `send_at`, else after `undo` seconds in which it can be taken back;
    `then` is where the conversation stands afterwards; `quoted` is what a forwarded mail hands on; `review` asks for a
    reviewer also where no rule does. With `send_anyway` a translation that broke something goes out too, and that is
    kept with it.
    """

    text: str
    preview_token: str = ""
    send_as: Literal["translated", "original"] = "translated"
    language: str = ""
    channel: str = ""
    attachments: Sequence[int] = ()
    author: str = ""
    recipients: Recipients = field(default_factory=Recipients)
    seen: int | None = None
    send_at: datetime | None = None
    undo: int = 0
    then: Literal["pending", "resolved"] = "pending"
    quoted: str = ""
    review: bool = False
    send_anyway: bool = False


def send_reply(conversation: Conversation, *, agent: Agent | None, draft: Draft) -> Message:
    """Store a reply for delivery and return it; refuses instead of promising what cannot be sent.

    Raises EmptyText, OpenSlots, StalePreview, NoEngine (then ask for `send_as="original"`), NoChannel, NotAllowed,
    NewerMessage (send again with what is the newest now), BrokenTranslation (mend it, or `send_anyway`), Refusal `past`
    for a `send_at` that is, `bad_email`, `own_address`.
    """
    check_may_reply(agent)
    text = clean(draft.text).strip()
    if not text and not draft.attachments and not draft.quoted:
        raise EmptyText
    if missing := open_slots(text):
        raise OpenSlots(missing)
    route = get_route(conversation, draft.channel)
    if route.channel == EMAIL:
        check_recipients(conversation.workspace_id, draft.recipients)
    due = _due(draft)
    shown = _decided(conversation, agent, text, draft)
    with transaction.atomic():
        found = locked_conversation(conversation.workspace_id, conversation.pk)
        _check_seen(found, agent, draft.seen)
        verdict = verdict_of(found, shown, channel=route.channel)
        held = draft.review or (verdict is not None and verdict.holds)
        if not held and not draft.send_anyway and (broken := _broken(shown)):
            raise BrokenTranslation(broken, shown.text or "")
        row, way = _row(found, agent, draft, shown, route), _way_out(route, due)
        if held:
            row["meta"] = _held_meta(row["meta"], draft)
            way = review.held_fields(found.workspace_id)
        message = Message.objects.create(**row, **way)
        _take_attachments(found, agent, message, draft)
        _taken(found, agent, draft, message)
        if held or review.is_drawn(verdict):
            _ask(found, message, shown, verdict, held=held, by_choice=draft.review)
        if held:
            return message
        if due is None:
            hand_on(found, message)
        else:
            seconds = int((due - timezone.now()).total_seconds()) + 1
            publish(ReplyHeld(conversation_id=found.pk, message_id=message.pk, seconds=seconds))
    return message


def _broken(shown: Preview) -> tuple[str, ...]:
    """Return what a person must look at before a translation goes out; a reviewer will where one is asked.

    What people wrote for this very sentence, and nobody changed, was looked at when it was written.
    """
    by_people = not shown.machine and not shown.amended_from
    return holding(shown.faults) if shown.reason == "translated" and not by_people else ()


def _held_meta(meta: dict[str, Any], draft: Draft) -> dict[str, Any]:
    """Return what is kept beside a held answer: also for when it was planned, if that is still to come then."""
    kept = {**meta, "hold": REVIEW}
    return kept if draft.send_at is None else {**kept, "then_at": draft.send_at.isoformat()}


def _ask(
    conversation: Conversation,
    message: Message,
    shown: Preview,
    verdict: Verdict | None,
    *,
    held: bool,
    by_choice: bool,
) -> None:
    facts = facts_of(conversation, shown, channel=message.channel)
    mode = ReviewItem.Mode.HOLD if held else ReviewItem.Mode.AFTER
    held_by_rule = verdict is not None and (verdict.holds or not held)
    reason = verdict.reason if verdict is not None and held_by_rule else review.ASKED
    machine = message.meta.get("amended_from") or message.text
    review.ask_for_review(message, mode=mode, reason=reason, facts=facts, machine=machine)


def _due(draft: Draft) -> datetime | None:
    """Return until when an answer waits; None where it goes out at once."""
    if draft.send_at is not None:
        return check_time(draft.send_at)
    return timezone.now() + timedelta(seconds=draft.undo) if draft.undo > 0 else None


def _way_out(route: Route, due: datetime | None) -> dict[str, Any]:
    if due is not None:
        return {"delivery": Delivery.SCHEDULED, "due_at": due}
    if channels[route.channel].traits.local:
        return {"delivery": Delivery.SENT, "sent_at": timezone.now()}
    return {"delivery": Delivery.QUEUED, "due_at": timezone.now()}


def _row(
    conversation: Conversation, agent: Agent | None, draft: Draft, shown: Preview, route: Route
) -> dict[str, Any]:
    """Return what is stored of an answer, but for the way it goes out."""
    assert shown.text is not None
    translated = shown.reason == "translated"
    meta: dict[str, Any] = {"to": route.to, "machine": shown.machine}
    if shown.amended_from:
        meta["amended_from"] = shown.amended_from
    if broken := _broken(shown):
        meta["faults"] = list(broken)
    if route.channel == EMAIL:
        meta |= meta_of(draft.recipients)
    if draft.send_at is not None or draft.undo:
        meta["hold"] = PLANNED if draft.send_at is not None else UNDO
    return {
        "workspace_id": conversation.workspace_id,
        "conversation_id": conversation.pk,
        "direction": Direction.OUT,
        "channel": route.channel,
        "source": route.source,
        "agent": agent,
        "author": agent.name if agent else draft.author,
        "text": shown.text,
        "quoted": clean(draft.quoted),
        "language": shown.target_language,
        "original": shown.source_text if translated else "",
        "original_language": shown.source_language if translated else "",
        "engine": shown.engine,
        "confidence": shown.confidence,
        "marks": ["untranslated"] if draft.send_as == "original" and _foreign(shown, conversation) else [],
        "meta": meta,
    }


def _check_seen(conversation: Conversation, agent: Agent | None, seen: int | None) -> None:
    """Hold an answer once when the customer or a colleague wrote what its writer has not seen."""
    if seen is None:
        return
    newer = Message.objects.filter(
        workspace_id=conversation.workspace_id,
        conversation_id__in=conversation.parts,
        pk__gt=seen,
        direction__in=[Direction.IN, Direction.OUT],
    )
    for direction, author in newer.values_list("direction", "agent_id"):
        if direction == Direction.IN or agent is None or author != agent.pk:
            raise NewerMessage


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


def _taken(conversation: Conversation, agent: Agent | None, draft: Draft, message: Message) -> None:
    """Let the conversation stand as answered; what stood before is kept with an answer that can be taken back."""
    before = {"status": conversation.status, "assignee": conversation.assignee_id}
    conversation.unread = False
    if conversation.status == Status.OPEN:
        conversation.status = Status.PENDING
    if conversation.assignee_id is None and agent is not None:
        conversation.assignee = agent
    conversation.save(update_fields=["unread", "status", "assignee"])
    if draft.then == "resolved":
        conversation = set_status(conversation, agent=agent, status=Status.RESOLVED)
    if message.delivery == Delivery.SCHEDULED:
        message.meta = {**message.meta, "before": {**before, "took": conversation.assignee_id}}
        message.save(update_fields=["meta"])
