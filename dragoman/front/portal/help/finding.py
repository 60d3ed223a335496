"""Looking for words: the articles found, and an answer made of their own sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.core.knowledge.published import Listed, listed
from dragoman.core.knowledge.queries import public_articles
from dragoman.core.knowledge.reading import passages_of
from dragoman.kit.text import fold, shortened

from .door import Visit

LONGEST: Final = 300
MOST_FOUND: Final = 20


@dataclass(frozen=True)
class Hit:
    """An article that was found: the passage that fits and where it leads."""

    title: str
    passage: str
    path: str
    language: str
    fallback: bool
    category: str = ""


@dataclass(frozen=True)
class Answer:
    """Sentences that stand in articles word for word, and these articles as (title, path)."""

    sentences: Sequence[str]
    sources: Sequence[tuple[str, str]]
    language: str


@dataclass(frozen=True)
class Results:
    """What was found for words; `answer` is None where the articles do not say, `sure` False for what may not fit."""

    words: str
    hits: Sequence[Hit] = ()
    answer: Answer | None = None
    sure: bool = True


def words_of(visit: Visit) -> str:
    """Return what the reader asks for, one line of at most LONGEST characters."""
    return " ".join(visit.request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]


def look(visit: Visit, words: str, *, most: int = MOST_FOUND) -> Results:
    """Return what the help centre has for words."""
    if not words:
        return Results(words)
    wanted = fold(words).split()
    every = listed(public_articles(visit.brand), visit.reader)
    found = [
        (one, said) for one in every if (said := _said(one)) and any(word in fold(said) for word in wanted)
    ]
    return Results(words, [_hit(visit, one, said) for one, said in found[:most]])


def _said(one: Listed) -> str:
    parts = passages_of(one.read.wording.body)
    return " ".join((one.title, one.summary, *(f"{heading} {words}" for heading, _anchor, words in parts)))


def _hit(visit: Visit, one: Listed, said: str) -> Hit:
    path = f"{visit.to(one.article.key)}?from=search"
    return Hit(one.title, shortened(one.summary or said, 200), path, one.language, one.fallback)
