"""The landed cost of a parcel: goods, freight, duty, tax, fees of states and carriers, each with who pays it."""

from dragoman.kit.money import Money

from ..border_facts import Fee
from .due import at_border, at_checkout, by_shop
from .duty import NOTHING, duty_of, within
from .parts import Exchange, Kind, Landed, Limit, Parcel, Part, Rate, Rules, Why, tariff_lines
from .tax import tax_of


def landed_cost(parcel: Parcel, rules: Rules, *, rate: Rate, exchange: Exchange) -> Landed:
    """Return every part of what a parcel costs at its destination; `rate` and `exchange` are asked, never guessed."""
    parts = [at_checkout(Kind.GOODS, parcel.value, Why.PRICE)]
    why = Why.PRICE if parcel.freight is not None else Why.NO_FREIGHT
    parts.append(at_checkout(Kind.FREIGHT, parcel.freight, why))
    if parcel.origin == parcel.destination:
        parts += [Part(kind=kind, amount=0, why=Why.UNION) for kind in (Kind.DUTY, Kind.TAX)]
        return Landed(parcel.currency, parts)
    duty = duty_of(parcel, rules, rate, exchange)
    parts += [duty, tax_of(parcel, rules, duty, exchange), *_fees(parcel, rules, exchange)]
    return Landed(parcel.currency, [*parts, *_handling(parcel, rules, parts)])


def _fees(parcel: Parcel, rules: Rules, exchange: Exchange) -> list[Part]:
    border = rules.border or NOTHING
    if border.union and border.union == rules.union:
        return []
    return [part for fee in border.fees if (part := _fee(parcel, rules, fee, exchange))]


def _fee(parcel: Parcel, rules: Rules, fee: Fee, exchange: Exchange) -> Part | None:
    up_to = within(parcel, rules, fee.up_to, exchange) if fee.up_to else Limit(True)
    above = within(parcel, rules, fee.above, exchange) if fee.above else Limit(False)
    if up_to.within is False or above.within is True:
        return None
    unsure = next((one.why for one in (up_to, above) if one.within is None), None)
    amount, why, native, least = None, unsure or Why.LISTED, None, 0
    if fee.amount:
        pieces = sum(one.quantity for one in parcel.goods)
        some, most = {"parcel": (1, 1), "item": (pieces, pieces)}.get(fee.per) or tariff_lines(parcel.goods)
        native = Money(fee.amount.amount * some, fee.amount.currency)
        turned = native if native.currency == parcel.currency else exchange(native, parcel.currency)
        why = unsure or (Why.NO_HS if some != most else Why.LISTED if turned else Why.NO_EXCHANGE)
        if turned and not unsure:
            amount, least = (None, turned.minor) if some != most else (turned.minor, 0)
    more = {"name": fee.name, "native": native, "least": least, "fact": rules.charges}
    more["estimate"] = bool(native and native.currency != parcel.currency)
    if fee.payer == "seller":
        return by_shop(Kind.FEE, amount, why, **more)
    return at_border(Kind.FEE, amount, why, parcel=parcel, rules=rules, **more)


def _handling(parcel: Parcel, rules: Rules, parts: list[Part]) -> list[Part]:
    """Return the carrier's fee for paying first, where something is due at the border; none where nothing is."""
    when = "import" if parcel.ddp else "delivery"
    waits = [
        one for one in parts if one.when == when and one.why is not Why.FLAT and one.kind is not Kind.FEE
    ]
    if not waits:
        return []
    why, native = Why.LISTED, None
    if parcel.handling is None:
        why = Why.NO_EXCHANGE if parcel.listed else Why.NO_RATE
        native = parcel.listed
    return [at_border(Kind.HANDLING, parcel.handling, why, parcel=parcel, rules=rules, native=native)]
