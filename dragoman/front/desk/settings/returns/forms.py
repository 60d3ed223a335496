"""A return policy as a lead writes it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand
from dragoman.core.playbooks.queries import markets_of
from dragoman.core.segments.segments import all_segments
from dragoman.ground.design.functions import market_name
from dragoman.kit.money import to_minor
from dragoman.service.returns.actions.policies import PolicyFacts
from dragoman.service.returns.models import Method, Nature, Payer, Starts


class PolicyForm(forms.Form):
    """Which goods may go back how long, who pays, how."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("For your team: customers do not read it.")
    )
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=3650)
    starts = forms.ChoiceField(label=_("Counted from"), choices=Starts.choices)
    country = forms.ChoiceField(label=_("Market"), required=False)
    category = forms.CharField(
        label=_("Category of goods"),
        required=False,
        max_length=120,
        help_text=_("As your shop writes it; empty: all."),
    )
    segment = forms.ChoiceField(label=_("Customers"), required=False)
    payer = forms.ChoiceField(label=_("Sending back"), choices=Payer.choices)
    methods = forms.MultipleChoiceField(
        label=_("Ways back"), choices=Method.choices, widget=forms.CheckboxSelectMultiple
    )
    excludes = forms.MultipleChoiceField(
        label=_("Not for"),
        choices=Nature.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the law gives stays, whatever is left out here."),
    )
    keep_below = forms.DecimalField(
        label=_("Need not come back below"), required=False, min_value=Decimal(0), max_digits=12
    )
    keep_currency = forms.CharField(label=_("Currency"), required=False, max_length=3)
    refund_days = forms.IntegerField(
        label=_("Refund within"),
        required=False,
        min_value=0,
        max_value=365,
        help_text=_("In days; empty: as the law."),
    )

    def __init__(self, *args: Any, brand: Brand, **more: Any) -> None:
        """Offer the brand's markets and the workspace's segments."""
        super().__init__(*args, **more)
        countries = [one.country for one in markets_of(brand.workspace_id, brand.pk)]
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", _("All markets")),
            *((code, market_name(code)) for code in countries),
        ]
        self.fields["segment"].choices = [  # type: ignore[attr-defined]
            ("", _("All customers")),
            *((str(one.pk), one.name) for one in all_segments(brand.workspace_id)),
        ]

    def facts(self) -> PolicyFacts:
        """Return what was written, as the room takes it; raises BadMoney."""
        told = self.cleaned_data
        currency = told["keep_currency"].strip().upper()
        kept = to_minor(told["keep_below"], currency) if told["keep_below"] else 0
        return PolicyFacts(
            name=told["name"],
            days=told["days"],
            country=told["country"],
            category=told["category"],
            segment_id=int(told["segment"]) if told["segment"] else None,
            starts=told["starts"],
            payer=told["payer"],
            methods=told["methods"],
            excludes=told["excludes"],
            keep_below=kept,
            keep_currency=currency,
            refund_days=told["refund_days"],
        )
