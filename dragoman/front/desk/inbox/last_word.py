"""Marking the rows of a list in which our own word stands last, and those whose customer did not get it."""

from dataclasses import replace

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.last_word import last_answers
from dragoman.core.conversations.shapes import Page, Row


def with_last_word(agent: Agent, page: Page[Row]) -> Page[Row]:
    """Return the page with `ours` and `undelivered` on those rows."""
    answers = last_answers(agent.workspace_id, page.items)
    if not answers:
        return page
    return replace(
        page,
        items=[
            replace(row, ours=answers[row.id].previewed, undelivered=answers[row.id].failed)
            if row.id in answers
            else row
            for row in page.items
        ],
    )
