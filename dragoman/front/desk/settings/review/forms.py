"""The forms of review: policy, one rule, an answer to try."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from dragoman.core.language.models import Outcome, ReviewPolicy, StandIn
from dragoman.core.language.review import When

from ...review.words import MADE
from ...words import CHANNELS, INTENTS
from ..currency import CurrencyField
from ..languages import language_choices


def _any_language() -> list[tuple[str, Any]]:
    return [("", _("Any language")), *language_choices()]


class PolicyForm(forms.Form):
    """What counts where no rule matches, and how reviewing goes."""

    outcome = forms.ChoiceField(
        label=_("Every other machine translation"),
        choices=Outcome.choices,
        help_text=_("What people wrote or approved before goes out at once where no rule says otherwise."),
    )
    sample = forms.IntegerField(
        label=_("Of those sent, look at 1 in"),
        min_value=1,
        max_value=1000,
        help_text=_("1: all of them. Only with “Send, review after”."),
    )
    faults = forms.ChoiceField(
        label=_("Where the translation has faults"), choices=ReviewPolicy.Faults.choices
    )
    own = forms.BooleanField(label=_("Agents may review what they wrote themselves"), required=False)
    assigned_only = forms.BooleanField(
        label=_("Only who is named below reviews, not everybody who speaks both languages"), required=False
    )
    stand_in_minutes = forms.IntegerField(
        label=_("If nobody reviews within (minutes)"), min_value=1, max_value=10_080
    )
    stand_in = forms.ChoiceField(label=_("then"), choices=StandIn.choices)


class RuleForm(forms.Form):
    """One rule; what is left empty does not matter."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("Reviewers read it as the reason."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    brands = forms.MultipleChoiceField(label=_("Brands"), required=False, widget=forms.CheckboxSelectMultiple)
    channels = forms.MultipleChoiceField(
        label=_("Channels"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, CHANNELS[code]) for code in ("email", "chat", "api")],
    )
    source = forms.ChoiceField(label=_("Translated from"), required=False, choices=lazy(_any_language, list))
    targets = forms.MultipleChoiceField(
        label=_("Language of the answer (none chosen: any)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lazy(language_choices, list),
    )
    intents = forms.MultipleChoiceField(
        label=_("What the customer wants"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(INTENTS.items()),
    )
    made = forms.MultipleChoiceField(
        label=_("How the answer was made"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(MADE.items()),
        help_text=_(
            "None chosen: however it was made, also by an agent who wrote in the customer's language."
        ),
    )
    engines = forms.CharField(
        label=_("Engines"),
        required=False,
        max_length=200,
        help_text=_("Names as Settings, Translation has them; commas part them."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    confidence_below = forms.FloatField(
        label=_("Confidence below"), required=False, min_value=0, max_value=1, help_text=_("For example 0.8")
    )
    amount_over = forms.DecimalField(
        label=_("It names an amount over"), required=False, min_value=0, max_value=Decimal(10**11)
    )
    currency = CurrencyField(
        label=_("of this currency"), required=False, help_text=_("Three letters such as EUR; empty: of any.")
    )
    names_date = forms.BooleanField(label=_("It promises a date"), required=False)
    faults = forms.BooleanField(label=_("The translation has faults"), required=False)
    outcome = forms.ChoiceField(label=_("What happens"), choices=Outcome.choices)
    sample = forms.IntegerField(
        label=_("Of those sent, look at 1 in"), min_value=1, max_value=1000, initial=1
    )

    def __init__(self, *args: Any, brands: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brands"].choices = [(str(brand.pk), brand.name) for brand in brands]  # type: ignore[attr-defined]

    def when(self, *, pairs: tuple[tuple[str, str], ...] = ()) -> When:
        """Return the conditions; `pairs` are kept where the form shows none of them."""
        data = self.cleaned_data
        source = data["source"]
        chosen = tuple((source, target) for target in data["targets"]) or (((source, ""),) if source else ())
        return When(
            brands=tuple(int(pk) for pk in data["brands"]),
            channels=tuple(data["channels"]),
            pairs=chosen,
            intents=tuple(data["intents"]),
            confidence_below=data["confidence_below"],
            engines=tuple(name.strip() for name in data["engines"].split(",") if name.strip()),
            made=tuple(data["made"]),
            amount_over=data["amount_over"],
            currency=data["currency"] if data["amount_over"] is not None else "",
            names_date=data["names_date"],
            faults=data["faults"],
        )


def initial_of(when: When) -> dict[str, Any]:
    """Return a rule's conditions as its form shows them."""
    sources = {source for source, _target in when.pairs}
    return {
        **when.__dict__,
        "brands": [str(pk) for pk in when.brands],
        "engines": ", ".join(when.engines),
        "source": sources.pop() if len(sources) == 1 else "",
        "targets": [target for _source, target in when.pairs if target],
    }


class TryForm(forms.Form):
    """An answer that might be."""

    text = forms.CharField(
        label=_("An answer"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    source = forms.ChoiceField(label=_("Translated from"), choices=lazy(language_choices, list))
    target = forms.ChoiceField(label=_("into"), choices=lazy(language_choices, list))
    channel = forms.ChoiceField(
        label=_("Channel"),
        required=False,
        choices=[("", _("Any")), *[(code, CHANNELS[code]) for code in ("email", "chat", "api")]],
    )
    intent = forms.ChoiceField(
        label=_("What the customer wants"), required=False, choices=[("", _("Unknown")), *INTENTS.items()]
    )
    made = forms.ChoiceField(label=_("How it was made"), choices=list(MADE.items()))
    confidence = forms.FloatField(label=_("Confidence"), required=False, min_value=0, max_value=1)
    faulty = forms.BooleanField(label=_("with a fault"), required=False)
