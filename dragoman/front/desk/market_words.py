"""Facts of a market in plain words, in the agent's language: for the market's page and the card beside the work."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from babel import dates
from babel.numbers import get_currency_precision
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from pydantic import BaseModel

from dragoman.ground.design.functions import (
    calendar_locale,
    format_date,
    format_list,
    format_percent,
    language_name,
    locale_of,
    ui_language,
    zone_city,
)
from dragoman.ground.markets import facts
from dragoman.ground.markets.playbook import Fact

from . import market_codes as codes

_GLUED = re.compile(r"(?<=[A-Za-z])(?=\d)")
_PART = re.compile(r"\{([a-z]+2?)(?:-[a-z]+)?\}")


@dataclass(frozen=True)
class Line:
    """One line of what is said of a fact; `label` stands before it, `quoted` says that it is in the market's tongue."""

    text: str
    label: str = ""
    url: str = ""
    quoted: bool = False


def kind_name(kind: str) -> str:
    """Name a kind of fact."""
    return word(codes.KINDS, kind)


def word(words: Mapping[str, Promise | str], code: str) -> str:
    """Return the word for a code, else the code in plain letters (names of firms begin with a capital)."""
    found = words.get(code)
    return str(found) if found is not None else code.replace("_", " ").capitalize()


def channel(code: str) -> str:
    """Name a channel."""
    return word(codes.CHANNELS, code)


def payment(code: str) -> str:
    """Name a payment method."""
    return word(codes.PAYMENTS, code)


def lines(value: BaseModel) -> list[Line]:
    """Say a value of any kind of fact, in one or more lines."""
    return _SAY[type(value)](value)


def said(value: BaseModel) -> str:
    """Say a value in one line, for where there is no room."""
    return " · ".join(": ".join(filter(None, (line.label, line.text))) for line in lines(value))


def standing(fact: Fact | None, *, on: datetime.date) -> str:
    """Return how sure a fact is: `read`, `general`, `stale` or `unknown`; codes of STANDINGS."""
    if fact is None:
        return "unknown"
    if fact.is_stale(on):
        return "stale"
    return "read" if fact.verified else "general"


def standing_words(fact: Fact | None, *, on: datetime.date) -> str:
    """Say how sure a fact is, as a sentence a reader may rely on."""
    if fact is None:
        return _("Unknown: nobody has read a source for it.")
    if fact.is_stale(on):
        months = max(1, (on - fact.checked).days * 12 // 365)
        return ngettext("Checked %(num)s month ago", "Checked %(num)s months ago", months) % {"num": months}
    if not fact.verified:
        return _("Named from general knowledge, not read")
    return _("Checked %(day)s") % {"day": day(fact.checked)}


def day(value: datetime.date) -> str:
    """Write a day in the reader's language."""
    return format_date(value)


def clock(value: datetime.time) -> str:
    """Write a time of day in the reader's language."""
    return dates.format_time(value, "short", locale=calendar_locale())


def duration(minutes: int) -> str:
    """Write a stretch of time in its largest unit, as "5 min", "2 hours", "1 day"."""
    return dates.format_timedelta(
        datetime.timedelta(minutes=minutes), threshold=1.5, locale=locale_of(ui_language())
    )


def weekday(code: str, *, width: str = "abbreviated") -> str:
    """Name a day of the week."""
    names = dates.get_day_names(width, context="stand-alone", locale=locale_of(ui_language()))  # type: ignore[arg-type]
    return str(names[facts.WEEKDAYS.index(code)])


def weekdays(days: Sequence[str]) -> str:
    """Name days of the week, three and more in a row as "Mon–Fri"."""
    places = sorted(facts.WEEKDAYS.index(one) for one in days)
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    # a week that begins on Sunday: Sun–Thu, not Mon–Thu, Sun
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][-1] == 6 and len(runs[-1]) < 3:
        runs[0] = runs.pop() + runs[0]
    named = []
    for run in runs:
        names = [weekday(facts.WEEKDAYS[place]) for place in run]
        named += [f"{names[0]}–{names[-1]}"] if len(names) > 2 else names
    return format_list(named)


def day_count(days: int, day_type: str) -> str:
    """Say a number of days, calendar or business."""
    if day_type == "business":
        return ngettext("%(num)s business day", "%(num)s business days", days) % {"num": days}
    return ngettext("%(num)s day", "%(num)s days", days) % {"num": days}


def month_count(months: int) -> str:
    """Say a number of months."""
    return ngettext("%(num)s month", "%(num)s months", months) % {"num": months}


def money(amount: facts.Money) -> str:
    """Write an amount in the reader's language, whole units without decimals."""
    value = Decimal(amount.amount).scaleb(-get_currency_precision(amount.currency))
    whole = value == value.to_integral_value()
    locale = locale_of(ui_language())
    pattern = copy(locale.currency_formats["standard"])
    if whole:
        pattern.frac_prec = (0, 0)
    written = str(pattern.apply(value, locale, currency=amount.currency, currency_digits=not whole))
    # CLDR parts letters from digits; Babel does not
    return _GLUED.sub("\N{NO-BREAK SPACE}", written)


def name_pattern(pattern: str) -> str:
    """Say a pattern of a name: "คุณ{given}" as "คุณ‹given name›"."""
    return _PART.sub(lambda found: f"‹{word(codes.NAME_PARTS, found[1])}›", pattern)


def _words(words: Mapping[str, Promise | str], found: Iterable[str]) -> str:
    return format_list(word(words, one) for one in found)


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


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
        found.append(Line(_first_capital(_words(codes.GREETINGS, value.customs))))
    return found


def _apology(value: facts.Apology) -> list[Line]:
    found = [Line(word(codes.APOLOGIES, value.manner))]
    customs = _words(codes.APOLOGY_CUSTOMS, value.customs)
    return [*found, Line(_first_capital(customs))] if customs else found


def _humour(value: facts.Humour) -> list[Line]:
    return [Line(word(codes.HUMOUR, value.level))]


def _taboos(value: facts.Taboos) -> list[Line]:
    found = _first_capital(_words(codes.TABOOS, value.root))
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


def _withdrawal(value: facts.Withdrawal) -> list[Line]:
    if value.right == "none":
        return [Line(_("No right to send goods back"))]
    if value.right == "regional":
        return [Line(_("Provinces or states decide"))]
    if value.days is None:
        return [Line(_("Goods may be sent back"))]
    days = day_count(value.days, value.day_type)
    start = word(codes.STARTS, value.starts) if value.starts else ""
    found = [Line(_("%(days)s %(start)s") % {"days": days, "start": start} if start else days)]
    if value.right == "unless_policy_shown":
        found.append(Line(_("Only where the shop showed no policy of its own")))
    if value.months_more_if_not_informed:
        months = month_count(value.months_more_if_not_informed)
        found.append(
            Line(_("%(months)s longer if the customer was not told of the right") % {"months": months})
        )
    return found


def _refund(value: facts.RefundDeadline) -> list[Line]:
    if value.days == 0:
        found = [Line(_("At once"))]
    elif value.starts == "notice":
        said_ = _("Within %(days)s of the customer's notice")
        found = [Line(said_ % {"days": day_count(value.days, value.day_type)})]
    else:
        said_ = _("Within %(days)s of the goods' return")
        found = [Line(said_ % {"days": day_count(value.days, value.day_type)})]
    if value.may_wait_for_goods is True:
        found.append(Line(_("The shop may wait for the goods, or proof that they were sent")))
    elif value.may_wait_for_goods is False:
        found.append(Line(_("The shop may not wait for the goods")))
    return found


def _return_cost(value: facts.ReturnCost) -> list[Line]:
    return [Line(word(codes.PAYERS, value.payer))]


def _guarantee(value: facts.Guarantee) -> list[Line]:
    if value.form == "expected_lifetime":
        found = [Line(_("As long as such goods usually last"))]
    elif value.months is None:
        found = [Line(_("No fixed time"))]
    elif value.form == "at_least":
        found = [Line(_("At least %(months)s") % {"months": month_count(value.months)})]
    elif value.form == "limitation_period":
        found = [Line(_("%(months)s to make a claim") % {"months": month_count(value.months)})]
    else:
        found = [Line(month_count(value.months))]
    if value.burden_months:
        months = month_count(value.burden_months)
        found.append(
            Line(_("A fault within %(months)s counts as there from the beginning") % {"months": months})
        )
    return found


def _import_relief(value: facts.ImportRelief) -> list[Line]:
    duty, tax = _("Duty"), _("Tax")
    found = [
        Line(
            _relief(value.duty_free_up_to, value.no_duty, known_else=value.flat_duty is not None), label=duty
        ),
        Line(_relief(value.tax_free_up_to, value.no_tax), label=tax),
    ]
    if value.flat_duty:
        kept = found[:1] if value.duty_free_up_to else []
        found = [*kept, Line(_flat(value), label=duty), *found[1:]]
    if value.collected_by:
        found.append(Line(_words(codes.COLLECTORS, value.collected_by), label=_("Collected by")))
    if value.scheme:
        found.append(Line(value.scheme, label=_("Scheme")))
    return found


def _relief(up_to: facts.Money | None, never: bool, *, known_else: bool = False) -> str:
    if never:
        return _("none at any value")
    if up_to is None:
        return "" if known_else else _("not known")
    if up_to.amount == 0:
        return _("due from the first %(currency)s") % {"currency": up_to.currency}
    return _("none up to %(amount)s") % {"amount": money(up_to)}


def _flat(value: facts.ImportRelief) -> str:
    flat = {"amount": money(value.flat_duty), "most": ""} if value.flat_duty else {}
    if value.flat_up_to:
        flat["most"] = money(value.flat_up_to)
        if value.flat_per == "tariff_line":
            return _("%(amount)s for each kind of goods (tariff line), up to a value of %(most)s") % flat
        return _("%(amount)s a parcel, up to a value of %(most)s") % flat
    if value.flat_per == "tariff_line":
        return _("%(amount)s for each kind of goods (tariff line)") % flat
    return _("%(amount)s a parcel") % flat


def _privacy(value: facts.Privacy) -> list[Line]:
    found = [Line(value.regime)]
    if value.access_months:
        within = month_count(value.access_months)
        found.append(Line(_("A request is answered within %(time)s") % {"time": within}))
    elif value.access_days:
        within = day_count(value.access_days, value.day_type)
        found.append(Line(_("A request is answered within %(time)s") % {"time": within}))
    if value.extension_days:
        more = day_count(value.extension_days, "calendar")
        found.append(Line(_("It may take %(time)s longer, if the customer is told why") % {"time": more}))
    if value.breach_hours:
        hours = ngettext("%(num)s hour", "%(num)s hours", value.breach_hours) % {"num": value.breach_hours}
        found.append(Line(_("A breach is reported within %(time)s") % {"time": hours}))
    return found


def _bodies(value: facts.ComplaintBodies) -> list[Line]:
    return [Line(one.name, url=one.url, quoted=True) for one in value.root]


def _shopping(value: facts.Shopping) -> list[Line]:
    found = []
    if value.mobile_share:
        share = format_percent(value.mobile_share / 100)
        found.append(Line(_("%(share)s of online purchases on a phone") % {"share": share}))
    if value.social:
        found.append(Line(_words(codes.SOCIAL, value.social), label=_("Bought on")))
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
    facts.Withdrawal: _withdrawal,
    facts.RefundDeadline: _refund,
    facts.ReturnCost: _return_cost,
    facts.Guarantee: _guarantee,
    facts.ImportRelief: _import_relief,
    facts.Privacy: _privacy,
    facts.ComplaintBodies: _bodies,
    facts.Shopping: _shopping,
}
