"""How each kind of fact is edited."""

from collections.abc import Callable
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from dragoman.ground.markets.zones import zones_in

from ... import market_codes as codes
from ...market_words import word
from . import borders, listed, taxes
from .fields import (
    Fields,
    Plain,
    choice,
    days_of_week,
    many,
    maybe,
    number,
    percent,
    text,
    time_of_day,
    yes,
)
from .shape import Listed, Shape, kept

# channels that nobody buys on
NOT_SOCIAL: Final = frozenset(["email", "chat", "phone", "sms"])
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
    """Return the shape of a value whose fields are the form's."""
    return Shape(lambda _value, _country: make(), lambda value: dict(value or {}), kept)


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


def _shopping(value: Plain, _country: str) -> Fields:
    known = {code: name for code, name in codes.SOCIAL.items() if code not in NOT_SOCIAL}
    known |= {code: word(codes.SOCIAL, code) for code in (value or {}).get("social", ())}
    return {
        "mobile_share": percent(
            _("Online purchases on a phone, in percent"), help_text=_("Left empty, it is not known.")
        ),
        "live": maybe(_("Live selling is usual")),
        "social": many(_("Bought on"), known),
    }


def _zone_fields(_value: Plain, country: str) -> Fields:
    return {"zone": choice(_("Time zone"), {name: name.replace("_", " ") for name in zones_in(country)})}


SHAPES: Final[dict[str, Shape | Listed]] = {
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
    "languages": listed.LANGUAGES,
    "complaint_bodies": listed.COMPLAINT_BODIES,
    "import_relief": borders.IMPORT_RELIEF,
    "sales_tax": taxes.SALES_TAX,
    "shopping": Shape(_shopping, lambda value: dict(value or {}), kept),
    "time_zone": Shape(
        _zone_fields, lambda value: {"zone": value or ""}, lambda given, _value: given["zone"]
    ),
}
