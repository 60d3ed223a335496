"""What is said of a fact that changes with the calendar: rows that follow each other, each with the days it holds."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError

from .errors import WrongFact
from .playbook import checked_value, follow

# what a state changes on a day it names; everything else simply holds
DATED: Final = frozenset(["import_relief", "sales_tax"])
MOST_ROWS: Final = 20


@dataclass(frozen=True)
class Row:
    """A value and from when until when it holds (both days included; None: open)."""

    value: BaseModel
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None


class _Written(BaseModel):
    """A row as it is given."""

    model_config = ConfigDict(extra="forbid")

    value: Any
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None


def checked_rows(kind: str, value: object) -> tuple[Row, ...]:
    """Return what an override says of a kind, by date: one row where it gives a value alone.

    Raises WrongFact, whose place begins with the number of the row where there are several.
    """
    if kind not in DATED or not isinstance(value, list):
        return (Row(checked_value(kind, value)),)
    if not 0 < len(value) <= MOST_ROWS:
        raise WrongFact(kind, "", _("1 to %(most)s rows") % {"most": MOST_ROWS})
    rows = [_row(kind, place, one) for place, one in enumerate(value)]
    ordered = sorted(enumerate(rows), key=lambda pair: pair[1].valid_from or datetime.date.min)
    for (_place, earlier), (place, later) in pairwise(ordered):
        if not follow(earlier, later):
            said = _("the rows must follow each other: each begins after the one before it has ended")
            raise WrongFact(kind, f"{place}.valid_from", said)
    return tuple(row for _place, row in ordered)


def _row(kind: str, place: int, given: object) -> Row:
    try:
        written = _Written.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise WrongFact(kind, ".".join(map(str, (place, *first["loc"]))), str(first["msg"])) from error
    if written.valid_from and written.valid_to and written.valid_to < written.valid_from:
        raise WrongFact(kind, f"{place}.valid_to", _("it cannot end before it begins"))
    try:
        value = checked_value(kind, written.value)
    except WrongFact as refusal:
        raise WrongFact(kind, f"{place}.{refusal.place}", refusal.expected) from refusal
    return Row(value, written.valid_from, written.valid_to)


def plain_rows(rows: Sequence[Row]) -> Any:
    """Return rows as JSON keeps them; one that always holds is its value alone."""
    if len(rows) == 1 and not (rows[0].valid_from or rows[0].valid_to):
        return rows[0].value.model_dump(mode="json")
    return [
        {
            "value": row.value.model_dump(mode="json"),
            "valid_from": row.valid_from and row.valid_from.isoformat(),
            "valid_to": row.valid_to and row.valid_to.isoformat(),
        }
        for row in rows
    ]
