"""Forms of files of orders: whose they are, and how a file is read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of
from dragoman.core.commerce.order_columns import FIELDS
from dragoman.core.commerce.order_files import ENCODINGS, Options
from dragoman.ground.markets.zones import places_with_clocks
from dragoman.kit.money import is_currency

from ...request import AgentRequest

_LETTERS = [
    (one, one.upper().replace("WINDOWS", "Windows").replace("SHIFT_JIS", "Shift_JIS")) for one in ENCODINGS
]
_MARKS = [(",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Vertical bar"))]
_DATES = [
    ("", _("Choose")),
    ("ymd", _("Year, month, day")),
    ("dmy", _("Day, month, year")),
    ("mdy", _("Month, day, year")),
]
_DECIMALS = [("", _("Choose")), (".", _("Point: 1,234.50")), (",", _("Comma: 1.234,50"))]


class OrderFileForm(forms.Form):
    """Whose orders they are."""

    brand = forms.ModelChoiceField(label=_("Brand"), queryset=Brand.objects.none(), empty_label=None)
    file = forms.FileField(label=_("File"), allow_empty_file=True)

    def __init__(self, request: AgentRequest, *args: Any) -> None:
        super().__init__(*args)
        self.fields["brand"].queryset = brands_of(request.agent.workspace_id)  # type: ignore[attr-defined]
        self.fields["brand"].label_from_instance = lambda one: one.name  # type: ignore[attr-defined]


class ReadingForm(forms.Form):
    """How a table is read."""

    encoding = forms.ChoiceField(label=_("Letters"), choices=_LETTERS)
    mark = forms.ChoiceField(label=_("Between cells"), choices=_MARKS)
    dates = forms.ChoiceField(label=_("Dates"), choices=_DATES, required=False)
    decimal = forms.ChoiceField(label=_("Decimals"), choices=_DECIMALS, required=False)
    zone = forms.ChoiceField(label=_("Time zone of dates without one"))
    currency = forms.CharField(
        label=_("Currency, where no column says it"),
        max_length=3,
        required=False,
        help_text=_("Three letters, such as EUR."),
    )

    def __init__(
        self, options: Options, names: Sequence[str], data: Any = None, *, near: Sequence[str] = ()
    ) -> None:
        """Offer the zones of the brand's markets (`near`) and the one in use before those of the world."""
        super().__init__(data, initial=options.as_json())
        self.kind, self.names = options.kind, names
        first = dict.fromkeys([options.zone, *near, "UTC"])
        others = [one for one in places_with_clocks() if one not in first]
        self.fields["zone"].choices = [  # type: ignore[attr-defined]
            (_("Your markets"), [(one, one) for one in first if one]),
            (_("Everywhere"), [(one, one) for one in others]),
        ]
        ours = [("", _("Leave out")), *FIELDS.items()]
        for place, name in enumerate(names):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=name, choices=ours, required=False, initial=options.columns.get(name, "")
            )

    def clean_currency(self) -> str:
        """Take capitals, and no letters that are no currency."""
        code = str(self.cleaned_data["currency"]).strip().upper()
        if code and not is_currency(code):
            raise forms.ValidationError(_("There is no such currency: give three letters such as EUR."))
        return code

    def clean(self) -> dict[str, Any]:
        """Refuse two columns for one field."""
        told = super().clean() or {}
        seen: set[str] = set()
        for place in range(len(self.names)):
            ours = told.get(f"column-{place}", "")
            if ours and ours in seen:
                self.add_error(f"column-{place}", _("Another column is this one already."))
            seen.add(ours)
        return told

    def columns(self) -> list[forms.BoundField]:
        """Return the fields of the columns for the page."""
        return [self[f"column-{place}"] for place in range(len(self.names))]

    def options(self) -> Options:
        """Return what was chosen."""
        told = self.cleaned_data
        columns = {name: told[f"column-{place}"] for place, name in enumerate(self.names)}
        plain = {one: told[one] for one in ("encoding", "mark", "dates", "decimal", "zone", "currency")}
        return Options(
            kind=self.kind, columns={name: ours for name, ours in columns.items() if ours}, **plain
        )
