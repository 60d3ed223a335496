"""Whose clock a customer lives by: their own zone, else their phone number's, else their market's main one."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import phonenumbers
from phonenumbers import timezone as phone_zones

from dragoman.core.playbooks.places import place_of
from dragoman.ground.markets.zones import differ, zone_today, zones_of

from .models import Customer, Identity


@dataclass(frozen=True)
class Whereabouts:
    """The IANA name of a customer's zone and what it is taken from.

    `guessed`: the market has other zones with another hour, or is itself only presumed, so that it may be wrong.
    """

    zone: str
    basis: Literal["customer", "phone", "market", "presumed"]
    guessed: bool = False


def zone_of_customer(
    customer: Customer, *, brand_id: int | None = None, market: str = "", presumed: bool = False
) -> Whereabouts | None:
    """Return whose clock a customer lives by; `market` is the conversation's, where it names one. None: not known.

    The one place that decides it: their own zone, else their phone number's, else that of the market for the brand
    (`playbooks.places`); with `presumed` nobody told that market.
    """
    own = zone_today(customer.time_zone)
    if own:
        return Whereabouts(own, "customer")
    country = market or customer.market
    phone = _phone_of(customer)
    found = zone_of_phone(phone) if phone else None
    if found:
        return Whereabouts(found, "phone")
    there = zone_of_market(country, workspace_id=customer.workspace_id, brand_id=brand_id)
    return Whereabouts(there.zone, "presumed", guessed=True) if there and presumed else there


@lru_cache(maxsize=2048)
def zone_of_phone(number: str) -> str | None:
    """Return the zone a phone number (E.164) belongs to; None where it spans several hours, or is no number."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return None
    found = [zone_today(name) for name in phone_zones.time_zones_for_number(parsed)]
    names = [name for name in found if name]
    return names[0] if names and not differ(tuple(names)) else None


def zone_of_market(country: str, *, workspace_id: int = 0, brand_id: int | None = None) -> Whereabouts | None:
    """Return the zone most customers of a market live in: the brand's own word, else the playbook's; None: unknown."""
    name = place_of(workspace_id, brand_id, country).zone if country else ""
    return Whereabouts(name, "market", differ(zones_of(country))) if name else None


def _phone_of(customer: Customer) -> str:
    """Return a customer's first phone number."""
    # as they were fetched with the customer, where they were
    phones = [one for one in customer.identities.all() if one.kind == Identity.Kind.PHONE]
    return min(phones, key=lambda one: one.pk).value if phones else ""
