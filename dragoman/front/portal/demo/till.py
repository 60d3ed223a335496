"""The till of the demo's shops: what agents ask for is done at once, to the mirror itself, and no money moves."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand
from dragoman.core.commerce.models import Order, OrderLine, Shop
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.commerce.wants import gone_of, paid_of
from dragoman.ground.providers.shops.facts import LineFacts, OrderFacts, PersonFacts, RefundFacts, TotalFacts
from dragoman.ground.providers.shops.ports import (
    Account,
    AddressWish,
    Can,
    CancelWish,
    DiscountWish,
    Done,
    Field,
    Hook,
    OrderPage,
    RefundWish,
    Told,
    Variant,
    Wish,
    shops,
)
from dragoman.kit import workspace
from dragoman.kit.errors import Rejected

KIND: Final = "demo"
_OF_LINES: Final = {one.name for one in fields(LineFacts)}


def demo_shop_of(brand: Brand) -> Shop:
    """Return the shop in which a brand of the demo sells; nobody connects it."""
    shop, _made = Shop.objects.get_or_create(
        workspace_id=brand.workspace_id,
        brand=brand,
        kind=KIND,
        address="",
        defaults={"title": brand.name, "state": Shop.State.WORKING},
    )
    return shop


class Till:
    """A shop without a server: its orders are those of the mirror, which are found by their number."""

    title: str = "Demo"
    # nothing to fill in: not a kind that can be connected
    fields: Sequence[Field] = ()
    can: frozenset[Can] = frozenset(
        {
            *(Can.REFUND, Can.REFUND_SUM, Can.CANCEL, Can.CANCEL_LINES),
            *(Can.EDIT_ADDRESS, Can.RESHIP, Can.EXCHANGE, Can.DISCOUNT, Can.STORE_CREDIT),
        }
    )

    def check(self, account: Account) -> str:
        """Return its name."""
        return self.title

    def page(self, account: Account, *, since: datetime | None, cursor: str, limit: int) -> OrderPage:
        """Tell nothing: the mirror has all there is."""
        return OrderPage([])

    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return an order as the mirror has it."""
        found = self._order(external_id)
        return _facts(found) if found else None

    def told(self, account: Account, hook: Hook, *, again: bool = False) -> Told:
        """Hear nothing: it sends no webhooks."""
        return Told()

    def variant(self, account: Account, sku: str, *, currency: str, country: str) -> Variant | None:
        """Return what an order of these shops has sold already, at the price of the newest."""
        sold = OrderLine.objects.filter(
            workspace_id=workspace.get_current_id(), order__shop__kind=KIND, sku__iexact=sku.strip()
        )
        one = sold.order_by("-order__placed_at").first()
        priced = sold.filter(order__currency=currency).order_by("-order__placed_at").first()
        return Variant(one.sku, one.sku, one.title, priced.unit_price if priced else None) if one else None

    def do(self, account: Account, wish: Wish) -> Done:
        """Do it to the mirror's own facts."""
        order = self._order(wish.order)
        if order is None:
            raise Rejected(str(_("The shop has no such order.")))
        facts, code = _facts(order), ""
        if isinstance(wish, RefundWish):
            facts = _refunded(order, facts, wish.key, wish.amount, wish.lines)
        elif isinstance(wish, CancelWish):
            facts = _cancelled(order, facts, wish)
        elif isinstance(wish, AddressWish):
            facts = replace(facts, shipping_address=wish.address)
        elif isinstance(wish, DiscountWish):
            code = f"DEMO-{wish.key.rpartition('-')[2]}"
        return Done(wish.key, code, facts)

    def find(self, account: Account, wish: Wish) -> Done | None:
        """Know nothing: what was done is in the mirror, and a worker that died did nothing."""
        order = self._order(wish.order)
        known = order is not None and any(one.external_id == wish.key for one in order.refunds.all())
        return Done(wish.key) if known else None

    @staticmethod
    def _order(external_id: str) -> Order | None:
        here = {"workspace_id": workspace.get_current_id(), "shop__kind": KIND}
        found = Order.objects.filter(**here, external_id=external_id).first()
        return order_by_id(found.workspace_id, found.pk) if found else None


def _facts(order: Order) -> OrderFacts:
    lines = [
        LineFacts(**{name: getattr(one, name) for name in _OF_LINES})
        for one in order.lines.all()
        if not one.removed
    ]
    refunds = [
        RefundFacts(
            amount=one.amount,
            external_id=one.external_id,
            method=one.method,
            reason=one.reason,
            refunded_at=one.refunded_at,
        )
        for one in order.refunds.all()
    ]
    return OrderFacts(
        number=order.number,
        external_id=order.external_id,
        placed_at=order.placed_at,
        currency=order.currency,
        lines=lines,
        person=PersonFacts(email=order.email, phone=order.phone, name=order.name, language=order.language),
        country=order.country,
        cancelled_at=order.cancelled_at,
        totals=TotalFacts(shipping=order.shipping_total, total=order.total),
        store_currency=order.store_currency,
        store_total=order.store_total,
        rate=order.rate,
        shipping_address=order.shipping_address,
        billing_address=order.billing_address,
        refunds=refunds,
    )


def _refunded(order: Order, facts: OrderFacts, key: str, amount: int, goods: Sequence[Any]) -> OrderFacts:
    if amount > paid_of(order) - gone_of(order):
        raise Rejected(str(_("That is more than what is left of the payment.")))
    back = {line: number for line, number, *_rest in goods}
    lines = [replace(one, refunded=one.refunded + back.get(one.external_id, 0)) for one in facts.lines]
    paid = next(iter(order.payments.all()), None)
    method = paid.method if paid else ""
    made = RefundFacts(amount=amount, external_id=key, method=method, refunded_at=timezone.now())
    return replace(facts, lines=lines, refunds=[*(facts.refunds or ()), made])


def _cancelled(order: Order, facts: OrderFacts, wish: CancelWish) -> OrderFacts:
    gone = dict(wish.lines)
    whole = not gone
    lines = [
        replace(one, cancelled=one.quantity if whole else one.cancelled + gone.get(one.external_id, 0))
        for one in facts.lines
    ]
    made = replace(facts, lines=lines, cancelled_at=timezone.now() if whole else facts.cancelled_at)
    left = paid_of(order) - gone_of(order)
    return _refunded(order, made, wish.key, left, []) if wish.refund and whole and left else made


shops.register(KIND)(Till())
