"""What an order costs at its border, in the reader's words: each part, who pays it, when and to whom."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dragoman.core.shipping.landed import Told
from dragoman.ground.design.functions import format_date, format_money
from dragoman.ground.markets.landed.parts import Kind, Part, Why

KINDS: Final[dict[Kind, Promise]] = {
    Kind.GOODS: _("Goods"),
    Kind.FREIGHT: _("Shipping"),
    Kind.DUTY: _("Duty"),
    Kind.TAX: _("Tax"),
    Kind.FEE: _("Fee"),
    Kind.HANDLING: _("Carrier's fee"),
}
# (payer, when, to) as one sentence: never put together from parts
WHO: Final[dict[tuple[str, str, str], Promise]] = {
    ("customer", "checkout", "shop"): _("The customer pays it to us with the order."),
    ("customer", "delivery", "carrier"): _(
        "The customer pays it to the carrier before the parcel is handed over."
    ),
    ("customer", "delivery", "customs"): _(
        "The customer pays it to customs before the parcel is handed over."
    ),
    ("shop", "import", "carrier"): _(
        "We pay it to the carrier when the parcel comes in; the customer pays nothing."
    ),
    ("shop", "import", "customs"): _(
        "We pay it to customs when the parcel comes in; the customer pays nothing."
    ),
}
WHY: Final[dict[Why, Promise]] = {
    Why.UNION: _("There is no customs border on the way."),
    Why.NEVER: _("None is due there at any value."),
    Why.RELIEF: _("None is due below that country's limit."),
    Why.FLAT: _("A flat sum for each kind of goods."),
    Why.IN_DUTY: _("It is in the flat rate of duty."),
    Why.SMALL_SELLER: _("We are not registered there, and none is taken at the border up to the limit."),
    Why.WAIVED: _("So small a sum is not collected."),
    Why.NO_RULE: _("Nobody has read that country's rule."),
    Why.NO_HS: _("An HS code is missing: put it in the shop with the product."),
    Why.NO_ORIGIN: _("Where a thing was made is missing: put it in the shop with the product."),
    Why.NO_RATE: _("The rate is missing: a lead adds it under Shipping and duty."),
    Why.NO_FREIGHT: _("What sending costs is missing: a lead adds it under Shipping and duty."),
    Why.NO_DUTY_KNOWN: _("It is reckoned on the duty, which is not known."),
    Why.NEAR_LIMIT: _("The value is so near a limit that customs' own rate of exchange decides."),
    Why.MIXED: _("Some goods are within a limit for each item, some above it."),
    Why.VARIES: _("States or provinces add to it."),
}


@dataclass(frozen=True)
class Said:
    """One part in words."""

    label: str
    amount: str
    who: str
    why: str
    law: str
    note: str
    estimate: bool


@dataclass(frozen=True)
class Border:
    """What is due at the border of an order, beyond what was paid with it."""

    told: Told

    def parts(self) -> list[Said]:
        """Return what a state or a carrier takes; goods and freight stand in the order itself."""
        found = [one for one in self.told.landed.parts if one.kind not in (Kind.GOODS, Kind.FREIGHT)]
        return [self._said(one) for one in found]

    def _said(self, part: Part) -> Said:
        currency = self.told.landed.currency
        amount = _now("not known")
        if part.amount is not None:
            amount = format_money(part.amount, currency)
        elif part.least:
            amount = _now("at least %(amount)s") % {"amount": format_money(part.least, currency)}
        elif part.native:
            amount = format_money(part.native.minor, part.native.currency)
        return Said(
            label=part.name or str(KINDS[part.kind]),
            amount=amount,
            who=str(WHO.get((part.payer, part.when, part.to), "")),
            why=self._why(part),
            law=part.fact.law if part.fact else "",
            note=part.fact.note if part.fact else "",
            estimate=part.estimate and part.amount is not None,
        )

    def _why(self, part: Part) -> str:
        if part.why is Why.NO_EXCHANGE:
            day = {"day": format_date(self.told.parcel.on)}
            return _now("The exchange rate of %(day)s is missing.") % day
        return str(WHY.get(part.why, ""))

    @property
    def door(self) -> str:
        """Return what the customer pays at the door, as far as it is known."""
        landed = self.told.landed
        unknown = any(
            one.amount is None and one.payer == "customer" and one.when == "delivery" for one in landed.parts
        )
        amount = format_money(landed.at_the_door, landed.currency)
        if unknown:
            return _now("At the door: at least %(amount)s") % {"amount": amount}
        if not landed.at_the_door:
            return _now("At the door: nothing")
        return _now("At the door: %(amount)s") % {"amount": amount}

    @property
    def rates(self) -> str:
        """Return where the rates of exchange stand, "" where none was needed."""
        table = self.told.table
        if table is None or not any(one.native or one.estimate for one in self.told.landed.parts):
            return ""
        day = {"day": format_date(table.day), "source": table.source}
        return _now("Rates of exchange of %(day)s, from %(source)s") % day


TITLE: Final = pgettext_lazy("at a border", "Duty and tax")
