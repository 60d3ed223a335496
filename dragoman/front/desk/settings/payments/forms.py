"""The form that connects a payment account: what its vendor asks for, and nothing else."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.commerce.actions.payments import Given
from dragoman.core.commerce.models import PaymentAccount
from dragoman.ground.providers.payments.ports import Gateway


class PaymentForm(forms.Form):
    """An account's name here and its vendor's fields; a secret is never shown, and stays where none is typed."""

    title = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("What your team calls this account.")
    )

    def __init__(
        self, gateway: Gateway, *args: Any, row: PaymentAccount | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = (
            {"title": row.title, **row.settings} if row is not None else {"title": gateway.title}
        )
        super().__init__(*args, **kwargs)
        self.of_vendor: list[str] = []
        for one in gateway.fields:
            widget = forms.PasswordInput(attrs={"autocomplete": "new-password"}) if one.secret else None
            more = _("Leave it empty to keep the one there is.") if one.secret and row else one.help
            self.fields[one.name] = forms.CharField(
                label=str(one.label),
                required=one.required and not (one.secret and row is not None),
                max_length=5000,
                widget=widget,
                help_text=str(more),
                strip=True,
            )
            self.of_vendor.append(one.name)

    def given(self) -> Given:
        """Return what was typed."""
        return Given(self.cleaned_data["title"], {name: self.cleaned_data[name] for name in self.of_vendor})

    def bound(self) -> list[forms.BoundField]:
        """Return the vendor's fields for the page."""
        return [self[name] for name in self.of_vendor]
