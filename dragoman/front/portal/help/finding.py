"""Looking for words: the articles found, and an answer made of their own sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.core.knowledge.answering import GUESS, consult
from dragoman.core.knowledge.answering import Answer as Said
from dragoman.core.knowledge.queries import categories_of, name_for
from dragoman.core.knowledge.search import Asked, Found
from dragoman.kit.text import shortened

from .door import Visit

LONGEST: Final = 300
MOST_FOUND: Final = 12
_PASSAGE: Final = 220
# how far behind the best one a result may be and still be worth a line
_WORTH: Final = 0.45
_GUESSES: Final = 3  # what is no more than a guess is shown so often at most


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

    text: str
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
    workspace_id = visit.brand.workspace_id
    asked = Asked(words, visit.language, visit.market, visit.brand.pk, limit=most)
    told = consult(workspace_id, asked)
    found = told.found
    names = {
        one.pk: name_for(one, visit.reader) for one in categories_of(workspace_id, brand_id=visit.brand.pk)
    }
    best = found[0].score if found else 0.0
    hits = [_hit(visit, one, names) for one in found if one.score > 0 and one.score >= best * _WORTH]
    said = told.answer
    sure = said.confidence >= GUESS
    return Results(words, hits if sure else hits[:_GUESSES], _answer(visit, said), sure)


def _hit(visit: Visit, one: Found, names: Mapping[int, str]) -> Hit:
    article = one.text.article
    anchor = f"#{one.anchor}" if one.anchor else ""
    return Hit(
        title=one.title,
        passage=shortened(one.passage, _PASSAGE),
        path=f"{visit.to(article.key)}?from=search{anchor}",
        language=one.text.language,
        fallback=one.fallback,
        category=names.get(article.category_id or 0, ""),
    )


def _answer(visit: Visit, said: Said) -> Answer | None:
    if said.declined or not said.sentences:
        return None
    sources = {one.key: (one.title, f"{visit.to(one.key)}?from=search") for one in said.sources}
    return Answer(said.text, list(sources.values()), said.language)
