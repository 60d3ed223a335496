"""How a return comes back, all of it: hubs by cost, what is near on foot, days on which it may be fetched."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.core.commerce.queries import order_by_id

from .customs_goods import customs_goods
from .fetching import fetch_days
from .hubs import HubOption, Load, hub_options
from .place_models import ReturnPlace
from .places import places_of, walked_to
from .policy_models import Method
from .queries import place_for
from .return_models import Return
from .states import VOID


@dataclass(frozen=True)
class Way:
    """Hubs, the best first; shops or drop-off points near the customer; days, where it is fetched. `is_open`: its goods
    are still to come, and it may be arranged anew."""

    hubs: Sequence[HubOption]
    near: Sequence[ReturnPlace]
    fetch_days: Sequence[datetime.date]
    is_open: bool


def way_of(made: Return, *, now: datetime.datetime) -> Way:
    """Return the way of a return (with its parts)."""
    order = order_by_id(made.workspace_id, made.order_id)
    places = list(places_of(made.workspace_id, brand_id=made.brand_id))
    here = place_for(order)
    load = Load(order=order, goods=customs_goods(made), day=now.date())
    days = fetch_days(made, today=here.day(now), region=here.region) if made.method == Method.PICK_UP else []
    return Way(
        hubs=hub_options(load, places) if places else [],
        near=walked_to(order, places, made.method),
        fetch_days=days,
        is_open=made.state not in VOID and made.received_at is None,
    )
