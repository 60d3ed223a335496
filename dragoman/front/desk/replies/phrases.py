"""Phrases for the composer: in the agent's language, with the customer's beside, known slots filled in."""

import re
from dataclasses import dataclass

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.conversations.models import Conversation
from dragoman.core.language import phrasebook

ORDER = re.compile(r"\b[A-Z]{2,5}-?\d{4,}\b")
MOST = 40
WHOLE_BOOK = 500


@dataclass(frozen=True)
class Offered:
    """A phrase to insert: `text` in the agent's language, `target_text` as the customer would read it."""

    key: str
    text: str
    language: str
    target_text: str
    target_language: str


def _filled_with(conversation: Conversation) -> dict[str, str]:
    known = {"name": conversation.customer.name}
    order = ORDER.search(f"{conversation.subject} {conversation.preview}")
    if order:
        known["order"] = order.group()
    return {slot: value for slot, value in known.items() if value}


def filled(text: str, conversation: Conversation) -> str:
    """Put what the conversation knows into a phrase's slots; the others stay for the agent."""
    for slot, value in _filled_with(conversation).items():
        text = text.replace("{" + slot + "}", value)
    return text


def phrases_for(agent: Agent, conversation: Conversation, words: str) -> list[Offered]:
    """Search the phrases by words of the agent's language."""
    ours = phrasebook.tag_for(workspace_facts(agent.workspace_id).language) or "en"
    theirs = conversation.language
    found = phrasebook.search(words, reader_language=ours, target_language=theirs, limit=MOST)
    return [
        Offered(
            key=phrase.key,
            text=filled(phrase.text, conversation),
            language=ours,
            target_text=filled(phrase.target_text, conversation),
            target_language=theirs,
        )
        for phrase in found
    ]


def phrase_text(key: str, agent: Agent) -> str:
    """Return a phrase in the team's language, empty for an unknown key."""
    ours = phrasebook.tag_for(workspace_facts(agent.workspace_id).language) or "en"
    book = phrasebook.search("", reader_language=ours, target_language=ours, limit=WHOLE_BOOK)
    return next((phrase.text for phrase in book if phrase.key == key), "")
