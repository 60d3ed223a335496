"""The switch, the budgets, the accounts and the orders of translation engines."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Workspace
from dragoman.core.connections.vendor_accounts import Terms
from dragoman.core.connections.vendor_models import LONGEST, VendorAccount
from dragoman.core.language.actions.engines import Rules
from dragoman.core.language.line_up import ANY
from dragoman.core.language.models import LanguagePolicy
from dragoman.core.language.vendors import FIELDS, VENDORS
from dragoman.kit.money import to_major, to_minor

from ..currency import CurrencyField, check_amounts
from ..languages import language_choices

PLACES = 4  # engines of one order
# what a vendor offers by itself needs no address
_ELSEWHERE = _("Empty for the vendor's own; else host:port, and the path if there is one.")
_TLS = [("", _("Automatic")), ("1", _("Encrypted (TLS)")), ("0", _("Unencrypted, on a private line"))]
_HELP = {
    "address": _(
        "host:port, and the path if there is one. On a private network the operator names it first."
    ),
    "glossary": _("Its id; or by pair: en-fi:ID, en-de:ID"),
    "location": _("global if empty; glossaries need a region"),
    "region": _("Empty for a global resource"),
    "version": _("3.0 if empty; or a date such as 2026-06-06"),
    "credentials": _("The whole file, from { to }"),
}


def _minor(amount: Decimal | None, currency: str) -> int | None:
    return None if amount is None else to_minor(amount, currency)


def _major(minor: int | None, currency: str) -> Decimal | None:
    return None if minor is None else to_major(minor, currency)


def facts_of(account: VendorAccount) -> list[tuple[str, str]]:
    """Return what was once set of an account and stays, as (label, value)."""
    said = {"tls": {value: str(words) for value, words in _TLS}}
    return [
        (str(FIELDS.get(name, name)), said.get(name, {}).get(value, value))
        for name, value in account.settings.items()
    ]


class TryForm(forms.Form):
    """A text to translate once; nothing of it is kept."""

    text = forms.CharField(
        label=_("Text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    target = forms.ChoiceField(label=_("Into"), choices=())

    def __init__(self, facts: Workspace, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = language_choices(facts.languages)  # type: ignore[attr-defined]


class RulesForm(forms.Form):
    """Whether texts may leave the house, and what all engines may use in a month."""

    stays_home = forms.BooleanField(label=_("Nothing leaves the house"), required=False)
    currency = CurrencyField()
    most_money = forms.DecimalField(
        label=_("Money in a month"), required=False, min_value=0, max_digits=9, decimal_places=2
    )
    most_characters = forms.IntegerField(
        label=_("Characters in a month"), required=False, min_value=0, max_value=2_000_000_000
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an amount that the currency cannot be paid in."""
        check_amounts(self, self.cleaned_data.get("currency", ""), "most_money")
        return self.cleaned_data

    def rules(self) -> Rules:
        """Return what was chosen."""
        chosen = self.cleaned_data
        currency = chosen["currency"]
        return Rules(
            stays_home=chosen["stays_home"],
            currency=currency,
            most_characters=chosen["most_characters"],
            most_money=_minor(chosen["most_money"], currency),
        )

    @staticmethod
    def shown(policy: LanguagePolicy) -> dict[str, Any]:
        """Return a policy as the form shows it."""
        return {
            "stays_home": policy.stays_home,
            "currency": policy.currency,
            "most_characters": policy.most_characters,
            "most_money": _major(policy.most_money, policy.currency),
        }


class EngineForm(forms.Form):
    """An account at one vendor: what the vendor asks for, and on which terms it is used."""

    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"dir": "auto"}))

    def __init__(self, vendor: str, currency: str, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vendor, self.currency, self.kind = vendor, currency, VENDORS[vendor]
        places = ("address", *self.kind.settings) if is_new else ()
        # what it cannot do without comes first
        self.asked = sorted((*places, *self.kind.secrets), key=lambda name: name not in self.kind.needs)
        for name in self.asked:
            self.fields[name] = self._field(name, is_new=is_new)
        self.fields["patience"] = forms.IntegerField(
            label=_("Time-out in seconds"), min_value=1, max_value=LONGEST, initial=20
        )
        self.fields["price"] = forms.DecimalField(
            label=_("Price of a million characters"),
            required=False,
            min_value=0,
            max_digits=9,
            decimal_places=2,
        )
        self.fields["most_money"] = forms.DecimalField(
            label=_("Money in a month"), required=False, min_value=0, max_digits=9, decimal_places=2
        )
        self.fields["most_characters"] = forms.IntegerField(
            label=_("Characters in a month"), required=False, min_value=0, max_value=2_000_000_000
        )

    def _field(self, name: str, *, is_new: bool) -> forms.Field:
        is_secret = name in self.kind.secrets
        if name == "tls":
            return forms.ChoiceField(label=str(FIELDS[name]), required=False, choices=_TLS)
        attrs = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
        widget: forms.Widget = forms.TextInput(attrs=attrs)
        if name == "credentials":
            widget = forms.Textarea(attrs={**attrs, "rows": 4})
        elif is_secret:
            widget = forms.PasswordInput(attrs={**attrs, "autocomplete": "new-password"})
        helps = _ELSEWHERE if name == "address" and name not in self.kind.needs else _HELP.get(name, "")
        if is_secret and not is_new:
            helps = _("Empty keeps the one that is stored.")
        return forms.CharField(
            label=str(FIELDS[name]),
            required=is_new and name in self.kind.needs,
            max_length=10_000 if is_secret else 200,
            widget=widget,
            help_text=helps,
        )

    def clean(self) -> dict[str, Any]:
        """Refuse amounts that the workspace's currency cannot be paid in."""
        check_amounts(self, self.currency, "price", "most_money")
        return self.cleaned_data

    @property
    def of_vendor(self) -> list[forms.BoundField]:
        """Return the fields that only this vendor has."""
        return [self[name] for name in self.asked]

    def given(self) -> dict[str, str]:
        """Return what was typed for the vendor."""
        names = ("address", *self.kind.settings, *self.kind.secrets)
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}

    def secrets(self) -> dict[str, str]:
        """Return new secrets, none where the stored ones stay."""
        return {name: value for name, value in self.given().items() if name in self.kind.secrets}

    def terms(self) -> Terms:
        """Return on which terms it is used."""
        chosen = self.cleaned_data
        return Terms(
            name=chosen["name"],
            patience=chosen["patience"],
            price=_minor(chosen["price"], self.currency) or 0,
            most_characters=chosen["most_characters"],
            most_money=_minor(chosen["most_money"], self.currency),
        )

    @staticmethod
    def shown(account: VendorAccount, currency: str) -> dict[str, Any]:
        """Return an account as the form shows it: no secret."""
        return {
            "name": account.name,
            "patience": account.patience,
            "price": to_major(account.price, currency) if account.price else None,
            "most_characters": account.most_characters,
            "most_money": _major(account.most_money, currency),
        }


class OrderForm(forms.Form):
    """The engines of a pair of languages, the first first."""

    source = forms.ChoiceField(label=_("From"))
    target = forms.ChoiceField(label=_("Into"))

    def __init__(
        self, facts: Workspace, engines: Sequence[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        languages = [(ANY, _("Any language")), *language_choices(facts.languages)]
        for name in ("source", "target"):
            self.fields[name].choices = languages  # type: ignore[attr-defined]
        for number in range(1, min(PLACES, len(engines)) + 1):
            label = _("Asked first") if number == 1 else _("Then")
            self.fields[f"engine{number}"] = forms.ChoiceField(
                label=label, choices=[("", "–"), *engines], required=number == 1
            )

    @property
    def places(self) -> list[forms.BoundField]:
        """Return the fields of the engines."""
        return [self[name] for name in self.fields if name.startswith("engine")]

    def chosen(self) -> list[str]:
        """Return the keys in order, each once."""
        found = [self.cleaned_data[one.name] for one in self.places if self.cleaned_data.get(one.name)]
        return list(dict.fromkeys(found))
