"""What happens to orders as we mirror them."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class OrderMirrored(Event):
    """An order is new here, or something of it changed; `customer_id` is None where nobody is known."""

    topic_noun: ClassVar[str] = "order"
    order_id: int
    customer_id: int | None
    new: bool


@dataclass(frozen=True)
class OrderCancelled(Event):
    """A shop cancelled an order."""

    topic_noun: ClassVar[str] = "order"
    order_id: int


@dataclass(frozen=True)
class ShipmentChanged(Event):
    """A parcel is new, or stands elsewhere than before; `status` and `detail` are of statuses.py."""

    topic_noun: ClassVar[str] = "order"
    order_id: int
    shipment_id: int
    status: str
    detail: str


@dataclass(frozen=True)
class InwardShipmentChanged(Event):
    """A parcel that brings goods back stands elsewhere than before; `ShipmentChanged` never tells of one."""

    topic_noun: ClassVar[str] = "order"
    order_id: int
    shipment_id: int
    status: str
    detail: str


@dataclass(frozen=True)
class ShipmentLate(Event):
    """A parcel is late, slow or stalled, told once until that is over; `trouble` is of Shipment.Trouble."""

    topic_noun: ClassVar[str] = "order"
    order_id: int
    shipment_id: int
    trouble: str


@dataclass(frozen=True)
class PaymentChanged(Event):
    """Money came in, or its state changed."""

    topic_noun: ClassVar[str] = "order"
    order_id: int
    payment_id: int
    status: str


@dataclass(frozen=True)
class RefundChanged(Event):
    """Money went back, or its state changed."""

    topic_noun: ClassVar[str] = "order"
    order_id: int
    refund_id: int
    status: str


@dataclass(frozen=True)
class ProductMirrored(Event):
    """A product is new here, or something of it changed."""

    topic_noun: ClassVar[str] = "product"
    product_id: int


@dataclass(frozen=True)
class ShopChanged(Event):
    """A shop was connected, or something of it changed."""

    topic_noun: ClassVar[str] = "shop"
    shop_id: int


@dataclass(frozen=True)
class CarriersChanged(Event):
    """An account at a carrier or aggregator was added, changed, switched or removed."""

    topic_noun: ClassVar[str] = "carrier"
    carrier_id: int


@dataclass(frozen=True)
class CarrierHookStored(Event):
    """A carrier told something by itself; it is stored word for word and not read yet."""

    topic_noun: ClassVar[str] = "carrier"
    carrier_id: int
    hook_id: int


@dataclass(frozen=True)
class ShopHookStored(Event):
    """A shop told something; it is stored word for word and not read yet."""

    topic_noun: ClassVar[str] = "shop"
    shop_id: int
    hook_id: int


@dataclass(frozen=True)
class ShopSyncBegun(Event):
    """A shop is to be read: all of it (`backfill`), or what may have been missed (`repair`)."""

    topic_noun: ClassVar[str] = "shop"
    shop_id: int
    kind: str


@dataclass(frozen=True)
class OrderActionAsked(Event):
    """Somebody wants a shop to do something with an order; `agent_id` 0 is a program."""

    topic_noun: ClassVar[str] = "order"
    order_id: int
    action_id: int
    agent_id: int
    kind: str


@dataclass(frozen=True)
class OrderActionChanged(Event):
    """An action stands elsewhere than before; `agent_id` 0: nobody's doing."""

    topic_noun: ClassVar[str] = "order"
    order_id: int
    action_id: int
    agent_id: int
    state: str


@dataclass(frozen=True)
class PaymentAccountChanged(Event):
    """An account at a payment vendor is new, was changed, switched, or is gone."""

    topic_noun: ClassVar[str] = "payment_account"
    payment_account_id: int


@dataclass(frozen=True)
class PaymentHookStored(Event):
    """A payment vendor's webhook was verified and stored."""

    topic_noun: ClassVar[str] = "payment_account"
    payment_account_id: int
    hook_id: int


@dataclass(frozen=True)
class DisputeOpened(Event):
    """A buyer or their bank contests a charge; `order_id` is None where we know of no such order."""

    topic_noun: ClassVar[str] = "dispute"
    dispute_id: int
    order_id: int | None


@dataclass(frozen=True)
class DisputeChanged(Event):
    """A dispute stands elsewhere than before; `state` is of DisputeState, `answer` says how far ours came."""

    topic_noun: ClassVar[str] = "dispute"
    dispute_id: int
    state: str
    answer: str


@dataclass(frozen=True)
class DisputeAnswered(Event):
    """A person had evidence sent to a dispute."""

    topic_noun: ClassVar[str] = "dispute"
    dispute_id: int
    agent_id: int


@dataclass(frozen=True)
class OrderImportStarted(Event):
    """A file of orders is to be brought in."""

    topic_noun: ClassVar[str] = "order_import"
    order_import_id: int
