"""What a segment may ask of a customer, and reading that from what people and programs give.

The shape is that of a search (`core/conversations/operators.py`): clauses that must all hold, each of criteria of
which one must, any of them negated. So every and, or and not can be said, and nothing has to be nested.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dragoman.core.accounts.queries import brands_of
from dragoman.core.conversations.models import Status
from dragoman.core.conversations.moods import MOODS
from dragoman.core.conversations.shapes import UNKNOWN
from dragoman.core.customers.actions import REGISTERS
from dragoman.core.customers.fields import checked_value, fields_by_key
from dragoman.core.customers.models import CustomerField
from dragoman.core.customers.preferences import kinds_of
from dragoman.core.language.understand import INTENTS
from dragoman.ground.channels.ports import channels
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import is_market, normalise

from .errors import BadSegment

MOST_CLAUSES: Final = 10
MOST_CRITERIA: Final = 10  # of one clause
MOST_VALUES: Final = 70
MOST_DAYS: Final = 3650
MOST_TIMES: Final = 1_000_000
OWN, PREFERENCE = "own.", "preference."

# what can be said of each kind of fact; `known` takes no value, `within` and `older` a number of days
OPS: Final[dict[str, tuple[str, ...]]] = {
    "one_of": ("is",),
    "text": ("is", "contains", "known"),
    "number": ("at_least", "at_most", "is", "known"),
    "choice": ("is", "known"),
    "yes_no": ("is", "known"),
    "date": ("within", "older", "since", "before", "known"),
    "moment": ("within", "older", "since", "before"),
    "times": ("at_least", "at_most"),
    "happened": ("known",),
    "preference": ("known", "contains"),
}


@dataclass(frozen=True)
class Fact:
    """Something that can be asked; with `spans` only what happened in the last days may count."""

    name: str
    label: str
    kind: str
    spans: bool = False
    field: CustomerField | None = None

    @property
    def ops(self) -> tuple[str, ...]:
        """Return what can be said of it."""
        return OPS[self.kind]


# of the customer, then of their conversations
_FACTS: Final[tuple[tuple[str, Promise, str, bool], ...]] = (
    ("market", gettext_lazy("Market"), "one_of", False),
    ("language", gettext_lazy("Language"), "one_of", False),
    ("form_of_address", gettext_lazy("Form of address"), "one_of", False),
    ("first_seen", gettext_lazy("First seen"), "moment", False),
    ("last_contact", gettext_lazy("Last contact"), "moment", False),
    ("conversations", gettext_lazy("Number of conversations"), "times", True),
    ("channel", gettext_lazy("Channel used"), "one_of", True),
    ("brand", gettext_lazy("Brand written to"), "one_of", True),
    ("intent", gettext_lazy("Purpose"), "one_of", True),
    ("mood", gettext_lazy("Mood"), "one_of", True),
    ("tag", gettext_lazy("Tag"), "one_of", True),
    ("status", gettext_lazy("Status of a conversation"), "one_of", False),
    ("reopened", gettext_lazy("A conversation was reopened"), "happened", True),
)
_OF_FIELD: Final = {
    "text": "text",
    "number": "number",
    "date": "date",
    "yes_no": "yes_no",
    "choice": "choice",
}


@dataclass(frozen=True)
class Criterion:
    """One thing that is asked; `values` are text, of which one must fit."""

    fact: str
    op: str
    values: tuple[str, ...] = ()
    days: int | None = None
    negated: bool = False

    def stored(self) -> dict[str, Any]:
        """Return it as it is kept and as the API shows it."""
        return {
            "fact": self.fact,
            "op": self.op,
            "values": list(self.values),
            "days": self.days,
            "not": self.negated,
        }


Clauses = tuple[tuple[Criterion, ...], ...]


def facts_of(workspace_id: int) -> dict[str, Fact]:
    """Return everything a segment may ask here, by name: ours, the workspace's own fields, the preferences it keeps."""
    ours = [Fact(name, str(label), kind, spans) for name, label, kind, spans in _FACTS]
    own = [
        Fact(f"{OWN}{field.key}", field.label, _OF_FIELD[field.kind], field=field)
        for field in fields_by_key(workspace_id).values()
    ]
    wishes = [
        Fact(f"{PREFERENCE}{kind.key}", kind.label, "preference")
        for kind in kinds_of(workspace_id)
        if kind.kept
    ]
    return {fact.name: fact for fact in (*ours, *own, *wishes)}


def stored_clauses(clauses: Sequence[Sequence[Mapping[str, Any]]]) -> Clauses:
    """Return clauses as they were kept."""
    return tuple(
        tuple(
            Criterion(
                str(one["fact"]),
                str(one["op"]),
                tuple(one.get("values") or ()),
                one.get("days"),
                bool(one.get("not")),
            )
            for one in clause
        )
        for clause in clauses
    )


def problems_of(clauses: Clauses, facts: Mapping[str, Fact]) -> list[str]:
    """Say what a kept segment asks that cannot be asked any more: it then matches nobody."""
    found = []
    for criterion in (one for clause in clauses for one in clause):
        fact = facts.get(criterion.fact)
        if fact is None or criterion.op not in fact.ops:
            found.append(
                _("It asks for “%(name)s”, which is no longer kept: no customer matches until you change it.")
                % {"name": criterion.fact.partition(".")[2] or criterion.fact}
            )
    return list(dict.fromkeys(found))


def read_clauses(workspace_id: int, given: Sequence[Sequence[Mapping[str, Any]]]) -> Clauses:
    """Check what somebody wants to ask; raises BadSegment naming the place and what it takes."""
    clauses = [list(clause) for clause in given if clause]
    if not clauses:
        raise BadSegment(_("Say at least one thing about these customers."), details={"field": "clauses"})
    if len(clauses) > MOST_CLAUSES or any(len(clause) > MOST_CRITERIA for clause in clauses):
        raise BadSegment(_("10 groups of 10 conditions are the most."), details={"field": "clauses"})
    facts = facts_of(workspace_id)
    return tuple(
        tuple(_read(workspace_id, facts, one, f"clauses.{place}.{at}") for at, one in enumerate(clause))
        for place, clause in enumerate(clauses)
    )


def _read(workspace_id: int, facts: Mapping[str, Fact], given: Mapping[str, Any], place: str) -> Criterion:
    name, op = str(given.get("fact", "")), str(given.get("op", ""))
    fact = facts.get(name)
    if fact is None:
        raise BadSegment(
            _("There is no field “%(name)s” here: define it first, or use one of: %(known)s.")
            % {"name": name[:60], "known": ", ".join(facts)},
            code="unknown_field",
            details={"field": f"{place}.fact"},
        )
    if op not in fact.ops:
        raise BadSegment(
            _("“%(label)s” can be asked by: %(ops)s.") % {"label": fact.label, "ops": ", ".join(fact.ops)},
            details={"field": f"{place}.op"},
        )
    values = [str(one) for one in given.get("values") or ()]
    values = [text for text in (clean(one).strip() for one in values) if text]
    read = [] if op == "known" else [_value(workspace_id, fact, op, one, place) for one in values]
    if op != "known" and not 1 <= len(read) <= (MOST_VALUES if op in {"is", "contains"} else 1):
        raise BadSegment(
            _("“%(label)s” needs a value.") % {"label": fact.label}, details={"field": f"{place}.values"}
        )
    days = _days(fact, given.get("days"), place)
    return Criterion(name, op, tuple(dict.fromkeys(read)), days, bool(given.get("not")))


def _days(fact: Fact, given: Any, place: str) -> int | None:
    if given in (None, "") or not fact.spans:
        return None
    days = _number(given)
    if days is None or not 1 <= days <= MOST_DAYS:
        raise BadSegment(
            _("Give a number of days from 1 to %(most)s.") % {"most": MOST_DAYS},
            details={"field": f"{place}.days"},
        )
    return days


def _number(given: Any) -> int | None:
    text = str(given).strip()
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _value(workspace_id: int, fact: Fact, op: str, text: str, place: str) -> str:
    read = _checked(workspace_id, fact, op, text)
    if read is None:
        raise BadSegment(
            _("“%(label)s” does not take “%(value)s”.") % {"label": fact.label, "value": text[:80]},
            details={"field": f"{place}.values"},
        )
    return read


def _checked(workspace_id: int, fact: Fact, op: str, text: str) -> str | None:
    """Return a value as it is kept, None where there is no such value."""
    if op in {"within", "older"}:
        days = _number(text)
        return str(days) if days is not None and 1 <= days <= MOST_DAYS else None
    if fact.kind == "times":
        times = _number(text)
        return str(times) if times is not None and times <= MOST_TIMES else None
    if op in {"since", "before"}:
        return _of_field(CustomerField(key="", label=fact.label, kind="date"), text)
    if fact.field is not None:
        return text[:200] if op == "contains" else _of_field(fact.field, text)
    if fact.kind == "preference":
        return text[:200]
    return _ONE_OF[fact.name](workspace_id, text)


def _of_field(field: CustomerField, text: str) -> str | None:
    try:
        value = checked_value(field, text)
    except Refusal:
        return None
    return (
        {True: "yes", False: "no"}[value]
        if isinstance(value, bool)
        else None
        if value is None
        else str(value)
    )


def _market(_workspace_id: int, text: str) -> str | None:
    code = text.upper()
    return code if code == UNKNOWN or is_market(code) else None


def _language(_workspace_id: int, text: str) -> str | None:
    return UNKNOWN if text == UNKNOWN else normalise(text) or None


def _brand(workspace_id: int, text: str) -> str | None:
    return next((brand.slug for brand in brands_of(workspace_id) if brand.slug == text.lower()), None)


def _among(known: Sequence[str]) -> Callable[[int, str], str | None]:
    def look(_workspace_id: int, text: str) -> str | None:
        return text.lower() if text.lower() in known else None

    return look


_ONE_OF: Final[dict[str, Callable[[int, str], str | None]]] = {
    "market": _market,
    "language": _language,
    "form_of_address": _among((*REGISTERS, UNKNOWN)),
    "channel": lambda _workspace_id, text: text.lower() if text.lower() in channels else None,
    "brand": _brand,
    "intent": _among(INTENTS),
    "mood": _among(MOODS),
    "tag": lambda _workspace_id, text: text[:50],
    "status": _among(Status.values),
}
