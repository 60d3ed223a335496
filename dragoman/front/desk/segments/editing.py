"""The editor of a segment as a form: rows in groups, read from what was posted and drawn again after each change.

Without a script every button posts the whole form; with one, choosing does so by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.segments.criteria import Clauses, Fact

from .words import Choices, op_choices, value_choices

MOST_ROWS = 40
_TYPED = {"number": "number", "times": "number", "date": "date", "moment": "date"}


@dataclass(frozen=True)
class Row:
    """One condition as it stands in the form; `op` begins with “!” for the contrary."""

    group: int
    fact: str = ""
    op: str = ""
    values: tuple[str, ...] = ()
    days: str = ""

    @property
    def is_begun(self) -> bool:
        """Say whether anything can be asked yet."""
        return bool(self.fact) and bool(self.values or self.op.endswith("known"))

    def given(self) -> dict[str, Any]:
        """Return it as the room below reads it."""
        return {
            "fact": self.fact,
            "op": self.op.removeprefix("!"),
            "values": list(self.values),
            "days": self.days,
            "not": self.op.startswith("!"),
        }


@dataclass(frozen=True)
class Drawn:
    """A row with what can be chosen in it; `kind` is the kind of what is typed."""

    at: int
    row: Row
    ops: Choices
    choices: Choices
    slots: tuple[str, ...]
    kind: str
    spans: bool
    gone: bool
    unit: str = ""


def rows_in(data: QueryDict) -> list[Row]:
    """Read the rows of a posted form, with what its button asked for."""
    rows = []
    for at in range(MOST_ROWS):
        if f"fact-{at}" not in data:
            continue
        group = data.get(f"group-{at}", "0")
        values = tuple(dict.fromkeys(one.strip() for one in data.getlist(f"value-{at}") if one.strip()))
        rows.append(
            Row(
                int(group) if group.isdecimal() and len(group) < 3 else 0,
                data.get(f"fact-{at}", ""),
                data.get(f"op-{at}", ""),
                values,
                data.get(f"days-{at}", "").strip(),
            )
        )
    return _done(rows, data.get("do", ""), {at: n for n, at in enumerate(_places(data))})


def _places(data: QueryDict) -> Iterator[int]:
    yield from (at for at in range(MOST_ROWS) if f"fact-{at}" in data)


def _done(rows: list[Row], do: str, places: Mapping[int, int]) -> list[Row]:
    verb, _dash, number = do.partition("-")
    at = int(number) if number.isdecimal() and len(number) < 3 else 0
    if verb == "drop" and at in places:
        rows = [row for n, row in enumerate(rows) if n != places[at]]
    elif verb == "or" and len(rows) < MOST_ROWS:
        rows = [*rows, Row(at)]
    elif verb == "and" and len(rows) < MOST_ROWS:
        rows = [*rows, Row(max((row.group for row in rows), default=-1) + 1)]
    return sorted(rows or [Row(0)], key=lambda row: row.group)


def rows_of(clauses: Clauses) -> list[Row]:
    """Return the rows of a kept segment."""
    return [
        Row(
            group,
            one.fact,
            f"{'!' * one.negated}{one.op}",
            one.values,
            str(one.days or ""),
        )
        for group, clause in enumerate(clauses)
        for one in clause
    ]


def given(rows: list[Row], *, begun: bool = False) -> list[list[dict[str, Any]]]:
    """Return the rows as clauses; those without a fact are left out, with `begun` also those without a value."""
    groups: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        if row.is_begun if begun else row.fact:
            groups.setdefault(row.group, []).append(row.given())
    return list(groups.values())


def drawn(agent: Agent, rows: list[Row], facts: Mapping[str, Fact]) -> list[list[Drawn]]:
    """Return the rows with what can be chosen in each, group by group."""
    groups: dict[int, list[Drawn]] = {}
    for at, row in enumerate(rows):
        groups.setdefault(row.group, []).append(_drawn(agent, at, row, facts.get(row.fact)))
    return list(groups.values())


def _drawn(agent: Agent, at: int, row: Row, fact: Fact | None) -> Drawn:
    if fact is None:
        return Drawn(at, row, [], [], (), "", spans=False, gone=bool(row.fact))
    op = row.op if row.op.removeprefix("!") in fact.ops else fact.ops[0]
    row = replace(row, op=op)
    bare = op.removeprefix("!")
    choices = [] if bare == "contains" else value_choices(agent, fact)
    slots = () if bare == "known" else _slots(row, bare, choices)
    days = bare in {"within", "older"}
    kind = "number" if days else "text" if bare == "contains" else _TYPED.get(fact.kind, "text")
    unit = _("days") if days else ""
    return Drawn(at, row, op_choices(fact, op), choices, slots, kind, fact.spans, gone=False, unit=unit)


def _slots(row: Row, op: str, choices: Choices) -> tuple[str, ...]:
    """Return the values a row shows: those chosen, and an empty one to choose another where several may be."""
    if op not in {"is", "contains"}:
        return row.values[:1] or ("",)
    known = row.values if not choices else tuple(one for one in row.values if one in dict(choices))
    return (*known, "")
