"""Keeping what is to be said against a signal: by an agent who was told it, or by the customer."""

from typing import Final

from django.db import transaction

from dragoman.core.accounts.models import Agent
from dragoman.kit.address import clean

from ..errors import ReasonNeeded
from ..finding import get_return
from ..models import ReturnsNote

LONGEST: Final = 2000


def note_on_returns(
    workspace_id: int, *, customer_id: int, agent: Agent, text: str, signal: str = ""
) -> ReturnsNote:
    """Keep the customer's word, or an agent's, on how much they send back. Raises ReasonNeeded."""
    return _kept(workspace_id, customer_id, text, signal=signal, actor="agent", agent=agent)


def contest_signals(workspace_id: int, return_id: int, *, text: str, signal: str = "") -> ReturnsNote:
    """Keep what a customer says themselves against what stands out of their returns; agents see it beside.

    Raises NoReturn, ReasonNeeded.
    """
    customer_id = get_return(workspace_id, return_id).order.customer_id
    if customer_id is None:
        raise ReasonNeeded
    return _kept(workspace_id, customer_id, text, signal=signal, actor="customer", agent=None)


@transaction.atomic
def _kept(
    workspace_id: int, customer_id: int, text: str, *, signal: str, actor: str, agent: Agent | None
) -> ReturnsNote:
    said = clean(text).strip()[:LONGEST]
    if len(said) < 3:
        raise ReasonNeeded
    return ReturnsNote.objects.create(
        workspace_id=workspace_id,
        customer_id=customer_id,
        agent=agent,
        actor=actor,
        signal=clean(signal)[:40],
        text=said,
    )
