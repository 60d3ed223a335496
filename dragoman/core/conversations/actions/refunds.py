"""A line in the thread when money went back to its customer: whoever answers there sees it, and nothing is sent."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from dragoman.core.commerce.models import Refund
from dragoman.core.commerce.numbers import is_meant, number_key
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.commerce.telling import tell
from dragoman.ground.events.actions import publish
from dragoman.ground.providers.statuses import MoneyStatus

from ..events import ConversationChanged
from ..models import Conversation, Direction, Message, Status
from ..slot_values import values_in
from .status import leave_line

# older ones come with the history of a shop: nobody waits to hear of them
FRESH: Final = timedelta(days=3)
LOOKED_AT: Final = 5


@transaction.atomic
def note_refund(workspace_id: int, refund_id: int) -> None:
    """Note a refund that is done, once, in the customer's newest conversation that names the order."""
    found = Refund.objects.filter(workspace_id=workspace_id, pk=refund_id).select_related("order").first()
    if found is None or found.status != MoneyStatus.DONE or found.order.customer_id is None:
        return
    if found.refunded_at is not None and found.refunded_at < timezone.now() - FRESH:
        return
    talk = _speaks_of(workspace_id, found.order.customer_id, found.order.number_key)
    if talk is None or _is_noted(talk, found.pk):
        return
    order = order_by_id(workspace_id, found.order_id)
    arrival = tell(order, ["refund.arrival"], language="en").get("refund.arrival")
    line = {"kind": "refunded", "refund": found.pk, "order": order.number}
    money = {"amount": found.amount, "currency": found.currency}
    leave_line(talk, None, {**line, **money, "arrival": arrival.value if arrival else None})
    publish(ConversationChanged(conversation_id=talk.pk, field="refund"))


def _speaks_of(workspace_id: int, customer_id: int, key: str) -> Conversation | None:
    """Return the newest conversation of a customer that names an order by its number."""
    talks = Conversation.objects.filter(
        workspace_id=workspace_id, customer_id=customer_id, junk=False, side_of=None, merged_into=None
    ).exclude(status=Status.CLOSED)
    for talk in talks.select_related("customer").order_by("-pk")[:LOOKED_AT]:
        named = values_in(talk, language=talk.language or "en").get("order", [])
        if any(is_meant(key, number_key(one)) for one in named):
            return talk
    return None


def _is_noted(talk: Conversation, refund_id: int) -> bool:
    lines = Message.objects.filter(
        workspace_id=talk.workspace_id, conversation_id=talk.pk, direction=Direction.EVENT
    )
    return lines.filter(event__contains={"kind": "refunded", "refund": refund_id}).exists()
