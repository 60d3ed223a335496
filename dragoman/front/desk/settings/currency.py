"""A currency as people type it: three letters of ISO 4217."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CurrencyField(forms.RegexField):
    """Three letters, in capitals; a refusal says what a code looks like."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Currency"))
        super().__init__(
            r"^[A-Za-z]{3}$",
            widget=forms.TextInput(attrs={"dir": "ltr", "size": 4}),
            error_messages={"invalid": _("Three letters such as EUR")},
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """Return the code in capitals."""
        return str(super().clean(value)).upper()
