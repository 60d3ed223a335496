"""What commerce asks of the rooms above: what they know about an order, for disputes and as facts for others.

A fact is declared once (`fact`) and is then a variable of macros (`{parcel.link}`), a filling for a phrase's slot, part
of what a bot's tool tells and what an automation may ask at a moment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Any, Final, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dragoman.core.texts.ports import Variable, variables
from dragoman.ground.design.paper import Paragraph
from dragoman.ground.events.registry import Event
from dragoman.kit.money import Money
from dragoman.kit.registry import Registry

from .models import Order

Value = str | int | date | Money | Promise | list[str]


class Group(StrEnum):
    """What a fact is about; a bot's tool tells one group of them."""

    ORDER = "order"
    PARCEL = "parcel"
    PAYMENT = "payment"
    RETURN = "return"


GROUPS: Final[dict[Group, Promise]] = {
    Group.ORDER: _("Order"),
    Group.PARCEL: _("Parcel"),
    Group.PAYMENT: _("Payment and refund"),
    Group.RETURN: _("Return"),
}


class Kind(StrEnum):
    """How a fact is written and compared. `state` is one of our words, `code` is never translated."""

    TEXT = "text"
    CODE = "code"
    LINK = "link"
    STATE = "state"
    MONEY = "money"
    DATE = "date"
    LIST = "list"


@dataclass(frozen=True)
class About:
    """Of which order (with its parts) something is told, in which language (BCP 47), by whose clock, and when."""

    order: Order
    language: str
    zone: tzinfo
    at: datetime
    # what is dear to find is found once for all facts that need it
    found: dict[str, Any] = field(default_factory=dict, compare=False)

    def once(self, name: str, find: Callable[[], Any]) -> Any:
        """Return what `find` gives, asked once."""
        if name not in self.found:
            self.found[name] = find()
        return self.found[name]

    def day(self, moment: datetime | None) -> date | None:
        """Return the day it is there at a moment."""
        return moment.astimezone(self.zone).date() if moment else None


@dataclass(frozen=True)
class Fact:
    """One fact of an order: `read` gives it, None where it is not known. `slot` is the phrase's slot it may fill."""

    name: str
    group: Group
    kind: Kind
    label: Promise
    read: Callable[[About], Value | None]
    slot: str = ""


@dataclass(frozen=True)
class Trigger:
    """A moment at which an automation may act: an event, and the groups of facts it may ask about then."""

    name: str
    label: Promise
    event: type[Event]
    groups: tuple[Group, ...]


facts: Registry[Fact] = Registry("fact of an order")
triggers: Registry[Trigger] = Registry("automation trigger")

# what an automation may ask of each kind of fact, besides whether it is known
_OPERATORS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.TEXT: ("is", "contains"),
    Kind.CODE: ("is", "contains"),
    Kind.LINK: (),
    Kind.STATE: ("is", "is_not"),
    Kind.MONEY: ("at_least", "below"),
    Kind.DATE: ("before", "after", "within_days"),
    Kind.LIST: ("contains",),
}


def fact(
    name: str, group: Group, kind: Kind, label: Promise, *, slot: str = ""
) -> Callable[[Callable[[About], Value | None]], Callable[[About], Value | None]]:
    """Return a decorator that declares a fact by the function that reads it."""

    def declare(read: Callable[[About], Value | None]) -> Callable[[About], Value | None]:
        facts.register(name)(Fact(name, group, kind, label, read, slot))
        variables.register(name)(Variable(label, GROUPS[group]))
        return read

    return declare


def facts_in(*groups: Group) -> list[Fact]:
    """Return the facts of some groups in the order in which they were declared; of all without any named."""
    return [one for _name, one in facts.items() if not groups or one.group in groups]


def conditions_of(trigger: Trigger) -> list[tuple[Fact, tuple[str, ...]]]:
    """Return what an automation may ask at a moment: each fact with its operators."""
    return [(one, ("known", "unknown", *_OPERATORS[one.kind])) for one in facts_in(*trigger.groups)]


@dataclass(frozen=True)
class Chapter:
    """One chapter of an evidence pack; `is_policy`: what the customer was told of returns, `is_ours`: dry facts."""

    title: str
    paragraphs: Sequence[Paragraph]
    is_policy: bool = False
    is_ours: bool = False


class Witness(Protocol):
    """Says what a room knows about an order, in the active language; () where that is nothing."""

    def chapters(self, order: Order) -> Sequence[Chapter]:
        """Return what is to be read by a bank: nothing that the customer did not see themselves."""


# room -> what it knows
witnesses: Registry[Witness] = Registry("witness")
