"""The fields a workspace defines for its customers: which there are, and what a value of each may be."""

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dragoman.kit.address import clean

from .errors import BadField, NoField
from .models import Customer, CustomerField

LONGEST: Final = 500
LARGEST: Final = 10**15
PLACES: Final = 4  # decimal places that are kept
_YES: Final = frozenset(("yes", "true", "1", "y"))
_NO: Final = frozenset(("no", "false", "0", "n"))
# a value as it is kept: what JSON has for it, dates as YYYY-MM-DD
Value = str | int | float | bool


@dataclass(frozen=True)
class Known:
    """A field with a customer's value, None where there is none."""

    field: CustomerField
    value: Value | None


def fields_of(workspace_id: int) -> QuerySet[CustomerField]:
    """All fields of a workspace in their order."""
    found = CustomerField.objects.filter(workspace_id=workspace_id, removed_at=None)
    return found.order_by("position", "pk")


def fields_by_key(workspace_id: int) -> dict[str, CustomerField]:
    """Return all fields of a workspace by key."""
    return {field.key: field for field in fields_of(workspace_id)}


def get_field(workspace_id: int, key: str) -> CustomerField:
    """Return a field by its key; raises NoField."""
    found = fields_of(workspace_id).filter(key=key).first()
    if found is None:
        raise NoField
    return found


def known_of(customer: Customer) -> list[Known]:
    """Return all fields with what is known of a customer."""
    return [Known(field, kept(field, customer.own)) for field in fields_of(customer.workspace_id)]


def kept(field: CustomerField, own: Mapping[str, Any]) -> Value | None:
    """Return what stands in a field; None also for what is no value of it, as one of a field that was called so."""
    value = own.get(field.key)
    return value if _fits(field.kind, value) else None


def _fits(kind: str, value: Any) -> bool:
    if kind == CustomerField.Kind.NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == CustomerField.Kind.YES_NO:
        return isinstance(value, bool)
    if kind != CustomerField.Kind.DATE:
        return isinstance(value, str)
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def holders_of(field: CustomerField) -> int:
    """Count the customers who have a value in a field."""
    found = Customer.objects.filter(workspace_id=field.workspace_id, merged_into=None, leaving_at=None)
    return found.filter(own__has_key=field.key).count()


def checked_values(workspace_id: int, given: Mapping[str, Any]) -> dict[str, Value | None]:
    """Return values as they are kept, None for those to clear; raises BadField naming the first that is wrong."""
    known = fields_by_key(workspace_id)
    for key in given:
        if key not in known:
            raise BadField(
                _("There is no field “%(key)s”: define it first, or use one of: %(known)s.")
                % {"key": key[:80], "known": ", ".join(known) or _("none")},
                code="unknown_field",
                details={"field": f"fields.{key[:80]}"},
            )
    return {key: checked_value(known[key], value) for key, value in given.items()}


def checked_value(field: CustomerField, value: Any) -> Value | None:
    """Return a value as it is kept, None for nothing; text is read as people write it. Raises BadField."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    read = _READ[field.kind](field, value.strip() if isinstance(value, str) else value)
    if read is None:
        raise BadField(
            _("“%(label)s” (%(key)s) takes %(what)s, not “%(value)s”.")
            % {"label": field.label, "key": field.key, "what": wanted(field), "value": str(value)[:80]},
            details={"field": f"fields.{field.key}"},
        )
    return read


def wanted(field: CustomerField) -> str:
    """Say what a field takes."""
    return {
        "text": _("text of at most %(most)s characters") % {"most": LONGEST},
        "number": _("a number such as 12 or 12.50"),
        "date": _("a date such as 2026-03-01"),
        "yes_no": _("yes or no"),
        "choice": _("one of: %(choices)s") % {"choices": ", ".join(field.choices)},
    }[field.kind]


def _text(_field: CustomerField, value: Any) -> Value | None:
    said = clean(value).strip() if isinstance(value, str) else ""
    return said if said and len(said) <= LONGEST else None


def _number(_field: CustomerField, value: Any) -> Value | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, str):
        # one comma is a decimal one; Arabic has a sign of its own; figures of any script are read
        value = value.replace("٫", ".").replace("−", "-")
        value = value.replace(",", ".") if value.count(",") == 1 and "." not in value else value
    try:
        number = round(Decimal(str(value)), PLACES)
    except (InvalidOperation, ValueError):
        return None
    if not number.is_finite() or abs(number) >= LARGEST:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _date(_field: CustomerField, value: Any) -> Value | None:
    if isinstance(value, date):
        value = value.isoformat()[:10]
    if not isinstance(value, str) or len(value) != 10:
        return None
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in value)
    try:
        return date.fromisoformat(plain).isoformat()
    except ValueError:
        return None


def _yes_no(_field: CustomerField, value: Any) -> Value | None:
    if isinstance(value, bool):
        return value
    said = str(value).casefold()
    if said in _YES or said == _("Yes").casefold():
        return True
    return False if said in _NO or said == _("No").casefold() else None


def _choice(field: CustomerField, value: Any) -> Value | None:
    if not isinstance(value, str):
        return None
    return next((one for one in field.choices if one.casefold() == value.casefold()), None)


_READ: Final = {"text": _text, "number": _number, "date": _date, "yes_no": _yes_no, "choice": _choice}
