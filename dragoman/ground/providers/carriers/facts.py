"""A parcel as whoever carries it tells it: what trackers and the API hand to `core/commerce/actions/parcels.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dragoman.ground.providers.statuses import ShipmentDetail, ShipmentStatus

# where a parcel stands, and more exactly
State = tuple[ShipmentStatus, ShipmentDetail | None]


@dataclass(frozen=True, kw_only=True)
class EventFacts:
    """What happened to a parcel; `text` is the carrier's words, `key` its id of it, "" where it gives none.

    `at` is UTC, `country` ISO 3166-1 alpha-2, `detail` a ShipmentDetail or "".
    """

    at: datetime
    status: ShipmentStatus
    detail: str = ""
    text: str = ""
    place: str = ""
    country: str = ""
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class ParcelFacts:
    """A parcel at one moment: its events, all or the newest, in any order; "" and None are not told.

    `carrier` is our word for it (`formats.carriers`), or theirs where we have none. `known` is False where nobody has
    heard of the number yet.
    """

    number: str
    carrier: str = ""
    service: str = ""
    events: Sequence[EventFacts] = ()
    estimated_at: datetime | None = None
    origin: str = ""
    destination: str = ""
    known: bool = True
