"""An order as a small card in the chat: number, how far it is, when it comes, where to read more."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Brand
from dragoman.core.commerce.models import Order, Shipment
from dragoman.core.commerce.queries import orders_of, with_parts
from dragoman.ground.design.functions import format_date, market_name
from dragoman.ground.markets.zones import zones_of
from dragoman.ground.providers.statuses import OrderStatus
from dragoman.ground.providers.statuses import ShipmentStatus as S

from .looking import sign_pass
from .views import promised, said_of
from .words import advice

# placed, packed, on its way, before the door, there
STEPS: Final = 5
_STEP: Final[Mapping[str, int]] = {
    S.PENDING: 2,
    S.INFO_RECEIVED: 2,
    S.OUT_FOR_DELIVERY: 4,
    S.ATTEMPT_FAILED: 4,
    S.READY_TO_COLLECT: 4,
    S.DELIVERED: 5,
}
_WRONG: Final = {S.EXCEPTION, S.ATTEMPT_FAILED, S.RETURNING, S.RETURNED, S.LOST, S.EXPIRED}
_MOST: Final = 3


def order_card(brand: Brand, order: Order) -> dict[str, Any]:
    """Return an order as a card in the active language, for whoever has proved that it is theirs.

    `{kind, number, parcels: [{step, steps, label, badge, tone, said, when, advice}], goods, url}`; `tone` is "", "ok"
    or "warn", `url` a path that opens the order's tracking for two hours.
    """
    rows = [row for row in order.shipments.all() if not row.inward and row.status != S.CANCELLED]
    link = reverse("track", args=[brand.slug])
    return {
        "kind": "order",
        "number": order.number,
        "goods": [one.title for one in order.lines.all()][:_MOST],
        "parcels": [_parcel(row, order) for row in rows[:_MOST]] or [_unsent(order)],
        "url": f"{link}?pass={sign_pass(brand, order)}&locale={get_language() or 'en'}",
        "follow": _("Track your parcel"),
    }


def newest_cards(brand: Brand, email: str) -> Sequence[dict[str, Any]]:
    """Return the newest three orders of an address that the shop signed."""
    if not email:
        return []
    mine = orders_of(brand.workspace_id).filter(brand_id=brand.pk, email=email, anonymised_at=None)
    found = with_parts(mine.order_by("-placed_at", "-pk")[:_MOST], brand.workspace_id)
    return [order_card(brand, order) for order in found]


def _parcel(row: Shipment, order: Order) -> dict[str, Any]:
    zones = zones_of(row.destination or order.country)
    zone = zones[0] if len(zones) == 1 else ""
    late = _days_late(row)
    said = said_of(row.status, row.detail)
    when = ""
    if row.delivered_at:
        when = _("Delivered %(day)s") % {"day": format_date(row.delivered_at, zone)}
    elif row.estimated_at and not late:
        when = _("Expected about %(day)s") % {"day": format_date(row.estimated_at, zone)}
    elif not row.estimated_at:
        when = _promise(order)
    badge = ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late} if late else ""
    is_wrong = bool(late) or row.status in _WRONG
    step = _STEP.get(row.status, 3)
    return {
        **_progress(step),
        "badge": badge,
        "tone": "ok" if row.status == S.DELIVERED else "warn" if is_wrong else "",
        "said": " · ".join(part for part in (said, _place(row)) if part),
        "when": when,
        "advice": advice(row.status, row.detail),
    }


def _unsent(order: Order) -> dict[str, Any]:
    is_off = order.status == OrderStatus.CANCELLED
    said = str(OrderStatus(order.status).label) if is_off else _("Nothing of this order is on its way yet.")
    progress = _progress(0 if is_off else 1)
    facts = {"badge": "", "tone": "", "said": said, "advice": ""}
    return {**progress, **facts, "when": "" if is_off else _promise(order)}


def _progress(step: int) -> dict[str, Any]:
    label = _("Step %(step)s of %(steps)s") % {"step": step, "steps": STEPS}
    return {"step": step, "steps": STEPS, "label": label}


def _days_late(row: Shipment) -> int:
    """Return by how many whole days a parcel that is not there yet has missed what its carrier said."""
    if row.delivered_at or row.estimated_at is None or row.status == S.DELIVERED:
        return 0
    return max(0, (timezone.now() - row.estimated_at).days)


def _place(row: Shipment) -> str:
    newest = next(iter(row.events.all()), None)
    if newest is None:
        return ""
    return newest.place or market_name(newest.country)


def _promise(order: Order) -> str:
    found = promised(order)
    if found is None or found.earliest is None or found.latest is None:
        return ""
    first, last = format_date(found.earliest), format_date(found.latest)
    if first == last:
        return _("We expect it with you on %(day)s.") % {"day": last}
    return _("We expect it with you between %(first)s and %(last)s.") % {"first": first, "last": last}
