"""A currency as people type it: three letters of ISO 4217."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dragoman.kit.money import BadMoney, is_currency, to_minor


class CurrencyField(forms.RegexField):
    """Three letters people pay with, in capitals; a refusal says what a code looks like."""

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
        code = str(super().clean(value)).upper()
        if code and not is_currency(code):
            raise forms.ValidationError(
                _now("There is no currency “%(code)s”: give one such as EUR.") % {"code": code}
            )
        return code


def check_amounts(form: forms.Form, currency: str, *names: str) -> None:
    """Refuse amounts of a form with more decimals than their currency has."""
    for name in names:
        amount = form.cleaned_data.get(name)
        if amount is not None and currency:
            try:
                to_minor(amount, currency)
            except BadMoney as refusal:
                form.add_error(name, str(refusal))
