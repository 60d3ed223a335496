"""Choosing the markets a brand sells to."""

import re
from typing import Final

from django.db import transaction

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.ground.markets.errors import NoMarket, NoRegion
from dragoman.ground.markets.public_holidays import regions
from dragoman.ground.markets.zones import zone_in
from dragoman.kit.address import clean

from ..errors import BadLink, NotYours
from ..events import BrandMarketsChanged
from ..models import BrandMarket
from ..queries import get_market, has_playbook, lower_scheme

LONGEST_LINK: Final = 500
_LINK: Final = re.compile(r"https?://[^\s/]+(/\S*)?", re.IGNORECASE)


def check_may_lead(agent: Agent | None) -> None:
    """Refuse others than leads; None is the API, checked at its door."""
    if agent is not None and not agent.can_lead:
        raise NotYours


def checked_link(url: str) -> str:
    """Return the address of a source, empty where none is given; raises BadLink."""
    link = lower_scheme(clean(url).strip())
    if link and not (_LINK.fullmatch(link) and len(link) <= LONGEST_LINK):
        raise BadLink
    return link


def choose_market(
    workspace_id: int,
    *,
    agent: Agent | None,
    brand_id: int,
    country: str,
    region: str = "",
    time_zone: str = "",
) -> BrandMarket:
    """Add a market to a brand, or change its region and zone; raises NotYours, NoMarket, NoRegion, NoTimeZone."""
    check_may_lead(agent)
    if not has_playbook(country):
        raise NoMarket
    if region and region not in regions(country):
        raise NoRegion
    if time_zone:
        zone_in(country, time_zone)
    with transaction.atomic():
        wanted = {"region": region, "time_zone": time_zone}
        here = BrandMarket.objects.select_for_update(no_key=True, of=("self",))
        market, made = here.get_or_create(
            workspace_id=workspace_id, brand_id=brand_id, country=country, defaults=wanted
        )
        if not made and (market.region, market.time_zone) == (region, time_zone):
            return market
        if not made:
            market.region, market.time_zone = region, time_zone
            market.save(update_fields=list(wanted))
        publish(BrandMarketsChanged(brand_id=brand_id, country=country))
    return market


def leave_market(workspace_id: int, *, agent: Agent | None, brand_id: int, country: str) -> None:
    """Take a market from a brand; what it said of it is kept for when it comes back. Raises NotYours, NotChosen."""
    check_may_lead(agent)
    market = get_market(workspace_id, brand_id, country)
    with transaction.atomic():
        market.delete()
        publish(BrandMarketsChanged(brand_id=brand_id, country=country))
