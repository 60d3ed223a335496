"""An order as a program sends it, checked field by field, and as the mirror takes it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Final

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StringConstraints,
)

from dragoman.kit.errors import Refusal
from dragoman.kit.money import is_currency
from dragoman.kit.shapes import Market, Moment

from ..statuses import (
    FulfilmentStatus,
    MoneyStatus,
    OrderStatus,
    PaymentStatus,
    ShipmentDetail,
    ShipmentStatus,
)
from .facts import (
    LineFacts,
    OrderFacts,
    PaymentFacts,
    PersonFacts,
    RefundFacts,
    ShipmentFacts,
    TotalFacts,
    version_of,
)

_MOST: Final = 10**13
Short = Annotated[str, StringConstraints(max_length=120)]
Middle = Annotated[str, StringConstraints(max_length=300)]
Long = Annotated[str, StringConstraints(max_length=1000)]
Quantity = Annotated[StrictInt, Field(ge=0, le=1_000_000)]

# what shops and carriers call it, where that is plain
_PARCELS: Final[Mapping[str, str]] = {
    "shipped": "in_transit",
    "sent": "in_transit",
    "transit": "in_transit",
    "label_created": "info_received",
    "pre_transit": "info_received",
    "available_for_pickup": "ready_to_collect",
    "failed_attempt": "attempt_failed",
    "attempt_fail": "attempt_failed",
    "customs": "exception",
    "return_to_sender": "returning",
}


def _currency(value: str) -> str:
    code = value.upper()
    if not is_currency(code):
        raise ValueError(_("There is no such currency: give three letters of ISO 4217 such as EUR."))
    return code


Currency = Annotated[str, StringConstraints(min_length=3, max_length=3), AfterValidator(_currency)]


class In(BaseModel):
    """The base of all that comes in: an unknown field is an error that names it."""

    model_config = ConfigDict(extra="forbid")


class MoneyIn(In):
    """Minor units (ISO 4217): 4990 is 49.90 EUR, 12000 is 12,000 JPY. A bare number is of the order's currency."""

    amount: Annotated[StrictInt, Field(ge=0, lt=_MOST)]
    currency: Currency | None = None


def _bare(value: Any) -> Any:
    if isinstance(value, float | str | Decimal):
        raise ValueError(_("Amounts are whole minor units: 49.90 EUR is 4990, 1.999 KWD is 1999."))
    return {"amount": value} if isinstance(value, int) and not isinstance(value, bool) else value


Amount = Annotated[MoneyIn, BeforeValidator(_bare)]


def parcel_status(value: Any) -> Any:
    """Return our word for what shops and carriers plainly call a state."""
    return _PARCELS.get(value.strip().lower(), value.strip().lower()) if isinstance(value, str) else value


class CustomerIn(In):
    """Who bought; addresses find or make the customer."""

    email: Annotated[str, StringConstraints(max_length=254)] | None = None
    phone: Annotated[str, StringConstraints(max_length=40)] | None = None
    name: Annotated[str, StringConstraints(max_length=200)] | None = None
    language: Annotated[str, StringConstraints(max_length=20)] | None = None


class LineIn(In):
    """What was bought."""

    sku: Short
    title: Middle
    quantity: Quantity
    unit_price: Amount
    external_id: Short = ""
    variant: Annotated[str, StringConstraints(max_length=200)] = ""
    discount: Amount | None = None
    tax: Amount | None = None
    category: Short = ""
    final_sale: bool = False
    custom_made: bool = False
    digital: bool = False
    hygiene: bool = False
    hs_code: Annotated[str, StringConstraints(max_length=20, pattern=r"^[\d. ]*$")] = ""
    origin: Market = ""
    weight: Annotated[StrictInt, Field(ge=0, le=10**8)] | None = None
    image_url: Long = ""
    fulfilled: Quantity | None = None
    returned: Quantity = 0
    refunded: Quantity = 0
    cancelled: Quantity = 0


class PackedIn(In):
    """How many of a line (its SKU or external id) are in a parcel."""

    sku: Short
    quantity: Quantity


class ShipmentIn(In):
    """A parcel; without `lines` all of the order is in it."""

    carrier: Annotated[str, StringConstraints(max_length=60)] = ""
    tracking_number: Annotated[str, StringConstraints(max_length=80)] = ""
    status: Annotated[ShipmentStatus, BeforeValidator(parcel_status)]
    detail: ShipmentDetail | None = None
    external_id: Short = ""
    service: Annotated[str, StringConstraints(max_length=80)] = ""
    tracking_url: Long = ""
    status_at: Moment | None = None
    shipped_at: Moment | None = None
    estimated_at: Moment | None = None
    delivered_at: Moment | None = None
    lines: Annotated[list[PackedIn], Field(max_length=500)] | None = None


class PaymentIn(In):
    """Money that came in; `said` names the means ("Visa •••• 4242"), never a card's number."""

    method: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    amount: Amount
    paid_at: Moment | None = None
    status: MoneyStatus = MoneyStatus.DONE
    external_id: Short = ""
    gateway: Annotated[str, StringConstraints(max_length=60)] = ""
    said: Short = ""


class RefundItemIn(In):
    """Of which line how many were refunded, and how much that is."""

    sku: Short
    quantity: Quantity
    amount: Amount | None = None


class RefundIn(In):
    """Money that went back; `payment` is the external id of what it is of."""

    amount: Amount
    refunded_at: Moment | None = None
    status: MoneyStatus = MoneyStatus.DONE
    method: Annotated[str, StringConstraints(max_length=60)] = ""
    reason: Middle = ""
    external_id: Short = ""
    payment: Short = ""
    lines: Annotated[list[RefundItemIn], Field(max_length=500)] = []


class AddressIn(In):
    """An address as the shop wrote it."""

    name: Annotated[str, StringConstraints(max_length=200)] = ""
    company: Annotated[str, StringConstraints(max_length=200)] = ""
    lines: Annotated[list[Annotated[str, StringConstraints(max_length=200)]], Field(max_length=6)] = []
    city: Short = ""
    region: Short = ""
    postcode: Annotated[str, StringConstraints(max_length=20)] = ""
    country: Market = ""
    phone: Annotated[str, StringConstraints(max_length=40)] = ""


class TotalsIn(In):
    """The order's sums; what is left out follows from its lines."""

    items: Amount | None = None
    discount: Amount | None = None
    shipping: Amount | None = None
    tax: Amount | None = None
    tax_included: bool = True
    total: Amount | None = None
    refunded: Amount | None = None


class OrderShape(In):
    """A whole order as it is now. `shipments`, `payments`, `refunds` left out stay as they are, [] says there are none.

    With `updated_at` (or a counter, `version`) an older state that comes late is ignored.
    """

    placed_at: Moment
    currency: Currency
    country: Market = ""
    customer: CustomerIn = CustomerIn()
    lines: Annotated[list[LineIn], Field(max_length=500)]
    shipments: Annotated[list[ShipmentIn], Field(max_length=200)] | None = None
    payments: Annotated[list[PaymentIn], Field(max_length=200)] | None = None
    refunds: Annotated[list[RefundIn], Field(max_length=200)] | None = None
    external_id: Short = ""
    updated_at: Moment | None = None
    version: Annotated[StrictInt, Field(ge=0, le=10**17)] | None = None
    status: OrderStatus | None = None
    payment_status: PaymentStatus | None = None
    fulfilment_status: FulfilmentStatus | None = None
    cancelled_at: Moment | None = None
    cancel_reason: Annotated[str, StringConstraints(max_length=200)] = ""
    totals: TotalsIn = TotalsIn()
    store_total: MoneyIn | None = None
    rate: Annotated[Decimal, Field(gt=0, lt=10**9, max_digits=19, decimal_places=10)] | None = None
    discount_codes: Annotated[
        list[Annotated[str, StringConstraints(max_length=60)]], Field(max_length=20)
    ] = []
    shipping_address: AddressIn | None = None
    billing_address: AddressIn | None = None
    note: Annotated[str, StringConstraints(max_length=10_000)] = ""
    informed: bool = True
    admin_url: Annotated[str, StringConstraints(max_length=500, pattern=r"^(https?://\S+)?$")] = ""


class BoughtIn(LineIn):
    """What was bought, one or more of it: shops by webhook may send lines that an edit left empty, programs may not."""

    quantity: Annotated[StrictInt, Field(ge=1, le=1_000_000)]


class OrderIn(OrderShape):
    """A whole order as it is now, and the brand it is of. `shipments`, `payments`, `refunds` left out stay as they are.

    [] says there are none. With `updated_at` (or a counter, `version`) an older state that comes late is ignored.
    """

    lines: Annotated[list[BoughtIn], Field(min_length=1, max_length=500)]  # type: ignore[assignment]
    brand: Annotated[str, StringConstraints(max_length=63)] | None = None


class NumberedOrder(OrderShape):
    """A whole order with its number: what webhooks and files bring."""

    number: Annotated[str, StringConstraints(min_length=1, max_length=80)]


def _amounts(found: Any, place: str = "") -> Iterator[tuple[str, MoneyIn]]:
    """Yield every amount of an order with its place, the shop's own currency left out."""
    if isinstance(found, MoneyIn):
        yield place, found
    elif isinstance(found, list):
        for at, one in enumerate(found):
            yield from _amounts(one, f"{place}.{at}")
    elif isinstance(found, In):
        for name in type(found).model_fields:
            if name != "store_total":
                yield from _amounts(getattr(found, name), f"{place}.{name}" if place else name)


def _one_currency(data: OrderShape) -> None:
    wrong = [place for place, one in _amounts(data) if one.currency not in (None, data.currency)]
    if wrong:
        message = _("This order is in %(currency)s.") % {"currency": data.currency}
        raise Refusal(
            _("This order is in %(currency)s, and these amounts are not: %(fields)s.")
            % {"currency": data.currency, "fields": ", ".join(wrong)},
            code="invalid",
            status=422,
            details={"errors": [{"field": one, "message": message, "type": "currency"} for one in wrong]},
        )


def _of(amount: MoneyIn | None) -> int:
    return amount.amount if amount else 0


def _told(amount: MoneyIn | None) -> int | None:
    return amount.amount if amount else None


def _line(line: LineIn) -> LineFacts:
    plain = line.model_dump(exclude={"unit_price", "discount", "tax"})
    return LineFacts(
        **plain, unit_price=line.unit_price.amount, discount=_of(line.discount), tax=_of(line.tax)
    )


def _shipment(one: ShipmentIn) -> ShipmentFacts:
    plain = one.model_dump(exclude={"lines", "detail"})
    held = None if one.lines is None else [(line.sku, line.quantity) for line in one.lines]
    return ShipmentFacts(**plain, detail=str(one.detail or ""), lines=held)


def _refund(one: RefundIn) -> RefundFacts:
    plain = one.model_dump(exclude={"lines", "amount"})
    items = [(line.sku, line.quantity, _of(line.amount)) for line in one.lines]
    return RefundFacts(**plain, amount=one.amount.amount, items=items)


def facts_of(number: str, data: OrderShape) -> OrderFacts:
    """Return an order as the mirror takes it; raises Refusal `invalid` where an amount is of another currency."""
    _one_currency(data)
    totals = {
        name: _told(getattr(data.totals, name)) for name in TotalsIn.model_fields if name != "tax_included"
    }
    store = data.store_total
    version = (
        data.version if data.version is not None else version_of(data.updated_at) if data.updated_at else 0
    )
    plain = data.model_dump(
        include={"placed_at", "currency", "country", "external_id", "status", "payment_status", "informed"}
        | {
            "fulfilment_status",
            "cancelled_at",
            "cancel_reason",
            "rate",
            "discount_codes",
            "note",
            "admin_url",
        }
    )
    return OrderFacts(
        **plain,
        number=number,
        version=version,
        person=PersonFacts(**{name: value or "" for name, value in data.customer.model_dump().items()}),
        lines=[_line(one) for one in data.lines],
        totals=TotalFacts(**totals, tax_included=data.totals.tax_included),
        store_currency=(store.currency or data.currency) if store else "",
        store_total=_told(store),
        shipping_address=data.shipping_address.model_dump() if data.shipping_address else {},
        billing_address=data.billing_address.model_dump() if data.billing_address else {},
        shipments=None if data.shipments is None else [_shipment(one) for one in data.shipments],
        payments=None
        if data.payments is None
        else [
            PaymentFacts(**one.model_dump(exclude={"amount"}), amount=one.amount.amount)
            for one in data.payments
        ],
        refunds=None if data.refunds is None else [_refund(one) for one in data.refunds],
    )
