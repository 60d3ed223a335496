"""What the bot remembers of a talk, kept as JSON of one row."""

from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

PROVEN_FOR: Final = timedelta(hours=2)


@dataclass
class Memory:
    """Where the talk stands.

    `flow`, `version`, `step`: which question waits for an answer ("" none). `slots`: what was answered, `values`: what
    tools told, as the customer reads it, `called`: what was chosen for a slot, by its label. `order`: the number that
    was last proven to be theirs, `purpose`: what the last flow is for. `choices`: what was offered last. `again`: how
    often the question came again. `proof`: how far proving went. `proven`: ids of orders whose mailbox they showed to
    be theirs, until `proven_until`. `rephrased`: they were asked once to say it otherwise. `did`: what tools did
    [{tool, outcome, order}], `promised`: days that were told {fact: ISO day}, `said`: the flows and articles that were
    tried, `asked`: what they wrote. `back_since`: when people gave the talk back to the bot.
    """

    greeted: bool = False
    flow: str = ""
    version: int = 0
    step: str = ""
    slots: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    order: str = ""
    purpose: str = ""
    choices: list[dict[str, str]] = field(default_factory=list)
    again: int = 0
    proof: dict[str, str] = field(default_factory=dict)
    proven: list[int] = field(default_factory=list)
    proven_until: str = ""
    rephrased: bool = False
    did: list[dict[str, str]] = field(default_factory=list)
    promised: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    back_since: str = ""

    def leave_flow(self) -> None:
        """Forget where the flow stood; what was proven stays."""
        self.flow, self.version, self.step, self.again = "", 0, "", 0
        self.slots, self.values, self.called, self.choices, self.proof = {}, {}, {}, [], {}

    def prove(self, order_id: int, *, now: datetime) -> None:
        """Remember that an order is theirs."""
        self.proven = sorted({*self.proven, order_id})
        self.proven_until = (now + PROVEN_FOR).isoformat()

    def proven_now(self, now: datetime) -> list[int]:
        """Return the orders that are proven at a moment."""
        until = datetime.fromisoformat(self.proven_until) if self.proven_until else now - PROVEN_FOR
        return self.proven if now < until else []

    def copy(self) -> "Memory":
        """Return one that may be changed without changing this one."""
        return recalled(asdict(replace(self)))


def recalled(kept: dict[str, Any]) -> Memory:
    """Return what was kept; what a newer or older version knows besides is left."""
    known = {one.name for one in fields(Memory)}
    return Memory(**{name: value for name, value in kept.items() if name in known})


def kept(memory: Memory) -> dict[str, Any]:
    """Return it as JSON."""
    return asdict(memory)


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)
