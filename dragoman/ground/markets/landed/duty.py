"""The duty on a parcel: none within the relief, a flat sum, a rate for all goods, or the rates of each kind."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dragoman.kit.money import Money

from ..border_facts import DutyBracket, ImportCharges, ImportRelief, Special
from ..values import Money as Named
from .due import at_border, at_checkout, by_shop
from .parts import Exchange, Goods, Kind, Limit, Parcel, Part, Rate, Rules, Why, held, share, tariff_lines

NOTHING = ImportCharges()


def special_of(rules: Rules, origin: str) -> Special | None:
    """Return what holds for parcels from a country instead."""
    border = rules.border or NOTHING
    return next((one for one in border.special if origin in one.sent_from), None)


def plain(amount: Named) -> Money:
    """Return a playbook's amount as money."""
    return Money(amount.amount, amount.currency)


def within(parcel: Parcel, rules: Rules, limit: Named, exchange: Exchange) -> Limit:
    """Hold a parcel against a limit of its destination, as that border counts."""
    border = rules.border or NOTHING
    return held(
        parcel,
        rules,
        plain(limit),
        exchange,
        counts=border.relief_counts,
        per_item=border.relief_per == "item",
    )


def duty_of(parcel: Parcel, rules: Rules, rate: Rate, exchange: Exchange) -> Part:
    """Return the duty on a parcel."""
    if rules.border and rules.border.union and rules.border.union == rules.union:
        return Part(kind=Kind.DUTY, amount=0, why=Why.UNION, fact=rules.charges)
    limits = rules.limits
    if limits is None:
        return _due(parcel, rules, None, Why.NO_RULE)
    if limits.no_duty:
        return _due(parcel, rules, 0, Why.NEVER)
    if limits.flat_duty:
        found = within(parcel, rules, limits.flat_up_to, exchange) if limits.flat_up_to else Limit(True)
        if found.within is None:
            return _due(parcel, rules, None, found.why)
        if found.within:
            return _flat(parcel, rules, limits, limits.flat_duty, exchange)
        return _normal(parcel, rules, parcel.goods, rate, exchange, found.exchanged)
    return _beyond_relief(parcel, rules, limits, rate, exchange)


def _beyond_relief(
    parcel: Parcel, rules: Rules, limits: ImportRelief, rate: Rate, exchange: Exchange
) -> Part:
    border, special = rules.border or NOTHING, special_of(rules, parcel.origin)
    free = (special.duty_free_up_to if special else None) or limits.duty_free_up_to
    if free is None:
        if border.duty or border.duty_free_hs:
            return _normal(parcel, rules, parcel.goods, rate, exchange)
        return _due(parcel, rules, None, Why.NO_RULE)
    if not free.amount or (border.relief_for == "registered" and not parcel.registered):
        return _normal(parcel, rules, parcel.goods, rate, exchange)
    if border.relief_for == "registered_perhaps_others" and not parcel.registered:
        return _due(parcel, rules, None, Why.NO_RULE)
    found = within(parcel, rules, free, exchange)
    if found.within is None:
        return _due(parcel, rules, None, found.why)
    if not found.within:
        return _normal(parcel, rules, parcel.goods, rate, exchange, found.exchanged)
    if border.no_relief_hs and any(not one.hs_code for one in parcel.goods):
        return _due(parcel, rules, None, Why.NO_HS)
    taxed = [one for one in parcel.goods if one.hs_code.startswith(border.no_relief_hs)]
    if taxed:
        return _normal(parcel, rules, taxed, rate, exchange, found.exchanged)
    return _due(parcel, rules, 0, Why.RELIEF, estimate=found.exchanged)


def _due(parcel: Parcel, rules: Rules, amount: int | None, why: Why, **more: Any) -> Part:
    fact = more.pop("fact", rules.relief)
    if (rules.border or NOTHING).duty_at_sale and parcel.registered:
        return at_checkout(Kind.DUTY, amount, why, fact=fact, **more)
    return at_border(Kind.DUTY, amount, why, parcel=parcel, rules=rules, fact=fact, **more)


def _flat(parcel: Parcel, rules: Rules, limits: ImportRelief, flat: Named, exchange: Exchange) -> Part:
    least, most = tariff_lines(parcel.goods) if limits.flat_per == "tariff_line" else (1, 1)
    native = Money(flat.amount * least, flat.currency)
    turned = native if flat.currency == parcel.currency else exchange(native, parcel.currency)
    more: dict[str, Any] = {"native": native, "fact": rules.relief}
    amount, why = (turned.minor if turned else None), Why.FLAT if turned else Why.NO_EXCHANGE
    if turned and least != most:
        amount, why, more["least"] = None, Why.NO_HS, turned.minor
    more["estimate"] = turned is not None and flat.currency != parcel.currency
    if (rules.border or NOTHING).flat_duty_payer == "seller":
        return by_shop(Kind.DUTY, amount, why, **more)
    return _due(parcel, rules, amount, why, **more)


def _normal(
    parcel: Parcel,
    rules: Rules,
    goods: Sequence[Goods],
    rate: Rate,
    exchange: Exchange,
    turned: bool = False,
) -> Part:
    """Return duty by a rate for all goods where the law has one, else by the rates the shop gave."""
    border, special = rules.border or NOTHING, special_of(rules, parcel.origin)
    brackets = (special.duty if special else ()) or border.duty
    if brackets:
        return _bracket(parcel, rules, brackets, exchange)
    known, reasons = Decimal(0), list[Why]()
    for one in goods:
        percent = _percent(one, border, rate)
        if isinstance(percent, Why):
            reasons.append(percent)
            continue
        base, sure = _base(parcel, one.value, border)
        known += base * percent
        if percent and not sure:
            reasons.append(Why.NO_FREIGHT if parcel.freight is None else Why.NO_RULE)
    amount = share(known, Decimal(1))
    if reasons:
        return _due(parcel, rules, None, reasons[0], least=amount)
    return _due(parcel, rules, amount, Why.RATE, estimate=True)


def _percent(goods: Goods, border: ImportCharges, rate: Rate) -> Decimal | Why:
    if border.duty_free_hs:
        first, last = border.duty_free_hs
        if not goods.hs_code:
            return Why.NO_HS
        if first <= int(goods.hs_code[:2]) <= last:
            return Decimal(0)
    return rate(goods)


def _base(parcel: Parcel, value: int, border: ImportCharges) -> tuple[Decimal, bool]:
    """Return what duty is reckoned on for goods of a value, and whether that is all of it."""
    if border.duty_counts == "goods":
        return Decimal(value), True
    freight = Decimal(parcel.freight or 0) * value / parcel.value if parcel.value else Decimal(0)
    if border.duty_counts is None:
        return Decimal(value), parcel.freight == 0
    return value + freight, parcel.freight is not None


def _bracket(parcel: Parcel, rules: Rules, brackets: Sequence[DutyBracket], exchange: Exchange) -> Part:
    border = rules.border or NOTHING
    for bracket in brackets:
        found = within(parcel, rules, bracket.up_to, exchange) if bracket.up_to else Limit(True)
        if found.within is None:
            return _due(parcel, rules, None, found.why)
        if found.within:
            break
    else:
        return _due(parcel, rules, None, Why.NO_RULE)
    base, sure = _base(parcel, parcel.value, border)
    excess = rules.limits.duty_free_up_to if rules.limits and border.excess_only else None
    free, less = (_turned(one, parcel.currency, exchange) for one in (excess, bracket.less))
    if free is None or less is None:
        return _due(parcel, rules, None, Why.NO_EXCHANGE)
    amount = max(share(max(base - free, Decimal(0)), bracket.percent) - less, 0)
    more: dict[str, Any] = {"fact": rules.charges, "estimate": True}
    if not sure:
        return _due(parcel, rules, None, Why.NO_FREIGHT, least=amount, **more)
    return _due(parcel, rules, amount, Why.RATE, **more)


def _turned(amount: Named | None, currency: str, exchange: Exchange) -> int | None:
    if amount is None or amount.currency == currency:
        return amount.amount if amount else 0
    found = exchange(plain(amount), currency)
    return found.minor if found else None


def holds_tax(parcel: Parcel, rules: Rules) -> bool:
    """Say whether the rate of duty that holds there has the tax in it."""
    special = special_of(rules, parcel.origin)
    brackets = (special.duty if special else ()) or (rules.border or NOTHING).duty
    return any(one.with_tax for one in brackets)
