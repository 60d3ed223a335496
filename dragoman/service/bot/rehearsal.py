"""A talk that touches nothing: for the simulator, and for the tests that a flow has to pass before it is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dragoman.core.commerce.numbers import search_key
from dragoman.core.commerce.ports import facts as known_facts
from dragoman.core.conversations.ports import tools
from dragoman.kit.errors import NotFound

from .engine import Bounds, Known, decide
from .flow_shapes import Body, Script
from .hearing import heard_in
from .help import Asking, helped
from .memory import Memory
from .words import said
from .world import CodeIsOver, Decision, Heard, Helped

CODE: Final = "000000"
NUMBER: Final = "KSL-20411"
_TRIES: Final = 5
_FACTS: Final[Mapping[str, str]] = {
    "order.status": "Open",
    "order.placed": "2026-11-16",
    "order.items": "1 × Lamp",
    "order.total": "EUR 39.00",
    "parcel.status": "In transit",
    "parcel.carrier": "DHL",
    "parcel.tracking": "00340434161094042557",
    "parcel.expected": "2026-12-01",
    "parcel.link": "https://example.com/track",
}
_TOLD: Final[Mapping[str, Mapping[str, Any]]] = {
    "return_quote": {
        "outcome": "allowed",
        "until": "2026-12-15",
        "payer": "seller",
        "link": "https://example.com/returns",
        "lines": [{"sku": "LAMP", "title": "Lamp"}, {"sku": "VASE", "title": "Vase"}],
    },
    "start_return": {"outcome": "done", "number": "R-1", "link": "https://example.com/returns"},
    "cancel_order": {"outcome": "done"},
    "change_address": {"outcome": "done"},
    "opening_hours": {"outcome": "open", "until": "17:00"},
    "landed_cost": {"outcome": "known", "at_the_door": "EUR 7.80"},
}


class NoSuchTool(NotFound):
    """The registry has no tool of that name."""


@dataclass
class Rehearsed:
    """A world in which every order belongs to who knows the code. `facts` by name, or `<tool>.<field>`, take the place
    of the sample's; `known`: the shop signed who it is."""

    asking: Asking
    language: str = "en"
    known: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    number: str = ""
    sent: bool = False
    tries: int = 0
    proven: set[str] = field(default_factory=set)
    with_help: bool = False

    def own_orders(self, *, changing: bool) -> Sequence[str] | None:
        """Return one order where the customer is known."""
        return [NUMBER] if self.known else None

    def is_open_to(self, number: str, *, changing: bool) -> str:
        """Return any number where the customer is known, else one that was proven."""
        return number if self.known or search_key(number) in self.proven else ""

    def send_code(self, number: str, contact: str) -> bool:
        """Pretend to send a code."""
        self.number, self.sent, self.tries = number, True, 0
        return True

    def check_code(self, said: str) -> str:
        """Take the one code that rehearsals know."""
        self.tries += 1
        if not self.sent or self.tries > _TRIES:
            raise CodeIsOver
        if "".join(one for one in said if one.isdigit()) != CODE:
            return ""
        self.proven.add(search_key(self.number))
        return self.number

    def use(self, tool: str, arguments: Mapping[str, str], *, order: str) -> dict[str, Any]:
        """Tell what the script says the tool tells, else a sample; nothing is looked up and nothing is done."""
        if tool not in tools:
            raise NoSuchTool
        own = {
            name.partition(".")[2]: value for name, value in self.facts.items() if name.startswith(f"{tool}.")
        }
        if own.get("outcome") == "not_found":
            raise NotFound
        told: dict[str, Any] = {"order": order or NUMBER, **_TOLD.get(tool, {}), **own}
        if tool.endswith("_facts"):
            group = tool.removesuffix("_facts")
            values = {"order.number": order or NUMBER, **(self.facts or {})}
            values = {**_FACTS, **values} if group in {"order", "parcel"} else values
            names = [one.name for _name, one in known_facts.items() if one.group == group]
            told["facts"] = [
                {
                    "name": name,
                    "label": str(known_facts[name].label),
                    "kind": str(known_facts[name].kind),
                    "value": values[name],
                    "text": values[name],
                }
                for name in dict.fromkeys(["order.number", *names])
                if values.get(name)
            ]
        return told

    def help(self, question: str) -> Helped:
        """Ask the real help centre in the simulator; a test of a flow knows only what it says itself."""
        if self.with_help:
            return helped(self.asking, question, self.language)
        return Helped(self.facts["help"]) if self.facts.get("help") else Helped()


@dataclass
class Rehearsal:
    """A talk with flows that may be drafts; each message answers with what the bot would do."""

    world: Rehearsed
    flows: Sequence[Known]
    bounds: Bounds = field(default_factory=Bounds)
    name: str = ""
    memory: Memory = field(default_factory=Memory)
    state: str = "talking"

    def hear(self, text: str, *, language: str = "", choice: str = "") -> Decision:
        """Take a message of the customer and return what the bot would do."""
        heard = heard_in(self.world.asking.workspace_id, text, language or self.world.language, choice=choice)
        return self.take(heard)

    def take(self, heard: Heard) -> Decision:
        """Take what was heard."""
        made = decide(
            heard,
            self.memory,
            self.flows,
            self.world,
            bounds=self.bounds,
            waiting=self.state == "handed_over",
        )
        if made.hands_over:
            self.state = "handed_over"
            made.lines.append(said("handed_over", heard.language))
        if made.resolves:
            self.state = "resolved"
        self.memory.greeted = True
        return made


@dataclass(frozen=True)
class Failed:
    """Where a test of a flow went another way: which test, which message, what was expected and what came."""

    test: str
    line: str
    what: str
    expected: str
    found: str


def failures(asking: Asking, key: str, body: Body, others: Sequence[Known] = ()) -> list[Failed]:
    """Run a flow's own tests, and return where they fail."""
    flows = [Known(key, 0, body), *(one for one in others if one.key != key)]
    return [one for script in body.tests for one in _of_script(asking, flows, script)]


def _of_script(asking: Asking, flows: Sequence[Known], script: Script) -> list[Failed]:
    world = Rehearsed(asking, script.language, script.known, script.facts)
    talk = Rehearsal(world, flows)
    for line in script.lines:
        made = talk.hear(line.said)
        expect = line.expect
        found = {
            "state": (expect.state, talk.state, expect.state == talk.state),
            "step": (expect.step, made.path[-1] if made.path else "", expect.step in made.path[-2:]),
            "tool": (expect.tool, ", ".join(made.tools), expect.tool in made.tools),
            "text": (expect.text, made.text, expect.text.casefold() in made.text.casefold()),
        }
        wrong = [
            Failed(script.name, line.said, what, str(wanted), came)
            for what, (wanted, came, fits) in found.items()
            if wanted and not fits
        ]
        if wrong:
            return wrong
    return []
