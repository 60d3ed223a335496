"""The shape of what is due at a border: rows with their days, amounts with their currency."""

import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dragoman.ground.design.functions import locale_of, ui_language
from dragoman.ground.markets import library
from dragoman.ground.markets.dated import MOST_ROWS
from dragoman.ground.markets.playbook import countries
from dragoman.kit.money import BadMoney, to_major, to_minor

from ... import market_codes as codes
from .fields import Fields, Plain, choice, day, many, yes
from .shape import Listed, without_empty

DAYS: Final = ("valid_from", "valid_to")
PER: Final[codes.Words] = {
    "tariff_line": _("For each kind of goods (tariff line)"),
    "parcel": _("For each parcel"),
}
MOST_DIGITS = 12


class MoneyWidget(forms.MultiWidget):
    """An amount and its currency beside it; the browser writes the number as its reader does."""

    def __init__(self, currencies: list[tuple[str, str]]) -> None:
        amount = forms.NumberInput(attrs={"step": "any", "min": "0", "aria-label": _("Amount")})
        super().__init__([amount, forms.Select(attrs={"aria-label": _("Currency")}, choices=currencies)])

    def decompress(self, value: Any) -> list[Any]:
        """Return minor units as people write them, and the currency."""
        if not value:
            return [None, None]
        return [to_major(value["amount"], value["currency"]), value["currency"]]


class MoneyField(forms.MultiValueField):
    """Money as facts keep it: minor units and a currency; None where no amount was given."""

    def __init__(self, label: Any, currencies: list[tuple[str, str]], *, help_text: Any = "") -> None:
        fields = (
            forms.DecimalField(min_value=0, max_digits=MOST_DIGITS, required=False),
            forms.ChoiceField(choices=currencies),
        )
        super().__init__(
            fields, label=label, required=False, require_all_fields=False, help_text=help_text,
            widget=MoneyWidget(currencies),
        )  # fmt: skip

    def compress(self, data_list: list[Any]) -> Any:
        """Return the amount in minor units; a part of one is refused."""
        if not data_list or data_list[0] is None:
            return None
        amount, currency = data_list
        try:
            return {"amount": to_minor(amount, currency), "currency": currency}
        except BadMoney as refusal:
            raise forms.ValidationError(str(refusal)) from None


def _currencies(value: Plain, country: str) -> list[tuple[str, str]]:
    """Return the market's currencies, then those of all markets, by code and name."""
    names = locale_of(ui_language()).currencies
    used = [
        one["currency"] for row in value or () for one in row.get("value", row).values() if isinstance(one, dict)
    ]  # fmt: skip
    every = sorted({one for code in countries() for one in library.country(code).currencies})
    ordered = dict.fromkeys([*library.country(country).currencies, *used, *every])
    return [(code, f"{code} · {names.get(code, code)}") for code in ordered]


def _fields(value: Plain, country: str) -> Fields:
    money = _currencies(value, country)
    return {
        "valid_from": day(_("Holds from")),
        "valid_to": day(_("Holds until")),
        "duty_free_up_to": MoneyField(
            _("No duty up to"), money, help_text=_("0: due from the first cent. Left empty: not known.")
        ),
        "tax_free_up_to": MoneyField(
            _("No tax up to"), money, help_text=_("0: due from the first cent. Left empty: not known.")
        ),
        "no_duty": yes(_("Never duty, whatever it is worth")),
        "no_tax": yes(_("Never tax, whatever it is worth")),
        "flat_duty": MoneyField(_("A flat duty of"), money),
        "flat_per": choice(_("Flat duty is due"), PER, blank=True),
        "flat_up_to": MoneyField(_("Flat duty for a value up to"), money),
        "scheme": forms.CharField(label=_("Scheme"), max_length=200, required=False),
        "collected_by": many(_("Collected by"), codes.COLLECTORS),
    }


def _shown(row: Plain) -> dict[str, Any]:
    return {**row["value"], "valid_from": row.get("valid_from"), "valid_to": row.get("valid_to")}


def _read(given: dict[str, Any], _value: Plain) -> Plain:
    value = {
        name: one for name, one in without_empty(given).items() if name not in DAYS and one not in (False, [])
    }
    days = {name: given[name].isoformat() for name in DAYS if isinstance(given[name], datetime.date)}
    if not (value or days):
        return None
    if given["no_duty"] and (given["duty_free_up_to"] or given["flat_duty"]):
        said = _now("Either duty is never due, or the amounts say when: leave one out.")
        raise forms.ValidationError({"no_duty": said})
    if given["no_tax"] and given["tax_free_up_to"]:
        said = _now("Either tax is never due, or the amount says when: leave one out.")
        raise forms.ValidationError({"no_tax": said})
    return {"value": value, **days}


IMPORT_RELIEF: Final = Listed(_fields, _shown, _read, more=_("Add a change by date"), most=MOST_ROWS)
