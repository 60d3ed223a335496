"""Answers that wait for their time: undo for a few seconds, or planned for the customer's morning.

A held answer is `scheduled` with the moment in `due_at`. Until then it can be taken back, and nobody has got it. One
that was planned is not sent over the customer's head: if they wrote meanwhile it stays, marked, until a person decides.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import workspace_facts
from dragoman.ground.channels.ports import channels
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import Refusal

from ..access import check_may_reply, locked_conversation
from ..errors import TooLate, WaitsForReview
from ..events import DeliveryChanged, ReplyQueued, ReplyStored, ReplyWithdrawn
from ..models import Attachment, Conversation, Delivery, Direction, Message, ReviewItem, Status
from .receive import PREVIEW

UNDO, PLANNED = "undo", "planned"
# waits for a reviewer (actions/review.py), whose clock is the same field
REVIEW = "review"
# more than any undo lasts: what waits longer was held before the clock was set back
LONGEST_UNDO = timedelta(minutes=10)
LONGEST = timedelta(days=366)
# why a planned answer did not go: the customer wrote after it was planned
OVERTAKEN = "overtaken"


def undo_seconds(workspace_id: int, channel: str) -> int:
    """Return how long an answer on a channel can be taken back (a setting of the workspace)."""
    facts = workspace_facts(workspace_id)
    return facts.undo_send_mail if channel == "email" else facts.undo_send_chat


def check_time(at: datetime) -> datetime:
    """Return a moment an answer may be planned for; raises Refusal `past` or `too_far`."""
    now = timezone.now()
    if at <= now:
        raise Refusal(_("Choose a time in the future."), code="past", status=422)
    if at > now + LONGEST:
        raise Refusal(_("Choose a time within a year."), code="too_far", status=422)
    return at


def hand_on(conversation: Conversation, message: Message) -> None:
    """Let an answer be the newest word of its conversation, and go out; inside the caller's transaction."""
    conversation.preview = " ".join(message.text[: PREVIEW * 2].split())[:PREVIEW]
    conversation.preview_translated = " ".join(message.original[: PREVIEW * 2].split())[:PREVIEW]
    conversation.last_message_at = timezone.now()
    conversation.channel = message.channel
    conversation.save(update_fields=["preview", "preview_translated", "last_message_at", "channel"])
    publish(ReplyStored(conversation_id=conversation.pk, message_id=message.pk))
    if message.delivery == Delivery.QUEUED:
        publish(ReplyQueued(conversation_id=conversation.pk, message_id=message.pk))


def release(workspace_id: int, message_id: int) -> None:
    """Send what has waited long enough; a planned answer that was overtaken waits for a person instead."""
    with transaction.atomic():
        message = _held(workspace_id, message_id)
        if message is None or message.meta.get("hold") == REVIEW or not _is_due(message, timezone.now()):
            return
        if message.meta.get("hold") == PLANNED and _wrote_since(message):
            _keep(message, due_at=None, failure=OVERTAKEN)
            Conversation.objects.filter(workspace_id=workspace_id, pk=message.conversation_id).exclude(
                status=Status.CLOSED
            ).update(unread=True)
            return
        let_go(message)


def _is_due(message: Message, now: datetime) -> bool:
    """Say whether a held answer's moment has come; nobody thinks about an undo for longer than any may last."""
    if message.due_at is None:
        return False
    is_stuck = message.meta.get("hold") == UNDO and message.due_at > now + LONGEST_UNDO
    return is_stuck or message.due_at <= now


def send_now(message: Message, *, agent: Agent | None) -> None:
    """Send a held answer at once because a person said so; raises TooLate where it has gone or was taken back."""
    check_may_reply(agent)
    with transaction.atomic():
        held = _held(message.workspace_id, message.pk)
        if held is None:
            raise TooLate
        if held.meta.get("hold") == REVIEW:
            raise WaitsForReview
        let_go(held)


def plan_again(message: Message, *, agent: Agent | None, at: datetime) -> None:
    """Move a held answer to another moment; raises TooLate, Refusal `past` or `too_far`."""
    check_may_reply(agent)
    at = check_time(at)
    with transaction.atomic():
        held = _held(message.workspace_id, message.pk)
        if held is None:
            raise TooLate
        if held.meta.get("hold") == REVIEW:
            raise WaitsForReview
        held.meta = {**held.meta, "hold": PLANNED}
        held.save(update_fields=["meta"])
        _keep(held, due_at=at, failure="")


def withdraw(message: Message, *, agent: Agent | None) -> tuple[str, list[Attachment]]:
    """Take a held answer back; returns what was written and the files, which wait in the composer again."""
    check_may_reply(agent)
    with transaction.atomic():
        held = _held(message.workspace_id, message.pk)
        if held is None:
            raise TooLate
        reviews = ReviewItem.objects.filter(workspace_id=message.workspace_id, message_id=message.pk)
        items = list(reviews.values_list("pk", flat=True))
        text, files = take_back(held, agent)
        ReviewItem.objects.filter(
            workspace_id=message.workspace_id, pk__in=items, state=ReviewItem.State.WAITING
        ).update(state=ReviewItem.State.WITHDRAWN, decided_at=timezone.now())
        publish(ReplyWithdrawn(conversation_id=message.conversation_id, message_id=message.pk))
    return text, files


def take_back(held: Message, agent: Agent | None) -> tuple[str, list[Attachment]]:
    """Delete a held answer, free its files for an agent and let the conversation stand as before.

    Inside the caller's transaction, with the message locked; what was reviewed of it is kept.
    """
    conversation = locked_conversation(held.workspace_id, held.conversation_id)
    files = list(Attachment.objects.filter(workspace_id=held.workspace_id, message_id=held.pk))
    uploader = f"agent:{agent.pk}" if agent else ""
    Attachment.objects.filter(pk__in=[file.pk for file in files]).update(
        message=None, uploader=uploader, created_at=timezone.now()
    )
    ReviewItem.objects.filter(workspace_id=held.workspace_id, message_id=held.pk).update(message=None)
    _put_back(conversation, held.meta.get("before") or {})
    held.delete()
    return held.original or held.text, files


def _put_back(conversation: Conversation, before: dict[str, Any]) -> None:
    """Let the conversation stand where it stood, unless somebody moved it meanwhile."""
    if before.get("status") == Status.OPEN and conversation.status in {Status.PENDING, Status.RESOLVED}:
        conversation.status, conversation.resolved_at = Status.OPEN, None
    if "assignee" in before and conversation.assignee_id == before.get("took"):
        conversation.assignee_id = before["assignee"]
    conversation.save(update_fields=["status", "resolved_at", "assignee"])


def _held(workspace_id: int, message_id: int) -> Message | None:
    found = Message.objects.filter(workspace_id=workspace_id, pk=message_id, delivery=Delivery.SCHEDULED)
    return found.select_for_update(of=("self",)).first()


def _wrote_since(message: Message) -> bool:
    later = Message.objects.filter(
        workspace_id=message.workspace_id,
        conversation_id=message.conversation_id,
        direction=Direction.IN,
        pk__gt=message.pk,
    )
    return later.exists()


def _keep(message: Message, *, due_at: datetime | None, failure: str) -> None:
    message.due_at, message.failure = due_at, failure
    message.save(update_fields=["due_at", "failure"])
    publish(
        DeliveryChanged(
            conversation_id=message.conversation_id, message_id=message.pk, state=Delivery.SCHEDULED.value
        )
    )


def let_go(message: Message) -> None:
    """Send a held answer now, inside the caller's transaction, with the message locked."""
    conversation = locked_conversation(message.workspace_id, message.conversation_id)
    now = timezone.now()
    local = channels[message.channel].traits.local
    message.delivery = Delivery.SENT if local else Delivery.QUEUED
    message.sent_at, message.due_at, message.failure = (now, None, "") if local else (None, now, "")
    message.save(update_fields=["delivery", "sent_at", "due_at", "failure"])
    hand_on(conversation, message)
    publish(
        DeliveryChanged(conversation_id=conversation.pk, message_id=message.pk, state=str(message.delivery))
    )
