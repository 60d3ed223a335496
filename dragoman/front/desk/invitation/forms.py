"""How an invited person introduces themselves."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import User


class NewcomerForm(forms.Form):
    """For somebody without a log-in: a name and a new password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 10 characters. A sentence is easy to keep in mind."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    # filled in by the browser where it may
    time_zone = forms.CharField(
        max_length=64, required=False, widget=forms.HiddenInput(attrs={"data-zone": ""})
    )

    address = ""

    def clean_password(self) -> str:
        """Refuse what is short, common or the address itself."""
        password = str(self.cleaned_data["password"])
        validate_password(password, User(email=self.address))
        return password


class KnownForm(NewcomerForm):
    """For somebody who has a log-in already: the password proves it."""

    password = forms.CharField(
        label=_("Password of your log-in"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_password(self) -> str:
        """Take it as it is: it is checked against the log-in."""
        return str(self.cleaned_data["password"])
