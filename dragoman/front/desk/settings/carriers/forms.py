"""The form of an account at a carrier: what its tracker asks for, and nothing else."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.ground.providers.carriers.ports import Tracker


class CarrierForm(forms.Form):
    """An account's name here and the tracker's own fields; a secret is never shown, and stays where none is typed."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("What your team calls this account."))

    def __init__(
        self, tracker: Tracker, *args: Any, account: VendorAccount | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"name": account.name, **account.settings} if account else {"name": tracker.title}
        super().__init__(*args, **kwargs)
        self.of_carrier: list[str] = []
        for one in tracker.fields:
            kept = one.secret and account is not None
            self.fields[one.name] = forms.CharField(
                label=str(one.label),
                required=one.required and not kept,
                max_length=5000,
                widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}) if one.secret else None,
                help_text=str(_("Leave it empty to keep the one there is.") if kept else one.help),
                strip=True,
            )
            self.of_carrier.append(one.name)

    def given(self) -> dict[str, str]:
        """Return what was typed into the tracker's fields."""
        return {name: self.cleaned_data[name] for name in self.of_carrier}

    def bound(self) -> list[forms.BoundField]:
        """Return the tracker's fields for the page."""
        return [self[name] for name in self.of_carrier]
