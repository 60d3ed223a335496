"""Asking about orders: pages of them, one by its number, whatever was typed into a search."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

from dragoman.core.customers.models import Identity
from dragoman.core.customers.queries import customer_page
from dragoman.kit import workspace
from dragoman.kit.address import clean

from .errors import ManyOrders, NoOrder, NoShop
from .models import (
    Order,
    OrderAction,
    OrderImport,
    OrderImportFault,
    OrderLine,
    Payment,
    Refund,
    Shipment,
    ShipmentEvent,
    ShipmentLine,
    Shop,
    ShopHook,
    ShopSync,
)
from .numbers import is_meant, number_key, search_key

CARD: Final = 5
MOST_FOUND: Final = 500
_MOST_PEOPLE: Final = 50
Place = tuple[datetime, int]


@dataclass(frozen=True)
class OrderPage:
    """Orders, the newest first, and the place the next page begins after."""

    items: list[Order]
    next: Place | None


def orders_of(workspace_id: int) -> QuerySet[Order]:
    """All orders of a workspace with their shops."""
    return Order.objects.filter(workspace_id=workspace_id).select_related("shop", "shop__account")


def shops_of(workspace_id: int) -> QuerySet[Shop]:
    """All shops of a workspace, the oldest first."""
    return Shop.objects.filter(workspace_id=workspace_id).order_by("pk")


def shop_by_hook(key: str) -> Shop | None:
    """Return the shop whose webhooks go to this key, whosever it is; the caller then acts in its workspace."""
    if not key:
        return None
    with workspace.everywhere(reason="find whose webhook it is"):
        return Shop.objects.select_related("account").filter(hook_key=key).first()


def get_shop(workspace_id: int, shop_id: int) -> Shop:
    """Return one shop; raises NoShop."""
    found = shops_of(workspace_id).select_related("brand", "account").filter(pk=shop_id).first()
    if found is None:
        raise NoShop
    return found


def last_orders(workspace_id: int) -> dict[int, datetime]:
    """Return {id of a shop: when its newest order was placed}: one row a shop, however many orders there are."""
    mine = Order.objects.filter(workspace_id=workspace_id, shop_id=OuterRef("pk")).order_by("-placed_at")
    found = shops_of(workspace_id).annotate(newest=Subquery(mine.values("placed_at")[:1]))
    return {shop: newest for shop, newest in found.values_list("pk", "newest") if newest is not None}


def syncs_of(workspace_id: int) -> dict[int, dict[str, ShopSync]]:
    """Return how far each shop was read, by shop and kind of reading."""
    found: dict[int, dict[str, ShopSync]] = {}
    for one in ShopSync.objects.filter(workspace_id=workspace_id):
        found.setdefault(one.shop_id, {})[one.kind] = one
    return found


def with_parts(found: QuerySet[Order], workspace_id: int) -> QuerySet[Order]:
    """Bring lines, parcels with all of them, payments, refunds and actions along: seven statements."""
    here = {"workspace_id": workspace_id}
    packed = Prefetch("lines", ShipmentLine.objects.filter(**here).order_by("pk"))
    happened = Prefetch("events", ShipmentEvent.objects.filter(**here).order_by("-at", "-pk"))
    kept = {**here, "removed": False}
    return found.prefetch_related(
        Prefetch("lines", OrderLine.objects.filter(**kept).order_by("position", "pk")),
        Prefetch(
            "shipments", Shipment.objects.filter(**kept).order_by("pk").prefetch_related(packed, happened)
        ),
        Prefetch("payments", Payment.objects.filter(**kept).order_by("pk")),
        Prefetch("refunds", Refund.objects.filter(**kept).order_by("pk")),
        Prefetch("actions", OrderAction.objects.filter(**here).select_related("agent").order_by("pk")),
    )


def order_page(
    workspace_id: int,
    *,
    customer_id: int | None = None,
    q: str = "",
    after: Place | None = None,
    limit: int = 25,
    whole: bool = True,
) -> OrderPage:
    """List orders, the newest first; `q` is a number or its beginning, a parcel's number, an address or a name."""
    found = orders_of(workspace_id)
    if customer_id is not None:
        found = found.filter(customer_id=customer_id)
    if q.strip():
        found = found.filter(pk__in=_found(workspace_id, q))
    if after is not None:
        found = found.filter(TupleLessThan(Tuple(F("placed_at"), F("id")), after))
    found = found.order_by("-placed_at", "-id")[: limit + 1]
    rows = list(with_parts(found, workspace_id) if whole else found)
    last = rows[limit - 1] if len(rows) > limit else None
    return OrderPage(rows[:limit], (last.placed_at, last.pk) if last else None)


def _found(workspace_id: int, q: str) -> list[int]:
    """Return the ids of orders that a search means, by whatever it may be."""
    here = Order.objects.filter(workspace_id=workspace_id)
    text, key, found_by = clean(q).strip(), number_key(q), search_key(q)
    found: list[int] = []
    if found_by:
        # ^@ is leakproof, so its index is used under row security; LIKE is not
        numbered = here.extra(where=["commerce_order.search_key ^@ %s"], params=[found_by])
        found += numbered.order_by("search_key").values_list("pk", flat=True)[:MOST_FOUND]
        parcels = Shipment.objects.filter(workspace_id=workspace_id, tracking_key=key, removed=False)
        found += parcels.values_list("order_id", flat=True)[:MOST_FOUND]
    people: list[int] = []
    if "@" in text:
        mail = text.lower()
        found += here.filter(email=mail).order_by("-pk").values_list("pk", flat=True)[:MOST_FOUND]
        known = Identity.objects.filter(workspace_id=workspace_id, kind=Identity.Kind.EMAIL, value=mail)
        people += known.values_list("customer_id", flat=True)
    elif any(one.isalpha() for one in text):
        people += [one.pk for one in customer_page(workspace_id, q=text, limit=_MOST_PEOPLE).items]
    if people:
        theirs = here.filter(customer_id__in=people).order_by("-placed_at")
        found += theirs.values_list("pk", flat=True)[:MOST_FOUND]
    return found


def tracked_order(workspace_id: int, *, brand_id: int, number: str, proof: str) -> Order | None:
    """Return a brand's order by its or a parcel's number, for who knows its mail address or postcode; else None."""
    key, said = number_key(number), clean(proof).strip().lower()
    if not search_key(number) or len(said) < 3:
        return None
    parcels = Shipment.objects.filter(workspace_id=workspace_id, tracking_key=key, removed=False)
    mine = orders_of(workspace_id).filter(brand_id=brand_id, anonymised_at=None)
    found = with_parts(
        mine.filter(Q(search_key=search_key(number)) | Q(pk__in=parcels.values("order_id"))), workspace_id
    )
    for order in found.order_by("-placed_at")[:20]:
        postcode = number_key(str(order.shipping_address.get("postcode") or ""))
        if said == order.email or (postcode and number_key(said) == postcode):
            return order
    return None


def parcels_numbered(workspace_id: int, number: str) -> list[Shipment]:
    """Return the parcels of a number, in any spacing, with their orders and their events, newest first."""
    key = number_key(number)
    rows = Shipment.objects.filter(workspace_id=workspace_id, tracking_key=key or "-", removed=False)
    events = ShipmentEvent.objects.filter(workspace_id=workspace_id).order_by("-at", "-pk")
    return list(
        rows.select_related("order").prefetch_related(Prefetch("events", events)).order_by("-pk")[:20]
    )


def failed_hooks(workspace_id: int, shop_id: int) -> list[ShopHook]:
    """Return the newest webhooks of a shop that could not be taken, ten at most."""
    found = ShopHook.objects.filter(workspace_id=workspace_id, shop_id=shop_id, state=ShopHook.State.FAILED)
    return list(found.defer("sealed").order_by("-pk")[:10])


def order_imports_of(workspace_id: int) -> QuerySet[OrderImport]:
    """Files of orders, the newest first."""
    found = OrderImport.objects.filter(workspace_id=workspace_id).select_related("brand", "agent")
    return found.order_by("-pk")


def faults_of(found: OrderImport) -> QuerySet[OrderImportFault]:
    """Return the orders of a file that were not taken, in its order."""
    faults = OrderImportFault.objects.filter(workspace_id=found.workspace_id, order_import=found)
    return faults.order_by("row", "pk")


def get_order(workspace_id: int, number: str, *, brand_id: int | None = None) -> Order:
    """Return the order of a number with its parts; raises NoOrder, ManyOrders where two shops have it."""
    key, found_by = number_key(number), search_key(number)
    if not found_by:
        raise NoOrder
    found = orders_of(workspace_id).filter(search_key=found_by)
    if brand_id is not None:
        found = found.filter(brand_id=brand_id)
    # written out, a number is meant as it stands; otherwise all that it may mean count
    exact = found.filter(number_key=key)
    rows = list(with_parts(exact.order_by("pk"), workspace_id)[:2])
    if not rows and (rows := list(with_parts(found.order_by("pk"), workspace_id)[:2])) == []:
        raise NoOrder
    if len(rows) > 1:
        raise ManyOrders
    return rows[0]


def order_by_id(workspace_id: int, order_id: int) -> Order:
    """Return an order with its parts; raises NoOrder."""
    found = with_parts(orders_of(workspace_id).filter(pk=order_id), workspace_id).first()
    if found is None:
        raise NoOrder
    return found


@dataclass(frozen=True)
class Card:
    """What stands beside a conversation: the customer's newest orders, those it speaks of first.

    `spoken` are the ids of these; `others` are orders it names that are somebody else's; `more`: there are more.
    """

    orders: list[Order]
    spoken: frozenset[int]
    others: list[Order]
    more: bool


def card_of(
    workspace_id: int, *, customer_id: int, numbers: Sequence[str], proven: Collection[int] = ()
) -> Card:
    """Return the card of a customer; `numbers` are those the conversation names, the newest first.

    `proven` are ids of orders that they showed to be theirs, whoever the shop says they are of.
    """
    keys = list(dict.fromkeys(key for one in numbers if (key := search_key(one))))[:10]
    mine = Q(customer_id=customer_id)
    newest = list(
        with_parts(
            orders_of(workspace_id).filter(mine).order_by("-placed_at", "-id")[: CARD + 1], workspace_id
        )
    )
    more = len(newest) > CARD
    asked = [key for key in keys if not any(is_meant(one.number_key, key) for one in newest)]
    named: list[Order] = []
    if asked:
        named = list(with_parts(orders_of(workspace_id).filter(search_key__in=asked), workspace_id)[:CARD])
    shown_theirs = (
        list(with_parts(orders_of(workspace_id).filter(pk__in=proven), workspace_id)) if proven else []
    )
    own = [one for one in named if one.customer_id == customer_id]
    # one order may be named twice, with its letters and without
    spoken = {one.pk: one for key in keys for one in [*newest, *own] if is_meant(one.number_key, key)}
    spoken |= {one.pk: one for one in shown_theirs}
    shown = {**spoken, **{one.pk: one for one in newest[:CARD]}}
    return Card(
        list(shown.values())[: max(CARD, len(spoken))],
        frozenset(spoken),
        [one for one in named if one.customer_id != customer_id and one.pk not in proven],
        more,
    )
