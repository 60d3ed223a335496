"""Reviewing answers: asked for by policy or by choice, decided once, sent exactly as decided.

An answer that is held is a stored message that goes nowhere: `scheduled` with `meta["hold"] = "review"`. Every change
locks its message first, so that of two reviewers, a reviewer and its author, or a reviewer and the clock one wins and
the other is told.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import Levenshtein

from dragoman.core.accounts.models import Agent
from dragoman.core.language.actions.memory import Pair, remember
from dragoman.core.language.models import Outcome, StandIn
from dragoman.core.language.review import Facts, Verdict, bench_of, house_of
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import same

from ..access import every_conversation_of, locked_conversation
from ..errors import AlreadyReviewed, EmptyText, NewerMessage, NotAllowed
from ..events import ReviewAsked, ReviewDecided, ReviewOverdue
from ..models import Delivery, Message, ReviewItem
from ..recipients import label_of, people_in
from ..review import newest_of_customer
from .drafts import Written, save_draft
from .hold import LONGEST, PLANNED, REVIEW, let_go, take_back
from .status import leave_line

ASKED = {"code": "asked"}


def held_fields(workspace_id: int) -> dict[str, Any]:
    """Return what is stored of the delivery of an answer that is held, with the moment its stand-in comes."""
    policy = house_of(workspace_id).policy
    waits = policy.stand_in == StandIn.WAIT
    until = None if waits else timezone.now() + timedelta(minutes=policy.stand_in_minutes)
    return {"delivery": Delivery.SCHEDULED, "due_at": until}


def is_drawn(verdict: Verdict | None) -> bool:
    """Say whether an answer that goes out is looked at afterwards: all of them, or 1 in `sample` by chance."""
    return verdict is not None and verdict.outcome == Outcome.AFTER and random.randrange(verdict.sample) == 0


def ask_for_review(
    message: Message, *, mode: str, reason: Mapping[str, Any], facts: Facts, machine: str
) -> ReviewItem:
    """Put an answer into the queue, inside the caller's transaction."""
    item = ReviewItem.objects.create(
        workspace_id=message.workspace_id,
        conversation_id=message.conversation_id,
        message_id=message.pk,
        mode=mode,
        reason=dict(reason),
        source=facts.source,
        target=facts.target,
        made=facts.made,
        engine=facts.engine,
        confidence=facts.confidence,
        faults=list(facts.faults),
        text=facts.text,
        said=message.text,
        machine=machine,
        author_id=message.agent_id,
    )
    publish(ReviewAsked(conversation_id=message.conversation_id, message_id=message.pk, item_id=item.pk))
    return item


@dataclass(frozen=True)
class Decision:
    """What a reviewer says. `text` is what shall go out (None: as it is), `seen` the customer's newest message they
    had before their eyes (None: not asked), `author` names a program."""

    text: str | None = None
    seen: int | None = None
    comment: str = ""
    author: str = ""


@transaction.atomic
def accept(item: ReviewItem, *, agent: Agent | None, decision: Decision) -> ReviewItem:
    """Let an answer out as it is, or as the reviewer changed it; one that went out already is marked as looked at.

    Raises AlreadyReviewed, NotAllowed, EmptyText, NewerMessage (the customer wrote: decide again knowing that).
    """
    message, found = _locked(item, agent)
    said = found.said if decision.text is None else clean(decision.text).replace("\r\n", "\n").strip()
    if not said and found.said:
        raise EmptyText
    if found.mode == ReviewItem.Mode.HOLD:
        newer = newest_of_customer(found)
        if decision.seen is not None and newer is not None and newer.pk > decision.seen:
            raise NewerMessage
    edited = said != found.said
    _decide(found, agent, ReviewItem.State.EDITED if edited else ReviewItem.State.ACCEPTED, said, decision)
    if message is not None:
        _mark(message, found, agent, decision)
        if found.mode == ReviewItem.Mode.HOLD:
            _send(message, said if edited else None)
        else:
            message.save(update_fields=["meta"])
    _tell(found)
    return found


@transaction.atomic
def reject(item: ReviewItem, *, agent: Agent | None, decision: Decision) -> ReviewItem:
    """Give a held answer back to who wrote it, in their composer, with the reason; raises as `accept` does.

    One that went out already is marked: its author is told why.
    """
    reason = " ".join(clean(decision.comment).split())[:1000]
    if not reason:
        raise Refusal(_("Say why, so that it can be written anew."), code="reason_needed", status=422)
    message, found = _locked(item, agent)
    _decide(found, agent, ReviewItem.State.REJECTED, "", decision)
    found.comment = reason
    found.save(update_fields=["comment"])
    if message is not None and found.mode == ReviewItem.Mode.HOLD:
        _give_back(message, found, agent)
    elif message is not None:
        _mark(message, found, agent, decision)
        message.save(update_fields=["meta"])
    conversation = locked_conversation(found.workspace_id, found.conversation_id)
    leave_line(conversation, agent, {"kind": "review_rejected", "reason": reason, "mode": found.mode})
    _tell(found)
    return found


def _locked(item: ReviewItem, agent: Agent | None) -> tuple[Message | None, ReviewItem]:
    """Lock message and item of what waits; raises AlreadyReviewed, or NotAllowed for who may not decide."""
    message = None
    if item.message_id is not None:
        rows = Message.objects.filter(workspace_id=item.workspace_id, pk=item.message_id)
        message = rows.select_for_update(of=("self",)).first()
    rows_of_items = ReviewItem.objects.filter(workspace_id=item.workspace_id, pk=item.pk)
    found = rows_of_items.select_for_update(of=("self",)).select_related("conversation", "reviewer").first()
    if found is None or found.state != ReviewItem.State.WAITING:
        by = found.reviewer.name if found is not None and found.reviewer is not None else ""
        raise AlreadyReviewed(by=by)
    bench = bench_of(found.workspace_id)
    if agent is not None and not bench.may_decide(
        agent, found.source, found.target, author_id=found.author_id
    ):
        raise NotAllowed(refusal_for(agent, found))
    return message, found


def refusal_for(agent: Agent, item: ReviewItem) -> Any:
    """Say why an agent may not decide."""
    if item.author_id == agent.pk:
        return _("You wrote this yourself: somebody else reviews it.")
    return _("Only reviewers of this pair of languages and leads decide this.")


def _decide(item: ReviewItem, agent: Agent | None, state: str, kept: str, decision: Decision) -> None:
    item.state, item.kept, item.reviewer, item.decided_at = state, kept, agent, timezone.now()
    item.comment = " ".join(clean(decision.comment).split())[:1000]
    if kept:
        item.distance = Levenshtein.normalized_distance(item.machine or item.said, kept)
    item.save(update_fields=["state", "kept", "reviewer", "decided_at", "comment", "distance"])


def _mark(message: Message, item: ReviewItem, agent: Agent | None, decision: Decision) -> None:
    assert item.decided_at is not None
    by = agent.name if agent else decision.author or "API"
    facts = {"state": str(item.state), "by": by, "at": item.decided_at.isoformat()}
    message.meta = {**message.meta, "review": facts}


def _send(message: Message, said: str | None) -> None:
    """Let a held answer go out the usual way; one that was planned as well waits on for its time."""
    if said is not None:
        message.meta = {**message.meta, "amended_from": message.meta.get("amended_from") or message.text}
        message.text = said
    planned = message.meta.get("then_at")
    at = datetime.fromisoformat(planned) if planned else None
    meta = {key: value for key, value in message.meta.items() if key not in ("hold", "then_at")}
    # it stands in the thread where it went out
    message.meta = {**meta, "hold": PLANNED if at else "reviewed"}
    message.save(update_fields=["meta", "text"])
    if at is not None and timezone.now() < at <= timezone.now() + LONGEST:
        message.due_at = at
        message.save(update_fields=["due_at"])
        return
    let_go(message)


def _give_back(message: Message, item: ReviewItem, agent: Agent | None) -> None:
    """Take a rejected answer out of the thread into its author's composer, else whose the conversation is."""
    author = item.author if item.author is not None and item.author.is_active else None
    conversation = item.conversation
    to = author or conversation.assignee or agent
    channel, meta = message.channel, dict(message.meta)
    text, files = take_back(message, to)
    every_conversation_of(item.workspace_id).filter(pk=conversation.pk).update(unread=True)
    if to is None:
        return
    fields = {"channel": channel, **_typed(meta)}
    written = Written("reply", text, fields, attachments=[file.pk for file in files], force=True)
    save_draft(conversation, agent=to, written=written)


def _typed(meta: dict[str, object]) -> dict[str, str]:
    """Return whom an answer was for beside the customer, as the composer's fields have them."""
    named = {"mail_to": "to_more", "mail_cc": "cc", "mail_bcc": "bcc"}
    found = {field: people_in(meta, key) for field, key in named.items()}
    return {
        field: ", ".join(label_of(one.name, one.value) for one in people)
        for field, people in found.items()
        if people
    }


def _tell(item: ReviewItem) -> None:
    publish(
        ReviewDecided(
            conversation_id=item.conversation_id,
            message_id=item.message_id or 0,
            item_id=item.pk,
            outcome=str(item.state),
        )
    )


def remember_reviewed(workspace_id: int, item_id: int) -> None:
    """Keep what a reviewer let out as it should be said, sentence by sentence, without the customer's name."""
    found = ReviewItem.objects.filter(workspace_id=workspace_id, pk=item_id)
    item = found.select_related("conversation", "conversation__customer").first()
    if item is None or item.state not in (ReviewItem.State.ACCEPTED, ReviewItem.State.EDITED):
        return
    if same(item.source, item.target):
        return
    conversation = item.conversation
    pair = Pair(
        source=item.text,
        target=item.kept,
        source_language=item.source,
        target_language=item.target,
        brand_id=conversation.brand_id,
        market=conversation.market,
        origin="review",
        conversation_id=conversation.pk,
        names=[conversation.customer.name] if conversation.customer.name else [],
        agent_id=item.reviewer_id,
    )
    remember(workspace_id, [pair])


def stand_in(workspace_id: int, message_id: int) -> None:
    """Do what the policy says about a held answer that nobody reviewed in time; nothing where somebody did.

    It is not released over the customer's head: if they wrote meanwhile the leads are told instead.
    """
    with transaction.atomic():
        rows = Message.objects.filter(workspace_id=workspace_id, pk=message_id, delivery=Delivery.SCHEDULED)
        message = rows.select_for_update(of=("self",)).first()
        if message is None or message.meta.get("hold") != REVIEW:
            return
        if message.due_at is None or message.due_at > timezone.now():
            return
        items = ReviewItem.objects.filter(workspace_id=workspace_id, message_id=message_id, state="waiting")
        item = items.select_for_update(of=("self",)).select_related("conversation").first()
        if item is None:
            return
        item.overdue_at = timezone.now()
        released = house_of(workspace_id).policy.stand_in == StandIn.RELEASE and not newest_of_customer(item)
        if released:
            item.mode = ReviewItem.Mode.AFTER
            item.reason = {"code": "overdue", "first": item.reason}
            _send(message, None)
        else:
            message.due_at = None
            message.save(update_fields=["due_at"])
        item.save(update_fields=["mode", "reason", "overdue_at"])
        publish(
            ReviewOverdue(
                conversation_id=item.conversation_id,
                message_id=message.pk,
                item_id=item.pk,
                released=released,
            )
        )
