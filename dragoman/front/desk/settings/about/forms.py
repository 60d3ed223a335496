"""Defining a field or a kind of preference."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.customers.models import CustomerField

_AUTO = {"dir": "auto", "autocomplete": "off"}


class FieldForm(forms.Form):
    """A field of customers; key and kind only while it is new."""

    label = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs=_AUTO))
    key = forms.CharField(
        label=_("Key"),
        max_length=40,
        required=False,
        help_text=_("What programs and files call it: loyalty_tier. It stays."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("What it holds"), required=False, choices=CustomerField.Kind.choices)
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        max_length=10_000,
        help_text=_("One a line, for a choice only."),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 4}),
    )


class KindForm(forms.Form):
    """A kind of preference of the workspace's own."""

    label = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs=_AUTO))
    key = forms.CharField(
        label=_("Key"), max_length=40, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
    special = forms.BooleanField(
        label=_("It says something about health, belief or the like: keep it only with explicit consent"),
        required=False,
    )
