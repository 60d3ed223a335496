"""What the heart asks of the rooms above: who belongs together, for searches and lists to narrow to; and the tools with
which bots, programs and siblings find things out for a customer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Protocol

from django.db.models import Q

from dragoman.core.accounts.models import Agent
from dragoman.core.customers.models import Customer
from dragoman.kit.registry import Registry

from .models import Conversation


class Group(Protocol):
    """Customers whom a floor above knows by a name; the registry's name is that of the operator (`segment:`)."""

    def find(self, workspace_id: int, text: str, agent: Agent | None = None) -> str:
        """Return the stored form of what an agent (None: a program) typed, "" where they see nothing of that name."""

    def sees(self, agent: Agent, value: str) -> bool:
        """Say whether an agent may narrow to the group of this stored form."""

    def has(self, workspace_id: int, value: str) -> Q:
        """Return the condition that a conversation's customer belongs to it, asked anew each time."""


groups: Registry[Group] = Registry("group")


@dataclass(frozen=True)
class For:
    """For whom a tool is used: whose language (BCP 47) and clock its texts are written for.

    `identified`: it is sure that the customer is who they say; only then what is theirs is told or changed. `key` names
    the wish: a tool that changes something does it once under it.
    """

    customer: Customer
    language: str
    zone: tzinfo
    conversation: Conversation | None = None
    identified: bool = False
    key: str = ""


Run = Callable[[For, Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Tool:
    """Something that can be found out or done for a customer.

    `about` says to a model or a programmer when to use it, `arguments` is a JSON schema (draft 2020-12) of an object;
    `run` returns what can be written as JSON, and raises Refusal. One with a `preview` changes something when it is
    run: the preview answers in the same shape what would come of it, and stores nothing. One without changes nothing.
    `personal`: it is about what is the customer's own.
    """

    about: str
    arguments: Mapping[str, Any]
    run: Run
    preview: Run | None = None
    personal: bool = True

    @property
    def changes(self) -> bool:
        """Say whether running it changes something."""
        return self.preview is not None


tools: Registry[Tool] = Registry("tool")
