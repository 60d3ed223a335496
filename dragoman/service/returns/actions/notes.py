"""Keeping what is to be said against a signal."""

from typing import Final

from django.db import transaction

from dragoman.core.accounts.models import Agent
from dragoman.kit.address import clean

from ..errors import ReasonNeeded
from ..models import ReturnsNote

LONGEST: Final = 2000


@transaction.atomic
def note_on_returns(workspace_id: int, *, customer_id: int, agent: Agent, text: str) -> ReturnsNote:
    """Keep the customer's word, or an agent's, on how much they send back. Raises ReasonNeeded."""
    said = clean(text).strip()[:LONGEST]
    if len(said) < 3:
        raise ReasonNeeded
    return ReturnsNote.objects.create(
        workspace_id=workspace_id, customer_id=customer_id, agent=agent, text=said
    )
