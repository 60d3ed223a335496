"""The review queue: what waits, of every kind that somebody answers for."""

from collections.abc import Sequence
from datetime import datetime

from dragoman.core.accounts.models import Agent
from dragoman.kit.errors import NotFound

from .ports import Opened, ReviewKind, Waiting, review_kinds


def waiting(workspace_id: int, agent: Agent | None) -> list[Waiting]:
    """Return what waits and the agent may decide: held first and the soonest due, then the oldest."""
    found = [line for _name, kind in review_kinds.items() for line in kind.waiting(workspace_id, agent)]
    return sorted(found, key=_urgency)


def _urgency(line: Waiting) -> tuple[bool, datetime]:
    return not line.held, line.due_at or line.at


def count_waiting(agent: Agent) -> int:
    """Count what waits for an agent."""
    return sum(kind.count(agent) for _name, kind in review_kinds.items()) if agent.can_reply else 0


def kind_of(name: str) -> ReviewKind:
    """Return who answers for a kind; raises NotFound."""
    if name not in review_kinds:
        raise NotFound
    return review_kinds[name]


def opened(workspace_id: int, agent: Agent | None, name: str, pk: int) -> Opened:
    """Return one text as its reviewer sees it; raises NotFound."""
    return kind_of(name).opened(workspace_id, agent, pk)


def following(lines: Sequence[Waiting], name: str, pk: int, *, by: int = 1) -> Waiting | None:
    """Return the line after one (or before it), the first where it is gone, None at the end."""
    at = next((place for place, line in enumerate(lines) if (line.kind, line.pk) == (name, pk)), None)
    if at is None:
        return lines[0] if lines and by > 0 else None
    return lines[at + by] if 0 <= at + by < len(lines) else None
