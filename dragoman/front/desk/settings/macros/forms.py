"""What a macro is called and what it does when it is sent; its texts are rows of their own."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ..languages import language_choices
from ..texts.forms import market_choices


class MacroForm(forms.Form):
    """Name, shortcut and what is done along."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))
    shortcut = forms.CharField(
        label=_("Shortcut"),
        max_length=40,
        required=False,
        help_text=_("A short word: type / and this word in a draft."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocapitalize": "off", "spellcheck": "false"}),
    )
    for_all = forms.BooleanField(label=_("For everybody in the team"), required=False)
    tags = forms.CharField(
        label=_("Tags it adds"),
        required=False,
        max_length=300,
        help_text=_("Commas part them. They are added when the answer is sent."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    then = forms.ChoiceField(
        label=_("Afterwards"),
        required=False,
        choices=[("", _("Wait for the customer")), ("resolved", _("Resolve"))],
    )
    try_language = forms.ChoiceField(
        label=_("A customer who writes"), required=False, choices=lazy(language_choices, list)
    )
    try_order = forms.CharField(
        label=_("with the order"),
        max_length=80,
        required=False,
        help_text=_("A number of a real order: variables say what is known of it."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "off", "spellcheck": "false"}),
    )
    try_market = forms.ChoiceField(
        label=_("from"),
        required=False,
        choices=lazy(lambda: [("", _("Anywhere")), *market_choices()], list),
    )
