"""The form that connects a shop: what its connector asks for, and of which brand it is."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand
from dragoman.core.commerce.actions.shops import Given
from dragoman.core.commerce.models import Shop
from dragoman.ground.providers.shops.ports import Connector

from ..vendors import VendorForm


class ShopForm(VendorForm):
    """A shop's name here, its brand while it is new, and the connector's own fields."""

    brand = forms.ChoiceField(label=_("Brand"))

    def __init__(
        self,
        connector: Connector,
        brands: Iterable[Brand],
        data: Any = None,
        *,
        shop: Shop | None = None,
        typed: Any = None,
    ) -> None:
        """`typed` stands in the fields without being checked: what is only tried is not refused."""
        known = {"address": shop.address, **shop.settings} if shop else {}
        super().__init__(
            connector.fields,
            data,
            title=shop.title if shop else "",
            known={**known, **(typed.dict() if typed is not None else {})},
            is_kept=shop is not None,
        )
        self.fields["title"].help_text = _("What your team calls this shop.")
        if shop is not None:
            del self.fields["brand"]
        else:
            self.fields["brand"].choices = [(str(one.pk), one.name) for one in brands]  # type: ignore[attr-defined]

    def given(self) -> Given:
        """Return what was typed."""
        return Given(self.cleaned_data["title"], self.told())
