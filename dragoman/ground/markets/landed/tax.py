"""The tax on a parcel (VAT, GST): taken in the shop, at the border, or not at all."""

from decimal import Decimal
from typing import Any, Final

from ..border_facts import SalesTax
from .due import at_border, at_checkout
from .duty import NOTHING, holds_tax, plain, special_of, within
from .parts import Exchange, Goods, Kind, Limit, Parcel, Part, Rules, Why, share

# food, medicine, books: chapters many countries tax less, so that the standard rate is no more than an estimate
OFTEN_LESS: Final = frozenset([*range(1, 25), 30, 49])


def tax_of(parcel: Parcel, rules: Rules, duty: Part, exchange: Exchange) -> Part:
    """Return the tax of the destination on a parcel."""
    border, sale = rules.border or NOTHING, rules.sale
    if border.union and border.union == rules.union:
        return Part(kind=Kind.TAX, amount=0, why=Why.UNION, fact=rules.tax)
    if (rules.limits and rules.limits.no_tax) or (sale and not sale.at_import):
        return Part(kind=Kind.TAX, amount=0, why=Why.NEVER, fact=rules.tax or rules.relief)
    if sale is None or rules.limits is None:
        return _due(parcel, rules, None, Why.NO_RULE)
    above = None
    if border.at_sale_up_to:
        found = within(parcel, rules, border.at_sale_up_to, exchange)
        told = _at_sale(parcel, rules, duty, found)
        if told:
            return told
        above = found.within is False
    return _at_import(parcel, rules, duty, exchange, above)


def _at_sale(parcel: Parcel, rules: Rules, duty: Part, found: Limit) -> Part | None:
    """Return the tax a shop takes, None where it is taken at the border instead."""
    border, sale = rules.border, rules.sale
    assert border and sale
    takes = parcel.registered or border.at_sale_by == "must"
    if found.within is False or (found.within and not takes and border.else_taxed == "at_import"):
        return None
    if found.within and not takes:
        return Part(kind=Kind.TAX, amount=0, why=Why.SMALL_SELLER, fact=rules.charges)
    freight = (parcel.freight or 0) if border.at_sale_counts == "goods_and_freight" else 0
    amount, sure = _reckoned(parcel, sale, extra=freight + (duty.floor if border.duty_at_sale else 0))
    if found.within is None:
        return at_checkout(Kind.TAX, None, found.why, least=amount if takes else 0, fact=rules.charges)
    unknown = border.at_sale_counts == "goods_and_freight" and parcel.freight is None
    more: dict[str, Any] = {"fact": rules.tax, "estimate": not sure or found.exchanged}
    if unknown or sale.varies:
        why = Why.NO_FREIGHT if unknown else Why.VARIES
        return at_checkout(Kind.TAX, None, why, least=amount, **more)
    return at_checkout(Kind.TAX, amount, Why.AT_SALE, **more)


def _at_import(parcel: Parcel, rules: Rules, duty: Part, exchange: Exchange, above: bool | None) -> Part:
    border, sale = rules.border or NOTHING, rules.sale
    assert sale and rules.limits
    if holds_tax(parcel, rules) and duty.why is not Why.RELIEF:
        return Part(kind=Kind.TAX, amount=0, why=Why.IN_DUTY, fact=rules.charges)
    special = special_of(rules, parcel.origin)
    free = (special.tax_free_up_to if special else None) or rules.limits.tax_free_up_to
    if border.tax_waived_up_to is None:
        if free is None and above is None:
            return _due(parcel, rules, None, Why.NO_RULE)
        found = within(parcel, rules, free, exchange) if free else Limit(False)
        if found.within is None:
            return _due(parcel, rules, None, found.why)
        if found.within and free and free.amount:
            return _due(parcel, rules, 0, Why.RELIEF, estimate=found.exchanged)
    if not border.import_tax_known:
        return _due(parcel, rules, None, Why.NO_RATE)
    return _of_all(parcel, rules, duty, exchange)


def _of_all(parcel: Parcel, rules: Rules, duty: Part, exchange: Exchange) -> Part:
    """Return the tax on goods, freight and duty together."""
    border, sale = rules.border or NOTHING, rules.sale
    assert sale and rules.limits
    extra = (parcel.freight or 0) + duty.floor
    if border.excess_only and rules.limits.tax_free_up_to:
        turned = exchange(plain(rules.limits.tax_free_up_to), parcel.currency)
        if turned is None:
            return _due(parcel, rules, None, Why.NO_EXCHANGE)
        extra -= turned.minor
    amount, _sure = _reckoned(parcel, sale, extra=extra)
    more: dict[str, Any] = {"fact": rules.tax, "estimate": True}
    if duty.amount is None:
        return _due(parcel, rules, None, Why.NO_DUTY_KNOWN, least=amount, **more)
    if parcel.freight is None:
        return _due(parcel, rules, None, Why.NO_FREIGHT, least=amount, **more)
    if sale.varies:
        return _due(parcel, rules, None, Why.VARIES, least=amount, **more)
    return _waived(parcel, rules, amount, exchange) or _due(parcel, rules, amount, Why.RATE, **more)


def _waived(parcel: Parcel, rules: Rules, amount: int, exchange: Exchange) -> Part | None:
    border = rules.border or NOTHING
    if border.tax_waived_up_to is None:
        return None
    turned = exchange(plain(border.tax_waived_up_to), parcel.currency)
    if turned is None:
        return _due(parcel, rules, None, Why.NO_EXCHANGE)
    foreign = parcel.currency != border.tax_waived_up_to.currency
    return (
        _due(parcel, rules, 0, Why.WAIVED, fact=rules.charges, estimate=foreign)
        if amount <= turned.minor
        else None
    )


def _due(parcel: Parcel, rules: Rules, amount: int | None, why: Why, **more: Any) -> Part:
    fact = more.pop("fact", rules.relief)
    border = rules.border or NOTHING
    if border.duty_at_sale and parcel.registered:
        return at_checkout(Kind.TAX, amount, why, fact=fact, **more)
    return at_border(Kind.TAX, amount, why, parcel=parcel, rules=rules, fact=fact, **more)


def _reckoned(parcel: Parcel, sale: SalesTax, *, extra: int) -> tuple[int, bool]:
    """Return the tax on the goods and what is spread over them, and whether each rate is sure."""
    total, sure, tax = parcel.value, True, Decimal(0)
    for one in parcel.goods:
        percent, certain = rate_of(sale, one)
        base = one.value + (Decimal(extra) * one.value / total if total else Decimal(0))
        tax += base * percent / (100 - percent if sale.within else 100)
        sure = sure and certain
    return max(share(tax, Decimal(100)), 0), sure


def rate_of(sale: SalesTax, goods: Goods) -> tuple[Decimal, bool]:
    """Return the percent for goods, and whether it is sure: without an HS code a lower rate may hold."""
    standard = sale.standard or Decimal(0)
    if not goods.hs_code:
        return standard, False
    for lower in sale.reduced:
        if goods.hs_code.startswith(lower.hs):
            return lower.rate, True
    return standard, int(goods.hs_code[:2]) not in OFTEN_LESS
