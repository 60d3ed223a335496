"""What shops sold, sent and were paid, as we mirror it: the shop is the truth, these rows are its copy.

All amounts are minor units (ISO 4217) of the order's `currency`, what the customer was charged, where nothing else
is said.
"""

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand, InWorkspace
from dragoman.core.connections.models import VendorAccount
from dragoman.core.customers.models import Customer
from dragoman.ground.providers.statuses import (
    FulfilmentStatus,
    MoneyStatus,
    OrderStatus,
    PaymentStatus,
    ShipmentStatus,
)

from .action_models import ActionState, OrderAction
from .import_models import OrderImport, OrderImportFault
from .numbers import SEPARATORS
from .parcel_models import MOVING, CarrierDoor, CarrierHook, LaneTime
from .payment_models import Answer, Dispute, PaymentAccount, PaymentHook
from .product_models import Price, Product, ProductVariant
from .sync_models import ShopHook, ShopSync

__all__ = [
    "ActionState",
    "Answer",
    "CarrierDoor",
    "CarrierHook",
    "Dispute",
    "LaneTime",
    "Order",
    "OrderAction",
    "OrderImport",
    "OrderImportFault",
    "OrderLine",
    "Payment",
    "PaymentAccount",
    "PaymentHook",
    "Price",
    "Product",
    "ProductVariant",
    "Refund",
    "Shipment",
    "ShipmentEvent",
    "ShipmentLine",
    "Shop",
    "ShopHook",
    "ShopSync",
]


class Shop(InWorkspace):
    """Where a brand sells. `kind` names the connector (`api`: pushed to us), what it can do is the connector's to say.

    `account` holds its secrets, `settings` what may be shown. `hook_key` is the end of the address its webhooks go to,
    empty where it has no connector. One worker at a time asks it, until `leased_until`.
    """

    class State(models.TextChoices):
        """What the last call said."""

        NEW = "new", _("Not tried yet")
        WORKING = "working", _("Working")
        FAILING = "failing", _("Failing")
        OFF = "off", _("Switched off")

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    address = models.CharField(max_length=300, default="", blank=True)
    account = models.ForeignKey(
        VendorAccount, models.SET_NULL, null=True, db_constraint=False, db_index=False
    )
    settings = models.JSONField(default=dict, blank=True)
    hook_key = models.CharField(max_length=40, default="", db_default="", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW, db_default="new")
    last_error = models.CharField(max_length=500, default="", db_default="", blank=True)
    last_worked_at = models.DateTimeField(null=True)
    last_hook_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="shop_in_workspace"),
            models.UniqueConstraint("workspace", "brand", "kind", "address", name="shop_once"),
            # found before anybody knows the workspace: one key is one shop in the whole installation
            models.UniqueConstraint("hook_key", name="shop_hook_once", condition=~models.Q(hook_key="")),
        ]

    def __str__(self) -> str:
        return self.title


class Order(InWorkspace):
    """An order. `number` is as the shop writes it, `number_key` what it is (`numbers.number_key`),
    `search_key` what it is looked for by.

    `shop_version` orders the shop's states (its counter, or its `updated_at` in microseconds; 0: it has none): an older
    one never overwrites a newer one. `state_hash` tells that a state is the one we have. `rate` is how much of
    `store_currency` one unit of `currency` was worth to the shop, None where it did not say: nothing is ever converted
    by another. `informed`: the buyer was told of the right to withdraw. With `anonymised_at` the person was
    taken out and what books must keep stayed.
    """

    shop = models.ForeignKey(Shop, models.CASCADE, db_constraint=False, db_index=False)
    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    number = models.CharField(max_length=80)
    number_key = models.CharField(max_length=120)
    search_key = models.GeneratedField(
        expression=Func(F("number_key"), Value(SEPARATORS), Value(""), function="translate"),
        output_field=models.CharField(max_length=120),
        db_persist=True,
    )
    external_id = models.CharField(max_length=120, default="", blank=True)
    shop_version = models.BigIntegerField(default=0)
    state_hash = models.CharField(max_length=64, default="")
    admin_url = models.CharField(max_length=500, default="", blank=True)

    placed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, default="", blank=True)
    status = models.CharField(max_length=12, choices=OrderStatus.choices, default=OrderStatus.OPEN)
    payment_status = models.CharField(
        max_length=16, choices=PaymentStatus.choices, default=PaymentStatus.PENDING
    )
    fulfilment_status = models.CharField(
        max_length=16, choices=FulfilmentStatus.choices, default=FulfilmentStatus.UNFULFILLED
    )

    currency = models.CharField(max_length=3)
    store_currency = models.CharField(max_length=3, default="", blank=True)
    rate = models.DecimalField(max_digits=20, decimal_places=10, null=True)
    items_total = models.BigIntegerField(default=0)
    discount_total = models.BigIntegerField(default=0)
    shipping_total = models.BigIntegerField(default=0)
    tax_total = models.BigIntegerField(default=0)
    tax_included = models.BooleanField(default=True)
    total = models.BigIntegerField(default=0)
    refunded_total = models.BigIntegerField(default=0)
    store_total = models.BigIntegerField(null=True)
    discount_codes = models.JSONField(default=list, blank=True)
    returns_called_off = models.JSONField(default=list, db_default=[], blank=True)

    country = models.CharField(max_length=2, default="", blank=True)
    language = models.CharField(max_length=20, default="", blank=True)
    name = models.CharField(max_length=200, default="", blank=True)
    email = models.CharField(max_length=254, default="", blank=True)
    phone = models.CharField(max_length=40, default="", blank=True)
    shipping_address = models.JSONField(default=dict, blank=True)
    billing_address = models.JSONField(default=dict, blank=True)
    note = models.TextField(default="", blank=True)
    informed = models.BooleanField(default=True)

    anonymised_at = models.DateTimeField(null=True)
    mirrored_at = models.DateTimeField(db_default=Now())
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="order_in_workspace"),
            models.UniqueConstraint("workspace", "shop", "number_key", name="order_number_once"),
            models.UniqueConstraint(
                "workspace",
                "shop",
                "external_id",
                name="order_external_once",
                condition=~models.Q(external_id=""),
            ),
        ]
        indexes = [
            models.Index("workspace", "search_key", name="order_number"),
            models.Index(
                "workspace", "customer", F("placed_at").desc(), F("id").desc(), name="order_of_customer"
            ),
            models.Index("workspace", F("placed_at").desc(), F("id").desc(), name="order_newest"),
            models.Index("workspace", "shop", F("placed_at").desc(), name="order_newest_of_shop"),
            models.Index("workspace", "email", name="order_email", condition=~models.Q(email="")),
        ]

    def __str__(self) -> str:
        return self.number


class Part(InWorkspace):
    """The base of what an order is made of: `key` tells its rows apart, `removed`: the shop has one no more."""

    key = models.CharField(max_length=160)
    external_id = models.CharField(max_length=120, default="", blank=True)
    removed = models.BooleanField(default=False)

    class Meta:
        abstract = True


class OrderLine(Part):
    """What was bought. `key` is the shop's id of the line, or its SKU and place; `discount` and `tax` are of all of it.

    `weight` is grams of one, `origin` ISO 3166-1, `hs_code` digits.
    """

    order = models.ForeignKey(
        Order, models.CASCADE, db_constraint=False, db_index=False, related_name="lines"
    )
    position = models.PositiveSmallIntegerField(default=0)
    sku = models.CharField(max_length=120, default="", blank=True)
    title = models.CharField(max_length=300)
    variant = models.CharField(max_length=200, default="", blank=True)
    quantity = models.PositiveIntegerField()
    unit_price = models.BigIntegerField()
    discount = models.BigIntegerField(default=0)
    tax = models.BigIntegerField(default=0)
    category = models.CharField(max_length=120, default="", blank=True)
    final_sale = models.BooleanField(default=False)
    custom_made = models.BooleanField(default=False)
    digital = models.BooleanField(default=False)
    hygiene = models.BooleanField(default=False)
    hs_code = models.CharField(max_length=14, default="", blank=True)
    origin = models.CharField(max_length=2, default="", blank=True)
    weight = models.PositiveIntegerField(null=True)
    image_url = models.CharField(max_length=1000, default="", blank=True)
    fulfilled = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    refunded = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="order_line_in_workspace"),
            models.UniqueConstraint("workspace", "order", "key", name="order_line_once"),
        ]
        indexes = [models.Index("workspace", "sku", name="order_line_sku")]


class Shipment(Part):
    """A parcel. `tracking_key` is what its number is found by; `detail` a finer word than `status` (ShipmentDetail).

    `carrier` is the shop's word, `carrier_code` ours where we know it. Since `told_at` a carrier tells of it first
    hand: its states are the carrier's. `due_at` is when it is asked for again, None at once. `trouble` says that it is
    late, slow or stalled, since `trouble_at`. `inward`: it brings goods back, is none of what the shop sent, and so is
    `removed` from the order from its first day: only carriers tell of it.
    """

    class Trouble(models.TextChoices):
        """What is wrong with a parcel's time."""

        NONE = "", _("On time, or not known")
        LATE = "late", _("Later than estimated")
        SLOW = "slow", _("Slower than this lane usually is")
        STALLED = "stalled", _("No news for longer than usual")

    order = models.ForeignKey(
        Order, models.CASCADE, db_constraint=False, db_index=False, related_name="shipments"
    )
    carrier = models.CharField(max_length=60, default="", blank=True)
    service = models.CharField(max_length=80, default="", blank=True)
    tracking_number = models.CharField(max_length=80, default="", blank=True)
    tracking_key = models.CharField(max_length=120, default="", blank=True)
    tracking_url = models.CharField(max_length=1000, default="", blank=True)
    status = models.CharField(max_length=20, choices=ShipmentStatus.choices, default=ShipmentStatus.PENDING)
    detail = models.CharField(max_length=20, default="", blank=True)
    status_at = models.DateTimeField(null=True)
    shipped_at = models.DateTimeField(null=True)
    estimated_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    carrier_code = models.CharField(max_length=40, default="", db_default="", blank=True)
    origin = models.CharField(max_length=2, default="", db_default="", blank=True)
    destination = models.CharField(max_length=2, default="", db_default="", blank=True)
    told_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    trouble = models.CharField(
        max_length=10, choices=Trouble.choices, default=Trouble.NONE, db_default=Trouble.NONE, blank=True
    )
    trouble_at = models.DateTimeField(null=True)
    inward = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="shipment_in_workspace"),
            models.UniqueConstraint("workspace", "order", "key", name="shipment_once"),
        ]
        indexes = [
            # what is under way is asked for, and judged, again and again
            models.Index(
                "workspace",
                F("due_at").asc(nulls_first=True),
                name="shipment_due",
                condition=models.Q(status__in=MOVING, removed=False) & ~models.Q(tracking_key=""),
            ),
            models.Index(
                "workspace",
                F("due_at").asc(nulls_first=True),
                name="shipment_due_inward",
                condition=models.Q(status__in=MOVING, inward=True) & ~models.Q(tracking_key=""),
            ),
            models.Index(
                "workspace", "tracking_key", name="shipment_tracking", condition=~models.Q(tracking_key="")
            ),
        ]


class ShipmentLine(InWorkspace):
    """How many of a line are in a parcel."""

    shipment = models.ForeignKey(
        Shipment, models.CASCADE, db_constraint=False, db_index=False, related_name="lines"
    )
    line = models.ForeignKey(OrderLine, models.CASCADE, db_constraint=False, db_index=False)
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "shipment", "line", name="shipment_line_once")]
        indexes = [models.Index("workspace", "line", name="shipment_line_line")]


class ShipmentEvent(InWorkspace):
    """What happened to a parcel, in its carrier's words and ours; `key` is the carrier's id, or made of its words."""

    shipment = models.ForeignKey(
        Shipment, models.CASCADE, db_constraint=False, db_index=False, related_name="events"
    )
    key = models.CharField(max_length=160)
    at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=ShipmentStatus.choices)
    detail = models.CharField(max_length=20, default="", blank=True)
    text = models.CharField(max_length=500, default="", blank=True)
    place = models.CharField(max_length=200, default="", blank=True)
    country = models.CharField(max_length=2, default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "shipment", "key", name="shipment_event_once")]
        indexes = [models.Index("workspace", "shipment", F("at").desc(), name="shipment_event_at")]


class Payment(Part):
    """Money that came in. `method` is a playbook's word (`card`, `pix`) or the shop's, `said` what names the means
    ("Visa •••• 4242"): never a card's number."""

    order = models.ForeignKey(
        Order, models.CASCADE, db_constraint=False, db_index=False, related_name="payments"
    )
    gateway = models.CharField(max_length=60, default="", blank=True)
    method = models.CharField(max_length=60)
    said = models.CharField(max_length=120, default="", blank=True)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=12, choices=MoneyStatus.choices, default=MoneyStatus.DONE)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="payment_in_workspace"),
            models.UniqueConstraint("workspace", "order", "key", name="payment_once"),
        ]
        # asked when its vendor tells of it
        indexes = [
            models.Index(
                "workspace", "external_id", name="payment_external", condition=~models.Q(external_id="")
            )
        ]


class Refund(Part):
    """Money that went back; `items` is [{"line": key, "quantity": n, "amount": minor units}], empty for a sum alone."""

    order = models.ForeignKey(
        Order, models.CASCADE, db_constraint=False, db_index=False, related_name="refunds"
    )
    payment = models.ForeignKey(Payment, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    method = models.CharField(max_length=60, default="", blank=True)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=12, choices=MoneyStatus.choices, default=MoneyStatus.DONE)
    reason = models.CharField(max_length=300, default="", blank=True)
    items = models.JSONField(default=list, blank=True)
    refunded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="refund_in_workspace"),
            models.UniqueConstraint("workspace", "order", "key", name="refund_once"),
        ]
        # asked when a payment goes
        indexes = [models.Index("workspace", "payment", name="refund_payment")]
