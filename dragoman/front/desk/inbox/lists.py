"""The list and the column of views, as the page and its fragments show them."""

from dataclasses import dataclass
from typing import Any

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.drafting import count_drafts
from dragoman.core.conversations.operators import parse
from dragoman.core.conversations.queries import COUNTED, inbox_page, rail_of
from dragoman.core.customers.queries import CustomerPage, customer_page
from dragoman.ground.design.functions import format_number

from ..conversations.reading import reads
from ..drafting.marking import with_drafts
from ..frame import reading_languages
from ..moving import is_moving
from ..words import VIEW_ICONS, VIEWS, word
from .chips import FOUND_IN, chips_of
from .last_word import with_last_word
from .lateness import with_late
from .marking import marked
from .query import Query
from .saved import saved_context

PAGE = 25
MOST = 200
PEOPLE = 5


@dataclass(frozen=True)
class ViewItem:
    """One of the views with its number, None where nobody counts."""

    name: str
    label: str
    icon: str
    count: int | None

    @property
    def shown(self) -> str:
        """Return the number in words; counting stops at COUNTED."""
        if self.count is None:
            return ""
        return f"{format_number(COUNTED)}+" if self.count >= COUNTED else format_number(self.count)


def list_context(
    agent: Agent, query: Query, *, cursor: str | None = None, limit: int = PAGE, selected: int = 0
) -> dict[str, Any]:
    """Return what the rows need; `limit` grows with what the reader has loaded, up to MOST."""
    page = inbox_page(
        agent,
        view=query.view,
        filters=query.filters(),
        sort=query.order,
        cursor=cursor,
        limit=min(max(limit, PAGE), MOST),
    )
    people = _people(agent, query) if query.q and not cursor else None
    return {
        "page": with_late(agent, with_last_word(agent, with_drafts(agent, page))),
        "query": query,
        "chips": chips_of(agent, query),
        "words_found": parse(query.q).words,
        "found_in": FOUND_IN,
        "selected": selected,
        "marked": marked,
        "unread_languages": _unread_languages(agent, {row.language for row in page.items}),
        "people": people.items if people else [],
        "people_near": people.near if people else False,
        "moving": any(is_moving(row.last_message_at) for row in page.items[:1]),
    }


def _unread_languages(agent: Agent, languages: set[str]) -> set[str]:
    """Return those of the languages that this agent does not read: the others need no translation and no mark."""
    readers = reading_languages(agent)
    return {tag for tag in languages if not reads(tag, readers)}


def _people(agent: Agent, query: Query) -> CustomerPage | None:
    """Return customers who fit the words of a search: a name alone, or whom `from:` names."""
    named = [
        term.text for term in parse(query.q).terms if term.name in {"", "from", "to"} and not term.negated
    ]
    return customer_page(agent.workspace_id, q=" ".join(named), limit=PEOPLE) if named else None


def views_context(agent: Agent, query: Query) -> dict[str, Any]:
    """Return the views with their counts, and the languages nobody has taken yet."""
    rail = rail_of(agent)
    counts = {**rail.views, "drafts": count_drafts(agent)}
    views = [ViewItem(name, word(VIEWS, name), VIEW_ICONS[name], counts.get(name)) for name in VIEWS]
    return {
        "views": views,
        **saved_context(agent, query),
        "counts": counts,
        "languages": rail.languages,
        "total": None if query.changed else next(view for view in views if view.name == query.view),
    }
