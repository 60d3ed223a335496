"""The help centre as the chat asks it: paragraphs that answer, as small facts with a path to read on."""

from collections.abc import Sequence
from typing import Any, Final

from dragoman.core.accounts.help import help_settings
from dragoman.core.accounts.models import Brand
from dragoman.core.knowledge.actions.reading import Reading, Searched, note_contact, note_opened, note_search
from dragoman.core.knowledge.addresses import help_path
from dragoman.core.knowledge.answering import FAIR, LIKELY, consult
from dragoman.core.knowledge.models import Article, Search
from dragoman.core.knowledge.queries import public_articles
from dragoman.core.knowledge.search import Asked, Found
from dragoman.core.knowledge.visits import visits_of
from dragoman.ground.channels.chat import Session
from dragoman.kit.text import fold, shortened

from .own_texts import Shopper

_LONGEST: Final = 300


def has_help(brand: Brand) -> bool:
    """Say whether a brand's customers can read anything."""
    return public_articles(brand).exists()


def find_help(brand: Brand, words: str, shopper: Shopper, *, limit: int) -> Sequence[dict[str, Any]]:
    """Return what answers: `{id, title, heading, passage, language, fallback, path}`, the best first.

    The search ranks whatever there is: without a fair chance that it answers, only what holds the words is shown.
    """
    told = consult(brand.workspace_id, _asked(brand, words, shopper, limit))
    found = told.found
    if found and told.answer.confidence < FAIR:
        wanted = fold(words).split()
        found = [one for one in found if _holds(one, wanted)]
    return [_shown(brand, one) for one in found]


def suggest_help(brand: Brand, words: str, shopper: Shopper, *, limit: int) -> Sequence[dict[str, Any]]:
    """Return what probably answers a message that is being written; nothing where that is not likely."""
    told = consult(brand.workspace_id, _asked(brand, words, shopper, limit))
    return [_shown(brand, one) for one in told.found] if told.answer.confidence >= LIKELY else []


def _asked(brand: Brand, words: str, shopper: Shopper, limit: int) -> Asked:
    return Asked(words, shopper.language, shopper.market, brand_id=brand.pk, limit=limit)


def _holds(one: Found, wanted: Sequence[str]) -> bool:
    said = fold(f"{one.title} {one.heading} {one.passage}")
    return any(word in said for word in wanted if len(word) > 1)


def _shown(brand: Brand, one: Found) -> dict[str, Any]:
    text = one.text
    path = help_path(brand.slug, text.language, text.article.key, market=text.market)
    return {
        "id": text.article_id,
        "title": one.title,
        "heading": one.heading,
        "passage": shortened(one.passage, _LONGEST),
        "language": text.language,
        "fallback": one.fallback,
        "path": f"{path}#{one.anchor}" if one.anchor else path,
    }


def count_search(
    session: Session, brand: Brand, shopper: Shopper, words: str, found: Sequence[dict[str, Any]]
) -> None:
    """Keep what was looked for and whether it was found, of nobody by name; nothing where a brand counts nothing."""
    elsewhere = bool(found) and all(one["fallback"] for one in found)
    if help_settings(brand).measure:
        searched = Searched(words, len(found), elsewhere=elsewhere, where=Search.Where.CHAT)
        note_search(_reading(session, brand, shopper), searched)


def count_opened(session: Session, brand: Brand, shopper: Shopper, article_id: int) -> None:
    """Note that an article was opened from the chat: who then writes nothing had found an answer."""
    here = Article.objects.filter(workspace_id=brand.workspace_id, pk=article_id, internal=False)
    article = here.first() if help_settings(brand).measure else None
    if article is not None:
        note_opened(_reading(session, brand, shopper), article)


def count_written(session: Session, brand: Brand) -> None:
    """Note that whoever looked and read wrote all the same."""
    if help_settings(brand).measure:
        note_contact(_reading(session, brand, Shopper("")))


def _reading(session: Session, brand: Brand, shopper: Shopper) -> Reading:
    visits = visits_of(brand.workspace_id, f"chat:{session.handle}")
    return Reading(brand, shopper.language, shopper.market, visits)
