"""Asking about returns: what law and policy allow of an order at a moment."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dragoman.core.commerce.models import Order, OrderLine
from dragoman.core.customers.models import Customer
from dragoman.core.playbooks.places import Place, place_of
from dragoman.core.playbooks.queries import Told, has_playbook, told
from dragoman.core.segments.membership import segments_of
from dragoman.ground.markets.errors import NoMarket
from dragoman.ground.markets.facts import RefundDeadline, ReturnCost, Withdrawal
from dragoman.ground.markets.playbook import Fact
from dragoman.ground.markets.public_holidays import regions

from .errors import NoPolicy, NoSuchLine, TooMany
from .happened import happened_to
from .models import ReturnPolicy
from .quoting import Case, Goods, Law, Quote, Rule, quote
from .windows import Rest


@dataclass(frozen=True)
class Asked:
    """How many of which SKU (or external id of a line) are asked for; `opened`: its seal is broken."""

    sku: str
    quantity: int
    opened: bool = False


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
    where = (country or order.country).upper()
    place = place_of(order.workspace_id, order.brand_id, where)
    known = law_told(order.workspace_id, order.brand_id, where, on=order.placed_at.date())
    rules = rules_of(order, where, known)
    case = case_of(order, at=at, law=law_of(where, known), rules=rules, place=place)
    return quote(replace(case, business=business), goods_of(order, asked))


def case_of(order: Order, *, at: datetime.datetime, law: Law, rules: Sequence[Rule], place: Place) -> Case:
    """Return what an order (with its parts) is judged by at a moment."""
    zone = ZoneInfo(place.zone or "UTC")
    return Case(
        law=law,
        rules=rules,
        happened=happened_to(order, at=at, zone=zone),
        rest=Rest(law.country, _region(order, law.country) or place.region),
        day=at.astimezone(zone).date(),
    )


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
        url=next((one.url for one in withdrawal.sources if one.url), "") or "",
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


def left_of(line: OrderLine) -> int:
    """Return how many of a line can still go back, by what the shop says."""
    return max(0, line.quantity - line.cancelled - max(line.returned, line.refunded))


def goods_of(order: Order, asked: Sequence[Asked] | None = None) -> list[Goods]:
    """Return the lines that are asked for, each with what is left of it; raises NoSuchLine, TooMany."""
    lines = list(order.lines.all())
    left = {line.pk: left_of(line) for line in lines}
    if asked is None:
        return [_goods(line, left[line.pk], left[line.pk], order) for line in lines if line.quantity]
    found: list[Goods] = []
    for place, one in enumerate(asked):
        mine = [line for line in lines if one.sku and one.sku in (line.sku, line.external_id)]
        if not mine:
            raise NoSuchLine(place, one.sku)
        found += _shared_out(place, one, mine, left, order)
    return found


def _shared_out(
    place: int, asked: Asked, lines: Sequence[OrderLine], left: dict[int, int], order: Order
) -> list[Goods]:
    """Share a quantity out over all lines of a SKU; a line of which nothing is left says so."""
    free = sum(left[line.pk] for line in lines)
    if asked.quantity > free and (free or asked.quantity > sum(line.quantity for line in lines)):
        raise TooMany(place, asked.sku, free)
    if not free:
        return [_goods(lines[0], asked.quantity, 0, order, opened=asked.opened)]
    found, wanted = [], asked.quantity
    for line in lines:
        taken = min(wanted, left[line.pk])
        if taken:
            found.append(_goods(line, taken, left[line.pk], order, opened=asked.opened))
            left[line.pk] -= taken
            wanted -= taken
    return found


def _goods(line: OrderLine, asked: int, left: int, order: Order, *, opened: bool = False) -> Goods:
    of_one = line.unit_price - (line.discount // line.quantity if line.quantity else 0)
    return Goods(
        line_id=line.pk,
        sku=line.sku,
        title=line.title,
        asked=asked,
        left=left,
        value=max(0, of_one) * asked,
        category=line.category,
        custom_made=line.custom_made,
        hygiene=line.hygiene,
        digital=line.digital,
        final_sale=line.final_sale,
        opened=opened,
    )
