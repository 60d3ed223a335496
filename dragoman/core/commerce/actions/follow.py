"""Orders follow the people they belong to: into a merge, back out of it, and into being deleted."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from ..action_models import OPEN, OrderAction
from ..models import Dispute, Order, Payment, Refund, Shipment, ShipmentEvent
from ..personal import PERSONAL, names_parcel
from .parts import PARCEL

BATCH: Final = 300


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
            batch.update(**PERSONAL[Order], anonymised_at=timezone.now())
            _forget_means(workspace_id, ids)
        return len(ids) == BATCH


def _forget_means(workspace_id: int, order_ids: Sequence[int]) -> None:
    """Take out of the parts of orders what leads to a person: their bank's words, their parcels' way."""
    theirs = {"workspace_id": workspace_id, "order_id__in": order_ids}
    Payment.objects.filter(**theirs).update(**PERSONAL[Payment])
    Refund.objects.filter(**theirs).update(**PERSONAL[Refund])
    Dispute.objects.filter(**theirs).update(**PERSONAL[Dispute])
    _forget_ids(workspace_id, order_ids)
    Shipment.objects.filter(**theirs).update(**PERSONAL[Shipment])
    events = ShipmentEvent.objects.filter(workspace_id=workspace_id, shipment__order_id__in=order_ids)
    # a key may be made of the carrier's words; no parcel without its number is asked about again
    events.update(**PERSONAL[ShipmentEvent], key=_named_by_row("event"))
    _rename_parcels(workspace_id, order_ids)
    # what a shop is being asked still needs its address, and loses it when it ends (`asking.forget_person`)
    asked = OrderAction.objects.filter(**theirs)
    asked.exclude(state__in=OPEN).update(**PERSONAL[OrderAction])


def _forget_ids(workspace_id: int, order_ids: Sequence[int]) -> None:
    """Take the shop's id from parcels where it is made of their number; they are called by their place then."""
    theirs = Shipment.objects.filter(workspace_id=workspace_id, order_id__in=order_ids).exclude(
        external_id=""
    )
    rows = [one for one in theirs if names_parcel(one.external_id, one.tracking_number)]
    for row in rows:
        row.external_id, row.key = "", f"was:{row.pk}"
    Shipment.objects.bulk_update(rows, ["external_id", "key"])


def _rename_parcels(workspace_id: int, order_ids: Sequence[int]) -> None:
    """Call parcels by their place that were called by their number, as the mirror does where nobody is named."""
    theirs = Shipment.objects.filter(workspace_id=workspace_id, order_id__in=order_ids)
    nameless = theirs.exclude(key__startswith="id:")
    rows = list(nameless.order_by("order_id", "removed", "pk"))
    nameless.update(key=_named_by_row("was"))
    for _order_id, parcels in groupby(rows, key=lambda one: one.order_id):
        for place, row in enumerate(parcels, start=1):
            row.key = PARCEL if place == 1 else f"{PARCEL}#{place}"
    Shipment.objects.bulk_update(rows, ["key"])


def _named_by_row(word: str) -> Concat:
    return Concat(Value(f"{word}:"), Cast(F("pk"), CharField()))
