"""How an answer opens and closes in a market: offered to an empty draft, and where one of them is missing."""

from dataclasses import dataclass

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.actions.translation import manner_in
from dragoman.core.conversations.models import Conversation
from dragoman.core.language import phrasebook
from dragoman.core.language.own_phrases import own_of
from dragoman.ground.markets.facts import Greeting, Languages
from dragoman.kit.tags import base

from ..frame import writing_language
from .market import Market

# what stands for a name or a firm in an example is no text to send
_PLACEHOLDERS = frozenset("○◯△◇□…")


@dataclass(frozen=True)
class Opener:
    """A greeting or a closing: the phrase's key, what goes into the draft, what the customer reads, and what is usual
    in the market (an example)."""

    key: str
    text: str
    target: str
    language: str
    example: str = ""


def openers_for(conversation: Conversation, market: Market | None, agent: Agent) -> list[Opener]:
    """Return a greeting and a closing for an empty draft; none where nobody wrote them in the customer's language."""
    if not conversation.language or conversation.side_of_id is not None:
        return []
    named = bool(conversation.customer.name)
    greeting = _greeting(market)
    keys = (
        ("greeting_name" if named else "greeting", greeting.opening if greeting else ""),
        ("closing", greeting.closing if greeting else ""),
    )
    return [one for key, example in keys if (one := _opener(key, example, conversation, agent))]


def _greeting(market: Market | None) -> Greeting | None:
    fact = market.holds("greeting") if market else None
    return fact.value if fact and isinstance(fact.value, Greeting) else None


def _opener(key: str, example: str, conversation: Conversation, agent: Agent) -> Opener | None:
    own = own_of(conversation.workspace_id, conversation.brand_id)
    tag, _text = phrasebook.reading(key, [writing_language(agent)], own=own)
    values = {"name": conversation.customer.name}
    target = said_to(key, conversation, agent)
    text = phrasebook.render(key, tag, values, own=own) if tag else ""
    return Opener(key, text, target, tag, example) if target and text else None


def said_to(key: str, conversation: Conversation, agent: Agent) -> str:
    """Return a phrase as this customer reads it; empty where nobody wrote it in their language."""
    own = own_of(conversation.workspace_id, conversation.brand_id)
    register = manner_in(conversation, agent).register
    values = {"name": conversation.customer.name}
    try:
        return phrasebook.render(key, conversation.language, values, register=register, own=own)
    except KeyError:
        return ""


def missing_part(code: str, conversation: Conversation, market: Market | None, agent: Agent) -> str:
    """Return the greeting or closing that a reply lacks, in the customer's language; empty for another finding."""
    if code == "greeting":
        return said_to("greeting_name" if conversation.customer.name else "greeting", conversation, agent)
    if code != "closing":
        return ""
    usual = _greeting(market)
    spoken = market.holds("languages") if market else None
    theirs = spoken.value.root[0] if spoken and isinstance(spoken.value, Languages) else ""
    if usual and usual.closing and base(theirs) == base(conversation.language):
        # particles are by the writer's gender, forms of address by the customer's wish: the phrasebook knows both
        as_it_is = "particle" not in usual.customs and not conversation.customer.register
        if as_it_is and not _PLACEHOLDERS & set(usual.closing):
            return usual.closing
    return said_to("closing", conversation, agent)
