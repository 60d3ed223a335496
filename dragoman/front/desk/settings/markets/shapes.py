"""How each kind of fact is edited: fields for what a shop really sets, and a checked text for the rest."""

import json
from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from dragoman.ground.markets.zones import zones_of

from ... import market_codes as codes
from . import listed
from .fields import (
    Fields,
    Plain,
    Shape,
    choice,
    days_of_week,
    many,
    maybe,
    number,
    text,
    time_of_day,
    without_empty,
    yes,
)

RIGHTS: Final[codes.Words] = {
    "statutory": _("The customer may send goods back"),
    "unless_policy_shown": _("Only where the shop showed no policy of its own"),
    "regional": _("Provinces or states decide"),
    "none": _("No right to send goods back"),
}
DAY_TYPES: Final[codes.Words] = {"calendar": _("Calendar days"), "business": _("Business days")}
CLOCKS: Final[codes.Words] = {
    "notice": _("From the customer's notice"),
    "goods_back": _("From the goods' return"),
}
FORMS: Final[codes.Words] = {
    "fixed": _("A fixed time"),
    "at_least": _("At least so long"),
    "limitation_period": _("So long to make a claim"),
    "expected_lifetime": _("As long as such goods usually last"),
}


def _plain(make: Callable[[], Fields]) -> Shape:
    """Return the shape of a value whose fields are the form's; what the form does not show is kept."""

    def read(given: dict[str, Any], value: Plain) -> Plain:
        kept = {name: one for name, one in (value or {}).items() if name not in given}
        return without_empty({**kept, **given})

    return Shape(lambda _value, _country: make(), lambda value: dict(value or {}), read)


def _withdrawal() -> Fields:
    return {
        "right": choice(_("Right"), RIGHTS),
        "days": number(_("Days")),
        "day_type": choice(_("Counted in"), DAY_TYPES),
        "starts": choice(_("Begins"), codes.STARTS, blank=True),
    }


def _refund() -> Fields:
    return {
        "days": number(_("Days"), required=True, help_text=_("0 is at once")),
        "day_type": choice(_("Counted in"), DAY_TYPES),
        "starts": choice(_("Begins"), CLOCKS),
        "may_wait_for_goods": maybe(_("Waits for the goods, or proof that they were sent")),
    }


def _guarantee() -> Fields:
    return {
        "months": number(_("Months"), least=1),
        "form": choice(_("How long"), FORMS),
        "burden_months": number(_("Months in which a fault counts as there from the beginning")),
    }


def _quiet() -> Fields:
    return {
        "start": time_of_day(_("From")),
        "end": time_of_day(_("Until")),
        "days_off": days_of_week(_("Days without any")),
        "holidays_off": yes(_("Not on public holidays")),
    }


def _register() -> Fields:
    return {
        "level": choice(_("Level"), codes.REGISTERS),
        "form": text(_("Form of address"), help_text=_("The word itself: Sie, vous, 丁寧語")),
    }


def _directness() -> Fields:
    return {
        "level": choice(_("How plainly"), codes.DIRECTNESS),
        "refusal": choice(_("How a no is said"), codes.REFUSALS, blank=True),
    }


def _greeting() -> Fields:
    return {
        "opening": text(_("Opening"), rows=2),
        "closing": text(_("Closing"), rows=2),
        "customs": many(_("Customs"), codes.GREETINGS),
    }


def _apology() -> Fields:
    return {
        "manner": choice(_("Manner"), codes.APOLOGIES),
        "customs": many(_("Customs"), codes.APOLOGY_CUSTOMS),
    }


def _names() -> Fields:
    return {
        "order": choice(_("Order"), codes.ORDERS),
        "formal": text(_("Formal"), help_text=_("With {given}, {surname} and {title} in place of the name")),
        "informal": text(_("Informal")),
        "honorific": text(_("Form of address")),
    }


def _privacy() -> Fields:
    return {
        "regime": forms.CharField(label=_("Law"), max_length=200),
        "access_days": number(_("Days to answer a request"), least=1),
        "access_months": number(_("or months"), least=1),
        "day_type": choice(_("Counted in"), DAY_TYPES),
        "extension_days": number(_("Days it may take longer")),
        "breach_hours": number(_("Hours to report a breach")),
    }


def _zone_fields(_value: Plain, country: str) -> Fields:
    return {"zone": choice(_("Time zone"), {name: name.replace("_", " ") for name in zones_of(country)})}


def _written_fields(_value: Plain, _country: str) -> Fields:
    area = forms.Textarea(attrs={"rows": 8, "dir": "ltr", "spellcheck": "false", "class": "input written"})
    help_text = _("As JSON, in the shape that is shown. It is checked before it is stored.")
    return {"written": forms.CharField(label=_("Value"), max_length=20_000, widget=area, help_text=help_text)}


def _written_read(given: dict[str, Any], _value: Plain) -> Plain:
    try:
        return json.loads(given["written"])
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        said = say("This is no JSON: look at line %(line)s.") % {"line": line}
        raise forms.ValidationError({"written": said}) from error


WRITTEN: Final = Shape(
    _written_fields,
    lambda value: {"written": json.dumps(value, ensure_ascii=False, indent=2)} if value is not None else {},
    _written_read,
)
SHAPES: Final[dict[str, Shape]] = {
    "withdrawal": _plain(_withdrawal),
    "refund_deadline": _plain(_refund),
    "return_cost": _plain(lambda: {"payer": choice(_("Who pays"), codes.PAYERS)}),
    "guarantee": _plain(_guarantee),
    "quiet_hours": _plain(_quiet),
    "humour": _plain(lambda: {"level": choice(_("A joke in an answer"), codes.HUMOUR)}),
    "register": _plain(_register),
    "directness": _plain(_directness),
    "greeting": _plain(_greeting),
    "apology": _plain(_apology),
    "names": _plain(_names),
    "privacy": _plain(_privacy),
    "taboos": Shape(
        lambda _value, _country: {"taboos": many(_("Not spoken of"), codes.TABOOS)},
        lambda value: {"taboos": value or []},
        lambda given, _value: given["taboos"],
    ),
    "service_hours": listed.HOURS,
    "channels": listed.PREFERRED_CHANNELS,
    "response_times": listed.RESPONSE_TIMES,
    "payments": listed.PAYMENTS,
    "time_zone": Shape(
        _zone_fields, lambda value: {"zone": value or ""}, lambda given, _value: given["zone"]
    ),
}
