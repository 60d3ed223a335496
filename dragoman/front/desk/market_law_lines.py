"""What the law of a market says, in lines: the part of `market_lines.py` a shop may not go below."""

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import BaseModel

from dragoman.ground.markets import facts

from . import market_codes as codes
from .market_words import Line, day_count, money, month_count, rate, word, words_of


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
        found.append(Line(words_of(codes.COLLECTORS, value.collected_by), label=_("Collected by")))
    if value.scheme:
        found.append(Line(value.scheme, label=_("Scheme")))
    return found


def _sales_tax(value: facts.SalesTax) -> list[Line]:
    if value.standard is None:
        return [Line(_("No tax of the whole country; parts of it may have one"))]
    text = rate(value.standard)
    if value.varies:
        text = _("At least %(rate)s: parts of the country take more") % {"rate": text}
    found = [Line(text, label=value.name)]
    for lower in value.reduced:
        label = word(codes.TAXED_LESS, lower.goods)
        found.append(Line(rate(lower.rate), label=label))
    return found


def _charges(value: facts.ImportCharges) -> list[Line]:
    found = []
    if value.at_sale_up_to:
        most = {"amount": money(value.at_sale_up_to)}
        must = value.at_sale_by == "must"
        text = (
            _("taken in the shop up to %(amount)s")
            if must
            else _("taken in registered shops up to %(amount)s")
        )
        found.append(Line(text % most, label=_("Tax")))
    if value.tax_waived_up_to:
        text = _("a sum of up to %(amount)s is not collected") % {"amount": money(value.tax_waived_up_to)}
        found.append(Line(text, label=_("Tax")))
    for one in value.duty:
        found.append(Line(rate(one.percent), label=_("Duty on all goods")))
    for fee in value.fees:
        found.append(Line(money(fee.amount) if fee.amount else _("not known"), label=fee.name))
    return found or [Line(_("by the tariff"), label=_("Duty"))]


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


LAW: Final[dict[type[BaseModel], Callable[[Any], list[Line]]]] = {
    facts.Withdrawal: _withdrawal,
    facts.RefundDeadline: _refund,
    facts.ReturnCost: _return_cost,
    facts.Guarantee: _guarantee,
    facts.ImportRelief: _import_relief,
    facts.SalesTax: _sales_tax,
    facts.ImportCharges: _charges,
    facts.Privacy: _privacy,
}
