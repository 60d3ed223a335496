"""What may answer a question before it is asked: threads like it, and articles of the help centre."""

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.core.accounts.models import Brand
from dragoman.core.knowledge.addresses import help_path
from dragoman.core.knowledge.queries import articles_of, texts_of
from dragoman.kit.text import fold

from .finding import search_threads
from .models import Thread

_SHORTEST_WORD = 4


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
    """Return published articles whose title shares words with these: the one place where the help centre is asked."""
    wanted = {one for one in fold(words).split() if len(one) >= _SHORTEST_WORD}
    if not wanted:
        return []
    mine = articles_of(brand.workspace_id, brand_id=brand.pk).filter(internal=False)
    rows = texts_of(brand.workspace_id).filter(article__in=mine, language=language, live__isnull=False)[:500]
    scored = [
        (shared, row)
        for row in rows
        if row.live is not None and (shared := len(wanted & set(fold(row.live.title).split())))
    ]
    scored.sort(key=lambda one: -one[0])
    return [
        Suggested(
            row.live.title,
            row.language,
            help_path(brand.slug, row.language, row.article.key, market=row.market),
        )
        for _shared, row in scored[:most]
        if row.live is not None
    ]
