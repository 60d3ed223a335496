"""From a log-in to the seat it sits in."""

from dragoman.core.accounts.models import Agent, User
from dragoman.core.accounts.queries import seats_of
from dragoman.kit import workspace


def agent_of(user: User, chosen: object) -> Agent | None:
    """Return the seat a session chose, else the log-in's first open one."""
    with workspace.everywhere(reason="find the seat of a session"):
        seat = (
            Agent.objects.select_related("workspace", "user")
            .filter(pk=chosen if isinstance(chosen, int) else 0, user=user, is_active=True)
            .first()
        )
    return seat or next(iter(seats_of(user)), None)
