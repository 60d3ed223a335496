"""How a kind of fact becomes fields and back: one value, or a list that is edited row by row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from .fields import Fields, Plain


@dataclass(frozen=True)
class Shape:
    """How a value is edited: its fields for what there may be, and the way there and back.

    `read` raises ValidationError by the name of a field.
    """

    fields: Callable[[Plain, str], Fields]
    shown: Callable[[Plain], dict[str, Any]]
    read: Callable[[dict[str, Any], Plain], Plain]


@dataclass(frozen=True)
class Listed:
    """How a list is edited: as `Shape` one row of it. People add rows, up to `most`, and take them away.

    `fields` takes the whole value and the country; `read` returns None for a row that was left empty. `more` is what
    the button says that adds one, `one` what stands over a row.
    """

    fields: Callable[[Plain, str], Fields]
    shown: Callable[[Plain], dict[str, Any]]
    read: Callable[[dict[str, Any], Plain], Plain]
    more: Promise | str
    most: int


def kept(given: dict[str, Any], value: Plain) -> Plain:
    """Return a value whose fields are the form's; what the form does not show is kept."""
    hidden = {name: one for name, one in (value or {}).items() if name not in given}
    return without_empty({**hidden, **given})


def without_empty(given: dict[str, Any]) -> dict[str, Any]:
    """Return what was given, empty answers left out."""
    return {name: value for name, value in given.items() if value not in (None, "")}
