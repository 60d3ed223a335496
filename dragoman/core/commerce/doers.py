"""What a shop lets us do, and whether it makes sense for an order."""

from collections.abc import Iterator
from typing import cast

from dragoman.core.accounts.authority_models import ActionKind
from dragoman.ground.providers.shops.ports import Can, Doer
from dragoman.ground.providers.statuses import FulfilmentStatus, OrderStatus

from .connecting import connector_of
from .models import Order, Shop
from .paying import paid_at_vendor

# what a kind of action asks of a shop, any of these
NEEDS = {
    ActionKind.REFUND: (Can.REFUND, Can.REFUND_SUM),
    ActionKind.CANCEL: (Can.CANCEL, Can.CANCEL_LINES),
    ActionKind.ADDRESS: (Can.EDIT_ADDRESS,),
    ActionKind.RESHIP: (Can.RESHIP,),
    ActionKind.DISCOUNT: (Can.DISCOUNT,),
    ActionKind.STORE_CREDIT: (Can.STORE_CREDIT,),
    ActionKind.EXCHANGE: (Can.EXCHANGE,),
    ActionKind.DUPLICATE: (Can.DUPLICATE,),
}
_AT_HOME = frozenset({FulfilmentStatus.UNFULFILLED})


def doer_of(shop: Shop) -> Doer | None:
    """Return what acts in a shop; None where nothing does."""
    found = connector_of(shop)
    return cast(Doer, found) if found is not None and hasattr(found, "do") else None


def can_of(shop: Shop) -> frozenset[Can]:
    """Return what a shop lets us do."""
    found = connector_of(shop)
    return found.can if found is not None and doer_of(shop) is not None else frozenset()


def refunds_itself(shop: Shop) -> bool:
    """Say whether a shop gives money back; where it does not, its payment's vendor may."""
    return not can_of(shop).isdisjoint({Can.REFUND, Can.REFUND_SUM})


def can_for(order: Order) -> frozenset[Can]:
    """Return what may be done with an order: what its shop can, and a refund where its payment's vendor gives it."""
    can = can_of(order.shop)
    by_vendor = not refunds_itself(order.shop) and bool(paid_at_vendor(order))
    return can | {Can.REFUND, Can.REFUND_SUM} if by_vendor else can


def offered(order: Order) -> Iterator[str]:
    """Yield the kinds of action that are legal for an order now: its shop can do them and they make sense."""
    can, itself = can_for(order), can_of(order.shop)
    for kind, any_of in NEEDS.items():
        # a shop is asked by its own id of the order, a payment's vendor by that of the payment
        known = order.external_id or not itself.intersection(any_of)
        if can.intersection(any_of) and known and _makes_sense(kind, order):
            yield kind


def _makes_sense(kind: ActionKind, order: Order) -> bool:
    if order.anonymised_at is not None or (
        # what was cancelled by mistake is ordered anew
        order.status == OrderStatus.CANCELLED and kind not in {ActionKind.REFUND, ActionKind.DUPLICATE}
    ):
        return False
    if kind in {ActionKind.CANCEL, ActionKind.ADDRESS}:
        return order.fulfilment_status in _AT_HOME or (
            kind == ActionKind.CANCEL and order.fulfilment_status == FulfilmentStatus.PARTLY_SENT
        )
    if kind == ActionKind.EXCHANGE:
        return order.fulfilment_status not in _AT_HOME
    if kind == ActionKind.REFUND:
        return order.refunded_total < order.total
    return True
