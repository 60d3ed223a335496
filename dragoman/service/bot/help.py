"""What the help centre answers: the one place where the bot asks it, so that every sentence has its source."""

from dataclasses import dataclass

from .world import Helped


@dataclass(frozen=True)
class Asking:
    """Who asks: for which brand and market an article has to be."""

    workspace_id: int
    brand_id: int | None = None
    market: str = ""


def helped(asking: Asking, question: str, language: str) -> Helped:
    """Return the answer to a question in a language; nothing where the help centre does not know."""
    return Helped()
