"""Marking the rows of a list whose customer was promised an answer by now and has none."""

from dataclasses import replace

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.promises import late_among
from dragoman.core.conversations.shapes import Page, Row


def with_late(agent: Agent, page: Page[Row]) -> Page[Row]:
    """Return the page with `late` on those rows."""
    late = late_among(agent.workspace_id, [row.id for row in page.items])
    return replace(page, items=[replace(row, late=row.id in late) for row in page.items]) if late else page
