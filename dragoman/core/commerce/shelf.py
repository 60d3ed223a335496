"""What a shop sells, asked for where something else is to be sent; never inside a transaction."""

from collections.abc import Sequence
from typing import Final, cast

from django.utils.translation import gettext_lazy as _

from dragoman.ground.providers.shops.ports import Shelf
from dragoman.kit.errors import OutsideError

from .connecting import account_of, connector_of
from .errors import BadWish
from .models import Order
from .wants import Sent

MOST: Final = 20


def found_in(order: Order, sends: Sequence[tuple[str, int]]) -> tuple[Sent, ...]:
    """Return what has these article numbers in an order's shop; raises BadWish for one it does not sell or price."""
    connector = connector_of(order.shop)
    if connector is None or not hasattr(connector, "variant"):
        return ()
    shelf, found = cast(Shelf, connector), []
    for sku, quantity in sends[:MOST]:
        named = {"sku": sku[:60]}
        try:
            one = shelf.variant(account_of(order.shop), sku, currency=order.currency, country=order.country)
        except OutsideError:
            raise BadWish(_("The shop does not answer: try again in a moment."), place="sends") from None
        if one is None:
            raise BadWish(_("The shop sells nothing with the number “%(sku)s”.") % named, place="sends")
        if one.price is None:
            raise BadWish(_("The shop tells no price of “%(sku)s” in this currency.") % named, place="sends")
        found.append(Sent(one.id, one.sku, one.title, quantity, _as_paid(one.price, order)))
    return tuple(found)


def _as_paid(price: int, order: Order) -> int:
    """Return a price as its customer pays it: where an order's prices are without tax, with tax at its own rate."""
    net = order.total - order.tax_total
    if order.tax_included or net <= 0:
        return price
    return (price * order.total + net // 2) // net
