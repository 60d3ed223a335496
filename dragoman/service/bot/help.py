"""What the help centre answers: the one place where the bot asks it, so that every sentence has its source."""

from dataclasses import dataclass

from dragoman.core.knowledge.answering import answer
from dragoman.core.knowledge.search import Asked

from .world import Helped, Source


@dataclass(frozen=True)
class Asking:
    """Who asks: for which brand and market an article has to be."""

    workspace_id: int
    brand_id: int | None = None
    market: str = ""


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
    return Helped(found.text, tuple(sources), found.language, found.fallback)
