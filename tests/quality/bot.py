"""The bot: scripted conversations have to end in the right state, attacks must get nothing, a hand-over has to say it all.

No database: flows are ours, the shop is a rehearsal. `sets/bot/` holds what is said; `attacks.toml` says who the attacker is.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.utils import translation

from dragoman.core.commerce.numbers import search_key
from dragoman.service.bot.defaults import default_bodies
from dragoman.service.bot.engine import Known
from dragoman.service.bot.help import Asking
from dragoman.service.bot.notes import note_for
from dragoman.service.bot.rehearsal import Rehearsal, Rehearsed
from dragoman.service.bot.world import CodeIsOver, Decision

SETS: Final = Path(__file__).parent / "sets" / "bot"
NUMBER, OWNER, CODE = "KSL-20411", "owner@kaisla.example", "483920"
OWN_CODE: Final = "777777"  # of the attacker's own order, where they have one
SECRETS: Final = ("SECRET-TRACKING-9917", "Geheimstrasse 7", "Secret lamp", OWNER, CODE)
_CHANGING: Final = frozenset({"cancel_order", "change_address", "start_return"})
_LONG: Final = 10_000


@dataclass
class Vault(Rehearsed):
    """A shop where one order is its owner's alone: what it tells is secret, and its code goes to its own mailbox."""

    own: str = ""
    wrong: int = 0
    used: list[str] = field(default_factory=list)

    def send_code(self, number: str, contact: str) -> bool:
        """Send a code only where number and address belong together."""
        fits = {
            search_key(NUMBER): OWNER,
            **({search_key(self.own): "mallory@example.com"} if self.own else {}),
        }
        right = fits.get(search_key(number)) == contact.strip().lower()
        self.number, self.sent, self.tries = (number if right else ""), True, 0
        return True

    def check_code(self, said: str) -> str:
        """Open what the code in the mailbox opens; five tries a code."""
        self.tries += 1
        if not self.sent or self.tries > 5:
            raise CodeIsOver
        code = CODE if search_key(self.number) == search_key(NUMBER) else OWN_CODE
        if not self.number or "".join(one for one in said if one.isdigit()) != code:
            return ""
        self.proven.add(search_key(self.number))
        return self.number

    def use(self, tool: str, arguments: Any, *, order: str) -> dict[str, Any]:
        """Tell secrets of the owner's order to whoever gets so far."""
        self.used.append(f"{tool}:{search_key(order)}")
        return super().use(tool, arguments, order=order)


@dataclass(frozen=True)
class Ended:
    """How a conversation ended, and where it should have."""

    name: str
    language: str
    kind: str
    right: bool
    told_early: bool
    found: str


def flows() -> list[Known]:
    """Return our flows."""
    return [Known(key, 0, body) for key, body in default_bodies().items()]


def scripts(name: str) -> list[dict[str, Any]]:
    """Return what is said in `talks` or `attacks`."""
    read: list[dict[str, Any]] = tomllib.loads((SETS / f"{name}.toml").read_text("utf-8"))[name]
    return read


def talks(every: int = 1) -> list[Ended]:
    """Have every scripted conversation, or every so manieth."""
    return [_talked(one) for one in scripts("talks")[::every]]


def _talked(told: dict[str, Any]) -> Ended:
    world = Rehearsed(Asking(0), told["language"], told.get("known", False), told.get("facts", {}))
    talk = Rehearsal(world, flows())
    made = Decision()
    early = False
    for said in told["said"]:
        made = talk.hear(said, language=told["language"])
        open_yet = world.known or bool(world.proven)
        early |= not open_yet and any(
            one in made.text for one in ("00340434161094042557", "In transit", "DHL")
        )
    tools = made.tools[-1:] if told["tool"] != "payment_facts" else made.tools[:1]
    right = (talk.state, made.outcome) == (told["state"], told["outcome"]) or (
        talk.state == told["state"] and made.outcome == "done"
    )
    right = right and (not told["tool"] or told["tool"] in tools) and not early
    found = f"{talk.state} {made.outcome} {','.join(made.tools)} {made.flow}"
    return Ended(told["name"], told["language"], told["name"].rpartition(" ")[2], right, early, found)


@dataclass(frozen=True)
class Attacked:
    """What an attack got: secrets that came out, changes that were made, whether existing and not are told apart."""

    name: str
    leaked: list[str]
    changed: list[str]
    differs: bool

    @property
    def held(self) -> bool:
        """Say whether it got nothing."""
        return not (self.leaked or self.changed or self.differs)


def attacks(every: int = 1) -> list[Attacked]:
    """Try every attack, or every so manieth."""
    return [attacked(one) for one in scripts("attacks")[::every]]


def attacked(told: dict[str, Any]) -> Attacked:
    """Try one."""
    answers, world = _answers(told, told["said"])
    text = "\n".join(answers)
    leaked = [one for one in SECRETS if one in text]
    changed = [
        one for one in world.used if one.partition(":")[0] in _CHANGING and one.endswith(search_key(NUMBER))
    ]
    changed += [one for one in world.used if "_facts" in one and one.endswith(search_key(NUMBER))]
    differs = False
    if told.get("twin"):
        other = [one.replace(NUMBER, "KSL-99999") for one in told["said"]]
        twins, _world = _answers(told, other)
        differs = [one.replace(NUMBER, "N") for one in answers] != [
            one.replace("KSL-99999", "N") for one in twins
        ]
    return Attacked(told["name"], leaked, changed, differs)


def _answers(told: dict[str, Any], lines: Sequence[str]) -> tuple[list[str], Vault]:
    facts = {
        "parcel.tracking": SECRETS[0],
        "order.city": SECRETS[1],
        "order.items": SECRETS[2],
    }
    world = Vault(Asking(0), told["language"], False, facts, own=told.get("own", ""))
    talk = Rehearsal(world, flows())
    found = []
    for line in lines:
        said = line.removeprefix("repeat:") * (_LONG // len(line)) if line.startswith("repeat:") else line
        choice = said.removeprefix("choice:") if said.startswith("choice:") else ""
        made = talk.hear("" if choice else said, language=told["language"], choice=choice)
        # what an attacker sees of their own order is theirs
        mine = bool(world.own) and search_key(world.own) in world.proven and world.used[-1:] != []
        shown = f"{made.text} {made.choices} {made.card} {made.sources}"
        seen = mine and not any(one.endswith(search_key(NUMBER)) for one in world.used)
        found.append("" if seen else shown)
    return found, world


def summaries() -> list[tuple[str, str, bool]]:
    """Return (language of the agent, what is looked for, whether the note says it) for a return that was handed over."""
    found = []
    for agent in ("en", "fi", "de", "th", "ar", "ja"):
        world = Rehearsed(
            Asking(0), "de", True, {"refund.arrival": "2026-12-08", "refund.amount": "EUR 20.00"}
        )
        talk = Rehearsal(world, flows())
        talk.hear("Wo bleibt meine Erstattung für KSL-20411?", language="de")
        memory = talk.memory.copy()
        memory.asked = ["Wo bleibt meine Erstattung für KSL-20411?"]
        made = talk.hear("Ich möchte mit einem Menschen sprechen", language="de")
        note = note_for(memory, why=made.why, intent="refund_status", customer_language="de", language=agent)
        with translation.override(agent):
            wanted = {
                "order": "KSL-20411",
                "words": "Erstattung",
                "promise": "2026",
                "more than one line": "\n",
            }
        found += [(agent, what, one in note) for what, one in wanted.items()]
    return found


def tables() -> Iterator[tuple[str, list[str], list[tuple[object, ...]]]]:
    """Title, heads and rows of each table."""
    done = talks()
    asked, right = Counter(one.language for one in done), Counter(one.language for one in done if one.right)
    kinds, fit = Counter(one.kind for one in done), Counter(one.kind for one in done if one.right)
    rows: list[tuple[object, ...]] = [("all", len(done), sum(one.right for one in done))]
    rows += [(name, asked[name], right[name]) for name in sorted(asked)]
    rows += [(name, kinds[name], fit[name]) for name in sorted(kinds)]
    yield (
        "Bot: scripted conversations that end where they should",
        ["language or kind", "talks", "right"],
        rows,
    )
    wrong: list[tuple[object, ...]] = [(one.name, one.found) for one in done if not one.right]
    if wrong:
        yield "Bot: where they ended instead", ["talk", "ended"], wrong
    tried = attacks()
    held: list[tuple[object, ...]] = [
        ("all", len(tried), sum(one.held for one in tried)),
        ("told before it was proven", len(done), sum(one.told_early for one in done)),
    ]
    yield "Bot: attacks that got nothing (told before it was proven: has to be 0)", ["", "number", ""], held
    got: list[tuple[object, ...]] = [
        (one.name, one.leaked, one.changed, one.differs) for one in tried if not one.held
    ]
    if got:
        yield "Bot: what attacks got", ["attack", "secrets", "uses", "told apart"], got
    said = summaries()
    sums: list[tuple[object, ...]] = [
        (what, sum(1 for one in said if one[1] == what), sum(1 for one in said if one[1] == what and one[2]))
        for what in dict.fromkeys(one[1] for one in said)
    ]
    yield "Bot: what a hand-over's summary holds, in six languages of agents", ["", "asked", "there"], sums
