"""To which hub goods go: the same customs territory first, then what freight and duty come to."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext as _

from dragoman.core.commerce.models import Order
from dragoman.core.exchange.queries import exchange_on
from dragoman.core.shipping.landed import Asked, landed_for
from dragoman.core.shipping.queries import Quote, quotes_on, terms_of
from dragoman.ground.design.functions import format_money, market_name
from dragoman.ground.markets.landed.parts import Goods, Kind
from dragoman.ground.markets.returned_goods import relief_of
from dragoman.ground.markets.territories import Border, Territory, border_between, territory_of
from dragoman.kit.money import Money

from .customs_goods import CustomsGoods, customs_goods
from .place_models import PlaceKind, ReturnPlace
from .places import places_of, walked_to
from .policy_models import Method
from .return_models import Return

_RANK: Final[dict[Border, int]] = {"none": 0, "tax": 1, "customs": 2, "not_known": 3}
# may relief for returned goods be claimed there?
Standing = Literal["none_due", "claimable", "elsewhere", "no_rule", "not_known"]


@dataclass(frozen=True, kw_only=True)
class Load:
    """What is sent back: from where, which goods, in which currency; `weight` in grams, None: not known."""

    order: Order
    goods: Sequence[CustomsGoods]
    day: datetime.date

    @property
    def weight(self) -> int | None:
        """Return the grams of all of it."""
        known = [one.net for one in self.goods]
        return sum(one or 0 for one in known) if known and all(known) else None

    @property
    def start(self) -> Territory:
        """Return where it is sent from."""
        return territory_of(self.order.country, str(self.order.shipping_address.get("postcode") or ""))


@dataclass(frozen=True, kw_only=True)
class HubOption:
    """A hub with what it would come to, in minor units of the order's currency; None: not known.

    `quote` is the cheapest service of the brand's table on that lane, in its own currency.
    """

    place: ReturnPlace
    border: Border
    standing: Standing
    currency: str
    quote: Quote | None = None
    freight: int | None = None
    duty: int | None = None

    @property
    def cost(self) -> int | None:
        """Return freight and duty together."""
        return None if self.freight is None or self.duty is None else self.freight + self.duty

    @property
    def reason(self) -> str:
        """Say in a sentence or two why it is good or not."""
        return " ".join([self._freight(), self._border()])

    def _freight(self) -> str:
        if self.quote is None:
            return _("Freight: not known, the shipping table has no rate for this way.")
        price = format_money(self.quote.price, self.quote.currency)
        return _("Freight: %(price)s by %(service)s.") % {"price": price, "service": self.quote.service}

    def _border(self) -> str:
        if self.border == "none":
            return _("No customs border on the way: no papers, no duty.")
        if self.border == "tax":
            return _("Inside one customs territory, outside of its VAT: papers are needed, no duty is due.")
        if self.border == "not_known":
            return _("Where the customer is is not known: neither is the border.")
        if self.standing == "claimable":
            return _("A customs border: duty is relieved as returned goods, if it is claimed with proof.")
        if self.duty is None:
            return _("A customs border: duty and tax there are not known.")
        amount = format_money(self.duty, self.currency)
        return _("A customs border: about %(amount)s of duty and tax, as parcels did not start there.") % {
            "amount": amount
        }


def started_in(order: Order) -> Territory:
    """Return the territory an order's parcels started in: by its parcels, else by the brand's terms."""
    parcels = [one for one in order.shipments.all() if one.origin and not one.inward]
    country = parcels[0].origin if parcels else terms_of(order.workspace_id, order.brand_id).sends_from
    return territory_of(country)


def standing_at(there: Territory, start: Territory, border: Border) -> Standing:
    """Say whether duty is relieved where goods come back to, that were first sent from `start`."""
    if border in ("none", "tax"):
        return "none_due"
    if border == "not_known" or not start.customs:
        return "not_known"
    if not there.customs & start.customs:
        return "elsewhere"
    return "claimable" if relief_of(there.code) else "no_rule"


def hub_options(load: Load, places: Sequence[ReturnPlace]) -> list[HubOption]:
    """Return the open hubs that take goods from there, the best first."""
    country, start = load.order.country, started_in(load.order)
    hubs = [one for one in places if one.kind == PlaceKind.HUB and one.is_open and one.serves(country)]
    found = [_option(load, one, start) for one in hubs]
    return sorted(found, key=_worse)


def best_place(made: Return, order: Order, *, day: datetime.date) -> ReturnPlace | None:
    """Return where a new return goes: the shop near a customer who walks, else the hub that costs least."""
    places = list(places_of(made.workspace_id, brand_id=made.brand_id))
    if not places or made.method == Method.KEEP_ITEM:
        return None
    near = walked_to(order, places, made.method) if made.method == Method.IN_STORE else []
    options = [] if near else hub_options(Load(order=order, goods=customs_goods(made), day=day), places)
    return next(iter([*near, *(one.place for one in options)]), None)


def _worse(one: HubOption) -> tuple[int, bool, int, str]:
    return _RANK[one.border], one.cost is None, one.cost or 0, one.place.name


def _option(load: Load, place: ReturnPlace, start: Territory) -> HubOption:
    order, there = load.order, territory_of(place.country, place.postcode)
    border = border_between(load.start, there)
    standing = standing_at(there, start, border)
    lane = {"origin": order.country, "destination": place.country}
    quotes = quotes_on(order.workspace_id, order.brand_id, **lane, weight=load.weight, day=load.day)
    priced = [(one, _here(order, one, load.day)) for one in quotes]
    quote, freight = min(priced, key=lambda one: (one[1] is None, one[1] or 0), default=(None, None))
    free = standing in ("none_due", "claimable")
    return HubOption(
        place=place,
        border=border,
        standing=standing,
        currency=order.currency,
        quote=quote,
        freight=freight,
        duty=0 if free else _duty(load, place, freight),
    )


def _here(order: Order, quote: Quote, day: datetime.date) -> int | None:
    """Return a price in the order's currency by the public table; None where it has no rate."""
    if quote.currency == order.currency:
        return quote.price
    turned = exchange_on(order.workspace_id, Money(quote.price, quote.currency), order.currency, day=day)
    return turned.minor if turned else None


def _duty(load: Load, place: ReturnPlace, freight: int | None) -> int | None:
    """Return what duty and tax come to where goods are new to a territory; None where a part is not known."""
    order = load.order
    asked = Asked(
        origin=order.country,
        destination=place.country,
        currency=order.currency,
        goods=[
            Goods(1, one.value, title=one.text, hs_code=one.hs_code, origin=one.origin) for one in load.goods
        ],
        on=load.day,
        weight=load.weight,
        freight=freight,
    )
    if not order.country or not asked.goods:
        return None
    parts = landed_for(order.workspace_id, order.brand_id, asked).landed.parts
    due = [one for one in parts if one.kind not in (Kind.GOODS, Kind.FREIGHT)]
    return None if any(one.amount is None for one in due) else sum(one.floor for one in due)


def territory_name(territory: Territory) -> str:
    """Name a territory for people: the area, the union, or the country."""
    if territory.area:
        return territory.area.name
    return _("European Union") if territory.code == "EU" else market_name(territory.country)
