"""An order as a shop tells it: what connectors and the API hand to `actions.mirror.mirror_order`.

Amounts are minor units of the order's currency. `None` says that the shop did not tell: what we have then stays
(lists), or follows from the rest (totals, statuses). An empty list says that there is nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from dragoman.ground.providers.statuses import (
    FulfilmentStatus,
    MoneyStatus,
    OrderStatus,
    PaymentStatus,
    ShipmentStatus,
)


def version_of(at: datetime) -> int:
    """Return a shop's `updated_at` as a version: microseconds since 1970, exactly."""
    seconds = int(at.replace(microsecond=0).timestamp())
    return seconds * 1_000_000 + at.microsecond


@dataclass(frozen=True, kw_only=True)
class LineFacts:
    """What was bought; `external_id` is the shop's id of the line, which keeps it the same through every change.

    Without one its SKU and place do. `discount` and `tax` are of all of it. `fulfilled` None: as its shipments say.
    """

    title: str
    quantity: int
    unit_price: int
    sku: str = ""
    external_id: str = ""
    variant: str = ""
    discount: int = 0
    tax: int = 0
    category: str = ""
    final_sale: bool = False
    custom_made: bool = False
    digital: bool = False
    hygiene: bool = False
    hs_code: str = ""
    origin: str = ""
    weight: int | None = None
    image_url: str = ""
    fulfilled: int | None = None
    returned: int = 0
    refunded: int = 0
    cancelled: int = 0


@dataclass(frozen=True, kw_only=True)
class ShipmentFacts:
    """A parcel; `lines` is [(external id or SKU of the line, quantity)], None for all of the order."""

    status: ShipmentStatus
    detail: str = ""
    external_id: str = ""
    carrier: str = ""
    service: str = ""
    tracking_number: str = ""
    tracking_url: str = ""
    status_at: datetime | None = None
    shipped_at: datetime | None = None
    estimated_at: datetime | None = None
    delivered_at: datetime | None = None
    lines: Sequence[tuple[str, int]] | None = None


@dataclass(frozen=True, kw_only=True)
class PaymentFacts:
    """Money that came in; `said` names the means without its number."""

    method: str
    amount: int
    status: MoneyStatus = MoneyStatus.DONE
    external_id: str = ""
    gateway: str = ""
    said: str = ""
    paid_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RefundFacts:
    """Money that went back; `items` is [(external id or SKU of the line, quantity, amount)]."""

    amount: int
    status: MoneyStatus = MoneyStatus.DONE
    external_id: str = ""
    method: str = ""
    reason: str = ""
    refunded_at: datetime | None = None
    items: Sequence[tuple[str, int, int]] = ()
    payment: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """Who bought, as the shop wrote it. Addresses make or find the customer; the name joins nobody."""

    email: str = ""
    phone: str = ""
    name: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class TotalFacts:
    """The order's sums in minor units; None follows from lines."""

    items: int | None = None
    discount: int | None = None
    shipping: int | None = None
    tax: int | None = None
    tax_included: bool = True
    total: int | None = None
    refunded: int | None = None


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    """A whole order at one moment; `version` orders the shop's states (`version_of`), 0 where it has none.

    `rate`: how much of `store_currency` one unit of `currency` was worth to the shop. `returns_called_off`: the shop's
    ids of returns it awaits no more. Addresses are
    {"name", "company", "lines": [...], "city", "region", "postcode", "country", "phone"}, as far as told.
    """

    number: str
    placed_at: datetime
    currency: str
    lines: Sequence[LineFacts]
    external_id: str = ""
    version: int = 0
    person: PersonFacts = PersonFacts()
    country: str = ""
    status: OrderStatus | None = None
    payment_status: PaymentStatus | None = None
    fulfilment_status: FulfilmentStatus | None = None
    cancelled_at: datetime | None = None
    cancel_reason: str = ""
    totals: TotalFacts = TotalFacts()
    store_currency: str = ""
    store_total: int | None = None
    rate: Decimal | None = None
    discount_codes: Sequence[str] = ()
    shipping_address: Mapping[str, object] = field(default_factory=dict)
    billing_address: Mapping[str, object] = field(default_factory=dict)
    note: str = ""
    informed: bool = True
    admin_url: str = ""
    shipments: Sequence[ShipmentFacts] | None = None
    payments: Sequence[PaymentFacts] | None = None
    refunds: Sequence[RefundFacts] | None = None
    returns_called_off: Sequence[str] = ()
