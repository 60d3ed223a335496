"""What is counted of a visit, and how much one address may ask."""

from typing import Final

from dragoman.core.knowledge.actions.reading import Reading, Searched, note_contact, note_reading, note_search
from dragoman.core.knowledge.models import Article
from dragoman.core.knowledge.visits import visits_of
from dragoman.front.portal.chat.limits import Pace, count

from .door import Visit
from .finding import Results

SEARCHES: Final = Pace("help-search", 40, 60)
# whoever types on asks with every few letters
TYPED: Final = Pace("help-typed", 150, 60)
VERDICTS: Final = Pace("help-verdict", 20, 600)
CONTACTS: Final = Pace("help-contact", 30, 600)
BLOCKS: Final = Pace("help-block", 240, 60)


def check_pace(visit: Visit, pace: Pace) -> None:
    """Count one more call of an address; raises TooFast, which says so."""
    count((pace, visit.address))


def reading_of(visit: Visit) -> Reading:
    """Return who reads, as far as anything is counted of them."""
    visits = visits_of(visit.brand.workspace_id, visit.number)
    return Reading(visit.brand, visit.language, visit.market, visits)


def count_search(visit: Visit, words: str, results: Results) -> None:
    """Keep what was looked for and what came of it."""
    if visit.is_counted:
        note_search(
            reading_of(visit),
            Searched(
                words,
                # what may not fit is not what was looked for
                len(results.hits) if results.sure else 0,
                elsewhere=bool(results.hits) and all(one.fallback for one in results.hits),
                answered=results.answer is not None,
            ),
        )


def count_reading(visit: Visit, article: Article, *, fallback: bool) -> None:
    """Count an article as read."""
    if not visit.is_robot and visit.settings.measure:
        from_search = "from" in visit.request.GET
        note_reading(reading_of(visit), article, fallback=fallback, from_search=from_search)


def count_contact(visit: Visit) -> None:
    """Note that a visit turned to people."""
    note_contact(reading_of(visit))
