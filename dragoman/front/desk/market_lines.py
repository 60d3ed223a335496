"""Facts of a market in plain words, in the agent's language: for the market's page and the card beside the work."""

import datetime
from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from pydantic import BaseModel

from dragoman.ground.design.functions import format_list, format_percent, language_name, zone_city
from dragoman.ground.markets import facts

from . import market_codes as codes
from .market_law_lines import LAW
from .market_words import (
    Line,
    channel,
    clock,
    day_count,
    duration,
    first_capital,
    name_pattern,
    payment,
    weekdays,
    word,
    words_of,
)


def lines(value: BaseModel) -> list[Line]:
    """Say a value of any kind of fact, in one or more lines."""
    return _SAY[type(value)](value)


def said(value: BaseModel) -> str:
    """Say a value in one line, for where there is no room."""
    return " · ".join(": ".join(filter(None, (line.label, line.text))) for line in lines(value))


def _languages(value: facts.Languages) -> list[Line]:
    return [Line(format_list(language_name(tag) for tag in value.root))]


def _time_zone(value: facts.TimeZone) -> list[Line]:
    return [Line(zone_city(value.root))]


def _currency(value: facts.Currency) -> list[Line]:
    return [Line(value.root)]


def _hours(value: facts.Hours) -> list[Line]:
    return [Line(_span(one.start, one.end), label=weekdays(one.days)) for one in value.root]


def _span(start: datetime.time, end: datetime.time) -> str:
    return pgettext("hours", "%(start)s–%(end)s") % {"start": clock(start), "end": clock(end)}


def _quiet(value: facts.QuietHours) -> list[Line]:
    said_ = [Line(_("Nobody is written to unasked: %(hours)s") % {"hours": _span(value.start, value.end)})]
    if value.days_off:
        said_.append(Line(_("Not at all: %(days)s") % {"days": weekdays(value.days_off)}))
    if value.holidays_off:
        said_.append(Line(_("Not on public holidays")))
    return said_


def _names(value: facts.Names) -> list[Line]:
    found = [Line(word(codes.ORDERS, value.order))]
    if value.formal:
        found.append(Line(name_pattern(value.formal), label=_("Formal"), quoted=True))
    if value.informal and value.informal != value.formal:
        found.append(Line(name_pattern(value.informal), label=_("Informal"), quoted=True))
    if value.honorific:
        found.append(Line(value.honorific, label=_("Form of address"), quoted=True))
    return found


def _register(value: facts.Register) -> list[Line]:
    found = [Line(word(codes.REGISTERS, value.level))]
    return [*found, Line(value.form, label=_("Form"), quoted=True)] if value.form else found


def _directness(value: facts.Directness) -> list[Line]:
    found = [Line(word(codes.DIRECTNESS, value.level))]
    return [*found, Line(word(codes.REFUSALS, value.refusal))] if value.refusal else found


def _greeting(value: facts.Greeting) -> list[Line]:
    found = []
    if value.opening:
        found.append(Line(value.opening, label=pgettext("of a message", "Opening"), quoted=True))
    if value.closing:
        found.append(Line(value.closing, label=pgettext("of a message", "Closing"), quoted=True))
    if value.customs:
        found.append(Line(first_capital(words_of(codes.GREETINGS, value.customs))))
    return found


def _apology(value: facts.Apology) -> list[Line]:
    found = [Line(word(codes.APOLOGIES, value.manner))]
    customs = words_of(codes.APOLOGY_CUSTOMS, value.customs)
    return [*found, Line(first_capital(customs))] if customs else found


def _humour(value: facts.Humour) -> list[Line]:
    return [Line(word(codes.HUMOUR, value.level))]


def _taboos(value: facts.Taboos) -> list[Line]:
    found = first_capital(words_of(codes.TABOOS, value.root))
    return [Line(found or _("Nothing in particular"))]


def _response_times(value: facts.ResponseTimes) -> list[Line]:
    return [Line(duration(minutes), label=channel(code)) for code, minutes in value.root.items()]


def _channels(value: facts.PreferredChannels) -> list[Line]:
    return [Line(format_list(channel(code) for code in value.root))]


def _payments(value: facts.Payments) -> list[Line]:
    return [Line(_how_refunded(one), label=payment(one.method)) for one in value.root]


def _how_refunded(one: facts.PaymentMethod) -> str:
    parts = []
    if one.share:
        parts.append(_("%(share)s of purchases") % {"share": format_percent(one.share / 100)})
    if one.refund_to:
        parts.append(word(codes.REFUND_WAYS, one.refund_to))
    if one.refund_days:
        least, most = one.refund_days
        if least == most:
            parts.append(_("there after %(days)s") % {"days": day_count(most, "calendar")})
        else:
            parts.append(
                ngettext("there after %(least)s–%(most)s day", "there after %(least)s–%(most)s days", most)
                % {"least": least, "most": most}
            )
    return format_list(parts)


def _bodies(value: facts.ComplaintBodies) -> list[Line]:
    return [Line(one.name, url=one.url, quoted=True) for one in value.root]


def _shopping(value: facts.Shopping) -> list[Line]:
    found = []
    if value.mobile_share:
        share = format_percent(value.mobile_share / 100)
        found.append(Line(_("%(share)s of online purchases on a phone") % {"share": share}))
    if value.social:
        found.append(Line(words_of(codes.SOCIAL, value.social), label=_("Bought on")))
    if value.live is not None:
        found.append(Line(_("Live selling is usual") if value.live else _("Live selling is not usual")))
    return found or [Line(_("not known"))]


_SAY: Final[dict[type[BaseModel], Callable[[Any], list[Line]]]] = {
    facts.Languages: _languages,
    facts.TimeZone: _time_zone,
    facts.Currency: _currency,
    facts.Hours: _hours,
    facts.QuietHours: _quiet,
    facts.Names: _names,
    facts.Register: _register,
    facts.Directness: _directness,
    facts.Greeting: _greeting,
    facts.Apology: _apology,
    facts.Humour: _humour,
    facts.Taboos: _taboos,
    facts.ResponseTimes: _response_times,
    facts.PreferredChannels: _channels,
    facts.Payments: _payments,
    facts.ComplaintBodies: _bodies,
    facts.Shopping: _shopping,
    **LAW,
}
