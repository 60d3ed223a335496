"""What is worth a look before a return is taken on: a reason in words, never a verdict; customers may contest it."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from dragoman.core.commerce.models import Order

from .models import Return, ReturnLine, ReturnsNote, Why
from .states import VOID

LOOKED_AT: Final = 10
LEAST_ORDERS: Final = 5
SHARE: Final = 0.7
MOST_DAMAGED: Final = 3


@dataclass(frozen=True)
class Signal:
    """One thing that stands out; `code` for programs, `text` for the agent."""

    code: str
    text: str


def signals_of(workspace_id: int, customer_id: int | None) -> list[Signal]:
    """Return what stands out of a customer's returns, by their ten newest orders."""
    if customer_id is None:
        return []
    sent_back = Return.objects.filter(workspace_id=workspace_id, order_id=OuterRef("pk")).exclude(
        state__in=VOID
    )
    mine = Order.objects.filter(workspace_id=workspace_id, customer_id=customer_id)
    newest = list(
        mine.order_by("-placed_at", "-id")
        .annotate(came_back=Exists(sent_back))
        .values_list("pk", "came_back")[:LOOKED_AT]
    )
    back = sum(came_back for _pk, came_back in newest)
    found: list[Signal] = []
    if len(newest) >= LEAST_ORDERS and back >= SHARE * len(newest):
        said = _("Of the last %(orders)d orders %(returns)d came back, in whole or in part.")
        found.append(Signal("returns_most", said % {"orders": len(newest), "returns": back}))
    damaged = (
        ReturnLine.objects.filter(
            workspace_id=workspace_id, reason=Why.DAMAGED, parent__order_id__in=[pk for pk, _back in newest]
        )
        .values("parent__order_id")
        .distinct()
        .count()
    )
    if damaged >= MOST_DAMAGED:
        said = _("Of the last %(orders)d orders something of %(damaged)d was said to have arrived damaged.")
        found.append(Signal("often_damaged", said % {"orders": len(newest), "damaged": damaged}))
    return found


def notes_of(workspace_id: int, customer_id: int) -> QuerySet[ReturnsNote]:
    """What was said against a signal, the newest first."""
    rows = ReturnsNote.objects.filter(workspace_id=workspace_id, customer_id=customer_id)
    return rows.select_related("agent").order_by("-pk")
