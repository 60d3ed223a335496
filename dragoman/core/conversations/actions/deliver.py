"""Sending what was stored: in order per conversation, never twice by itself, every failure shown.

A message is `sending` from before the wire is touched until the answer is known. After a crash in between nobody
knows whether it went out: it becomes `unconfirmed` and a person decides.
"""

import logging
import random
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from dragoman.core.accounts.models import Agent
from dragoman.ground.channels.ports import Sent, channels
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import OutsideError, Refusal

from ..access import check_may_reply
from ..events import DeliveryChanged, ReplyQueued
from ..links import survivor_of
from ..models import Conversation, Delivery, Direction, Message, Status
from ..outbound import outbound_of, secrets_for

log = logging.getLogger(__name__)

LOST_AFTER = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=1)
ATTEMPTS = 14


def deliver_conversation(workspace_id: int, conversation_id: int) -> None:
    """Send the queued messages of a conversation, oldest first, until one must wait."""
    while (message := _take_next(workspace_id, conversation_id)) is not None:
        if not _send(message):
            return


def _take_next(workspace_id: int, conversation_id: int) -> Message | None:
    """Mark the next due message as being sent and return it; None if there is none or an earlier one waits."""
    with transaction.atomic():
        waiting = Message.objects.filter(
            workspace_id=workspace_id,
            conversation_id=conversation_id,
            direction=Direction.OUT,
            delivery__in=[Delivery.QUEUED, Delivery.SENDING],
        ).order_by("pk")
        message = waiting.select_for_update(of=("self",)).first()
        now = timezone.now()
        if message is None or message.delivery == Delivery.SENDING or _waits(message, now):
            return None
        message.delivery = Delivery.SENDING
        message.attempts += 1
        message.due_at = now + LOST_AFTER
        message.save(update_fields=["delivery", "attempts", "due_at"])
    return message


def _waits(message: Message, now: datetime) -> bool:
    """Say whether a failed try is too fresh; a pause longer than any we give means that the clock was set back."""
    if not message.attempts or message.due_at is None:
        return False
    return now < message.due_at <= now + LONGEST_PAUSE


def _send(message: Message) -> bool:
    """Send one message and note how it went; False if later ones must wait for it."""
    try:
        external_id = channels[message.channel].send(outbound_of(message), secrets_for(message))
    except OutsideError as error:
        return _note_failure(message, error)
    except (Refusal, LookupError, ValueError, OSError) as error:
        log.exception("message %s cannot be put on the wire", message.pk)
        return _note_failure(message, OutsideError(str(error), permanent=True))
    refused = (
        "; ".join(receipt.reason for receipt in external_id.receipts) if isinstance(external_id, Sent) else ""
    )
    with transaction.atomic():
        _set_delivery(
            message,
            Delivery.SENT,
            external_id=str(external_id),
            sent_at=timezone.now(),
            failure=refused[:2000],
        )
    return True


def _note_failure(message: Message, error: OutsideError) -> bool:
    final = error.permanent or message.attempts >= ATTEMPTS
    with transaction.atomic():
        if final:
            _set_delivery(message, Delivery.FAILED, failure=str(error)[:2000])
            Conversation.objects.filter(
                workspace_id=message.workspace_id,
                pk=survivor_of(message.conversation_id),
                status=Status.PENDING,
            ).update(status=Status.OPEN, unread=True)
        else:
            pause = min(LONGEST_PAUSE.total_seconds(), 5 * 2.0**message.attempts) * random.uniform(0.7, 1.0)
            due = timezone.now() + timedelta(seconds=error.retry_after or pause)
            _set_delivery(message, Delivery.QUEUED, failure=str(error)[:2000], due_at=due)
    return final


def _set_delivery(message: Message, state: str, **fields: object) -> None:
    fields = {"due_at": None, **fields, "delivery": state}
    Message.objects.filter(workspace_id=message.workspace_id, pk=message.pk).update(**fields)
    publish(DeliveryChanged(conversation_id=message.conversation_id, message_id=message.pk, state=str(state)))


def note_receipt(message: Message, *, state: str, reason: str = "") -> None:
    """Turn the ticks: delivered, read, failed. Late or double news never turn them back."""
    order = [
        Delivery.QUEUED,
        Delivery.SENDING,
        Delivery.UNCONFIRMED,
        Delivery.SENT,
        Delivery.DELIVERED,
        Delivery.READ,
    ]
    with transaction.atomic():
        fresh = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
        if fresh.delivery == Delivery.FAILED:
            return
        if state == "deferred":
            _note_delay(fresh, reason)
            return
        if state == Delivery.FAILED:
            _set_delivery(fresh, Delivery.FAILED, failure=reason[:2000])
            Conversation.objects.filter(pk=survivor_of(fresh.conversation_id)).exclude(
                status=Status.CLOSED
            ).update(status=Status.OPEN, unread=True)
        elif order.index(Delivery(state)) > order.index(Delivery(fresh.delivery)):
            _set_delivery(fresh, state)


def _note_delay(message: Message, reason: str) -> None:
    """Keep why a mail is still under way; nothing is lost yet, so nobody is woken."""
    if message.delivery == Delivery.SENT:
        _set_delivery(message, Delivery.SENT, failure=reason[:2000])


def retry_delivery(message: Message, *, agent: Agent | None) -> None:
    """Send a failed or unconfirmed message again because a person said so."""
    check_may_reply(agent)
    with transaction.atomic():
        fresh = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
        if fresh.delivery not in {Delivery.FAILED, Delivery.UNCONFIRMED}:
            return
        _set_delivery(fresh, Delivery.QUEUED, attempts=0, failure="", due_at=timezone.now())
        publish(ReplyQueued(conversation_id=fresh.conversation_id, message_id=fresh.pk))


def note_lost(message: Message) -> None:
    """Mark a message whose sender died in mid-send: it may or may not have gone out."""
    with transaction.atomic():
        fresh = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
        if fresh.delivery == Delivery.SENDING and fresh.due_at and fresh.due_at <= timezone.now():
            _set_delivery(fresh, Delivery.UNCONFIRMED)


def queue_again(message: Message) -> None:
    """Announce a queued message whose time has come, so that its job runs now."""
    with transaction.atomic():
        publish(ReplyQueued(conversation_id=message.conversation_id, message_id=message.pk))
