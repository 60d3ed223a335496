"""Values of own fields as a table: whose each line is, and what is wrong with it. Reading changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from dragoman.kit import address
from dragoman.kit.errors import Refusal
from dragoman.kit.tables import read_table

from .fields import Value, checked_value, fields_by_key
from .models import CustomerField, Identity

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_LINES: Final = 20_000
MOST_PROBLEMS: Final = 100
_NORMAL: Final = {
    "email": address.normal_email,
    "phone": address.normal_phone,
    "handle": address.normal_handle,
}


@dataclass
class Brought:
    """A file as read: values by customer, lines nobody is known by, and (line, what is wrong)."""

    values: dict[int, dict[str, Value]] = field(default_factory=dict)
    strangers: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


def read_values(workspace_id: int, raw: bytes) -> Brought:
    """Read a table whose first line names `email`, `phone` or `handle`, then keys of fields; empty cells say nothing.

    Where a customer stands in several lines the last one counts. Raises Refusal `bad_file`, `too_large`.
    """
    if len(raw) > MOST_BYTES:
        raise Refusal(
            _("The file is too large: at most 10 MB."),
            code="too_large",
            status=413,
            details={"limit": MOST_BYTES},
        )
    rows = read_table(raw)
    found = Brought()
    if not rows:
        raise Refusal(_("The file is empty."), code="empty", status=422)
    names = [cell.strip().lower() for cell in rows[0][1]]
    fields = fields_by_key(workspace_id)
    for name in names:
        if name not in fields and name not in _NORMAL:
            found.problems.append((1, _("There is no field “%(name)s”.") % {"name": name}))
    if not set(names) & set(_NORMAL):
        found.problems.append((1, _("The first line names no address: email, phone or handle.")))
    if len(rows) > MOST_LINES + 1:
        found.problems.append((MOST_LINES + 1, _("A file has at most 20,000 lines: cut it in parts.")))
    if not found.problems:
        _read_lines(workspace_id, names, rows[1:], fields, found)
    return found


def _read_lines(
    workspace_id: int,
    names: Sequence[str],
    rows: Sequence[tuple[int, list[str]]],
    fields: Mapping[str, CustomerField],
    found: Brought,
) -> None:
    read = []
    for line, cells in rows:
        try:
            said = {name: cell for name, cell in zip(names, cells, strict=False) if cell}
            who = next(((kind, _NORMAL[kind](said[kind])) for kind in _NORMAL if kind in said), None)
            values = {key: checked_value(fields[key], text) for key, text in said.items() if key in fields}
        except Refusal as refusal:
            found.problems.append((line, str(refusal)))
            if len(found.problems) >= MOST_PROBLEMS:
                return
            continue
        read.append((who, {key: value for key, value in values.items() if value is not None}))
    known = _known(workspace_id, [who for who, _values in read if who is not None])
    for who, kept in read:
        customer = known.get(who) if who else None
        if customer is None:
            found.strangers += 1
        elif kept:
            found.values.setdefault(customer, {}).update(kept)


def _known(workspace_id: int, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    known: dict[tuple[str, str], int] = {}
    for kind in _NORMAL:
        values = [value for one, value in wanted if one == kind]
        mine = Identity.objects.filter(workspace_id=workspace_id, kind=kind, value__in=values)
        known |= {(kind, value): customer for value, customer in mine.values_list("value", "customer_id")}
    return known
