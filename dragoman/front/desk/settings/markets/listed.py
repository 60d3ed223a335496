"""Shapes of facts that are lists: hours, ranks of channels, payment methods."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from dragoman.ground.markets.facts import CHANNELS

from ... import market_codes as codes
from ...market_words import channel, payment
from .fields import Fields, Plain, Shape, choice, days_of_week, number, time_of_day, without_empty

MOST_INTERVALS = 6
MOST_METHODS = 14
RANKS = 8
USUAL_CHANNELS: Final = ("email", "chat", "phone", "sms", "whatsapp", "messenger", "instagram", "line")


def _hour_fields(value: Plain, _country: str) -> Fields:
    found: Fields = {}
    for place in range(min(MOST_INTERVALS, len(value or []) + 2)):
        found[f"days{place}"] = days_of_week(_("Days"))
        found[f"start{place}"] = time_of_day(_("From"), required=False)
        found[f"end{place}"] = time_of_day(_("Until"), required=False)
    return found


def _hours_shown(value: Plain) -> dict[str, Any]:
    return {
        f"{name}{place}": row[name]
        for place, row in enumerate(value or [])
        for name in ("days", "start", "end")
    }


def _hours_read(given: dict[str, Any], _value: Plain) -> Plain:
    rows = []
    for place in range(MOST_INTERVALS):
        days, start, end = (given.get(f"{name}{place}") for name in ("days", "start", "end"))
        if days and start and end:
            rows.append({"days": days, "start": start.isoformat(), "end": end.isoformat()})
        elif days or start or end:
            raise forms.ValidationError({f"days{place}": say("Give days, a beginning and an end.")})
    return rows


def _rank_fields(value: Plain, _country: str) -> Fields:
    ranks = range(max(RANKS, len(value or [])))
    names = {code: channel(code) for code in CHANNELS}
    return {
        f"rank{place}": choice(say("%(num)s.") % {"num": place + 1}, names, blank=True) for place in ranks
    }


def _ranks_read(given: dict[str, Any], _value: Plain) -> Plain:
    return list(dict.fromkeys(code for place in range(len(CHANNELS)) if (code := given.get(f"rank{place}"))))


def _time_fields(value: Plain, _country: str) -> Fields:
    known = dict.fromkeys([*(value or {}), *USUAL_CHANNELS])
    return {code: number(channel(code), least=1, help_text=_("Minutes")) for code in known}


def _method_fields(value: Plain, _country: str) -> Fields:
    rows = value or []
    names = {
        **{code: payment(code) for code in codes.PAYMENTS},
        **{row["method"]: payment(row["method"]) for row in rows},
    }
    ordered = dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))
    found: Fields = {}
    for place in range(min(MOST_METHODS, len(rows) + 2)):
        found[f"method{place}"] = choice(_("Payment method"), ordered, blank=True)
        found[f"refund_to{place}"] = choice(_("Refund"), codes.REFUND_WAYS, blank=True)
        found[f"least{place}"] = number(_("There after days, at least"))
        found[f"most{place}"] = number(_("at most"))
    return found


def _methods_shown(value: Plain) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for place, row in enumerate(value or []):
        least, most = row.get("refund_days") or (None, None)
        found |= {
            f"method{place}": row["method"],
            f"refund_to{place}": row.get("refund_to") or "",
            f"least{place}": least,
            f"most{place}": most,
        }
    return found


def _methods_read(given: dict[str, Any], value: Plain) -> Plain:
    shares = {row["method"]: row.get("share") for row in value or []}
    rows = []
    for place in range(MOST_METHODS):
        method = given.get(f"method{place}")
        if not method:
            continue
        least, most = given.get(f"least{place}"), given.get(f"most{place}")
        most = least if most is None else most
        least = most if least is None else least
        if least is not None and most is not None and least > most:
            raise forms.ValidationError({f"most{place}": say("At most cannot be less than at least.")})
        row = {
            "method": method,
            "share": shares.get(method),
            "refund_to": given.get(f"refund_to{place}"),
            "refund_days": None if least is None else [least, most],
        }
        rows.append(without_empty(row))
    return rows


HOURS: Final = Shape(_hour_fields, _hours_shown, _hours_read)
PREFERRED_CHANNELS: Final = Shape(
    _rank_fields,
    lambda value: {f"rank{place}": code for place, code in enumerate(value or [])},
    _ranks_read,
)
RESPONSE_TIMES: Final = Shape(
    _time_fields, lambda value: dict(value or {}), lambda given, _value: without_empty(given)
)
PAYMENTS: Final = Shape(_method_fields, _methods_shown, _methods_read)
