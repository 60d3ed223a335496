"""How long parcels take on a lane, measured from those that came; and which of those under way are out of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q

from dragoman.ground.providers.statuses import ShipmentStatus as S

from .models import LaneTime, Shipment

ENOUGH: Final = 20  # parcels before a figure is one
HISTORY: Final = timedelta(days=180)
Lane = tuple[str, str, str]  # carrier, origin, destination

# one row for each lane and service, and one for all its services together
_DOOR: Final = """
INSERT INTO commerce_lanetime
  (workspace_id, carrier, origin, destination, service, stage, parcels, median, p90, measured_at)
SELECT %(workspace)s, s.carrier_code, s.origin, CASE WHEN s.destination = '' THEN o.country ELSE s.destination END,
  coalesce(lower(s.service), ''), 'door', count(*),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM s.delivered_at - s.shipped_at)),
  percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM s.delivered_at - s.shipped_at)), now()
FROM commerce_shipment s JOIN commerce_order o ON o.id = s.order_id AND o.workspace_id = s.workspace_id
WHERE s.workspace_id = %(workspace)s AND s.status = 'delivered' AND s.carrier_code <> '' AND NOT s.removed
  AND s.delivered_at > s.shipped_at AND s.delivered_at > %(since)s
GROUP BY GROUPING SETS ((2, 3, 4, lower(s.service)), (2, 3, 4))
HAVING count(*) >= %(enough)s AND (grouping(lower(s.service)) = 1 OR coalesce(lower(s.service), '') <> '')
"""
_GAPS: Final = """
WITH told AS (
  SELECT s.carrier_code, s.origin, e.shipment_id, e.status,
    CASE WHEN s.destination = '' THEN o.country ELSE s.destination END AS destination,
    extract(epoch FROM lead(e.at) OVER (PARTITION BY e.shipment_id ORDER BY e.at, e.id) - e.at) AS gap
  FROM commerce_shipmentevent e
  JOIN commerce_shipment s ON s.id = e.shipment_id AND s.workspace_id = e.workspace_id
  JOIN commerce_order o ON o.id = s.order_id AND o.workspace_id = s.workspace_id
  WHERE e.workspace_id = %(workspace)s AND e.at > %(since)s AND s.carrier_code <> '' AND NOT s.removed
)
INSERT INTO commerce_lanetime
  (workspace_id, carrier, origin, destination, service, stage, parcels, median, p90, measured_at)
SELECT %(workspace)s, carrier_code, origin, destination, '', status, count(DISTINCT shipment_id),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY gap), percentile_cont(0.9) WITHIN GROUP (ORDER BY gap), now()
FROM told WHERE gap > 0 AND status <> 'delivered' GROUP BY carrier_code, origin, destination, status
HAVING count(DISTINCT shipment_id) >= %(enough)s
"""


@transaction.atomic
def measure_lanes(workspace_id: int, *, now: datetime) -> int:
    """Make the figures of all lanes anew; returns how many there are. A lane of fewer than 20 parcels has none."""
    values: dict[str, Any] = {"workspace": workspace_id, "since": now - HISTORY, "enough": ENOUGH}
    LaneTime.objects.filter(workspace_id=workspace_id).delete()
    with connection.cursor() as cursor:
        cursor.execute(_DOOR, values)
        found = cursor.rowcount
        cursor.execute(_GAPS, values)
        return int(found + cursor.rowcount)


@dataclass(frozen=True)
class Usual:
    """How long a lane usually takes, in seconds; of `parcels` parcels."""

    parcels: int
    median: int
    p90: int


class Lanes:
    """The figures of a workspace's lanes, asked for once."""

    def __init__(self, workspace_id: int, wanted: Sequence[Lane] | None = None) -> None:
        """Read the figures of the wanted lanes, of all where none are named."""
        rows = LaneTime.objects.filter(workspace_id=workspace_id)
        if wanted is not None:
            mine = Q(pk__in=[])
            for carrier, origin, destination in set(wanted):
                mine |= Q(carrier=carrier, origin=origin, destination=destination)
            rows = rows.filter(mine)
        self._rows: Mapping[tuple[str, str, str, str, str], Usual] = {
            (row.carrier, row.origin, row.destination, row.service, row.stage): Usual(
                row.parcels, row.median, row.p90
            )
            for row in rows
        }

    def door(self, lane: Lane, service: str = "") -> Usual | None:
        """Return how long a service takes from being sent to being delivered, None where that is not known."""
        return self._rows.get((*lane, service.lower(), LaneTime.DOOR)) or self._rows.get(
            (*lane, "", LaneTime.DOOR)
        )

    def silence(self, lane: Lane, status: str) -> Usual | None:
        """Return how long no news comes after one of a status, None where that is not known."""
        return self._rows.get((*lane, "", status))


def lane_of(shipment: Shipment, country: str) -> Lane:
    """Return a parcel's lane; `country` is the order's, where its carrier does not tell where it goes."""
    return shipment.carrier_code, shipment.origin, shipment.destination or country


@dataclass(frozen=True)
class Judged:
    """What is wrong with a parcel's time, and since when; `usual` is what it is held against, None for an estimate."""

    trouble: Shipment.Trouble
    since: datetime
    usual: Usual | None = None


# these wait for somebody else than the carrier, or for nobody
_NOT_THE_CARRIERS: Final = frozenset({S.READY_TO_COLLECT, S.PENDING, S.RETURNING})
_DONE: Final = frozenset({S.DELIVERED, S.RETURNED, S.LOST, S.CANCELLED, S.EXPIRED})


def judge(
    shipment: Shipment, *, lanes: Lanes, country: str, last_at: datetime | None, now: datetime
) -> Judged | None:
    """Say whether a parcel is late, slow or stalled; `last_at` is when its newest event was. None: no, or not known.

    Late: the day it was estimated for is over. Slow: nine of ten of its lane were there by now. Stalled: after news
    like its last nine of ten had further news by now. A lane of fewer than 20 parcels says nothing.
    """
    if shipment.status in _DONE or shipment.status in _NOT_THE_CARRIERS:
        return None
    if shipment.estimated_at is not None:
        over = datetime.combine(shipment.estimated_at.date(), time.max, UTC)
        if now > over:
            return Judged(Shipment.Trouble.LATE, over)
    lane = lane_of(shipment, country)
    door = lanes.door(lane, shipment.service)
    if door is not None and shipment.shipped_at is not None:
        due = shipment.shipped_at + timedelta(seconds=door.p90)
        if now > due:
            return Judged(Shipment.Trouble.SLOW, due, door)
    silence = lanes.silence(lane, shipment.status)
    if silence is not None and last_at is not None:
        due = last_at + timedelta(seconds=max(silence.p90, 86_400))
        if now > due:
            return Judged(Shipment.Trouble.STALLED, due, silence)
    return None
