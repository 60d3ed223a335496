"""`/orders`, `/shipments`, `/payments`: orders as their shop tells them, taken in and shown."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import get_brand
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.models import Order, OrderLine, Payment, Shipment
from dragoman.core.commerce.numbers import number_key, search_key
from dragoman.core.commerce.queries import get_order, order_by_id, order_page
from dragoman.core.conversations.cursors import decode, encode
from dragoman.ground.providers.shops.shapes import OrderIn, facts_of

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import Listed, page_below

router = Router(tags=["commerce"])


class MoneyOut(Schema):
    """An amount in minor units (ISO 4217)."""

    amount: int
    currency: str


class LineOut(Schema):
    """What was bought."""

    id: str
    sku: str
    title: str
    variant: str
    quantity: int
    unit_price: MoneyOut
    discount: MoneyOut
    tax: MoneyOut
    category: str
    final_sale: bool
    custom_made: bool
    digital: bool
    hygiene: bool
    hs_code: str
    origin: str
    weight: int | None
    image_url: str
    external_id: str
    fulfilled: int
    returned: int
    refunded: int
    cancelled: int


class PackedOut(Schema):
    """How many of a line are in a parcel."""

    line: str
    sku: str
    quantity: int


class ShipmentOut(Schema):
    """A parcel."""

    id: str
    order: str
    external_id: str
    carrier: str
    service: str
    tracking_number: str
    tracking_url: str
    status: str
    detail: str
    status_at: datetime | None
    shipped_at: datetime | None
    estimated_at: datetime | None
    delivered_at: datetime | None
    lines: list[PackedOut]


class PaymentOut(Schema):
    """Money that came in."""

    id: str
    order: str
    external_id: str
    gateway: str
    method: str
    said: str
    amount: MoneyOut
    status: str
    paid_at: datetime | None


class RefundOut(Schema):
    """Money that went back."""

    id: str
    external_id: str
    method: str
    amount: MoneyOut
    status: str
    reason: str
    refunded_at: datetime | None


class OrderOut(Schema):
    """An order; `store_total` and `rate` are what the shop said of its own currency."""

    id: str
    number: str
    brand: str
    shop: str
    external_id: str
    placed_at: datetime
    cancelled_at: datetime | None
    cancel_reason: str
    status: str
    payment_status: str
    fulfilment_status: str
    currency: str
    items_total: MoneyOut
    discount_total: MoneyOut
    shipping_total: MoneyOut
    tax_total: MoneyOut
    tax_included: bool
    total: MoneyOut
    refunded_total: MoneyOut
    store_total: MoneyOut | None
    store_currency: str
    rate: Decimal | None
    discount_codes: list[str]
    country: str
    language: str
    customer: str | None
    name: str
    email: str
    phone: str
    shipping_address: dict[str, Any]
    billing_address: dict[str, Any]
    note: str
    informed: bool
    lines: list[LineOut]
    shipments: list[ShipmentOut]
    payments: list[PaymentOut]
    refunds: list[RefundOut]
    updated_at: datetime


def _shown(row: Any, shape: type[Schema], money: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """Return a row's fields as a shape has them; those in `money` with the currency.

    What a row only refers to is named in `more`: it would be asked for, row by row.
    """
    values = {
        name: getattr(row, name) for name in shape.model_fields if name not in more and hasattr(row, name)
    }
    currency = more.pop("currency", "") or getattr(row, "currency", "")
    amounts = {name: {"amount": getattr(row, name), "currency": currency} for name in money}
    return {**values, **more, **amounts, "id": str(row.pk)}


def _parcel(parcel: Shipment, number: str, skus: dict[int, OrderLine]) -> dict[str, Any]:
    packed = [
        {"line": str(one.line_id), "sku": skus[one.line_id].sku, "quantity": one.quantity}
        for one in parcel.lines.all()
        if one.line_id in skus
    ]
    return _shown(parcel, ShipmentOut, order=number, lines=packed)


def order_json(order: Order, brands: dict[int, str]) -> dict[str, Any]:
    """Return an order as the contract shows it."""
    totals = ("items_total", "discount_total", "shipping_total", "tax_total", "total", "refunded_total")
    lines = list(order.lines.all())
    by_id = {line.pk: line for line in lines}
    store = None
    if order.store_total is not None and order.store_currency:
        store = {"amount": order.store_total, "currency": order.store_currency}
    costs = ("unit_price", "discount", "tax")
    payments = order.payments.all()
    return _shown(
        order,
        OrderOut,
        totals,
        brand=brands.get(order.brand_id, ""),
        shop=str(order.shop_id),
        customer=str(order.customer_id) if order.customer_id else None,
        store_total=store,
        lines=[_shown(line, LineOut, costs, currency=order.currency) for line in lines],
        shipments=[_parcel(one, order.number, by_id) for one in order.shipments.all()],
        payments=[_shown(one, PaymentOut, ("amount",), order=order.number) for one in payments],
        refunds=[_shown(one, RefundOut, ("amount",)) for one in order.refunds.all()],
        updated_at=order.mirrored_at,
    )


def _brands(workspace_id: int) -> dict[int, str]:
    return dict(Brand.objects.filter(workspace_id=workspace_id).values_list("pk", "slug"))


@router.put(
    "/orders/{path:number}", response={200: OrderOut, 201: OrderOut, **ERRORS}, summary="Mirror an order"
)
def put_order(request: HttpRequest, number: str, data: OrderIn) -> Any:
    """Take a state of an order in: 201 for one that is new here, then 200; the same again changes nothing."""
    workspace_id = workspace_of(request)
    shop = shop_of_the_api(get_brand(workspace_id, data.brand or ""))
    done = mirror_order(shop, facts=facts_of(number, data))
    found = order_by_id(workspace_id, done.order.pk)
    return Status(201 if done.new else 200, order_json(found, _brands(workspace_id)))


@router.get("/orders/{path:number}", response={200: OrderOut, **ERRORS}, summary="One order")
def get_one(request: HttpRequest, number: str, brand: Annotated[str, Query(max_length=63)] = "") -> Any:
    """Return the order of a number, however it is typed; name the `brand` where two shops have it (409)."""
    workspace_id = workspace_of(request)
    named = get_brand(workspace_id, brand).pk if brand else None
    return order_json(get_order(workspace_id, number, brand_id=named), _brands(workspace_id))


@router.get("/orders", response={200: Listed[OrderOut], **ERRORS}, summary="List orders")
def list_orders(
    request: HttpRequest,
    customer: Annotated[str, Query(max_length=20)] = "",
    q: Annotated[str, Query(max_length=300)] = "",
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> Any:
    """List orders, the newest first; `q` is a number or its beginning, a parcel's number, an address or a name."""
    workspace_id = workspace_of(request)
    place = decode(cursor, (datetime, int)) if cursor else None
    page = order_page(
        workspace_id,
        customer_id=number_of(customer) if customer else None,
        q=q,
        after=(place[0], place[1]) if place else None,
        limit=limit,
    )
    brands = _brands(workspace_id)
    following = encode([page.next[0].isoformat(), page.next[1]]) if page.next else None
    return {"items": [order_json(one, brands) for one in page.items], "next": following}


def _part_rows(found: Any, order: str, cursor: str | None, limit: int) -> tuple[list[Any], str | None]:
    if order:
        found = found.filter(order__search_key=search_key(order))
    return page_below(found.select_related("order"), cursor, limit)


@router.get("/shipments", response={200: Listed[ShipmentOut], **ERRORS}, summary="List parcels")
def list_shipments(
    request: HttpRequest,
    order: Annotated[str, Query(max_length=80)] = "",
    tracking: Annotated[str, Query(max_length=80)] = "",
    cursor: Annotated[str | None, Query(max_length=20)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> Any:
    """List parcels, the newest first, of an `order`, or of one `tracking` number in any spacing."""
    workspace_id = workspace_of(request)
    found = Shipment.objects.filter(workspace_id=workspace_id, removed=False).prefetch_related("lines")
    if tracking:
        found = found.filter(tracking_key=number_key(tracking) or "-")
    rows, following = _part_rows(found, order, cursor, limit)
    lines = OrderLine.objects.filter(workspace_id=workspace_id, order_id__in=[one.order_id for one in rows])
    by_id = {one.pk: one for one in lines}
    return {"items": [_parcel(one, one.order.number, by_id) for one in rows], "next": following}


@router.get("/payments", response={200: Listed[PaymentOut], **ERRORS}, summary="List payments")
def list_payments(
    request: HttpRequest,
    order: Annotated[str, Query(max_length=80)] = "",
    cursor: Annotated[str | None, Query(max_length=20)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> Any:
    """List payments, the newest first, of an `order` where it is named."""
    found = Payment.objects.filter(workspace_id=workspace_of(request), removed=False)
    rows, following = _part_rows(found, order, cursor, limit)
    shown = [_shown(one, PaymentOut, ("amount",), order=one.order.number) for one in rows]
    return {"items": shown, "next": following}
