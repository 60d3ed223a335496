"""The shape of the tax on sales: rows with their days, rates in percent."""

import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dragoman.ground.markets.dated import MOST_ROWS

from .borders import DAYS
from .fields import Fields, Plain, day, yes
from .shape import Listed

BOOKS: Final = "4901"  # printed books (Harmonized System)


def _rate(label: Any, *, help_text: Any = "") -> forms.Field:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=100,
        max_digits=6,
        decimal_places=3,
        help_text=help_text,
    )


def _fields(_value: Plain, _country: str) -> Fields:
    return {
        "valid_from": day(_("Holds from")),
        "valid_to": day(_("Holds until")),
        "name": forms.CharField(label=_("What it is called there"), max_length=60, required=False),
        "standard": _rate(_("Standard rate, in percent")),
        "books": _rate(_("Rate for books"), help_text=_("Left empty: not known.")),
        "untaxed": yes(_("None is taken at the border")),
        "varies": yes(_("Parts of the country take more")),
        "within": yes(_("The rate is a share of the price with the tax in it")),
    }


def _shown(row: Plain) -> dict[str, Any]:
    value = row["value"]
    books = next((one["rate"] for one in value.get("reduced", ()) if one["goods"] == "books"), None)
    known = {name: value.get(name) for name in ("name", "standard", "varies", "within")}
    days = {name: row.get(name) for name in DAYS}
    return {**known, **days, "books": books, "untaxed": not value.get("at_import", True)}


def _read(given: dict[str, Any], _value: Plain) -> Plain:
    standard, books = given["standard"], given["books"]
    days = {name: given[name].isoformat() for name in DAYS if isinstance(given[name], datetime.date)}
    if standard is None and not (given["untaxed"] or given["name"] or days or books is not None):
        return None
    if standard is None and not given["untaxed"]:
        said = _now("Give the rate, or say that none is taken at the border.")
        raise forms.ValidationError({"standard": said})
    value: dict[str, Any] = {"name": given["name"], "at_import": not given["untaxed"]}
    value |= {"varies": given["varies"], "within": given["within"]}
    if standard is not None:
        value["standard"] = str(standard)
    if books is not None:
        value["reduced"] = [{"goods": "books", "hs": [BOOKS], "rate": str(books)}]
    return {"value": value, **days}


SALES_TAX: Final = Listed(_fields, _shown, _read, more=_("Add a change by date"), most=MOST_ROWS)
