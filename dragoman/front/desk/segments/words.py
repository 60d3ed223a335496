"""What segments ask, in words: facts, what is said of them, and the values there are to choose from."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import brands_of, workspace_facts
from dragoman.core.conversations.shapes import UNKNOWN
from dragoman.core.customers.actions import REGISTERS
from dragoman.core.segments.criteria import Clauses, Criterion, Fact
from dragoman.ground.design.functions import format_number, language_name, market_name

from ..settings.languages import language_choices
from ..settings.texts.forms import market_choices
from ..themes import REGISTERS as REGISTER_WORDS
from ..words import CHANNELS, INTENTS, MOODS, STATUSES, Words, word

# what is said of a fact, and its contrary
OPS: Final[Words] = {
    "is": _("is"),
    "contains": _("contains"),
    "known": _("is known"),
    "at_least": _("at least"),
    "at_most": _("at most"),
    "within": _("in the last days"),
    "older": _("longer ago, in days"),
    "since": _("on or after"),
    "before": _("before"),
    "!is": _("is not"),
    "!contains": _("does not contain"),
    "!known": _("is not known"),
    "!at_least": _("not at least"),
    "!at_most": _("not at most"),
    "!within": _("not in the last days"),
    "!older": _("not longer ago, in days"),
    "!since": _("not on or after"),
    "!before": _("not before"),
}
_HAPPENED: Final[Words] = {"known": _("has happened"), "!known": _("has not happened")}
# contraries that make sense to choose; others are shown where a program asked for them
_OFFERED: Final = frozenset(("!is", "!contains", "!known"))
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Said:
    """A criterion in words; `days` back that count, 0 for ever."""

    label: str
    op: str
    values: tuple[str, ...]
    days: int
    gone: bool = False


def op_choices(fact: Fact, chosen: str) -> Choices:
    """Return what may be said of a fact; `chosen` is always among it."""
    names = [*fact.ops, *(f"!{op}" for op in fact.ops)]
    return [(one, _op(fact, one)) for one in names if one in fact.ops or one in _OFFERED or one == chosen]


def _op(fact: Fact | None, name: str) -> str:
    happened = fact is not None and fact.kind == "happened"
    return word(_HAPPENED if happened else OPS, name)


def value_choices(agent: Agent, fact: Fact) -> Choices:
    """Return the values to choose from, none where something is typed."""
    if fact.field is not None:
        yes_no = [("yes", str(_("Yes"))), ("no", str(_("No")))]
        return yes_no if fact.kind == "yes_no" else [(one, one) for one in fact.field.choices]
    unknown = (UNKNOWN, str(_("Unknown")))
    if fact.name == "market":
        return [*market_choices(), unknown]
    if fact.name == "language":
        spoken = workspace_facts(agent.workspace_id).languages
        return [*language_choices(spoken), unknown]
    if fact.name == "form_of_address":
        names = {
            "polite": str(REGISTER_WORDS[""]),
            **{one: str(REGISTER_WORDS[one]) for one in REGISTERS[1:]},
        }
        return [*names.items(), (UNKNOWN, str(_("not said")))]
    if fact.name == "brand":
        return [(brand.slug, brand.name) for brand in brands_of(agent.workspace_id)]
    menus = {"channel": CHANNELS, "intent": INTENTS, "mood": MOODS, "status": STATUSES}
    return [(code, str(label)) for code, label in menus[fact.name].items()] if fact.name in menus else []


def said(agent: Agent, clauses: Clauses, facts: dict[str, Fact]) -> list[list[Said]]:
    """Put clauses into words."""
    return [[_said(agent, one, facts.get(one.fact)) for one in clause] for clause in clauses]


def _said(agent: Agent, criterion: Criterion, fact: Fact | None) -> Said:
    op = f"{'!' * criterion.negated}{criterion.op}"
    if fact is None:
        return Said(
            criterion.fact.partition(".")[2], _op(None, op), criterion.values, criterion.days or 0, gone=True
        )
    known = dict(value_choices(agent, fact))
    values = tuple(known.get(value) or _value(fact, value) for value in criterion.values)
    return Said(fact.label, _op(fact, op), values, criterion.days or 0)


def _value(fact: Fact, value: str) -> str:
    if fact.name == "language":
        return language_name(value)
    if fact.name == "market":
        return market_name(value)
    if fact.kind == "number":
        return format_number(float(value) if "." in value else int(value), digits=2 if "." in value else None)
    return value
