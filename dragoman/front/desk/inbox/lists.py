"""The list and the column of views, as the page and its fragments show them."""

from dataclasses import dataclass
from typing import Any

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.queries import inbox_page, language_counts, view_counts

from ..words import VIEW_ICONS, VIEWS, word
from .marking import marked
from .query import Query

PAGE = 25
MOST = 200


@dataclass(frozen=True)
class ViewItem:
    """One of the views with its number, None where nobody counts."""

    name: str
    label: str
    icon: str
    count: int | None


def list_context(
    agent: Agent, query: Query, *, cursor: str | None = None, limit: int = PAGE, selected: int = 0
) -> dict[str, Any]:
    """Return what the rows need; `limit` grows with what the reader has loaded, up to MOST."""
    page = inbox_page(
        agent, view=query.view, filters=query.filters(), cursor=cursor, limit=min(max(limit, PAGE), MOST)
    )
    return {"page": page, "query": query, "selected": selected, "marked": marked}


def views_context(agent: Agent, query: Query) -> dict[str, Any]:
    """Return the views with their counts, and the languages nobody has taken yet."""
    counts = view_counts(agent)
    views = [ViewItem(name, word(VIEWS, name), VIEW_ICONS[name], counts.get(name)) for name in VIEWS]
    return {
        "views": views,
        "counts": counts,
        "languages": language_counts(agent),
        "total": None if query.filtered or query.q else counts.get(query.view),
    }
