"""The customs papers of a return as data: who sends what to whom, which border it crosses, and what nobody told yet."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from dragoman.core.commerce.models import Order
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.shipping.queries import terms_of
from dragoman.ground.markets.returned_goods import Relief, relief_of
from dragoman.ground.markets.territories import Border, Territory, border_between, territory_of

from .customs_goods import CustomsGoods, customs_goods
from .hubs import Standing, standing_at, started_in
from .return_models import Return


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who sends or gets: the lines of an envelope without the country, and its code."""

    lines: Sequence[str]
    country: str
    phone: str = ""
    email: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Missing:
    """Something customs ask for that nobody told: a code of `paper_words.MISSING`, and of which line of the order."""

    code: str
    line_id: int | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Papers:
    """What a return's papers say. `value` is minor units, `net` grams (None: a weight is not known).

    `addressee` None: no place is set. `until`: the last day of a relief that has one; None: none, or not known.
    """

    made: Return
    order: Order
    border: Border
    here: Territory
    there: Territory
    sender: Party
    addressee: Party | None
    goods: Sequence[CustomsGoods]
    standing: Standing
    relief: Relief | None
    sent_on: datetime.date | None
    tracking: str

    @property
    def are_needed(self) -> bool:
        """Say whether the parcel crosses a border that wants papers; where that is not known it may."""
        return self.border != "none"

    @property
    def is_known(self) -> bool:
        """Say whether it is known that papers are needed."""
        return self.border in ("tax", "customs")

    @property
    def value(self) -> int:
        """Return what all of it was sold for."""
        return sum(one.value for one in self.goods)

    @property
    def net(self) -> int | None:
        """Return the grams of all of it."""
        known = [one.net for one in self.goods]
        return sum(one or 0 for one in known) if known and all(known) else None

    @property
    def until(self) -> datetime.date | None:
        """Return the day by which the goods have to be back for relief."""
        years = self.relief.years if self.relief else None
        if not (years and self.sent_on and self.standing == "claimable"):
            return None
        return self.sent_on + relativedelta(years=years)  # type: ignore[no-untyped-call,no-any-return]

    @property
    def missing(self) -> list[Missing]:
        """Return what somebody has to fill in before the parcel leaves."""
        if not self.are_needed:
            return []
        found = []
        if self.addressee is None:
            found.append(Missing("place"))
        elif not self.addressee.reference:
            found.append(Missing("reference"))
        if not self.sender.lines:
            found.append(Missing("sender"))
        if self.standing == "claimable" and self.sent_on is None:
            found.append(Missing("sent"))
        found += [Missing(code, one.line_id, one.text) for one in self.goods for code in one.missing]
        return found


def papers_of(made: Return) -> Papers:
    """Return the papers of a return (with its parts); `are_needed` says whether it crosses a border at all."""
    order = order_by_id(made.workspace_id, made.order_id)
    sender, place = _sender(made, order), made.place
    here = territory_of(order.country, str(order.shipping_address.get("postcode") or ""))
    there = (
        territory_of(place.country, place.postcode)
        if place
        else territory_of(terms_of(made.workspace_id, made.brand_id).sends_from)
    )
    border = border_between(here, there)
    parcels = [one for one in order.shipments.all() if not one.inward]
    sent = min((one.shipped_at for one in parcels if one.shipped_at), default=None)
    return Papers(
        made=made,
        order=order,
        border=border,
        here=here,
        there=there,
        sender=sender,
        addressee=Party(
            lines=place.lines[:-1], country=place.country, phone=place.phone, reference=place.reference
        )
        if place
        else None,
        goods=customs_goods(made),
        standing=standing_at(there, started_in(order), border),
        relief=relief_of(there.code) if border == "customs" else None,
        sent_on=sent.date() if sent else None,
        tracking=next((one.tracking_number for one in parcels if one.tracking_number), ""),
    )


def _sender(made: Return, order: Order) -> Party:
    """Return who sends it back: of a gift nobody reads who gave it."""
    address = order.shipping_address
    lines = address.get("lines")
    town = " ".join(str(address.get(name) or "") for name in ("postcode", "city")).strip()
    parts = [address.get("company"), *(lines if isinstance(lines, list) else []), town, address.get("region")]
    where = [str(one) for one in parts if one]
    name = str(address.get("name") or ("" if made.gift else order.name))
    return Party(
        lines=[part for part in (name, *where) if part] if where else [],
        country=order.country,
        phone=str(address.get("phone") or ("" if made.gift else order.phone)),
        email=made.told_to,
    )
