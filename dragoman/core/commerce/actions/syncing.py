"""The parts of an order, each kind in at most three statements however many there are: read, add, change."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ..models import Order, Part, ShipmentLine

Row = TypeVar("Row", bound=Part)


@dataclass
class Synced(Generic[Row]):
    """The parts that are wanted, by key, and which of them are new or changed."""

    rows: dict[str, Row] = field(default_factory=dict)
    moved: list[Row] = field(default_factory=list)
    changed: bool = False


def sync(
    model: type[Row],
    order: Order,
    wanted: Mapping[str, Mapping[str, Any]],
    *,
    new: bool,
    kept_of: Callable[[Row], Collection[str]] = lambda _row: (),
) -> Synced[Row]:
    """Let the order have exactly the wanted parts {key: fields}; what went is marked `removed`, never deleted.

    `kept_of` names the fields of a row that stay as they are.
    """
    mine = model._default_manager.filter(workspace_id=order.workspace_id, order_id=order.pk)
    kept: dict[str, Any] = {} if new else {row.key: row for row in mine}
    found: Synced[Row] = Synced()
    fresh: list[Row] = []
    altered: list[Row] = []
    names: set[str] = set()
    for key, fields in wanted.items():
        row = kept.get(key)
        if row is None:
            row = model(workspace_id=order.workspace_id, order_id=order.pk, key=key, **fields)
            fresh.append(row)
        else:
            stay = kept_of(row)
            news = {
                name
                for name, value in {**fields, "removed": False}.items()
                if name not in stay and getattr(row, name) != value
            }
            for name in news:
                setattr(row, name, fields.get(name, False))
            if news:
                altered.append(row)
                names |= news
        found.rows[key] = row
    gone = [row.pk for key, row in kept.items() if key not in wanted and not row.removed]
    if fresh:
        model._default_manager.bulk_create(fresh)
    if altered:
        model._default_manager.bulk_update(altered, sorted(names))
    if gone:
        mine.filter(pk__in=gone).update(removed=True)
    found.moved = [*fresh, *altered]
    found.changed = bool(fresh or altered or gone)
    return found


def pack(order: Order, parcels: Iterable[tuple[int, Mapping[int, int]]], *, new: bool) -> bool:
    """Let each parcel hold {line id: quantity}; returns whether anything changed."""
    wanted = {(parcel, line): number for parcel, held in parcels for line, number in held.items()}
    mine = ShipmentLine.objects.filter(workspace_id=order.workspace_id, shipment__order_id=order.pk)
    kept = {} if new else {(row.shipment_id, row.line_id): row for row in mine}
    gone = [row.pk for place, row in kept.items() if wanted.get(place) != row.quantity]
    if gone:
        ShipmentLine.objects.filter(workspace_id=order.workspace_id, pk__in=gone).delete()
    fresh = [
        ShipmentLine(workspace_id=order.workspace_id, shipment_id=parcel, line_id=line, quantity=number)
        for (parcel, line), number in wanted.items()
        if (parcel, line) not in kept or kept[parcel, line].quantity != number
    ]
    if fresh:
        ShipmentLine.objects.bulk_create(fresh)
    return bool(gone or fresh)
