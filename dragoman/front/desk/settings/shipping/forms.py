"""How a brand sends, as a form holds it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.shipping.actions.tables import MOST_HANDLING_DAYS
from dragoman.core.shipping.models import ShippingTerms
from dragoman.core.shipping.places import UNION
from dragoman.ground.design.functions import locale_of, ui_language
from dragoman.ground.markets.playbook import countries


def _named(codes: Iterable[str]) -> list[tuple[str, str]]:
    names = locale_of(ui_language()).territories
    return sorted(((code, str(names.get(code, code))) for code in codes), key=lambda one: one[1])


class TermsForm(forms.Form):
    """Where parcels start, where the brand is registered for the tax, where it pays at the border."""

    sends_from = forms.ChoiceField(
        label=_("Parcels start in"),
        required=False,
        help_text=_("Without it an order's duty and tax cannot be worked out."),
    )
    registered = forms.CharField(
        label=_("We take the tax in the shop for"),
        required=False,
        max_length=600,
        help_text=_(
            "Codes of countries you are registered in, and EU for IOSS: EU GB NO AU. Left empty: nowhere."
        ),
    )
    ddp = forms.CharField(
        label=_("We pay duty and tax at the border for"),
        required=False,
        max_length=600,
        help_text=_("DDP, by country: US CA. Elsewhere the customer pays the carrier (DAP)."),
    )

    def __init__(self, data: Any, *, terms: ShippingTerms) -> None:
        initial = {
            "sends_from": terms.sends_from,
            "registered": " ".join(terms.registered),
            "ddp": " ".join(terms.ddp),
        }
        super().__init__(data, initial=initial)
        known = {*countries(), *([terms.sends_from] if terms.sends_from else [])} - {UNION}
        self.fields["sends_from"].choices = [("", "—"), *_named(known)]  # type: ignore[attr-defined]


class DispatchForm(forms.Form):
    """Until when an order is taken up the same day, and how many working days later it is handed over."""

    cut_off = forms.TimeField(
        label=_("Orders until"),
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("By the clock where parcels start. Later orders are taken up on the next working day."),
    )
    handling_days = forms.IntegerField(
        label=_("Working days until the carrier has it"),
        required=False,
        min_value=0,
        max_value=MOST_HANDLING_DAYS,
        help_text=_("0: the same day. Without both, customers are promised no day of delivery."),
    )

    def __init__(self, data: Any, *, terms: ShippingTerms) -> None:
        super().__init__(data, initial={"cut_off": terms.cut_off, "handling_days": terms.handling_days})


def places_in(written: str) -> list[str]:
    """Return the codes of a line, parted by blanks or commas."""
    return written.replace(",", " ").replace(";", " ").split()
