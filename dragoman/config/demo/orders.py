"""Orders for the demo's customers: those their stories speak of, the same at every seeding."""

import re
import tomllib
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any, Final

from dragoman.core.accounts.models import Brand
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.front.portal.demo.till import demo_shop_of
from dragoman.ground.providers.shops.facts import (
    LineFacts,
    OrderFacts,
    PaymentFacts,
    PersonFacts,
    ShipmentFacts,
    TotalFacts,
)
from dragoman.ground.providers.statuses import ShipmentStatus
from dragoman.kit.money import converted, digits_of

_NUMBER: Final = re.compile(r"(?:KSL|NB)-\d{5}")
# how far a parcel is by what is left over: (status, detail, days after the order it was sent and arrived)
_WAYS: Final = (
    (ShipmentStatus.DELIVERED, "signed", 1, 6),
    (ShipmentStatus.IN_TRANSIT, "departed", 1, None),
    (ShipmentStatus.EXCEPTION, "customs_hold", 1, None),
    (ShipmentStatus.DELIVERED, "", 2, 5),
    (ShipmentStatus.READY_TO_COLLECT, "", 2, None),
)


def orders_data() -> dict[str, Any]:
    """Return what the demo's shops sell, and what is under way with some orders."""
    return tomllib.loads(files(__package__).joinpath("data", "orders.toml").read_text(encoding="utf-8"))


def pour_orders(
    stories: Iterable[Mapping[str, Any]],
    brands: Mapping[str, Brand],
    people: Mapping[str, Mapping[str, Any]],
    *,
    now: datetime,
) -> int:
    """Mirror the orders that stories name, each once, for whoever named it first; returns how many."""
    data = orders_data()
    shops = {slug: demo_shop_of(brand) for slug, brand in brands.items()}
    seen: set[str] = set()
    for story in stories:
        person = people[story["customer"]]
        # who is known by a chat alone is not found by an order's addresses
        if person["market"] not in data["markets"] or not (person.get("email") or person.get("phone")):
            continue
        for number in _NUMBER.findall(" ".join(str(one.get("text", "")) for one in story["messages"])):
            if number in seen:
                continue
            seen.add(number)
            age = timedelta(hours=story["hours_ago"], days=4)
            if days := data["orders"].get(number, {}).get("days"):
                age = timedelta(days=days)
            facts = _order(number, person, data, at=now - age, now=now)
            mirror_order(shops[story["brand"]], facts=facts)
    return len(seen)


def _order(
    number: str, person: Mapping[str, Any], data: Mapping[str, Any], *, at: datetime, now: datetime
) -> OrderFacts:
    chance = zlib.crc32(number.encode())
    market = data["markets"][person["market"]]
    currency, rate = market["currency"], Decimal(market["rate"])
    own = data["orders"].get(number, {})
    goods = [data["goods"][(chance + place * 7) % len(data["goods"])] for place in range(1 + chance % 2)]
    if own:
        goods = [one for one in data["goods"] if one["sku"] in own["goods"]]
    lines = [_line(one, currency, rate) for one in goods]
    shipping = _priced(690, currency, rate)
    total = sum(line.unit_price * line.quantity for line in lines) + shipping
    parcel = None if own.get("waiting") else _parcel(own, market["carrier"], chance, at=at, now=now)
    return OrderFacts(
        number=number,
        external_id=number,
        placed_at=at,
        currency=currency,
        country=person["market"],
        person=PersonFacts(
            email=person.get("email", ""),
            phone=person.get("phone", ""),
            name=person["name"],
            language=person["language"],
        ),
        lines=lines,
        totals=TotalFacts(shipping=shipping),
        store_currency="EUR",
        store_total=converted(total, currency, "EUR", 1 / rate),
        rate=round(1 / rate, 10),
        shipments=[parcel] if parcel else [],
        payments=[
            PaymentFacts(
                method=market["method"], amount=total, external_id=number, paid_at=at + timedelta(minutes=2)
            )
        ],
    )


def _parcel(
    own: Mapping[str, Any], carrier: str, chance: int, *, at: datetime, now: datetime
) -> ShipmentFacts:
    status, detail, sent, home = _WAYS[chance % len(_WAYS)]
    if own:
        status, detail, sent, home = _WAYS[1] if own.get("events") else _WAYS[0]
        home = own["days"] - own["arrived"] if "arrived" in own else home
    arrived = at + timedelta(days=home) if home else None
    if arrived is not None and arrived > now:
        arrived = now - timedelta(hours=3)
    return ShipmentFacts(
        status=status,
        detail=detail,
        carrier=carrier,
        tracking_number=own.get("number") or f"JJFI{chance % 10**10:010}",
        shipped_at=min(at + timedelta(days=sent), now - timedelta(hours=5)),
        delivered_at=arrived,
    )


def _line(goods: Mapping[str, Any], currency: str, rate: Decimal) -> LineFacts:
    more = {name: goods[name] for name in ("variant", "category", "hs_code", "custom_made") if name in goods}
    return LineFacts(
        sku=goods["sku"],
        external_id=goods["sku"],
        title=goods["title"],
        quantity=1,
        unit_price=_priced(goods["price"], currency, rate),
        origin="FI",
        weight=goods["weight"],
        **more,
    )


def _priced(cents: int, currency: str, rate: Decimal) -> int:
    """Return euro cents in a market's currency, as round as a price there is."""
    minor = converted(cents, "EUR", currency, rate)
    step = 10 ** max(digits_of(currency), 0) * (10 if rate > 10 else 1)
    return max(step, round(minor / step) * step) if rate != 1 else minor
