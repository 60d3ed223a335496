"""What a parcel of a brand costs landed: the law as it holds for the brand, and the brand's own tables."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.core.commerce.models import Order
from dragoman.core.exchange.queries import Table, table_on
from dragoman.core.playbooks.queries import has_playbook, told
from dragoman.ground.markets.landed.cost import landed_cost
from dragoman.ground.markets.landed.parts import Goods, Landed, Parcel
from dragoman.ground.markets.landed.rules import rules_of, union_of
from dragoman.kit.money import Money

from .queries import Quote, duty_rates, quote_of, quotes_on, terms_of


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A parcel somebody asks about. `weight` is grams of all of it, `freight` what the customer paid for sending.

    Without `freight` the brand's table is asked for `service`, or for the cheapest. `ddp` None: the brand's terms.
    """

    origin: str
    destination: str
    currency: str
    goods: Sequence[Goods]
    on: datetime.date
    weight: int | None = None
    freight: int | None = None
    service: str = ""
    ddp: bool | None = None


@dataclass(frozen=True)
class Told:
    """The answer: the parts, the services there are, and the table of rates of exchange if one was needed."""

    parcel: Parcel
    landed: Landed
    quotes: Sequence[Quote]
    quote: Quote | None
    table: Table | None


def landed_for(workspace_id: int, brand_id: int | None, asked: Asked) -> Told:
    """Return what a parcel costs at its destination; without a brand there are no tables, and no duty by rate."""
    table = table_on(workspace_id, asked.on)
    terms = terms_of(workspace_id, brand_id) if brand_id else None
    union = union_of(asked.destination, asked.on)
    places = [asked.destination, *([union] if len(union) == 2 and union != asked.destination else [])]
    lane = {"origin": asked.origin, "destination": asked.destination}
    quotes = quotes_on(workspace_id, brand_id, **lane, weight=asked.weight, day=asked.on) if brand_id else []
    quote = quote_of(quotes, asked.service)
    parcel = Parcel(
        origin=asked.origin,
        destination=asked.destination,
        on=asked.on,
        currency=asked.currency,
        goods=asked.goods,
        freight=asked.freight if asked.freight is not None else _in(asked.currency, quote, table, "price"),
        handling=_in(asked.currency, quote, table, "handling"),
        listed=Money(quote.handling, quote.currency) if quote and quote.handling is not None else None,
        ddp=bool(terms and set(places) & set(terms.ddp)) if asked.ddp is None else asked.ddp,
        registered=bool(terms and set(places) & set(terms.registered)),
    )
    rules = rules_of(asked.origin, asked.destination, asked.on)
    if brand_id and has_playbook(asked.destination):
        known = told(workspace_id, brand_id, asked.destination, on=asked.on)
        rules = replace(rules, relief=known["import_relief"].holds, tax=known["sales_tax"].holds)

    def exchange(money: Money, target: str) -> Money | None:
        return table.exchange(money, target) if table else None

    rate = duty_rates(workspace_id, brand_id, places=places, day=asked.on, goods=asked.goods)
    found = landed_cost(parcel, rules, rate=rate, exchange=exchange)
    return Told(parcel, found, quotes, quote, table)


def _in(currency: str, quote: Quote | None, table: Table | None, name: str) -> int | None:
    """Return an amount of a quote in the currency of the parcel; None where it is not known."""
    amount = getattr(quote, name) if quote else None
    if amount is None or quote is None or quote.currency == currency:
        return amount
    turned = table.exchange(Money(amount, quote.currency), currency) if table else None
    return turned.minor if turned else None


def asked_of(order: Order, origin: str) -> Asked:
    """Return what an order asks: its goods without tax, what was taken for sending, its weight where all is known."""
    lines = [one for one in order.lines.all() if not (one.removed or one.digital)]
    goods = []
    for line in lines:
        paid = line.unit_price * line.quantity - line.discount - (line.tax if order.tax_included else 0)
        # a discount or a tax that does not part evenly: the line counts as one thing
        even = line.quantity and paid % line.quantity == 0
        count, each = (line.quantity, paid // line.quantity) if even else (1, paid)
        if line.quantity:
            goods.append(
                Goods(count, max(each, 0), title=line.title, hs_code=line.hs_code, origin=line.origin)
            )
    weights = [line.weight * line.quantity if line.weight is not None else None for line in lines]
    return Asked(
        origin=origin,
        destination=order.country,
        currency=order.currency,
        goods=goods,
        on=order.placed_at.date(),
        weight=sum(one or 0 for one in weights) if all(one is not None for one in weights) else None,
        freight=order.shipping_total,
    )


def landed_for_order(order: Order) -> Told | None:
    """Return what an order costs at its border; None where it crosses none, or nobody said where it is sent from."""
    terms = terms_of(order.workspace_id, order.brand_id)
    if not terms.sends_from or not order.country or terms.sends_from == order.country:
        return None
    asked = asked_of(order, terms.sends_from)
    return landed_for(order.workspace_id, order.brand_id, asked) if asked.goods else None
