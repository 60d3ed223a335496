"""What review asks upwards: what waits of each kind of text, and where translated texts come from and go to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from dragoman.core.accounts.models import Agent
from dragoman.core.language.scope import INSTALLATION, Scope
from dragoman.kit.registry import Registry


@dataclass(frozen=True)
class Waiting:
    """One line of the review queue; `reason` is {"code": ...}, `due_at` when its stand-in comes."""

    kind: str
    pk: int
    source: str
    target: str
    title: str
    reason: Mapping[str, Any]
    at: datetime
    confidence: float | None = None
    due_at: datetime | None = None
    held: bool = False


@dataclass(frozen=True)
class Later:
    """What a customer wrote."""

    text: str
    language: str
    at: datetime


@dataclass(frozen=True)
class Opened:
    """One text as its reviewer sees it: what was written, what was made of it, what is known about that.

    `machine` is what the engine said first, `kept` what a reviewer left; `why_not` says why this agent may not decide;
    `asked` is what the customer wrote before, `later` what they wrote since;
    `seen` is the customer's newest message, given back with the decision; `zone` is theirs, where known.
    """

    kind: str
    pk: int
    title: str
    source: str
    target: str
    text: str
    said: str
    state: str
    reason: Mapping[str, Any]
    at: datetime
    machine: str = ""
    kept: str = ""
    made: str = "machine"
    engine: str = ""
    confidence: float | None = None
    faults: Sequence[str] = ()
    held: bool = False
    author: str = ""
    reviewer: str = ""
    decided_at: datetime | None = None
    comment: str = ""
    place: str = ""
    seen: int = 0
    later: Later | None = None
    asked: Later | None = None
    why_not: str = ""
    scope: Scope = INSTALLATION
    zone: str = ""


@dataclass(frozen=True)
class Said:
    """A decision: `text` None leaves it as it is; `author` names a program."""

    text: str | None = None
    seen: int | None = None
    comment: str = ""
    author: str = ""


class ReviewKind(Protocol):
    """Answers for one kind of text that is reviewed; without an agent the API asks, whose token was checked."""

    def waiting(self, workspace_id: int, agent: Agent | None) -> Sequence[Waiting]:
        """Return what waits and this agent may decide, what is most urgent first."""
        ...

    def count(self, agent: Agent) -> int:
        """Count what waits for an agent: asked on every page."""
        ...

    def opened(self, workspace_id: int, agent: Agent | None, pk: int) -> Opened:
        """Return one; raises NotFound."""
        ...

    def accept(self, workspace_id: int, agent: Agent | None, pk: int, said: Said) -> None:
        """Let it out as it is or as it was changed; raises Refusal."""
        ...

    def reject(self, workspace_id: int, agent: Agent | None, pk: int, said: Said) -> None:
        """Send it back with a reason; raises Refusal."""
        ...


review_kinds: Registry[ReviewKind] = Registry("review kind")


@dataclass(frozen=True)
class Matter:
    """A text that can be translated: `texts` by language tag."""

    ref: str
    title: str
    texts: Mapping[str, str]


class Translatable(Protocol):
    """Answers for one kind of text that can be ordered from translators."""

    def matters(self, workspace_id: int) -> Sequence[Matter]:
        """Return all texts of this kind that everybody uses."""
        ...

    def write(self, workspace_id: int, ref: str, *, language: str, text: str, source: str = "") -> bool:
        """Keep a translation as the text's in a language, made from `source`; False where the text is gone."""
        ...


translatables: Registry[Translatable] = Registry("translatable")
