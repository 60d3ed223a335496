"""Where in a country a brand's customers are: the region whose holidays count, and the zone whose clock does."""

import datetime
from dataclasses import dataclass

from dragoman.ground.markets.zones import differ, zone_of_region, zone_today, zones_of
from dragoman.kit.memo import Memo

from .models import BrandMarket
from .queries import fact_for, find_market, has_playbook, place_today


@dataclass(frozen=True)
class Place:
    """`region` (ISO 3166-2 without the country) is "" for none; `zone` (IANA, as named today) is "" where unknown."""

    region: str = ""
    zone: str = ""


_places: Memo[tuple[int, int, str], Place] = Memo(seconds=5)
_NOWHERE = Place()


def place_of(workspace_id: int, brand_id: int | None, country: str) -> Place:
    """Return where a brand's customers of a country are, at most 5 s old.

    The one place that decides the zone of a market: the one the brand chose, else its region's, else what it says of
    the fact `time_zone`, else the playbook's; a country without a playbook is known where all of it has one hour.
    """

    def load() -> Place:
        chosen = find_market(workspace_id, brand_id, country) if brand_id else None
        return place_in(workspace_id, brand_id, country, chosen)

    return _places.get((workspace_id, brand_id or 0, country), load) or _NOWHERE


def place_in(workspace_id: int, brand_id: int | None, country: str, chosen: BrandMarket | None) -> Place:
    """Return the same as it is this moment, of a market that was asked for already."""
    region, own = place_today(chosen)
    return Place(
        region, own or zone_of_region(country, region) or usual_zone(workspace_id, brand_id, country)
    )


def usual_zone(workspace_id: int, brand_id: int | None, country: str) -> str:
    """Return the zone most people of a country live in, as a brand knows it; "" where nobody says."""
    there = zones_of(country)
    if not has_playbook(country):
        # without a playbook nobody says which of several is meant
        return there[0] if there and not differ(there) else ""
    today = datetime.datetime.now(datetime.UTC).date()
    fact = fact_for(workspace_id, brand_id, country, "time_zone", on=today)
    return zone_today(str(fact.plain)) if fact else next(iter(there), "")
