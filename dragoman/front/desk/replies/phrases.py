"""Phrases for the composer: in the agent's language, with the customer's beside, known slots filled in."""

import re
from dataclasses import dataclass

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.thread import messages_of
from dragoman.core.language import phrasebook

ORDER = re.compile(r"\b[A-Z]{2,5}-?\d{4,}\b")
MOST = 40
WHOLE_BOOK = 500
RECENT = 20
SLOT = re.compile(r"\{[a-z]+\}")


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
    newest = [message.text for message in messages_of(conversation, public=True, most=RECENT)[::-1]]
    order = next((found for text in [*newest, conversation.subject] if (found := ORDER.search(text))), None)
    if order:
        known["order"] = order.group()
    return {slot: value for slot, value in known.items() if value}


def filled(text: str, conversation: Conversation) -> str:
    """Put what the conversation knows into a phrase's slots; the others stay for the agent."""
    return _put(text, _filled_with(conversation))


def _put(text: str, known: dict[str, str]) -> str:
    for slot, value in known.items():
        text = text.replace("{" + slot + "}", value)
    return text


def open_slots(text: str) -> list[str]:
    """Return the slots of phrases that nobody has filled in yet."""
    return list(dict.fromkeys(SLOT.findall(text)))


def phrases_for(agent: Agent, conversation: Conversation, words: str) -> list[Offered]:
    """Search the phrases by words of the agent's language."""
    ours = phrasebook.tag_for(workspace_facts(agent.workspace_id).language) or "en"
    theirs = conversation.language
    found = phrasebook.search(words, reader_language=ours, target_language=theirs, limit=MOST)
    known = _filled_with(conversation)
    return [
        Offered(
            key=phrase.key,
            text=_put(phrase.text, known),
            language=ours,
            target_text=_put(phrase.target_text, known),
            target_language=theirs,
        )
        for phrase in found
    ]


def phrase_text(key: str, agent: Agent) -> str:
    """Return a phrase in the team's language, empty for an unknown key."""
    ours = phrasebook.tag_for(workspace_facts(agent.workspace_id).language) or "en"
    book = phrasebook.search("", reader_language=ours, target_language=ours, limit=WHOLE_BOOK)
    return next((phrase.text for phrase in book if phrase.key == key), "")
