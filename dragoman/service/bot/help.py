"""What the help centre answers: the one place where the bot asks it, so that every sentence has its source."""

from dataclasses import dataclass, replace

from dragoman.core.conversations.models import Conversation
from dragoman.core.knowledge.answering import answer
from dragoman.core.knowledge.search import Asked
from dragoman.core.knowledge.wording import Worded

from .world import Helped, Source


@dataclass(frozen=True)
class Asking:
    """Who asks: for which brand and market an article has to be."""

    workspace_id: int
    brand_id: int | None = None
    market: str = ""


def asking_of(conversation: Conversation) -> Asking:
    """Return for whom the customer of a conversation asks."""
    market = conversation.market or conversation.customer.market
    return Asking(conversation.workspace_id, conversation.brand_id, market)


def helped(asking: Asking, question: str, language: str) -> Helped:
    """Return the answer to a question in a language; nothing where the help centre does not know."""
    if not question.strip():
        return Helped()
    asked = Asked(question, language=language, market=asking.market, brand_id=asking.brand_id)
    found = answer(asking.workspace_id, asked)
    if found.declined or not found.sentences:
        return Helped()
    sources = [
        Source(
            found.sources[at].title,
            found.sources[at].path,
            found.sources[at].quote,
            found.sources[at].language,
        )
        for at in dict.fromkeys(one.source for one in found.sentences)
    ]
    said = tuple(one.text for one in found.sentences)
    return Helped(found.text, tuple(sources), found.language, found.fallback, said)


def in_words(found: Helped, worded: Worded | None) -> Helped:
    """Return an answer in a machine's words, if these rest on the very same sentences; else as it is."""
    if worded is None or found.fallback or worded.rests_on != found.sentences:
        return found
    return replace(found, text=worded.text, worded=True)
