"""The help centre as the chat asks it: paragraphs that answer, as small facts with a path to read on."""

from collections.abc import Sequence
from typing import Any, Final

from dragoman.core.accounts.help import help_settings
from dragoman.core.accounts.models import Brand
from dragoman.core.knowledge.actions.reading import Reading, Searched, note_contact, note_opened, note_search
from dragoman.core.knowledge.addresses import help_path
from dragoman.core.knowledge.models import Article, Search
from dragoman.core.knowledge.queries import public_articles
from dragoman.core.knowledge.search import Asked, Found, search
from dragoman.core.knowledge.visits import visits_of
from dragoman.ground.channels.chat import Session
from dragoman.kit.text import shortened

from .own_texts import Shopper

_LONGEST: Final = 300


def has_help(brand: Brand) -> bool:
    """Say whether a brand's customers can read anything."""
    return public_articles(brand).exists()


def find_help(brand: Brand, words: str, shopper: Shopper, *, limit: int) -> Sequence[dict[str, Any]]:
    """Return what answers: `{id, title, heading, passage, language, fallback, path}`, the best first."""
    asked = Asked(words, shopper.language, shopper.market, brand.pk, limit=limit)
    return [_told(brand, one) for one in search(brand.workspace_id, asked)]


def _told(brand: Brand, one: Found) -> dict[str, Any]:
    path = help_path(brand.slug, one.text.language, one.text.article.key, market=one.text.market)
    return {
        "id": one.text.article_id,
        "title": one.title,
        "heading": one.heading,
        "passage": shortened(one.passage, _LONGEST),
        "language": one.text.language,
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
