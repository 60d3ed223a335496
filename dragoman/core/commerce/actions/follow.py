"""Orders follow the people they belong to: into a merge, back out of it, and into being deleted."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from ..models import Order, Payment, Refund, Shipment, ShipmentEvent

BATCH: Final = 300
# what is the person's, and what it becomes: books keep what was sold, to which country, for how much
_PERSONAL: Final[Mapping[str, Any]] = {
    "name": "",
    "email": "",
    "phone": "",
    "note": "",
    "cancel_reason": "",
    "shipping_address": {},
    "billing_address": {},
    "customer_id": None,
    "state_hash": "",
}


def move_orders(workspace_id: int, *, from_customer: int, to_customer: int) -> list[int]:
    """Give one customer's orders to another; returns which."""
    mine = Order.objects.filter(workspace_id=workspace_id, customer_id=from_customer)
    moved = list(mine.order_by("pk").values_list("pk", flat=True))
    Order.objects.filter(workspace_id=workspace_id, pk__in=moved).update(customer_id=to_customer)
    return moved


def give_back_orders(workspace_id: int, order_ids: Sequence[int], *, holder: int, owner: int) -> None:
    """Give orders that came with a merge back to their customer, those that somebody else has by now left out."""
    held = Order.objects.filter(workspace_id=workspace_id, pk__in=order_ids, customer_id=holder)
    held.update(customer_id=owner)


class OrderEraser:
    """Takes the person out of a customer's orders; what tax and trade law makes a shop keep stays without them."""

    def count(self, workspace_id: int, customer_id: int) -> Mapping[str, int]:
        """Return how many orders will name nobody."""
        return {"orders": Order.objects.filter(workspace_id=workspace_id, customer_id=customer_id).count()}

    def part(self, workspace_id: int, customer_id: int, addresses: Sequence[str]) -> None:
        """Leave all to `erase`: orders are found by their customer."""

    def erase(self, workspace_id: int, customer_id: int) -> bool:
        """Anonymise one batch."""
        mine = Order.objects.filter(workspace_id=workspace_id, customer_id=customer_id)
        ids = list(mine.order_by("pk").values_list("pk", flat=True)[:BATCH])
        with transaction.atomic():
            batch = Order.objects.filter(workspace_id=workspace_id, pk__in=ids)
            batch.update(**_PERSONAL, anonymised_at=timezone.now())
            _forget_means(workspace_id, ids)
        return len(ids) == BATCH


def _forget_means(workspace_id: int, order_ids: Sequence[int]) -> None:
    """Take out of the parts of orders what leads to a person: their bank's words, their parcels' way."""
    theirs = {"workspace_id": workspace_id, "order_id__in": order_ids}
    Payment.objects.filter(**theirs).update(said="")
    Refund.objects.filter(**theirs).update(reason="")
    Shipment.objects.filter(**theirs).update(tracking_number="", tracking_key="", tracking_url="")
    ShipmentEvent.objects.filter(workspace_id=workspace_id, shipment__order_id__in=order_ids).update(
        text="", place=""
    )
