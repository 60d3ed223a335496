"""Marking the rows of a list in which the reader has something written and not sent."""

from dataclasses import replace

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.drafting import drafted_among
from dragoman.core.conversations.shapes import Page, Row


def with_drafts(agent: Agent, page: Page[Row]) -> Page[Row]:
    """Return the page with `has_draft` on those rows."""
    drafted = drafted_among(agent, [row.id for row in page.items])
    if not drafted:
        return page
    return replace(page, items=[replace(row, has_draft=row.id in drafted) for row in page.items])
