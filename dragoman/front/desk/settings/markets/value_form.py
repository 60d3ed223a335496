"""The form of one value: the fields of its kind, why it is so and where it stands, held against the kind's shape."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.ground.markets.errors import WrongFact
from dragoman.ground.markets.playbook import checked_value

from .fields import Plain, text
from .shapes import SHAPES, WRITTEN

_MEASURES: Final = ("days", "months", "access_days", "payer", "start")


class ValueForm(forms.Form):
    """A value of one kind of fact with why it is so; `plain` is what was read and checked."""

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
    ) -> None:
        self.kind, self.value = kind, value
        self.shape = SHAPES.get(kind, WRITTEN)
        super().__init__(posted, initial={**self.shape.shown(value), "reason": reason})
        self.fields.update(self.shape.fields(value, country))
        self.own = list(self.fields)
        if correction:
            self.fields["source"] = forms.CharField(
                label=_("Where it stands"),
                max_length=1000,
                required=False,
                help_text=_("The law, authority or page: a correction needs one."),
            )
            self.fields["url"] = forms.CharField(
                label=_("Address of the source"), max_length=500, required=False,
                widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
            )  # fmt: skip
        self.fields["reason"] = text(_("Why"), rows=2)

    def clean(self) -> dict[str, Any]:
        """Read the value and hold it against the kind's shape."""
        given = self.cleaned_data
        if self.errors:
            return given
        self.plain = self.shape.read({name: given[name] for name in self.own}, self.value)
        for name, one in list(self.plain.items()) if isinstance(self.plain, dict) else []:
            if hasattr(one, "isoformat"):
                self.plain[name] = one.isoformat()
        try:
            checked_value(self.kind, self.plain)
        except WrongFact as refusal:
            place = str(refusal.details.get("place", "")).split(".")[0]
            self.add_error(place if place in self.fields else self.own[0], str(refusal))
        return given

    def bound_fields(self, names: Sequence[str] | None = None) -> list[Any]:
        """Return the value's fields in order, as the template draws them."""
        return [self[name] for name in names or self.own]

    @property
    def measure(self) -> str:
        """Return the field that says how much a policy gives: there it is told that it is too little."""
        return next((name for name in _MEASURES if name in self.own), self.own[0])

    @property
    def more(self) -> list[Any]:
        """Return the fields that say why and by what."""
        return [self[name] for name in self.fields if name not in self.own]
