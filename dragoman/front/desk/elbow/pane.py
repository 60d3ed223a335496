"""What the panes of an open conversation show of the customer's market."""

from collections.abc import Sequence
from typing import Any

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.actions.reply import Preview
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.promises import Promise
from dragoman.core.conversations.shapes import MessageView

from ..conversations.clock import Clock, clock_for
from .beware import warnings_for
from .card import card_of
from .law_lines import stated_in
from .market import Market, market_of
from .phrasing import openers_for
from .strip import strip_of


def elbow_of(
    agent: Agent,
    conversation: Conversation,
    clock: Clock | None,
    messages: Sequence[MessageView],
    promise: Promise | None,
) -> dict[str, Any]:
    """Return the strip, the card, the warnings and how an answer may open."""
    market = market_of(conversation, clock)
    return {
        "strip": strip_of(conversation, market, messages, clock),
        "card": card_of(conversation, market, agent),
        "bewares": warnings_for(conversation, agent, market, clock, promise) if agent.can_reply else [],
        "openers": openers_for(conversation, market, agent) if agent.can_reply else [],
        "stated": [],
    }


def elbow_of_preview(
    agent: Agent, conversation: Conversation, preview: Preview | None, promise: Promise | None
) -> dict[str, Any]:
    """Return what the composer says of a draft: warnings as they are by now, and what it states of the law."""
    market, clock = where_is(conversation)
    stated = stated_in(conversation, market, preview)
    bewares = warnings_for(conversation, agent, market, clock, promise, preview)
    if any(one.instead for one in stated):
        # the same is said with its article
        bewares = [one for one in bewares if one.kind != "returns"]
    return {"bewares": bewares, "openers": openers_for(conversation, market, agent), "stated": stated}


def where_is(conversation: Conversation) -> tuple[Market | None, Clock | None]:
    """Return the market and the clock of a conversation's customer."""
    clock = clock_for(conversation)
    return market_of(conversation, clock), clock
