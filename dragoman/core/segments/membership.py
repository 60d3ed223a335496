"""Who belongs to a segment: one statement over a workspace's customers, asked anew each time.

`members_of` and `is_member` are what routing, outreach and surveys ask. A segment that asks for a field which is gone
has no members.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    Expression,
    F,
    Func,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.lookups import (
    Exact,
    GreaterThanOrEqual,
    IContains,
    IExact,
    LessThan,
    LessThanOrEqual,
    Regex,
)
from django.utils import timezone

from dragoman.core.conversations.access import conversations_of
from dragoman.core.conversations.asked import Condition
from dragoman.core.conversations.narrow import meant
from dragoman.core.conversations.shapes import UNKNOWN
from dragoman.core.customers.models import Customer, CustomerPreference
from dragoman.core.customers.queries import customers_of

from .counting import within
from .criteria import OWN, PREFERENCE, Clauses, Criterion, Fact, facts_of, problems_of, stored_clauses
from .models import Segment

# milliseconds that counting may take beside somebody who edits
PATIENCE: Final = 3000
_OF_CONVERSATIONS: Final = frozenset(("channel", "brand", "intent", "mood", "tag", "status"))
# what JSON has for a value of each kind of field, and how a day is written
_JSON: Final = {
    "number": "number",
    "yes_no": "boolean",
    "text": "string",
    "choice": "string",
    "date": "string",
}
_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
_COLUMNS: Final = {"market": "market", "language": "lang"}


@dataclass(frozen=True)
class _Asking:
    """In which workspace, at what moment, and of which customer alone (None: of all)."""

    workspace_id: int
    now: datetime
    only: int | None = None


def members_of(segment: Segment) -> QuerySet[Customer]:
    """Return all members of a segment, with their addresses, for lists and for other rooms to narrow on."""
    wanted = condition(segment.workspace_id, stored_clauses(segment.clauses))
    return customers_of(segment.workspace_id).filter(wanted)


def is_member(segment: Segment, customer: Customer) -> bool:
    """Say whether a customer belongs to a segment now."""
    wanted = condition(segment.workspace_id, stored_clauses(segment.clauses), only=customer.pk)
    return _everybody(segment.workspace_id).filter(wanted, pk=customer.pk).exists()


def segments_of(customer: Customer, segments: Iterable[Segment]) -> list[Segment]:
    """Return those of the segments a customer belongs to, by one statement."""
    facts, asking = facts_of(customer.workspace_id), _asking(customer.workspace_id, customer.pk)
    asked = {f"is_{one.pk}": one for one in segments if one.workspace_id == customer.workspace_id}
    if not asked:
        return []
    tests = {
        name: Case(When(_whole(asking, stored_clauses(one.clauses), facts), then=True), default=False)
        for name, one in asked.items()
    }
    found = _everybody(customer.workspace_id).filter(pk=customer.pk)
    row = found.annotate(**tests).values(*tests).first() or {}
    return [one for name, one in asked.items() if row.get(name)]


def count_members(workspace_id: int, clauses: Clauses, *, patience: int = PATIENCE) -> int | None:
    """Count who fits; None where `patience` milliseconds do not suffice."""
    found = _everybody(workspace_id).filter(condition(workspace_id, clauses)).order_by().values("pk")
    try:
        sql, values = found.query.sql_with_params()
    except EmptyResultSet:
        return 0
    counted = within(patience, f"SELECT count(*) FROM ({sql}) s", values)
    return None if counted is None else counted[0]


def condition(workspace_id: int, clauses: Clauses, *, only: int | None = None) -> Q:
    """Return what must hold of a customer's row; nobody fits clauses that ask for what is gone."""
    return _whole(_asking(workspace_id, only), clauses, facts_of(workspace_id))


def _asking(workspace_id: int, only: int | None) -> _Asking:
    return _Asking(workspace_id, timezone.now(), only)


def _everybody(workspace_id: int) -> QuerySet[Customer]:
    return Customer.objects.filter(workspace_id=workspace_id, leaving_at=None, merged_into=None)


def _whole(asking: _Asking, clauses: Clauses, facts: Mapping[str, Fact]) -> Q:
    if not clauses or problems_of(clauses, facts):
        return Q(pk__in=[])
    whole = Q()
    for clause in clauses:
        either = Q()
        for criterion in clause:
            either |= _negated(asking, criterion, facts[criterion.fact])
        whole &= either
    return whole


def _negated(asking: _Asking, criterion: Criterion, fact: Fact) -> Q:
    wanted = _one(asking, criterion, fact)
    if not criterion.negated:
        return wanted
    if fact.field is None:
        return ~wanted
    # of what is not known nothing holds, so its contrary does: NULL would be neither
    return Q(Case(When(wanted, then=False), default=True, output_field=BooleanField()))


def _one(asking: _Asking, criterion: Criterion, fact: Fact) -> Q:
    values = ["" if value == UNKNOWN else value for value in criterion.values]
    if fact.field is not None:
        return _own(asking, criterion, fact, values)
    if fact.name.startswith(PREFERENCE):
        return _preference(asking, fact.name.removeprefix(PREFERENCE), criterion)
    if fact.name in _COLUMNS:
        return meant(Condition(_COLUMNS[fact.name], tuple(values)))
    if fact.name == "form_of_address":
        return Q(register__in=values)
    if fact.name in _OF_CONVERSATIONS:
        return _wrote(asking, meant(Condition(fact.name, tuple(values))), criterion.days)
    if fact.name == "reopened":
        since = {"reopened_at__gte": asking.now - timedelta(days=criterion.days)} if criterion.days else {}
        return _wrote(asking, Q(reopened_at__isnull=False, **since), None)
    if fact.name == "conversations":
        return _times(asking, criterion, int(values[0]))
    return _moment(asking, fact.name, criterion.op, values[0])


def _conversations(asking: _Asking, wanted: Q, days: int | None) -> QuerySet[Any]:
    found = conversations_of(asking.workspace_id).filter(wanted, junk=False, side_of=None)
    if days:
        found = found.filter(last_message_at__gte=asking.now - timedelta(days=days))
    if asking.only is not None:
        found = found.filter(customer_id=asking.only)
    return found.order_by()


def _wrote(asking: _Asking, wanted: Q, days: int | None) -> Q:
    """Say that one of the customer's conversations fits; asked customer by customer where that is cheaper."""
    return Q(Exists(_conversations(asking, wanted, days).filter(customer_id=OuterRef("pk"))))


def _times(asking: _Asking, criterion: Criterion, times: int) -> Q:
    """Say how many conversations there are; who has none is in no group, so the few are those not in the many.

    In the last days there are few conversations: they are counted once. Of all time it is asked of each customer
    whether there is an n-th: a hundred thousand counts do not fit where the database would keep them.
    """
    if criterion.days:
        grouped = (
            _conversations(asking, Q(), criterion.days).values("customer_id").annotate(times=Count("pk"))
        )
        if criterion.op == "at_least":
            return (
                Q(pk__in=grouped.filter(times__gte=times).values("customer_id")) if times else ~Q(pk__in=[])
            )
        return ~Q(pk__in=grouped.filter(times__gt=times).values("customer_id"))
    theirs = _conversations(asking, Q(), None).filter(customer_id=OuterRef("pk"))
    if criterion.op == "at_least":
        return Q(Exists(theirs[times - 1 : times])) if times else ~Q(pk__in=[])
    return ~Q(Exists(theirs[times : times + 1]))


def _moment(asking: _Asking, name: str, op: str, value: str) -> Q:
    if op in {"within", "older"}:
        edge = asking.now - timedelta(days=int(value))
    else:
        edge = datetime.combine(date.fromisoformat(value), time(), timezone.get_default_timezone())
    later = op in {"within", "since"}
    if name == "first_seen":
        return Q(created_at__gte=edge) if later else Q(created_at__lt=edge)
    after = _wrote(asking, Q(last_message_at__gte=edge), None)
    return after if later else _wrote(asking, Q(last_message_at__lt=edge), None) & ~after


def _preference(asking: _Asking, kind: str, criterion: Criterion) -> Q:
    held = CustomerPreference.objects.filter(workspace_id=asking.workspace_id, kind=kind, current=True)
    if asking.only is not None:
        held = held.filter(customer_id=asking.only)
    wanted = Q()
    for value in criterion.values:
        wanted |= Q(value__icontains=value)
    return Q(pk__in=held.filter(wanted).values("customer_id"))


def _own(asking: _Asking, criterion: Criterion, fact: Fact, values: Sequence[str]) -> Q:
    key, op = fact.name.removeprefix(OWN), criterion.op
    # what a field that was called so before left is no value of this one (`customers/fields.py`)
    fits = Q(Exact(Func(_stored(key), function="jsonb_typeof", output_field=TextField()), _JSON[fact.kind]))
    if fact.kind == "date":
        fits &= Q(Regex(_written(key), _DAY))
    wanted = Q()
    for value in values:
        wanted |= _compared(asking, key, fact.kind, op, value)
    return fits & wanted


def _compared(asking: _Asking, key: str, kind: str, op: str, value: str) -> Q:
    if kind == "number":
        number = Value(float(value) if "." in value else int(value), output_field=JSONField())
        order = {"is": Exact, "at_least": GreaterThanOrEqual, "at_most": LessThanOrEqual}[op]
        return Q(order(_stored(key), number))
    if kind == "yes_no":
        return Q(Exact(_stored(key), Value(value == "yes", output_field=JSONField())))
    if kind == "date":
        return _dated(asking, _written(key), op, value)
    return Q(IContains(_written(key), value) if op == "contains" else IExact(_written(key), value))


def _dated(asking: _Asking, day: Expression, op: str, value: str) -> Q:
    """Compare days as they are written, YYYY-MM-DD."""
    today = asking.now.date()
    if op in {"within", "older"}:
        edge = (today - timedelta(days=int(value))).isoformat()
        later = Q(GreaterThanOrEqual(day, edge)) & Q(LessThanOrEqual(day, today.isoformat()))
        return later if op == "within" else Q(LessThan(day, edge))
    return Q(GreaterThanOrEqual(day, value) if op == "since" else LessThan(day, value))


def _stored(key: str) -> Expression:
    return _Arrow(F("own"), Value(key), arg_joiner=" -> ", output_field=JSONField())


def _written(key: str) -> Expression:
    return _Arrow(F("own"), Value(key), arg_joiner=" ->> ", output_field=TextField())


class _Arrow(Func):
    """What stands in a JSON column under a key, as JSON or as text; a key may be called like a lookup of Django's."""

    template = "(%(expressions)s)"
