"""What an agent may tell a customer of an event in the thread: a sentence of the phrasebook, filled in."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.models import Conversation
from dragoman.core.language import phrasebook
from dragoman.core.language.own_phrases import own_of
from dragoman.core.language.slots import write_amount
from dragoman.kit.money import to_major

from ..frame import writing_language


def say_of(
    conversation: Conversation, event: Mapping[str, Any], agent: Agent, *, at: datetime.datetime
) -> tuple[str, str] | None:
    """Return (key, text in the agent's language) of what tells of an event; None where nothing is left to tell."""
    if event.get("kind") != "refunded":
        return None
    left = _days_left(event.get("arrival"))
    if not left and timezone.localdate(at) != timezone.localdate():
        return None
    key = "refund_amount_within" if left else "refund_made"
    own = own_of(conversation.workspace_id, conversation.brand_id)
    tag, _text = phrasebook.reading(key, [writing_language(agent)], own=own)
    if not tag:
        return None
    currency = str(event["currency"])
    slots = {"amount": write_amount(to_major(int(event["amount"]), currency), currency, language=tag)}
    if left:
        slots["days"] = str(left)
    return key, phrasebook.render(key, tag, slots, own=own)


def _days_left(arrival: object) -> int:
    """Return in how many days money is there; 0 where that is not known or over."""
    if not isinstance(arrival, str) or not arrival:
        return 0
    return max(0, (datetime.date.fromisoformat(arrival) - timezone.localdate()).days)
