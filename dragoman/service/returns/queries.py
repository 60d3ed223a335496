"""Asking about returns: what law and policy allow of an order at a moment."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dragoman.core.commerce.models import Order, OrderLine
from dragoman.core.commerce.wants import share, worth_of
from dragoman.core.customers.models import Customer
from dragoman.core.playbooks.places import place_of
from dragoman.core.playbooks.queries import Told, has_playbook, told
from dragoman.core.segments.membership import segments_of
from dragoman.ground.markets.errors import NoMarket
from dragoman.ground.markets.facts import Guarantee, RefundDeadline, ReturnCost, Withdrawal
from dragoman.ground.markets.official import best_address
from dragoman.ground.markets.playbook import Fact
from dragoman.ground.markets.public_holidays import regions

from .due import Duties, duties_of
from .errors import NoPolicy, NoSuchLine, TooMany
from .happened import happened_to
from .models import ReturnPolicy
from .quoting import Case, Goods, Law, Quote, Rule, quote
from .return_models import ReturnLine
from .states import BACK, VOID
from .windows import Rest


@dataclass(frozen=True)
class Asked:
    """How many of which SKU (or external id of a line) are asked for; `opened`: its seal is broken."""

    sku: str
    quantity: int
    opened: bool = False


@dataclass(frozen=True)
class There:
    """Where the buyer is: whose law, whose holidays, whose clock."""

    country: str
    region: str
    zone: ZoneInfo

    def day(self, moment: datetime.datetime) -> datetime.date:
        """Return the day it is there."""
        return moment.astimezone(self.zone).date()


def policies_of(workspace_id: int, *, brand_id: int | None = None) -> QuerySet[ReturnPolicy]:
    """The return policies of a workspace or a brand, the widest first."""
    found = ReturnPolicy.objects.filter(workspace_id=workspace_id).select_related("segment", "brand")
    if brand_id is not None:
        found = found.filter(brand_id=brand_id)
    return found.order_by("brand_id", "country", "category", "pk")


def get_policy(workspace_id: int, policy_id: int) -> ReturnPolicy:
    """Return one; raises NoPolicy."""
    found = policies_of(workspace_id).filter(pk=policy_id).first()
    if found is None:
        raise NoPolicy
    return found


def quote_for(
    order: Order,
    *,
    at: datetime.datetime,
    asked: Sequence[Asked] | None = None,
    country: str = "",
    business: bool = False,
) -> Quote:
    """Return what may go back of an order (with its parts) at a moment; `country` instead of the order's own.

    Without `asked` all that is left is asked for. Raises NoSuchLine, TooMany.
    """
    place = place_for(order, country)
    known = law_told(order.workspace_id, order.brand_id, place.country, on=order.placed_at.date())
    rules = rules_of(order, place.country, known)
    case = case_of(order, at=at, law=law_of(place.country, known), rules=rules, place=place)
    return quote(replace(case, business=business), goods_of(order, asked, taken_of(order)))


def case_of(order: Order, *, at: datetime.datetime, law: Law, rules: Sequence[Rule], place: There) -> Case:
    """Return what an order (with its parts) is judged by at a moment."""
    return Case(
        law=law,
        rules=rules,
        happened=happened_to(order, at=at, zone=place.zone),
        rest=Rest(law.country, place.region),
        day=place.day(at),
    )


def place_for(order: Order, country: str = "") -> There:
    """Return where the buyer of an order is; `country` instead of the order's own."""
    where = (country or order.country).upper()
    place = place_of(order.workspace_id, order.brand_id, where)
    return There(where, _region(order, where) or place.region, ZoneInfo(place.zone or "UTC"))


def duties_for(order: Order, *, at: datetime.datetime) -> Duties | None:
    """Return what the seller owes for faults of an order (with its parts); None where nobody read the law."""
    place = place_for(order)
    known = law_told(order.workspace_id, order.brand_id, place.country, on=order.placed_at.date())
    fact = known["guarantee"].holds if "guarantee" in known else None
    if fact is None or not isinstance(fact.value, Guarantee):
        return None
    delivered = happened_to(order, at=at, zone=place.zone).delivered
    return duties_of(fact.value, fact.law, delivered)


def law_told(
    workspace_id: int, brand_id: int | None, country: str, *, on: datetime.date
) -> Mapping[str, Told]:
    """Return every kind of fact of a country as a brand knows it on a day; nothing where there is no playbook."""
    return told(workspace_id, brand_id, country, on=on) if has_playbook(country) else {}


def law_of(country: str, known: Mapping[str, Told]) -> Law:
    """Return the law of a country as a brand knows it: its correction, but nothing lower that nobody confirmed."""

    def fact(kind: str) -> Fact | None:
        return next(iter(known[kind].laws), None) if kind in known else None

    withdrawal, refund, cost = fact("withdrawal"), fact("refund_deadline"), fact("return_cost")
    if withdrawal is None or not isinstance(withdrawal.value, Withdrawal):
        return Law(country=country, article=_("Not known"))
    return Law(
        country=country,
        withdrawal=withdrawal.value,
        refund=refund.value if refund and isinstance(refund.value, RefundDeadline) else None,
        cost=cost.value if cost and isinstance(cost.value, ReturnCost) else None,
        article=withdrawal.law or _("Law of the country"),
        url=best_address(withdrawal.sources),
        verified=withdrawal.verified,
    )


def rules_of(order: Order, country: str, known: Mapping[str, Told]) -> list[Rule]:
    """Return the brand's rules that hold for an order's customer in a country; what its playbook promises is one."""
    rows = [
        one
        for one in policies_of(order.workspace_id, brand_id=order.brand_id)
        if one.country in ("", country)
    ]
    wanted = [one.segment for one in rows if one.segment]
    customer = _customer(order) if wanted else None
    mine = {one.pk for one in segments_of(customer, wanted)} if customer else set()
    found = [_rule(one, order) for one in rows if one.segment_id is None or one.segment_id in mine]
    promised = known["withdrawal"].policy if "withdrawal" in known else None
    if promised and isinstance(promised.value, Withdrawal) and promised.value.days is not None:
        found.append(_promised(promised, promised.value, known))
    return found


def _customer(order: Order) -> Customer | None:
    if order.customer_id is None:
        return None
    return Customer.objects.filter(workspace_id=order.workspace_id, pk=order.customer_id).first()


def _rule(row: ReturnPolicy, order: Order) -> Rule:
    return Rule(
        name=row.name,
        days=row.days,
        starts=row.starts,
        category=row.category,
        payer=row.payer,
        methods=tuple(row.methods),
        excludes=frozenset(row.excludes),
        keep_below=row.keep_below if row.keep_currency == order.currency else 0,
        refund_days=row.refund_days,
        # a category says more than a group of customers, that more than a country
        narrow=4 * bool(row.category) + 2 * bool(row.segment_id) + bool(row.country),
    )


def _promised(fact: Fact, value: Withdrawal, known: Mapping[str, Told]) -> Rule:
    cost = known["return_cost"].policy
    pays = cost is not None and isinstance(cost.value, ReturnCost) and cost.value.payer == "trader"
    return Rule(
        name=fact.note or _("Our policy in this market"),
        days=value.days or 0,
        starts="order" if value.starts == "order" else "delivery",
        payer="seller" if pays else "customer",
        narrow=1,
    )


def _region(order: Order, country: str) -> str:
    """Return the region an order went to, where it has holidays of its own."""
    named = str(order.shipping_address.get("region") or "").upper().removeprefix(f"{country}-")
    if not named or order.country != country:
        return ""
    try:
        return named if named in regions(country) else ""
    except NoMarket:
        return ""


@dataclass(frozen=True)
class Taken:
    """How many of each line are on their way back (`open`), and came back by returns of ours (`back`)."""

    open: Mapping[int, int]
    back: Mapping[int, int]


NOTHING: Final = Taken({}, {})


def taken_of(order: Order) -> Taken:
    """Return what of an order's lines is spoken for by its returns."""
    rows = ReturnLine.objects.filter(workspace_id=order.workspace_id, line__order_id=order.pk)
    open_, back = Counter[int](), Counter[int]()
    for line_id, quantity, state in rows.values_list("line_id", "quantity", "parent__state"):
        if state not in VOID:
            (back if state in BACK else open_)[line_id] += quantity
    return Taken(open_, back)


def left_of(line: OrderLine, taken: Taken = NOTHING) -> int:
    """Return how many of a line can still go back: the shop knows of what came back, and not of what is on its way."""
    gone = max(line.returned, line.refunded, taken.back.get(line.pk, 0))
    return max(0, line.quantity - line.cancelled - gone - taken.open.get(line.pk, 0))


def goods_of(order: Order, asked: Sequence[Asked] | None = None, taken: Taken = NOTHING) -> list[Goods]:
    """Return the lines that are asked for, each with what is left of it; raises NoSuchLine, TooMany."""
    lines = list(order.lines.all())
    left, worth = {line.pk: left_of(line, taken) for line in lines}, worth_of(order)
    if asked is None:
        return [_goods(line, left[line.pk], left[line.pk], worth) for line in lines if line.quantity]
    found: list[Goods] = []
    for place, one in enumerate(asked):
        mine = [line for line in lines if one.sku and one.sku in (line.sku, line.external_id)]
        if not mine:
            raise NoSuchLine(place, one.sku)
        found += _shared_out(place, one, mine, left, worth)
    return found


def _shared_out(
    place: int, asked: Asked, lines: Sequence[OrderLine], left: dict[int, int], worth: Mapping[int, int]
) -> list[Goods]:
    """Share a quantity out over all lines of a SKU; a line of which nothing is left says so."""
    free = sum(left[line.pk] for line in lines)
    if asked.quantity > free and (free or asked.quantity > sum(line.quantity for line in lines)):
        raise TooMany(place, asked.sku, free)
    if not free:
        return [_goods(lines[0], asked.quantity, 0, worth, opened=asked.opened)]
    found, wanted = [], asked.quantity
    for line in lines:
        taken = min(wanted, left[line.pk])
        if taken:
            found.append(_goods(line, taken, left[line.pk], worth, opened=asked.opened))
            left[line.pk] -= taken
            wanted -= taken
    return found


def _goods(
    line: OrderLine, asked: int, left: int, worth: Mapping[int, int], *, opened: bool = False
) -> Goods:
    return Goods(
        line_id=line.pk,
        sku=line.sku,
        title=line.title,
        asked=asked,
        left=left,
        value=share(worth[line.pk], line.quantity, asked),
        category=line.category,
        custom_made=line.custom_made,
        hygiene=line.hygiene,
        digital=line.digital,
        final_sale=line.final_sale,
        opened=opened,
    )


def worth_of_lines(order: Order, lines: Sequence[tuple[int, int]]) -> int:
    """Return what was paid for so many of lines (id, quantity), in minor units: with their share of any discount."""
    worth, count = worth_of(order), {line.pk: line.quantity for line in order.lines.all()}
    return sum(share(worth[pk], count[pk], many) for pk, many in lines if pk in worth)


def lines_named(order: Order, asked: Sequence[Asked]) -> list[tuple[int, int]]:
    """Return (id, quantity) of lines named by SKU or id at the shop; raises NoSuchLine, TooMany."""
    found: list[tuple[int, int]] = []
    for place, one in enumerate(asked):
        mine = [line for line in order.lines.all() if one.sku and one.sku in (line.sku, line.external_id)]
        line = next(iter(mine), None)
        if line is None:
            raise NoSuchLine(place, one.sku)
        if one.quantity > line.quantity:
            raise TooMany(place, one.sku, line.quantity)
        found.append((line.pk, one.quantity))
    return found
