"""Saying which country a conversation's customer is in."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.customers.actions import change_customer
from dragoman.ground.events.actions import publish
from dragoman.ground.markets.zones import zones_of
from dragoman.kit.errors import Refusal

from ..access import locked_conversation
from ..events import MarketSettled
from ..models import Conversation
from .status import change


@transaction.atomic
def settle_market(conversation: Conversation, *, agent: Agent | None, market: str) -> Conversation:
    """Store the country (ISO 3166-1) of a conversation's customer, on both; "" takes it back.

    It leaves a line in the thread and an event that names the agent, where it says something new.
    """
    code = market.strip().upper()
    if code and not zones_of(code):
        raise Refusal(_("Give a country by its two letters, such as TH."), code="bad_market", status=422)
    was = locked_conversation(conversation.workspace_id, conversation.pk).market
    found = change(
        conversation,
        agent=agent,
        field="market",
        values={"market": code},
        line={"kind": "market", "market": code},
    )
    if (was, found.customer.market) == (code, code):
        return found
    if found.customer.market != code:
        change_customer(found.customer, changes={"market": code})
    publish(
        MarketSettled(
            conversation_id=found.pk,
            customer_id=found.customer_id,
            market=code,
            agent_id=agent.pk if agent else None,
        )
    )
    return found
