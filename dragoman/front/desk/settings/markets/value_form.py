"""The form of one value: the fields of its kind, why it is so and where it stands, held against the kind's shape."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dragoman.ground.markets.dated import checked_rows
from dragoman.ground.markets.errors import WrongFact

from .fields import Plain, text
from .shape import Listed, Shape
from .shapes import SHAPES

_MEASURES: Final = ("days", "months", "access_days", "payer", "start")
# a field of a row, and where a widget has several the number of its part
_NUMBERED: Final = re.compile(r"([a-z_]+?)(\d{1,3})(?:_\d)?")
_DROP: Final = re.compile(r"drop-(\d{1,3})")


@dataclass(frozen=True)
class Group:
    """Fields that are drawn together: the value's, or those of one row of a list."""

    number: int
    fields: list[Any]


class ValueForm(forms.Form):
    """A value of one kind of fact with why it is so; `plain` is what was read and checked.

    The fields of a list's rows have a number behind their name; there are as many rows as were posted or `typed`
    (what a person had in the form when they pressed one of its buttons), else as the value has.
    """

    plain: Plain = None

    def __init__(
        self,
        kind: str,
        country: str,
        value: Plain,
        posted: Any = None,
        *,
        reason: str = "",
        correction: bool = False,
        source: str = "",
        lowering: bool = False,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        self.kind, self.country, self.value, self.correction = kind, country, value, correction
        self.shape: Shape | Listed = SHAPES[kind]
        told = {"reason": reason, "source": source}
        shown = {**_shown(self.shape, value), **told} if typed is None else dict(typed)
        super().__init__(posted, initial=shown)
        made = self.shape.fields(value, country)
        self.row_names = list(made) if isinstance(self.shape, Listed) else []
        self.rows = self._count(shown if posted is None else posted)
        for number in range(self.rows):
            # fields are bound to their form: each row has its own
            row = made if number == 0 else self.shape.fields(value, country)
            self.fields.update({f"{name}{number}": one for name, one in row.items()})
        if not self.row_names:
            self.fields.update(made)
        self.own = list(self.fields)
        if correction:
            self.fields["source"] = forms.CharField(
                label=pgettext_lazy("source", "Where it stands"),
                max_length=1000,
                required=False,
                help_text=_("The law, authority or page: a correction needs one."),
            )
            self.fields["url"] = forms.CharField(
                label=_("Address of the source"), max_length=500, required=False,
                widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
            )  # fmt: skip
        self.fields["reason"] = text(_("Why"), rows=2)
        self.lowering = lowering
        if lowering:
            self.fields["confirm"] = forms.BooleanField(
                label=_("I have read the law's text at the address above: it gives customers less than is said here"),
                required=False,
                help_text=_("Needed only where the correction gives less. It is marked on the page, with your name."),
            )  # fmt: skip

    def _count(self, given: Mapping[str, Any]) -> int:
        if not isinstance(self.shape, Listed):
            return 0
        found = (_NUMBERED.fullmatch(name) for name in given)
        numbers = [int(one[2]) for one in found if one and one[1] in self.row_names]
        return min(self.shape.most, max(numbers, default=0) + 1)

    def after(self, pressed: str) -> "ValueForm":
        """Return the form with all that was typed, after one of its buttons: `more`, or `drop-NUMBER`."""
        typed = {name: self[name].data for name in self.fields}
        rows = [
            {name: typed.pop(f"{name}{number}") for name in self.row_names} for number in range(self.rows)
        ]
        dropped = _DROP.fullmatch(pressed)
        if pressed == "more" and self.may_grow:
            rows.append(dict.fromkeys(self.row_names))
        elif dropped:
            rows = [row for number, row in enumerate(rows) if number != int(dropped[1])]
        typed |= {f"{name}{number}": one for number, row in enumerate(rows) for name, one in row.items()}
        return ValueForm(
            self.kind,
            self.country,
            self.value,
            correction=self.correction,
            lowering=self.lowering,
            typed=typed,
        )

    def clean(self) -> dict[str, Any]:
        """Read the value and hold it against the kind's shape."""
        given = self.cleaned_data
        if self.errors:
            return given
        if isinstance(self.shape, Listed):
            numbers, self.plain = self._read_rows(self.shape)
        else:
            numbers, self.plain = [], self._read_value(self.shape)
        if self.errors:
            return given
        try:
            checked_rows(self.kind, self.plain)
        except WrongFact as refusal:
            self.add_error(self._place(refusal.place, numbers), str(refusal))
        return given

    def _read_value(self, shape: Shape) -> Plain:
        plain = shape.read({name: self.cleaned_data[name] for name in self.own}, self.value)
        if not isinstance(plain, dict):
            return plain
        return {name: one.isoformat() if hasattr(one, "isoformat") else one for name, one in plain.items()}

    def _read_rows(self, shape: Listed) -> tuple[list[int], list[Plain]]:
        """Return the rows that were filled in and the numbers they have in the form; the same row counts once."""
        found: list[tuple[int, Plain]] = []
        for number in range(self.rows):
            given = {name: self.cleaned_data[f"{name}{number}"] for name in self.row_names}
            try:
                row = shape.read(given, self.value)
            except forms.ValidationError as error:
                for name, said in error.message_dict.items():
                    self.add_error(f"{name}{number}", said)
                continue
            if row is not None and row not in [one for _number, one in found]:
                found.append((number, row))
        if not found and not self.errors:
            self.add_error(self.own[0], _now("Fill in at least one."))
        return [number for number, _row in found], [row for _number, row in found]

    def _place(self, place: str, numbers: list[int]) -> str:
        """Return the field that is nearest to a place in the value."""
        steps = [step for step in place.split(".") if step]
        if numbers and steps and steps[0].isdigit():
            number = numbers[int(steps[0])]
            names = [f"{step}{number}" for step in reversed(steps[1:])]
            return next((name for name in names if name in self.fields), f"{self.row_names[0]}{number}")
        return steps[0] if steps and steps[0] in self.own else self.own[0]

    @property
    def may_grow(self) -> bool:
        """Say whether there may be one row more."""
        return isinstance(self.shape, Listed) and self.rows < self.shape.most

    @property
    def groups(self) -> list[Group]:
        """Return the value's fields in order, row by row, as the template draws them."""
        if not self.row_names:
            return [Group(0, [self[name] for name in self.own])]
        return [
            Group(number, [self[f"{name}{number}"] for name in self.row_names]) for number in range(self.rows)
        ]

    @property
    def measure(self) -> str:
        """Return the field that says how much a policy gives: there it is told that it is too little."""
        return next((name for name in _MEASURES if name in self.own), self.own[0])

    @property
    def more(self) -> list[Any]:
        """Return the fields that say why and by what."""
        return [self[name] for name in self.fields if name not in self.own]


def _shown(shape: Shape | Listed, value: Plain) -> dict[str, Any]:
    if isinstance(shape, Shape):
        return shape.shown(value)
    return {
        f"{name}{number}": one
        for number, row in enumerate(value or [])
        for name, one in shape.shown(row).items()
    }
