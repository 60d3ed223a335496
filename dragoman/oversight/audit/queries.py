"""Who did what, read from the events: one row per thing that happened is the audit trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.models import StoredEvent

MOST = 100


@dataclass(frozen=True)
class Line:
    """One thing that somebody did; `agent` is empty for what no agent did."""

    name: str
    agent: str
    at: datetime


def audit_lines(workspace_id: int, *, topic: str, names: Sequence[str] = ()) -> list[Line]:
    """Return what happened to one thing, such as `envelope:42`, newest first."""
    found = StoredEvent.objects.filter(workspace_id=workspace_id, topic=topic)
    if names:
        found = found.filter(name__in=names)
    rows = list(found.order_by("-id")[:MOST])
    ids = {row.facts["agent_id"] for row in rows if isinstance(row.facts.get("agent_id"), int)}
    agents = dict(Agent.objects.filter(workspace_id=workspace_id, pk__in=ids).values_list("pk", "name"))
    return [Line(row.name, agents.get(row.facts.get("agent_id"), ""), row.at) for row in rows]
