"""The words for where an order, a parcel and money stand: ours, whatever each shop and carrier calls it."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrderStatus(models.TextChoices):
    """The order as a whole."""

    OPEN = "open", pgettext_lazy("order", "Open")
    COMPLETED = "completed", pgettext_lazy("order", "Completed")
    CANCELLED = "cancelled", pgettext_lazy("order", "Cancelled")


class PaymentStatus(models.TextChoices):
    """The order's money."""

    PENDING = "pending", _("Not paid")
    AUTHORISED = "authorised", _("Authorised")
    PARTLY_PAID = "partly_paid", _("Partly paid")
    PAID = "paid", _("Paid")
    PARTLY_REFUNDED = "partly_refunded", _("Partly refunded")
    REFUNDED = "refunded", _("Refunded")
    VOIDED = "voided", _("Voided")
    FAILED = "failed", _("Payment failed")


class FulfilmentStatus(models.TextChoices):
    """The order's goods."""

    UNFULFILLED = "unfulfilled", _("Not sent")
    PARTLY_SENT = "partly_sent", _("Partly sent")
    SENT = "sent", _("Sent")
    PARTLY_DELIVERED = "partly_delivered", _("Partly delivered")
    DELIVERED = "delivered", _("Delivered")
    RETURNED = "returned", _("Returned")


class ShipmentStatus(models.TextChoices):
    """A parcel, as aggregators of carriers tell them apart (AfterShip's tags, and what comes back)."""

    PENDING = "pending", _("Being packed")
    INFO_RECEIVED = "info_received", _("Announced to the carrier")
    IN_TRANSIT = "in_transit", _("On its way")
    OUT_FOR_DELIVERY = "out_for_delivery", _("Out for delivery")
    ATTEMPT_FAILED = "attempt_failed", _("Delivery failed")
    READY_TO_COLLECT = "ready_to_collect", _("Ready to collect")
    DELIVERED = "delivered", _("Delivered")
    EXCEPTION = "exception", _("Held up")
    RETURNING = "returning", _("Going back")
    RETURNED = "returned", _("Back at the sender")
    LOST = "lost", _("Lost")
    EXPIRED = "expired", _("No news")
    CANCELLED = "cancelled", pgettext_lazy("shipment", "Cancelled")


# what shops and carriers call it, where that is plain
_PLAIN: Final[Mapping[str, str]] = {
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


def shipment_word(said: str) -> str:
    """Return our word for what shops and carriers plainly call a parcel's state, else theirs in small letters."""
    word = said.strip().lower()
    return _PLAIN.get(word, word)


class ShipmentDetail(models.TextChoices):
    """More exactly than the status, where the carrier tells (AfterShip's sub-tags)."""

    PICKED_UP = "picked_up", _("Picked up by the carrier")
    DEPARTED = "departed", _("Left a depot")
    ARRIVED = "arrived", _("Arrived at a depot")
    ARRIVED_COUNTRY = "arrived_country", _("Arrived in the country")
    CUSTOMS = "customs", _("In customs")
    CUSTOMS_CLEARED = "customs_cleared", _("Cleared by customs")
    CUSTOMS_HOLD = "customs_hold", _("Held by customs")
    CUSTOMS_PAYMENT = "customs_payment", _("Waiting for duty or tax to be paid")
    CUSTOMS_PAPERS = "customs_papers", _("Papers missing at customs")
    HANDED_OVER = "handed_over", _("Handed to another carrier")
    RESCHEDULED = "rescheduled", _("Delivery moved to another day")
    DELAYED = "delayed", _("Late")
    NOBODY_HOME = "nobody_home", _("Nobody was home")
    BAD_ADDRESS = "bad_address", _("The address is wrong or incomplete")
    NO_ACCESS = "no_access", _("The address could not be reached")
    REFUSED = "refused", _("Refused by the receiver")
    UNCLAIMED = "unclaimed", _("Not collected in time")
    DAMAGED = "damaged", _("Damaged on the way")
    SIGNED = "signed", _("Signed for")
    TO_NEIGHBOUR = "to_neighbour", _("Left with a neighbour")
    TO_SAFE_PLACE = "to_safe_place", _("Left in a safe place")
    PAID_ON_DELIVERY = "paid_on_delivery", _("Paid on delivery")


class MoneyStatus(models.TextChoices):
    """One payment or one refund; `unconfirmed` is what a shop never answered about."""

    PENDING = "pending", pgettext_lazy("money", "Pending")
    AUTHORISED = "authorised", pgettext_lazy("money", "Authorised")
    DONE = "done", pgettext_lazy("money", "Done")
    FAILED = "failed", pgettext_lazy("money", "Failed")
    VOIDED = "voided", pgettext_lazy("money", "Voided")
    UNCONFIRMED = "unconfirmed", pgettext_lazy("money", "Unconfirmed")


class DisputeState(models.TextChoices):
    """A dispute: only an open one can be answered."""

    OPEN = "open", pgettext_lazy("dispute", "To be answered")
    REVIEW = "review", pgettext_lazy("dispute", "Being decided")
    WON = "won", pgettext_lazy("dispute", "Won")
    LOST = "lost", pgettext_lazy("dispute", "Lost")
    CLOSED = "closed", pgettext_lazy("dispute", "Closed")
