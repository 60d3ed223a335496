"""Shapes of facts that are lists: hours, languages, channels, payment methods, offices."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dragoman.core.playbooks.actions.markets import checked_link
from dragoman.core.playbooks.errors import BadLink
from dragoman.ground.design.functions import language_name
from dragoman.ground.markets import library
from dragoman.ground.markets.facts import CHANNELS
from dragoman.ground.markets.payment_names import PAYMENTS as PAYMENTS_NAMED
from dragoman.kit import tags

from ... import market_codes as codes
from ...market_words import channel, payment
from ..languages import language_choices
from .fields import Fields, Plain, choice, days_of_week, number, time_of_day
from .shape import Listed, Shape, without_empty

RANKS = 8
USUAL_CHANNELS: Final = ("email", "chat", "phone", "sms", "whatsapp", "messenger", "instagram", "line")


def _hour_fields(_value: Plain, _country: str) -> Fields:
    return {
        "days": days_of_week(_("Days")),
        "start": time_of_day(_("From"), required=False),
        "end": time_of_day(_("Until"), required=False),
    }


def _hours_read(given: dict[str, Any], _value: Plain) -> Plain:
    days, start, end = given["days"], given["start"], given["end"]
    if days and start and end:
        return {"days": days, "start": start.isoformat(), "end": end.isoformat()}
    if days or start or end:
        raise forms.ValidationError({"days": _now("Give days, a beginning and an end.")})
    return None


def _language_fields(value: Plain, country: str) -> Fields:
    there = [one.language for one in library.country(country).languages if one.official or one.percent >= 1]
    known = [*(value or ()), *tags.LANGUAGES, *(tag for tag in there if language_name(tag) != tag)]
    return {"language": choice(_("Language"), dict(language_choices(list(dict.fromkeys(known)))), blank=True)}


def _rank_fields(value: Plain, _country: str) -> Fields:
    ranks = range(max(RANKS, len(value or [])))
    names = {code: channel(code) for code in CHANNELS}
    return {
        f"rank{place}": choice(_now("%(num)s.") % {"num": place + 1}, names, blank=True) for place in ranks
    }


def _ranks_read(given: dict[str, Any], _value: Plain) -> Plain:
    return list(dict.fromkeys(code for place in range(len(CHANNELS)) if (code := given.get(f"rank{place}"))))


def _time_fields(value: Plain, _country: str) -> Fields:
    known = dict.fromkeys([*(value or {}), *USUAL_CHANNELS])
    return {code: number(channel(code), least=1, help_text=_("Minutes")) for code in known}


def _method_fields(value: Plain, _country: str) -> Fields:
    rows = value or []
    names = {
        **{code: payment(code) for code in PAYMENTS_NAMED},
        **{row["method"]: payment(row["method"]) for row in rows},
    }
    ordered = dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))
    return {
        "method": choice(_("Payment method"), ordered, blank=True),
        "refund_to": choice(_("Refund"), codes.REFUND_WAYS, blank=True),
        "least": number(_("There after days, at least")),
        "most": number(_("at most")),
    }


def _method_shown(row: Plain) -> dict[str, Any]:
    least, most = row.get("refund_days") or (None, None)
    return {"method": row["method"], "refund_to": row.get("refund_to") or "", "least": least, "most": most}


def _method_read(given: dict[str, Any], value: Plain) -> Plain:
    method, least, most = given["method"], given["least"], given["most"]
    if not method:
        if given["refund_to"] or least is not None or most is not None:
            raise forms.ValidationError({"method": _now("Choose the payment method.")})
        return None
    most = least if most is None else most
    least = most if least is None else least
    if least is not None and most is not None and least > most:
        raise forms.ValidationError({"most": _now("At most cannot be less than at least.")})
    shares = {row["method"]: row.get("share") for row in value or []}
    row = {
        "method": method,
        "share": shares.get(method),
        "refund_to": given["refund_to"],
        "refund_days": None if least is None else [least, most],
    }
    return without_empty(row)


def _body_fields(_value: Plain, _country: str) -> Fields:
    return {
        "name": forms.CharField(
            label=_("Name of the office"), max_length=300, required=False,
            widget=forms.TextInput(attrs={"dir": "auto"}),
        ),
        "url": forms.CharField(
            label=_("Its address"), max_length=500, required=False,
            widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "placeholder": "https://"}),
        ),
    }  # fmt: skip


def _body_read(given: dict[str, Any], _value: Plain) -> Plain:
    if not (given["name"] or given["url"]):
        return None
    if not given["name"]:
        raise forms.ValidationError({"name": _now("Say what the office is called.")})
    try:
        url = checked_link(given["url"])
    except BadLink as refusal:
        raise forms.ValidationError({"url": str(refusal)}) from refusal
    if not url:
        raise forms.ValidationError({"url": _now("Give the address of its page.")})
    return {"name": given["name"], "url": url}


HOURS: Final = Listed(_hour_fields, dict, _hours_read, more=_("Add times"), most=6)
LANGUAGES: Final = Listed(
    _language_fields,
    lambda tag: {"language": tag},
    lambda given, _value: given["language"] or None,
    more=_("Add a language"),
    most=12,
)
PREFERRED_CHANNELS: Final = Shape(
    _rank_fields,
    lambda value: {f"rank{place}": code for place, code in enumerate(value or [])},
    _ranks_read,
)
RESPONSE_TIMES: Final = Shape(
    _time_fields, lambda value: dict(value or {}), lambda given, _value: without_empty(given)
)
PAYMENTS: Final = Listed(_method_fields, _method_shown, _method_read, more=_("Add a payment method"), most=14)
COMPLAINT_BODIES: Final = Listed(_body_fields, dict, _body_read, more=_("Add an office"), most=12)
