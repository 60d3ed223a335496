"""Whose clock a customer lives by: their own zone, else their phone number's, else their market's main one."""

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import phonenumbers
from phonenumbers import timezone as phone_zones

from dragoman.core.playbooks.queries import find_market, has_playbook, place_today
from dragoman.ground.markets.opening import main_zone
from dragoman.ground.markets.zones import zone, zone_today, zones_of
from dragoman.kit.memo import Memo

from .models import Customer, Identity


@dataclass(frozen=True)
class Whereabouts:
    """The IANA name of a customer's zone and what it is taken from.

    `guessed`: the market has other zones with another hour, so that it may be wrong.
    """

    zone: str
    basis: Literal["customer", "phone", "market"]
    guessed: bool = False


def zone_of_customer(
    customer: Customer, *, brand_id: int | None = None, market: str = ""
) -> Whereabouts | None:
    """Return whose clock a customer lives by; `market` is the conversation's, where it names one. None: not known."""
    own = zone_today(customer.time_zone)
    if own:
        return Whereabouts(own, "customer")
    country = market or customer.market
    phone = _phone_of(customer)
    found = zone_of_phone(phone) if phone else None
    if found:
        return Whereabouts(found, "phone")
    return zone_of_market(country, workspace_id=customer.workspace_id, brand_id=brand_id)


@lru_cache(maxsize=2048)
def zone_of_phone(number: str) -> str | None:
    """Return the zone a phone number (E.164) belongs to; None where it spans several hours, or is no number."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return None
    found = [zone_today(name) for name in phone_zones.time_zones_for_number(parsed)]
    names = [name for name in found if name]
    return names[0] if names and not _differ(tuple(names)) else None


_markets: Memo[tuple[int, int, str], str] = Memo(seconds=5)


def zone_of_market(country: str, *, workspace_id: int = 0, brand_id: int | None = None) -> Whereabouts | None:
    """Return the zone most customers of a market live in: the brand's own word, else the playbook's; None: unknown."""
    if not country:
        return None

    def load() -> str | None:
        chosen = find_market(workspace_id, brand_id, country) if brand_id else None
        _region, own = place_today(chosen)
        if own:
            return own
        if has_playbook(country):
            return zone_today(main_zone(country))
        there = zones_of(country)
        # without a playbook nobody says which of several is meant
        return there[0] if there and not _differ(there) else None

    name = _markets.get((workspace_id, brand_id or 0, country), load)
    return Whereabouts(name, "market", _differ(zones_of(country))) if name else None


def _phone_of(customer: Customer) -> str:
    """Return a customer's first phone number."""
    # as they were fetched with the customer, where they were
    phones = [one for one in customer.identities.all() if one.kind == Identity.Kind.PHONE]
    return min(phones, key=lambda one: one.pk).value if phones else ""


@lru_cache(maxsize=512)
def _differ(names: tuple[str, ...]) -> bool:
    """Say whether the clocks of zones ever show different hours this year."""
    year = datetime.date.today().year
    days = [datetime.datetime(year, month, 15, tzinfo=datetime.UTC) for month in (1, 3, 7, 10)]
    return len({tuple(day.astimezone(zone(name)).utcoffset() for day in days) for name in names}) > 1
