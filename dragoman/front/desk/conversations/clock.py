"""The customer's clock: what time it is where they live."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from babel.core import get_global

from dragoman.core.conversations.models import Conversation
from dragoman.ground.design.functions import format_time, zone_city, zone_of

# Countries with several zones: the one most people live in. Where even that would mislead, none is shown.
_MOST_PEOPLE: Final = {
    "AR": "America/Buenos_Aires",
    "BR": "America/Sao_Paulo",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "UA": "Europe/Kyiv",
    "VN": "Asia/Saigon",
}


@dataclass(frozen=True)
class Clock:
    """The hour and the city that names its zone, in words; `zone` is its IANA name."""

    time: str
    city: str
    zone: str


def zone_of_market(market: str) -> str:
    """Return the time zone of a country, empty where it has several and none speaks for it."""
    zones = get_global("territory_zones").get(market, [])
    return zones[0] if len(zones) == 1 else _MOST_PEOPLE.get(market, "")


def zone_of_customer(conversation: Conversation) -> str:
    """Return the IANA name of the customer's time zone; empty where it is not known."""
    customer = conversation.customer
    clock = clock_of(customer.time_zone, conversation.market or customer.market)
    return clock.zone if clock else ""


def clock_of(time_zone: str, market: str) -> Clock | None:
    """Return the customer's clock from their own zone, else their market's; None where neither is known."""
    name = time_zone or zone_of_market(market)
    if not name or (zone_of(name) is UTC and name != "UTC"):
        return None
    return Clock(format_time(datetime.now(UTC), name), zone_city(name), name)
