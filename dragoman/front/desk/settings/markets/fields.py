"""The fields a fact is edited with, one function a sort of answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dragoman.ground.markets.facts import WEEKDAYS

from ...market_words import weekday

Plain = Any
Fields = dict[str, forms.Field]


def choices_of(words: Mapping[str, Promise | str], *, blank: bool) -> list[tuple[str, str]]:
    """Return (code, word) pairs for a choice."""
    named = [(code, str(label)) for code, label in words.items()]
    return [("", "—"), *named] if blank else named


def choice(label: Any, words: Mapping[str, Promise | str], *, blank: bool = False) -> forms.Field:
    """Return a choice among codes; blank: it may be left open."""
    return forms.ChoiceField(label=label, choices=choices_of(words, blank=blank), required=not blank)


def number(label: Any, *, required: bool = False, least: int = 0, help_text: Any = "") -> forms.Field:
    """Return a whole number."""
    return forms.IntegerField(
        label=label, required=required, min_value=least, max_value=100_000, help_text=help_text
    )


def many(label: Any, words: Mapping[str, Promise | str]) -> forms.Field:
    """Return checkboxes, one a code."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices_of(words, blank=False),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def yes(label: Any) -> forms.Field:
    """Return one checkbox."""
    return forms.BooleanField(label=label, required=False)


def maybe(label: Any) -> forms.Field:
    """Return a choice of yes, no and not said."""
    choices = [("", _("Not said")), ("True", _("Yes")), ("False", _("No"))]
    return forms.TypedChoiceField(
        label=label, choices=choices, required=False, coerce=lambda one: one == "True", empty_value=None
    )


def text(label: Any, *, rows: int = 0, help_text: Any = "") -> forms.Field:
    """Return a text; with rows, one of several lines."""
    widget: forms.Widget = (
        forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        if rows
        else forms.TextInput(attrs={"dir": "auto"})
    )
    return forms.CharField(label=label, required=False, max_length=2000, widget=widget, help_text=help_text)


def time_of_day(label: Any, *, required: bool = True) -> forms.Field:
    """Return a time of day."""
    return forms.TimeField(
        label=label, required=required, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )


def days_of_week(label: Any) -> forms.Field:
    """Return checkboxes, one a day of the week."""
    return many(label, {code: weekday(code, width="wide") for code in WEEKDAYS})


def day(label: Any) -> forms.Field:
    """Return a date."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


def percent(label: Any, *, help_text: Any = "") -> forms.Field:
    """Return a share in percent, more than none."""
    return forms.FloatField(
        label=label, required=False, min_value=0.1, max_value=100, step_size=0.1, help_text=help_text
    )
