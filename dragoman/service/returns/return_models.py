"""Goods on their way back: a return, its lines, its history, and what agents noted about a customer's returns."""

from datetime import timedelta
from typing import Final

from django.db import models
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dragoman.core.accounts.models import Agent, Brand, InWorkspace
from dragoman.core.commerce.models import Order, OrderAction, OrderLine, Shipment
from dragoman.core.customers.models import Customer

from .place_models import ReturnPlace
from .policy_models import Method

PROMISE: Final = timedelta(hours=24)


class Kind(models.TextChoices):
    """On what the customer stands: the law's change of mind, the brand's word, or a fault."""

    WITHDRAWAL = "withdrawal", _("Withdrawal by law")
    POLICY = "policy", _("By our policy")
    GUARANTEE = "guarantee", _("Legal guarantee")


class State(models.TextChoices):
    """Where a return stands; which follows which is told by `states.NEXT`."""

    REQUESTED = "requested", pgettext_lazy("return", "Requested")
    APPROVED = "approved", pgettext_lazy("return", "Approved")
    LABEL = "label", pgettext_lazy("return", "Label sent")
    IN_TRANSIT = "in_transit", pgettext_lazy("return", "On its way back")
    RECEIVED = "received", pgettext_lazy("return", "Arrived")
    INSPECTED = "inspected", pgettext_lazy("return", "Inspected")
    REFUNDED = "refunded", pgettext_lazy("return", "Refunded")
    EXCHANGED = "exchanged", pgettext_lazy("return", "Exchanged")
    CREDITED = "credited", pgettext_lazy("return", "Credited")
    REJECTED = "rejected", pgettext_lazy("return", "Rejected")
    CANCELLED = "cancelled", pgettext_lazy("return", "Cancelled")


class Why(models.TextChoices):
    """Why something comes back."""

    SIZE = "size", _("Does not fit")
    DAMAGED = "damaged", _("Arrived damaged")
    WRONG_ITEM = "wrong_item", _("The wrong thing came")
    NOT_AS_DESCRIBED = "not_as_described", _("Not as described")
    CHANGED_MIND = "changed_mind", _("Changed their mind")
    LATE = "late", _("Came too late")
    OTHER = "other", _("Another reason")


class Wish(models.TextChoices):
    """What a customer would like to have for it; money where the law gives it, whatever was wished."""

    REFUND = "refund", _("Money back")
    EXCHANGE = "exchange", _("Exchange")
    CREDIT = "credit", _("Store credit")


class Return(InWorkspace):
    """Goods of one order on their way back. `number` is the RMA number that stands on the parcel.

    `wish` is what the customer would like for it, `request_key` makes asking twice harmless.

    `notice_at` is when the customer said so (the law counts from it), `sent_at` when there was proof of sending.
    `refund_due_on`: the last day by law to send the money; None: none is set, or it still waits for the goods. Amounts
    are minor units of `currency`, what the customer was charged; `refund_key` is set once its ending was begun at a
    shop, `ending` is which (REFUNDED where it is empty), `refund_failure` holds the words of one that was not done.
    `gift`: who got the goods sends them back; `recipient` is their mail address, and who gave them is told nothing.
    `language`: in which the customer asked for it, "" where nobody knows.
    `difference`: what goes out for an exchange, less what came back. `exchange`: the action that sent other goods for
    these before anybody opened a return; nothing else ends it. `shop_key` is set once its shop was to keep it too,
    `shop_return` is the shop's id of it. `place` is where the goods go; `fetch_from` and `fetch_until` are the first
    and the last day on which a carrier is to fetch them.
    """

    order = models.ForeignKey(
        Order, models.CASCADE, db_constraint=False, db_index=False, related_name="returns"
    )
    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    number = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.REQUESTED)
    method = models.CharField(max_length=16, choices=Method.choices, default=Method.OWN_CARRIER)
    country = models.CharField(max_length=2, default="", blank=True)
    payer = models.CharField(max_length=10, default="", blank=True)
    law = models.CharField(max_length=300, default="", blank=True)
    words = models.TextField(default="", blank=True)
    wish = models.CharField(max_length=10, choices=Wish.choices, default=Wish.REFUND, db_default=Wish.REFUND)
    request_key = models.CharField(max_length=64, default="", db_default="", blank=True)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField(null=True)
    reference = models.CharField(max_length=200, default="", blank=True)
    refund_key = models.CharField(max_length=100, default="", blank=True)
    ending = models.CharField(max_length=12, default="", db_default="", blank=True)
    refund_failure = models.CharField(max_length=1000, default="", db_default="", blank=True)
    difference = models.BigIntegerField(null=True)
    exchange = models.ForeignKey(
        OrderAction, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    shop_key = models.CharField(max_length=100, default="", db_default="", blank=True)
    shop_return = models.CharField(max_length=120, default="", db_default="", blank=True)
    carrier = models.CharField(max_length=60, default="", blank=True)
    tracking_number = models.CharField(max_length=80, default="", blank=True)
    label_url = models.CharField(max_length=1000, default="", blank=True)
    parcel = models.ForeignKey(
        Shipment, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    place = models.ForeignKey(
        ReturnPlace, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    fetch_from = models.DateField(null=True)
    fetch_until = models.DateField(null=True)
    fetch_note = models.CharField(max_length=200, default="", db_default="", blank=True)
    gift = models.BooleanField(default=False, db_default=False)
    recipient = models.CharField(max_length=254, default="", db_default="", blank=True)
    language = models.CharField(max_length=20, default="", db_default="", blank=True)
    refund_due_on = models.DateField(null=True)
    notice_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    refunded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="return_in_workspace"),
            models.UniqueConstraint("workspace", "order", "number", name="return_number_once"),
            models.UniqueConstraint(
                "workspace", "refund_key", name="return_refund_key_once", condition=~models.Q(refund_key="")
            ),
            models.UniqueConstraint(
                "workspace", "shop_key", name="return_told_once", condition=~models.Q(shop_key="")
            ),
            models.UniqueConstraint(
                "workspace",
                "exchange",
                name="return_of_exchange_once",
                condition=models.Q(exchange__isnull=False),
            ),
            models.UniqueConstraint(
                "workspace",
                "order",
                "request_key",
                name="return_request_once",
                condition=~models.Q(request_key=""),
            ),
        ]
        indexes = [
            models.Index("workspace", F("id").desc(), name="return_newest"),
            models.Index("workspace", "state", F("id").desc(), name="return_by_state"),
            models.Index(
                "workspace", "parcel", name="return_by_parcel", condition=models.Q(parcel__isnull=False)
            ),
            models.Index("workspace", "refund_due_on", name="return_due", condition=models.Q(closed_at=None)),
            models.Index(
                "workspace", "place", name="return_by_place", condition=models.Q(place__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def told_to(self) -> str:
        """Return the mail address that is told of it: of a gift never the giver's."""
        return self.recipient if self.gift else self.order.email

    @property
    def kept_promise(self) -> bool | None:
        """Say whether the money went within 24 hours of the goods' arrival; None: either has not happened."""
        if not (self.received_at and self.refunded_at):
            return None
        return self.refunded_at - self.received_at <= PROMISE


class ReturnLine(InWorkspace):
    """How many of a line come back and why; `amount` is what was paid for them, `accepted` how many passed.

    `instead` is what the customer would like for it in an exchange: an article number, or words such as a size.
    `reason` is empty where none was given. `deduction` (minor units, at most what was paid for what passed) is kept
    back for `deduction_reason`, which the customer reads; `restock`: it is sold again. None: nobody looked.
    `customs_text`, `hs_code`, `origin` and `weight` (grams of one) are what an
    agent wrote for customs papers where the shop does not tell it.
    """

    parent = models.ForeignKey(
        Return, models.CASCADE, db_constraint=False, db_index=False, related_name="lines"
    )
    line = models.ForeignKey(OrderLine, models.CASCADE, db_constraint=False, db_index=False)
    quantity = models.PositiveIntegerField()
    reason = models.CharField(max_length=20, choices=Why.choices, default=Why.OTHER)
    words = models.TextField(default="", blank=True)
    instead = models.CharField(max_length=120, default="", db_default="", blank=True)
    amount = models.BigIntegerField()
    accepted = models.PositiveIntegerField(null=True)
    condition = models.CharField(max_length=200, default="", blank=True)
    restock = models.BooleanField(null=True)
    deduction = models.BigIntegerField(default=0, db_default=0)
    deduction_reason = models.CharField(max_length=300, default="", db_default="", blank=True)
    customs_text = models.CharField(max_length=200, default="", db_default="", blank=True)
    hs_code = models.CharField(max_length=14, default="", db_default="", blank=True)
    origin = models.CharField(max_length=2, default="", db_default="", blank=True)
    weight = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "parent", "line", name="return_line_once")]
        indexes = [models.Index("workspace", "line", name="return_line_line")]

    @property
    def is_sold_again(self) -> bool:
        """Return what was said of it, and until then that all but damaged goods are sold again."""
        return self.reason != Why.DAMAGED if self.restock is None else self.restock

    @property
    def why(self) -> str:
        """Say why it comes back; nobody need give a reason."""
        return str(self.get_reason_display() or _("No reason given"))


class ReturnEvent(InWorkspace):
    """One step of a return: from where to where, by whom (an agent, else `actor`: customer, api, system)."""

    parent = models.ForeignKey(
        Return, models.CASCADE, db_constraint=False, db_index=False, related_name="events"
    )
    before = models.CharField(max_length=12, default="", blank=True)
    state = models.CharField(max_length=12, choices=State.choices)
    actor = models.CharField(max_length=10)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    note = models.TextField(default="", blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index("workspace", "parent", "id", name="return_event_of")]


class ReturnsNote(InWorkspace):
    """What is to be said against a `signal` ("": all of them): the customer's own word (`actor` customer), or what an
    agent wrote down."""

    customer = models.ForeignKey(
        Customer, models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    signal = models.CharField(max_length=40, default="", db_default="", blank=True)
    text = models.TextField()
    actor = models.CharField(max_length=10, default="agent", db_default="agent")
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index("workspace", "customer", "id", name="returns_note_of")]


class FileKind(models.TextChoices):
    """What a file of a return is."""

    LABEL = "label", _("Label")
    PHOTO = "photo", _("Photo")


class ReturnFile(InWorkspace):
    """A label, or a photo by whoever sends back (`actor` customer) or looks (agent); kept under `file_key`."""

    parent = models.ForeignKey(
        Return, models.CASCADE, db_constraint=False, db_index=False, related_name="files"
    )
    kind = models.CharField(max_length=8, choices=FileKind.choices)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    file_key = models.CharField(max_length=200)
    actor = models.CharField(max_length=10)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index("workspace", "parent", "id", name="return_file_of")]
