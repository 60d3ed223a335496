"""The form that connects a shop: what its connector asks for, and nothing else."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand
from dragoman.core.commerce.actions.shops import Given
from dragoman.core.commerce.models import Shop
from dragoman.ground.providers.shops.ports import Connector


class ShopForm(forms.Form):
    """A shop's name here and the connector's own fields; a secret is never shown, and stays where none is typed."""

    title = forms.CharField(label=_("Name"), max_length=120, help_text=_("What your team calls this shop."))
    brand = forms.ChoiceField(label=_("Brand"))

    def __init__(
        self,
        connector: Connector,
        brands: Iterable[Brand],
        *args: Any,
        shop: Shop | None = None,
        **kwargs: Any,
    ) -> None:
        if shop is not None:
            kwargs["initial"] = {"title": shop.title, "address": shop.address, **shop.settings}
        super().__init__(*args, **kwargs)
        self.of_shop: list[str] = []
        if shop is not None:
            del self.fields["brand"]
        else:
            self.fields["brand"].choices = [(str(one.pk), one.name) for one in brands]  # type: ignore[attr-defined]
        for one in connector.fields:
            widget: forms.Widget | None = None
            if one.secret:
                widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
            elif one.long:
                widget = forms.Textarea(attrs={"rows": 8, "dir": "ltr", "spellcheck": "false"})
            needed = one.required and not (one.secret and shop is not None)
            more = _("Leave it empty to keep the one there is.") if one.secret and shop else one.help
            self.fields[one.name] = forms.CharField(
                label=str(one.label),
                required=needed,
                max_length=5000,
                widget=widget,
                help_text=str(more),
                strip=True,
            )
            self.of_shop.append(one.name)

    def given(self) -> Given:
        """Return what was typed."""
        return Given(self.cleaned_data["title"], {name: self.cleaned_data[name] for name in self.of_shop})

    def typed(self, name: str) -> str:
        """Return what stands in a field now, kept or typed."""
        return str(self[name].value() or "")

    def bound(self) -> list[forms.BoundField]:
        """Return the connector's fields for the page."""
        return [self[name] for name in self.of_shop]
