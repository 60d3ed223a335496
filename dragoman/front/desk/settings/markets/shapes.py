"""Forms for values of facts: a fit one for what a shop really sets, and a checked text for the rest."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from dragoman.ground.markets.errors import WrongFact
from dragoman.ground.markets.facts import CHANNELS, WEEKDAYS
from dragoman.ground.markets.playbook import checked_value
from dragoman.ground.markets.zones import zones_of

from ... import market_codes as codes
from ...market_words import channel, payment, weekday

Plain = Any
Fields = dict[str, forms.Field]

MOST_INTERVALS = 6
MOST_METHODS = 14
RANKS = 8
USUAL_CHANNELS: Final = ("email", "chat", "phone", "sms", "whatsapp", "messenger", "instagram", "line")

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


def _choices(words: Mapping[str, Promise | str], *, blank: bool) -> list[tuple[str, str]]:
    named = [(code, str(label)) for code, label in words.items()]
    return [("", "—"), *named] if blank else named


def _choice(label: Any, words: Mapping[str, Promise | str], *, blank: bool = False) -> forms.Field:
    return forms.ChoiceField(label=label, choices=_choices(words, blank=blank), required=not blank)


def _number(label: Any, *, required: bool = False, least: int = 0, help_text: Any = "") -> forms.Field:
    return forms.IntegerField(
        label=label, required=required, min_value=least, max_value=100_000, help_text=help_text
    )


def _many(label: Any, words: Mapping[str, Promise | str]) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label, choices=_choices(words, blank=False), required=False, widget=forms.CheckboxSelectMultiple
    )


def _yes(label: Any) -> forms.Field:
    return forms.BooleanField(label=label, required=False)


def _maybe(label: Any) -> forms.Field:
    choices = [("", _("Not said")), ("True", _("Yes")), ("False", _("No"))]
    return forms.TypedChoiceField(
        label=label, choices=choices, required=False, coerce=lambda one: one == "True", empty_value=None
    )


def _text(label: Any, *, rows: int = 0, help_text: Any = "") -> forms.Field:
    widget: forms.Widget = (
        forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        if rows
        else forms.TextInput(attrs={"dir": "auto"})
    )
    return forms.CharField(label=label, required=False, max_length=2000, widget=widget, help_text=help_text)


def _time(label: Any, *, required: bool = True) -> forms.Field:
    return forms.TimeField(
        label=label, required=required, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )


def _weekdays(label: Any) -> forms.Field:
    return _many(label, {code: weekday(code, width="wide") for code in WEEKDAYS})


@dataclass(frozen=True)
class Shape:
    """How a kind is edited: its fields for a value there may be, and the way there and back."""

    fields: Callable[[Plain, str], Fields]
    shown: Callable[[Plain], dict[str, Any]]
    read: Callable[[dict[str, Any], Plain], Plain]


def _without_empty(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value not in (None, "")}


def _plain(make: Callable[[], Fields]) -> Shape:
    """Return the shape of a value whose fields are the form's; what the form does not show is kept."""

    def read(given: dict[str, Any], value: Plain) -> Plain:
        kept = {name: one for name, one in (value or {}).items() if name not in given}
        return _without_empty({**kept, **given})

    return Shape(lambda _value, _country: make(), lambda value: dict(value or {}), read)


def _withdrawal() -> Fields:
    return {
        "right": _choice(_("Right"), RIGHTS),
        "days": _number(_("Days")),
        "day_type": _choice(_("Counted in"), DAY_TYPES),
        "starts": _choice(_("Begins"), codes.STARTS, blank=True),
    }


def _refund() -> Fields:
    return {
        "days": _number(_("Days"), required=True, help_text=_("0 is at once")),
        "day_type": _choice(_("Counted in"), DAY_TYPES),
        "starts": _choice(_("Begins"), CLOCKS),
        "may_wait_for_goods": _maybe(_("Waits for the goods, or proof that they were sent")),
    }


def _guarantee() -> Fields:
    return {
        "months": _number(_("Months"), least=1),
        "form": _choice(_("How long"), FORMS),
        "burden_months": _number(_("Months in which a fault counts as there from the beginning")),
    }


def _quiet() -> Fields:
    return {
        "start": _time(_("From")),
        "end": _time(_("Until")),
        "days_off": _weekdays(_("Days without any")),
        "holidays_off": _yes(_("Not on public holidays")),
    }


def _register() -> Fields:
    return {
        "level": _choice(_("Level"), codes.REGISTERS),
        "form": _text(_("Form of address"), help_text=_("The word itself: Sie, vous, 丁寧語")),
    }


def _directness() -> Fields:
    return {
        "level": _choice(_("How plainly"), codes.DIRECTNESS),
        "refusal": _choice(_("How a no is said"), codes.REFUSALS, blank=True),
    }


def _greeting() -> Fields:
    return {
        "opening": _text(_("Opening"), rows=2),
        "closing": _text(_("Closing"), rows=2),
        "customs": _many(_("Customs"), codes.GREETINGS),
    }


def _apology() -> Fields:
    return {
        "manner": _choice(_("Manner"), codes.APOLOGIES),
        "customs": _many(_("Customs"), codes.APOLOGY_CUSTOMS),
    }


def _names() -> Fields:
    return {
        "order": _choice(_("Order"), codes.ORDERS),
        "formal": _text(_("Formal"), help_text=_("With {given}, {surname} and {title} in place of the name")),
        "informal": _text(_("Informal")),
        "honorific": _text(_("Form of address")),
    }


def _privacy() -> Fields:
    return {
        "regime": forms.CharField(label=_("Law"), max_length=200),
        "access_days": _number(_("Days to answer a request"), least=1),
        "access_months": _number(_("or months"), least=1),
        "day_type": _choice(_("Counted in"), DAY_TYPES),
        "extension_days": _number(_("Days it may take longer")),
        "breach_hours": _number(_("Hours to report a breach")),
    }


def _hour_fields(value: Plain, _country: str) -> Fields:
    found: Fields = {}
    for place in range(min(MOST_INTERVALS, len(value or []) + 2)):
        found[f"days{place}"] = _weekdays(_("Days"))
        found[f"start{place}"] = _time(_("From"), required=False)
        found[f"end{place}"] = _time(_("Until"), required=False)
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
        f"rank{place}": _choice(say("%(num)s.") % {"num": place + 1}, names, blank=True) for place in ranks
    }


def _ranks_read(given: dict[str, Any], _value: Plain) -> Plain:
    return list(dict.fromkeys(code for place in range(len(CHANNELS)) if (code := given.get(f"rank{place}"))))


def _time_fields(value: Plain, _country: str) -> Fields:
    known = dict.fromkeys([*(value or {}), *USUAL_CHANNELS])
    return {code: _number(channel(code), least=1, help_text=_("Minutes")) for code in known}


def _method_fields(value: Plain, _country: str) -> Fields:
    rows = value or []
    names = {
        **{code: payment(code) for code in codes.PAYMENTS},
        **{row["method"]: payment(row["method"]) for row in rows},
    }
    ordered = dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))
    found: Fields = {}
    for place in range(min(MOST_METHODS, len(rows) + 2)):
        found[f"method{place}"] = _choice(_("Payment method"), ordered, blank=True)
        found[f"refund_to{place}"] = _choice(_("Refund"), codes.REFUND_WAYS, blank=True)
        found[f"least{place}"] = _number(_("There after days, at least"))
        found[f"most{place}"] = _number(_("at most"))
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
        rows.append(_without_empty(row))
    return rows


def _zone_fields(_value: Plain, country: str) -> Fields:
    return {"zone": _choice(_("Time zone"), {name: name.replace("_", " ") for name in zones_of(country)})}


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


_WRITTEN: Final = Shape(
    _written_fields,
    lambda value: {"written": json.dumps(value, ensure_ascii=False, indent=2)} if value is not None else {},
    _written_read,
)
SHAPES: Final[dict[str, Shape]] = {
    "withdrawal": _plain(_withdrawal),
    "refund_deadline": _plain(_refund),
    "return_cost": _plain(lambda: {"payer": _choice(_("Who pays"), codes.PAYERS)}),
    "guarantee": _plain(_guarantee),
    "quiet_hours": _plain(_quiet),
    "humour": _plain(lambda: {"level": _choice(_("A joke in an answer"), codes.HUMOUR)}),
    "register": _plain(_register),
    "directness": _plain(_directness),
    "greeting": _plain(_greeting),
    "apology": _plain(_apology),
    "names": _plain(_names),
    "privacy": _plain(_privacy),
    "taboos": Shape(
        lambda _value, _country: {"taboos": _many(_("Not spoken of"), codes.TABOOS)},
        lambda value: {"taboos": value or []},
        lambda given, _value: given["taboos"],
    ),
    "service_hours": Shape(_hour_fields, _hours_shown, _hours_read),
    "channels": Shape(
        _rank_fields,
        lambda value: {f"rank{place}": code for place, code in enumerate(value or [])},
        _ranks_read,
    ),
    "response_times": Shape(
        _time_fields, lambda value: dict(value or {}), lambda given, _value: _without_empty(given)
    ),
    "payments": Shape(_method_fields, _methods_shown, _methods_read),
    "time_zone": Shape(
        _zone_fields, lambda value: {"zone": value or ""}, lambda given, _value: given["zone"]
    ),
}


_MEASURES: Final = ("days", "months", "access_days", "payer", "start")


class ValueForm(forms.Form):
    """A value of one kind of fact with why it is so; `plain` is what was read and checked."""

    plain: Plain = None

    def __init__(
        self,
        kind: str,
        country: str,
        value: Plain,
        posted: Any = None,
        *,
        reason: str = "",
        correction: bool = False,
    ) -> None:
        self.kind, self.value = kind, value
        self.shape = SHAPES.get(kind, _WRITTEN)
        super().__init__(posted, initial={**self.shape.shown(value), "reason": reason})
        self.fields.update(self.shape.fields(value, country))
        self.own = list(self.fields)
        if correction:
            self.fields["source"] = forms.CharField(
                label=_("Where it stands"),
                max_length=1000,
                required=False,
                help_text=_("The law, authority or page: a correction needs one."),
            )
            self.fields["url"] = forms.CharField(
                label=_("Address of the source"), max_length=500, required=False,
                widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
            )  # fmt: skip
        self.fields["reason"] = _text(_("Why"), rows=2)

    def clean(self) -> dict[str, Any]:
        """Read the value and hold it against the kind's shape."""
        given = self.cleaned_data
        if self.errors:
            return given
        self.plain = self.shape.read({name: given[name] for name in self.own}, self.value)
        for name, one in list(self.plain.items()) if isinstance(self.plain, dict) else []:
            if hasattr(one, "isoformat"):
                self.plain[name] = one.isoformat()
        try:
            checked_value(self.kind, self.plain)
        except WrongFact as refusal:
            place = str(refusal.details.get("place", "")).split(".")[0]
            self.add_error(place if place in self.fields else self.own[0], str(refusal))
        return given

    def bound_fields(self, names: Sequence[str] | None = None) -> list[Any]:
        """Return the value's fields in order, as the template draws them."""
        return [self[name] for name in names or self.own]

    @property
    def measure(self) -> str:
        """Return the field that says how much a policy gives: there it is told that it is too little."""
        return next((name for name in _MEASURES if name in self.own), self.own[0])

    @property
    def more(self) -> list[Any]:
        """Return the fields that say why and by what."""
        return [self[name] for name in self.fields if name not in self.own]
