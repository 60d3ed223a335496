"""Whether the junk filter acts, how long junk is kept, and whom to block."""

from django import forms
from django.utils.translation import gettext_lazy as _

KEPT = ((0, _("For ever")), (30, _("30 days")), (90, _("90 days")), (365, _("A year")))


class FilterForm(forms.Form):
    """The filter and how long junk is kept."""

    active = forms.BooleanField(
        label=_("Let the filter act"),
        required=False,
        help_text=_("It learns from what your team marks, whether it acts or not."),
    )
    keep_days = forms.TypedChoiceField(
        label=_("Keep junk"),
        choices=KEPT,
        coerce=int,
        help_text=_("After that junk is deleted, with its files. Nothing else ever is."),
    )


class TryForm(forms.Form):
    """A mail as it might come in."""

    sender = forms.EmailField(
        label=_("Sender"),
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    subject = forms.CharField(
        label=_("Subject"), max_length=300, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class BlockForm(forms.Form):
    """A sender to block, and why."""

    value = forms.CharField(
        label=_("Address or domain"),
        max_length=254,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "placeholder": "a@b.example"}),
    )
    note = forms.CharField(
        label=_("Why (for your team)"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
