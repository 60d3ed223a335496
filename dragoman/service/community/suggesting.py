"""What may answer a question before it is asked: threads like it, and articles of the help centre."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.core.accounts.models import Brand
from dragoman.core.knowledge.addresses import help_path
from dragoman.core.knowledge.search import Asked, search

from .finding import search_threads
from .models import Thread

# the search gives what is nearest, however far; what shares no word with a question stays below this
_LEAST: Final = 1.0
_BESIDE_THE_BEST: Final = 0.35


@dataclass(frozen=True)
class Suggested:
    """An article that may answer it."""

    title: str
    language: str
    path: str


def threads_like(brand: Brand, title: str, *, language: str, most: int = 5) -> list[Thread]:
    """Return public threads that may be about the same."""
    return search_threads(brand, title, language=language, most=most)


def articles_like(brand: Brand, words: str, *, language: str, most: int = 3) -> Sequence[Suggested]:
    """Return articles of the help centre that may answer it: the one place where the help centre is asked."""
    asked = Asked(words, language=language, brand_id=brand.pk, limit=most)
    found = search(brand.workspace_id, asked)
    least = max(_LEAST, _BESIDE_THE_BEST * found[0].score) if found else _LEAST
    return [
        Suggested(
            one.title,
            one.text.language,
            help_path(brand.slug, one.text.language, one.text.article.key, market=one.text.market),
        )
        for one in found
        if one.score >= least
    ]
