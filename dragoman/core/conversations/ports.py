"""What the heart asks of the rooms above: who belongs together, for searches and lists to narrow to."""

from typing import Protocol

from django.db.models import Q

from dragoman.core.accounts.models import Agent
from dragoman.kit.registry import Registry


class Group(Protocol):
    """Customers whom a floor above knows by a name; the registry's name is that of the operator (`segment:`)."""

    def find(self, workspace_id: int, text: str, agent: Agent | None = None) -> str:
        """Return the stored form of what an agent (None: a program) typed, "" where they see nothing of that name."""

    def sees(self, agent: Agent, value: str) -> bool:
        """Say whether an agent may narrow to the group of this stored form."""

    def has(self, workspace_id: int, value: str) -> Q:
        """Return the condition that a conversation's customer belongs to it, asked anew each time."""


groups: Registry[Group] = Registry("group")
