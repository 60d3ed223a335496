"""What a conversation knows that texts may name in braces."""

from collections.abc import Iterable

from django.utils import timezone, translation

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.order_values import fact_values
from dragoman.ground.design.functions import format_date

from ..conversations.clock import zone_of_customer


def values_for(
    conversation: Conversation, agent: Agent, *, order: str, language: str, names: Iterable[str] = ()
) -> dict[str, str]:
    """Return the values of all slots; a day is written as the reader of `language` writes it, in their zone.

    Of the facts of an order those that `names` has: they are asked for.
    """
    customer = conversation.customer
    with translation.override(language or conversation.language or "en"):
        today = format_date(timezone.now(), zone_of_customer(conversation) or agent.time_zone)
    known = {
        "customer.name": customer.name,
        "name": customer.name,
        "order": order,
        "number": str(conversation.pk),
        "agent.name": agent.name,
        "brand.name": conversation.brand.name,
        "today": today,
    }
    told = fact_values(conversation, names, language=language)
    return {**{slot: value for slot, value in known.items() if value}, **told}
