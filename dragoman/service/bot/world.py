"""What the bot's decisions rest on: the shop as it is, or a rehearsal of it that touches nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Heard:
    """A customer's message: what it says, in which language, what it is about and how sure that is, what it names.

    `upset`: much anger has built up. `choice`: the value of what was clicked.
    """

    text: str
    language: str
    choice: str = ""
    intent: str = ""
    confidence: float = 0.0
    upset: bool = False
    numbers: Sequence[str] = ()
    addresses: Sequence[str] = ()


@dataclass(frozen=True)
class Source:
    """An article that a sentence stands in."""

    title: str
    path: str
    quote: str
    language: str = ""


@dataclass(frozen=True)
class Helped:
    """What the help centre answers; no text: it knows nothing. `fallback`: not in the customer's language.

    `sentences` stand word for word in its articles; `worded`: the text is a machine's wording of them.
    """

    text: str = ""
    sources: Sequence[Source] = ()
    language: str = ""
    fallback: bool = False
    sentences: tuple[str, ...] = ()
    worded: bool = False


class CodeIsOver(Exception):
    """The code was tried too often, or is too old."""


class World(Protocol):
    """Whoever answers for the shop in one turn."""

    def own_orders(self, *, changing: bool) -> Sequence[str] | None:
        """Return the numbers of the orders of a customer who is known to be themselves; None: nobody knows that."""

    def is_open_to(self, number: str, *, changing: bool) -> str:
        """Return an order's number where it was shown to be theirs, in whatever spelling; "" where it was not."""

    def send_code(self, number: str, contact: str) -> bool:
        """Send a code to the order's own address where these belong together; say nothing of whether they do, only
        whether the shop can send mail at all."""

    def check_code(self, said: str) -> str:
        """Return the number of the order that a code opens, "" for a wrong one; raises CodeIsOver."""

    def use(self, tool: str, arguments: Mapping[str, str], *, order: str) -> dict[str, Any]:
        """Use a tool of the registry; raises Refusal."""

    def help(self, question: str) -> Helped:
        """Ask the help centre."""


@dataclass
class Decision:
    """What the bot does with a message: what it says, what goes beside it, and how the talk stands then."""

    lines: list[str] = field(default_factory=list)
    choices: list[dict[str, str]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    card: dict[str, Any] | None = None
    language: str = ""
    outcome: str = "left"
    worded: bool = False
    why: str = ""
    flow: str = ""
    hands_over: bool = False
    resolves: bool = False
    path: list[str] = field(default_factory=list)
    tools: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return what the customer reads."""
        return "\n\n".join(one for one in self.lines if one)
