"""What goods cost when they have come over a border: each part with who pays it, when and to whom; pure.

What is not known (an HS code, a rate, a rule, a rate of exchange) is told as not known, and the total is then what it
is at least; nothing is filled in by guess. Amounts are minor units of the currency the goods are sold in.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from dragoman.kit.money import Money, digits_of, to_major

from ..border_facts import ImportCharges, ImportRelief, SalesTax
from ..playbook import Fact

# customs take rates of exchange of their own: so near to a limit nobody can say on which side it falls
NEAR: Final = Decimal("0.02")


class Kind(StrEnum):
    """The parts of what it costs."""

    GOODS = "goods"
    FREIGHT = "freight"
    DUTY = "duty"
    TAX = "tax"
    FEE = "fee"  # a state's
    HANDLING = "handling"  # the carrier's, for paying at the border first


class Why(StrEnum):
    """Why a part is what it is, or why nobody knows."""

    PRICE = "price"
    UNION = "union"  # no border on the way
    NEVER = "never"
    RELIEF = "relief"  # below the limit
    FLAT = "flat"
    RATE = "rate"
    IN_DUTY = "in_duty"  # the flat rate of duty holds the tax
    AT_SALE = "at_sale"
    SMALL_SELLER = "small_seller"  # who is not registered takes none
    WAIVED = "waived"
    LISTED = "listed"
    NO_RULE = "no_rule"
    NO_HS = "no_hs"
    NO_ORIGIN = "no_origin"
    NO_RATE = "no_rate"
    NO_FREIGHT = "no_freight"
    NO_DUTY_KNOWN = "no_duty_known"
    NO_EXCHANGE = "no_exchange"
    NEAR_LIMIT = "near_limit"
    MIXED = "mixed"  # some goods within the limit, some above it
    VARIES = "varies"  # provinces or states add to it


@dataclass(frozen=True)
class Goods:
    """One kind of thing in the parcel: `unit_price` without the tax of the destination, in minor units."""

    quantity: int
    unit_price: int
    title: str = ""
    hs_code: str = ""
    origin: str = ""

    @property
    def value(self) -> int:
        """Return what all of it costs."""
        return self.quantity * self.unit_price


@dataclass(frozen=True)
class Rules:
    """What holds at the destination on that day; None: unknown. `union`: what the origin's territory is called."""

    relief: Fact | None = None
    charges: Fact | None = None
    tax: Fact | None = None
    union: str = ""

    @property
    def border(self) -> ImportCharges | None:
        """Return how the border counts."""
        value = self.charges.value if self.charges else None
        return value if isinstance(value, ImportCharges) else None

    @property
    def limits(self) -> ImportRelief | None:
        """Return the limits below which nothing is due."""
        value = self.relief.value if self.relief else None
        return value if isinstance(value, ImportRelief) else None

    @property
    def sale(self) -> SalesTax | None:
        """Return the tax on a sale."""
        value = self.tax.value if self.tax else None
        return value if isinstance(value, SalesTax) else None


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What is sent where: `freight` and `handling` None: not known. `ddp`: the shop pays what is due at the border.

    `listed` is the carrier's fee as its table says it, in another currency where that of the parcel is not known.
    `registered`: the shop takes the destination's tax at the sale (IOSS, VOEC, a local number).
    """

    origin: str
    destination: str
    on: datetime.date
    currency: str
    goods: Sequence[Goods]
    freight: int | None = None
    handling: int | None = None
    listed: Money | None = None
    ddp: bool = False
    registered: bool = False

    @property
    def value(self) -> int:
        """Return what the goods cost."""
        return sum(one.value for one in self.goods)


# the percent of duty a shop gave for some goods; None with the reason where it gave none
Rate = Callable[[Goods], "Decimal | Why"]
# an amount in another currency by a public rate; None where there is none for that day
Exchange = Callable[[Money, str], "Money | None"]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the cost. `amount` None: not known, and then `least` is what it comes to at least.

    `payer` is customer or shop, `when` checkout, import or delivery, `to` shop, carrier or customs; all empty where
    nothing is due. `native` is the amount in the currency the law names.
    """

    kind: Kind
    amount: int | None
    why: Why
    least: int = 0
    estimate: bool = False
    payer: str = ""
    when: str = ""
    to: str = ""
    name: str = ""
    native: Money | None = None
    fact: Fact | None = None

    @property
    def floor(self) -> int:
        """Return what it comes to at least."""
        return self.least if self.amount is None else self.amount


@dataclass(frozen=True)
class Landed:
    """All parts: `total` adds them up, `at_least` says that one is not known, `estimate` that customs may differ."""

    currency: str
    parts: Sequence[Part]
    exchanged: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Return what is known of it, added up."""
        return sum(part.floor for part in self.parts)

    @property
    def at_least(self) -> bool:
        """Say whether a part is not known."""
        return any(part.amount is None for part in self.parts)

    @property
    def estimate(self) -> bool:
        """Say whether customs may come to another amount."""
        return any(part.estimate for part in self.parts)

    @property
    def at_the_door(self) -> int:
        """Return what the customer pays beyond the shop's own bill, as far as it is known."""
        return sum(part.floor for part in self.parts if part.payer == "customer" and part.when == "delivery")

    def part(self, kind: Kind) -> Part | None:
        """Return the first part of a kind."""
        return next((one for one in self.parts if one.kind == kind), None)


def share(amount: Decimal, percent: Decimal) -> int:
    """Return a percentage of minor units, halves up, as tax offices round."""
    return int((amount * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@dataclass(frozen=True)
class Limit:
    """Whether a value is within a limit: `within` None is not known, for the reason `why`."""

    within: bool | None
    why: Why = Why.NO_RULE
    exchanged: bool = False


def held(
    parcel: Parcel,
    rules: Rules,
    limit: Money,
    exchange: Exchange,
    *,
    counts: str | None,
    per_item: bool = False,
) -> Limit:
    """Hold the goods of a parcel against a limit, by what counts for it (None: nobody read what, both must agree)."""
    if not limit.minor:
        return Limit(parcel.value == 0)
    free = {"free": True, "charged": False}.get((rules.border.limit_is or "") if rules.border else "")
    if per_item:
        found = [
            _one(Decimal(one.unit_price), parcel.currency, limit, exchange, free) for one in parcel.goods
        ]
        return found[0] if len({one.within for one in found}) == 1 else Limit(None, Why.MIXED)
    goods = _one(Decimal(parcel.value), parcel.currency, limit, exchange, free)
    if counts == "goods" or goods.within is False or goods.within is None:
        return goods
    if parcel.freight is None:
        return Limit(None, Why.NO_FREIGHT)
    both = _one(Decimal(parcel.value + parcel.freight), parcel.currency, limit, exchange, free)
    if counts is None and both.within is not goods.within:
        return Limit(None, Why.NEAR_LIMIT)
    return both


def _one(minor: Decimal, currency: str, limit: Money, exchange: Exchange, free: bool | None) -> Limit:
    if currency == limit.currency:
        if minor == limit.minor:
            return Limit(free, Why.NEAR_LIMIT)
        return Limit(minor < limit.minor)
    turned = exchange(Money(int(minor), currency), limit.currency)
    if turned is None:
        return Limit(None, Why.NO_EXCHANGE)
    if abs(turned.minor - limit.minor) <= limit.minor * NEAR:
        return Limit(None, Why.NEAR_LIMIT)
    return Limit(turned.minor < limit.minor, exchanged=True)


def tariff_lines(goods: Sequence[Goods]) -> tuple[int, int]:
    """Return (at least, at most) how many kinds of goods there are by the first six digits of their HS codes."""
    known = {one.hs_code[:6] for one in goods if len(one.hs_code) >= 6}
    unknown = sum(len(one.hs_code) < 6 for one in goods)
    return max(len(known), min(1, len(goods))), len(known) + unknown


def spoken(minor: int, currency: str) -> str:
    """Return an amount as people write it, for logs and tests: 49.90 EUR."""
    return f"{to_major(minor, currency):.{digits_of(currency)}f} {currency}"
