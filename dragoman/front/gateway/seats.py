"""From a log-in to the seat it sits in."""

import copy
from datetime import timedelta

from django.utils import timezone

from dragoman.core.accounts.actions import note_presence
from dragoman.core.accounts.models import Agent, User
from dragoman.core.accounts.queries import seats, seats_of
from dragoman.kit import workspace


def agent_of(user: User, chosen: object) -> Agent | None:
    """Return the seat a session chose, else the log-in's first open one; at most a few seconds old.

    (Closing a seat ends its log-ins at once, and changing it forgets what is kept here.)
    """
    kept = seats.get((user.pk, chosen if isinstance(chosen, int) else 0), lambda: _agent_of(user, chosen))
    return copy.copy(kept) if kept is not None else None


def _agent_of(user: User, chosen: object) -> Agent | None:
    if not isinstance(chosen, int):
        return next(iter(seats_of(user)), None)
    with workspace.everywhere(reason="find the seat of a session"):
        seat = (
            Agent.objects.select_related("workspace", "user")
            .filter(pk=chosen, user=user, is_active=True)
            .first()
        )
    return seat or next(iter(seats_of(user)), None)


def note_seen(agent: Agent) -> None:
    """Note, once a minute at most, that somebody sits here: the chat says whether anybody is there."""
    if agent.seen_at is None or timezone.now() - agent.seen_at > timedelta(minutes=1):
        with workspace.acting_in(agent.workspace_id):
            note_presence(agent)
        seats.forget()
