"""The help centre as the chat asks it: paragraphs that answer, as small facts with a path to read on."""

from collections.abc import Sequence
from typing import Any, Final

from dragoman.core.accounts.help import help_settings
from dragoman.core.accounts.models import Brand
from dragoman.core.knowledge.actions.reading import Reading, Searched, note_contact, note_opened, note_search
from dragoman.core.knowledge.addresses import help_path
from dragoman.core.knowledge.models import Article, Search
from dragoman.core.knowledge.published import listed
from dragoman.core.knowledge.queries import public_articles, reader_of
from dragoman.core.knowledge.reading import passages_of
from dragoman.core.knowledge.visits import visits_of
from dragoman.ground.channels.chat import Session
from dragoman.kit.text import fold, shortened

from .own_texts import Shopper

_LONGEST: Final = 300


def has_help(brand: Brand) -> bool:
    """Say whether a brand's customers can read anything."""
    return public_articles(brand).exists()


def find_help(brand: Brand, words: str, shopper: Shopper, *, limit: int) -> Sequence[dict[str, Any]]:
    """Return what answers: `{id, title, heading, passage, language, fallback, path}`, the best first."""
    wanted = set(fold(words).split())
    found = []
    for one in listed(public_articles(brand), reader_of(brand, shopper.language, shopper.market)):
        for heading, anchor, said in passages_of(one.read.wording.body):
            hits = sum(word in fold(f"{one.title} {heading} {said}") for word in wanted)
            found.append((hits - one.fallback / 2, one, heading, anchor, said))
    best: dict[int, dict[str, Any]] = {}
    for score, one, heading, anchor, said in sorted(found, key=lambda row: -row[0]):
        if score >= max(1, len(wanted) / 2) and one.article.pk not in best:
            path = help_path(brand.slug, one.language, one.article.key, market=one.read.text.market)
            best[one.article.pk] = {
                "id": one.article.pk,
                "title": one.title,
                "heading": heading,
                "passage": shortened(said, _LONGEST),
                "language": one.language,
                "fallback": one.fallback,
                "path": f"{path}#{anchor}" if anchor else path,
            }
    return list(best.values())[:limit]


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
