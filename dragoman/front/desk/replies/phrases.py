"""Phrases for the composer: in the agent's language, with the customer's beside, known slots filled in."""

import re
from dataclasses import dataclass

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.thread import messages_of
from dragoman.core.language import phrasebook
from dragoman.core.texts.queries import any_wording, matching, wording
from dragoman.core.texts.slots import filled

from .slots import values_for

ORDER = re.compile(r"\b[A-Z]{2,5}-?\d{4,}\b")
MOST = 40
WHOLE_BOOK = 500
RECENT = 20

MACRO = "macro:"


@dataclass(frozen=True)
class Offered:
    """A phrase or macro: `text` in the agent's language, `target_text` as the customer would read it, `insert` what is
    put into the draft (empty: the text)."""

    key: str
    text: str
    language: str
    target_text: str
    target_language: str
    insert: str = ""
    name: str = ""
    shortcut: str = ""


def order_in(conversation: Conversation) -> str:
    """Return the order number named last in a conversation; empty where none is."""
    newest = [message.text for message in messages_of(conversation, public=True, most=RECENT)[::-1]]
    found = (ORDER.search(text) for text in [*newest, conversation.subject])
    return next((order.group() for order in found if order), "")


def _known_to_phrases(conversation: Conversation) -> dict[str, str]:
    """The phrasebook's own slots: a `{number}` there is a parcel's, so only these two are known."""
    known = {"name": conversation.customer.name, "order": order_in(conversation)}
    return {slot: value for slot, value in known.items() if value}


def macros_for(agent: Agent, conversation: Conversation, words: str) -> list[Offered]:
    """Search macros; what is put into the draft is the customer's text where there is one, else the team's."""
    ours = workspace_facts(agent.workspace_id).language
    values = values_for(conversation, agent, order=order_in(conversation), language=conversation.language)
    offered = []
    for macro in matching(agent, words, most=MOST):
        read = any_wording(macro, language=ours)
        theirs = wording(macro, language=conversation.language, market=conversation.market)
        sent = theirs or any_wording(macro, language=ours, also=(conversation.brand.language,))
        offered.append(
            Offered(
                key=f"{MACRO}{macro.pk}",
                text=filled(read.text, values),
                language=read.language,
                target_text=filled(sent.text, values) if sent.language != read.language else "",
                target_language=sent.language,
                insert=filled(sent.text, values),
                name=macro.name,
                shortcut=macro.shortcut,
            )
        )
    return offered


def phrases_for(agent: Agent, conversation: Conversation, words: str) -> list[Offered]:
    """Search the phrases by words of the agent's language."""
    ours = phrasebook.tag_for(workspace_facts(agent.workspace_id).language) or "en"
    theirs = conversation.language
    found = phrasebook.search(words, reader_language=ours, target_language=theirs, limit=MOST)
    known = _known_to_phrases(conversation)
    return [
        Offered(
            key=phrase.key,
            text=filled(phrase.text, known),
            language=ours,
            # who reads what the agent reads is shown the sentence once
            target_text="" if phrase.target_text == phrase.text else filled(phrase.target_text, known),
            target_language=theirs,
        )
        for phrase in found
    ]


def text_of(key: str, conversation: Conversation, agent: Agent) -> str:
    """Return what a chosen phrase or macro puts into the draft, empty for an unknown key."""
    if key.startswith(MACRO):
        number = key.removeprefix(MACRO)
        offered = macros_for(agent, conversation, "") if number.isdigit() else []
        return next((one.insert for one in offered if one.key == key), "")
    return filled(_phrase_text(key, agent), _known_to_phrases(conversation))


def _phrase_text(key: str, agent: Agent) -> str:
    ours = phrasebook.tag_for(workspace_facts(agent.workspace_id).language) or "en"
    book = phrasebook.search("", reader_language=ours, target_language=ours, limit=WHOLE_BOOK)
    return next((phrase.text for phrase in book if phrase.key == key), "")
