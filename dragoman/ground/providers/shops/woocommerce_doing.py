"""What a WooCommerce shop does for us; our key stands in reasons of refunds and beside orders and coupons."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import OutsideError, Rejected, Unavailable
from dragoman.kit.money import to_major

from . import http
from .amounts import minor, nearly, shared
from .codes import code_for
from .facts import OrderFacts
from .keys import has_key, with_key
from .ports import (
    Account,
    AddressWish,
    CancelWish,
    DiscountWish,
    Done,
    DuplicateWish,
    ExchangeWish,
    RefundWish,
    Variant,
    Wish,
)
from .woocommerce_exchange import MADE_BY, customer_of, exchange, exchanged, variant_of
from .woocommerce_facts import CANCELLED_BY, meta_of, with_tax

log = logging.getLogger(__name__)

# refused with a 500: the shop took its own note of the refund away again before it answered
_NOT_REFUNDED: Final = "woocommerce_rest_cannot_create_order_refund"


class WooCommerceDoing(ABC):
    """The half of the connector that acts."""

    @abstractmethod
    def ask(
        self,
        account: Account,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Any = None,
    ) -> Any:
        """Return the JSON of one call."""

    @abstractmethod
    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return one order."""

    @abstractmethod
    def refunds_of(self, account: Account, order: str) -> list[dict[str, Any]]:
        """Return all refunds of an order."""

    def do(self, account: Account, wish: Wish) -> Done:
        """Do it once; see ports.Doer."""
        if isinstance(wish, DiscountWish):
            return self._discount(account, wish)
        with http.nothing_done_yet():
            before = self._before(account, wish)
        if isinstance(wish, RefundWish):
            done = self._refund(account, wish, before)
        elif isinstance(wish, CancelWish):
            done = self._cancel(account, wish, before)
        elif isinstance(wish, DuplicateWish):
            done = self._again(account, wish, before)
        elif isinstance(wish, ExchangeWish):
            done = exchange(partial(self.ask, account), wish, before)
        elif isinstance(wish, AddressWish):
            with http.first_step():
                self._put(account, wish, {"shipping": _place(wish.address)})
            done = Done(external_id=wish.order)
        else:
            raise Rejected(str(_("WooCommerce cannot do this.")))
        return self._seen(account, wish, done)

    def find(self, account: Account, wish: Wish) -> Done | None:
        """Return what was done of a wish by its key; an address by what stands there now."""
        if isinstance(wish, DiscountWish):
            return self._found_discount(account, wish)
        if isinstance(wish, DuplicateWish):
            return self._found_again(account, wish)
        if isinstance(wish, ExchangeWish):
            return exchanged(partial(self.ask, account), wish)
        done: Done | None = None
        if isinstance(wish, RefundWish):
            made = self._made(account, wish)
            done = None if made is None else Done(external_id=made)
        else:
            order = self._before(account, wish)
            if isinstance(wish, CancelWish) and meta_of(order, CANCELLED_BY) == wish.key:
                done = Done(wish.order, left=self._not_given_back(account, wish))
            elif isinstance(wish, AddressWish):
                now, wanted = order.get("shipping") or {}, _place(wish.address)
                if all((now.get(name) or "") == text for name, text in wanted.items()):
                    done = Done(external_id=wish.order)
        return None if done is None else self._seen(account, wish, done)

    def variant(self, account: Account, sku: str, *, currency: str, country: str) -> Variant | None:
        """Return what has an article number; see ports.Shelf. `country`: one price holds everywhere."""
        return variant_of(partial(self.ask, account), sku, currency=currency)

    def _before(self, account: Account, wish: Wish) -> dict[str, Any]:
        try:
            found = dict(self.ask(account, "GET", f"/orders/{http.safe(wish.order)}"))
        except http.Missing:
            raise Rejected(str(_("The shop has no such order."))) from None
        if str(found.get("currency", "")).upper() != wish.currency:
            raise Rejected(str(_("The order is in another currency.")))
        return found

    def _put(self, account: Account, wish: Wish, body: Mapping[str, Any]) -> None:
        self.ask(account, "PUT", f"/orders/{http.safe(wish.order)}", body=body)

    def _seen(self, account: Account, wish: Wish, done: Done) -> Done:
        """Add the order as it is now; that it cannot be read does not undo what was done."""
        try:
            return Done(done.external_id, done.code, self.order(account, wish.order), done.left)
        except OutsideError as error:
            log.warning("order %s was changed and could not be read after: %s", wish.order, error)
            return done

    def _made(self, account: Account, wish: Wish) -> str | None:
        """Return the refund with our key. The shop writes it down before it asks the gateway: that is unknown."""
        for back in self.refunds_of(account, wish.order):
            if has_key(back.get("reason"), wish.key):
                if back.get("refunded_payment") is False:
                    raise Unavailable(
                        str(_("The shop has begun the refund and not heard from the bank yet."))
                    )
                return str(back["id"])
        return None

    def _refund(self, account: Account, wish: RefundWish, before: Mapping[str, Any]) -> Done:
        with http.nothing_done_yet():
            made = self._made(account, wish)
        if made is not None:
            return Done(external_id=made)
        body = {
            "amount": f"{to_major(wish.amount, wish.currency):f}",
            "reason": with_key(wish.reason or wish.note, wish.key),
            "api_refund": True,
            "api_restock": wish.restock,
            "line_items": list(_items(wish, before)),
        }
        with http.first_step():
            return Done(external_id=self._give_back(account, wish, body))

    def _give_back(self, account: Account, wish: Wish, body: Mapping[str, Any]) -> str:
        try:
            said = self.ask(account, "POST", f"/orders/{http.safe(wish.order)}/refunds", body=body)
        except http.Broken as error:
            if error.code == _NOT_REFUNDED:
                raise Rejected(str(error)) from error
            raise
        return str(said["id"])

    def _cancel(self, account: Account, wish: CancelWish, before: Mapping[str, Any]) -> Done:
        """Cancel first, then give back: goods that stay are worth more than money that is late."""
        if wish.lines:
            raise Rejected(str(_("WooCommerce cancels whole orders only.")))
        kept = [{"key": CANCELLED_BY, "value": wish.key}]
        with http.first_step():
            self._put(account, wish, {"status": "cancelled", "meta_data": kept})
        paid = bool(before.get("date_paid_gmt"))
        open_sum = _open_sum(before) if wish.refund and paid else 0
        if not open_sum:
            return Done(external_id=wish.order)
        body = {
            "amount": f"{to_major(open_sum, wish.currency):f}",
            "reason": with_key(wish.reason, wish.key),
            "api_refund": True,
            "api_restock": False,
        }
        try:
            self._give_back(account, wish, body)
        except OutsideError as error:
            return Done(wish.order, left=str(error))
        return Done(external_id=wish.order)

    def _not_given_back(self, account: Account, wish: CancelWish) -> str:
        order = self._before(account, wish)
        if wish.refund and order.get("date_paid_gmt") and _open_sum(order):
            return str(_("The order is cancelled, its money was not given back."))
        return ""

    def _again(self, account: Account, wish: DuplicateWish, before: Mapping[str, Any]) -> Done:
        """Make a pending order of the same things; WooCommerce prices it anew."""
        with http.nothing_done_yet():
            known = self._found_again(account, wish)
        if known is not None:
            return known
        sold = {str(one["id"]): one for one in before["line_items"]}
        items = []
        for line, number in wish.lines:
            one = sold.get(line) or {}
            if not one.get("product_id"):
                title = one.get("name", "")
                raise Rejected(str(_("The shop does not sell “%(title)s” any more.") % {"title": title}))
            item = {"product_id": one["product_id"], "quantity": number}
            items.append({**item, "variation_id": one["variation_id"]} if one.get("variation_id") else item)
        ways = ("method_id", "method_title", "total")
        body = {
            "status": "pending",
            "currency": before["currency"],
            **customer_of(before),
            "line_items": items,
            "shipping_lines": [
                {name: one[name] for name in ways} for one in before.get("shipping_lines") or ()
            ],
            "meta_data": [{"key": MADE_BY, "value": wish.key}],
        }
        with http.first_step():
            made = self.ask(account, "POST", "/orders", body=body)
        return Done(external_id=str(made["id"]), left=_waits(made))

    def _found_again(self, account: Account, wish: DuplicateWish) -> Done | None:
        query: dict[str, str | int] = {"per_page": 100, "orderby": "date", "order": "desc"}
        for one in self.ask(account, "GET", "/orders", query=query):
            if meta_of(one, MADE_BY) == wish.key:
                return Done(external_id=str(one["id"]), left=_waits(one))
        return None

    def _discount(self, account: Account, wish: DiscountWish) -> Done:
        if wish.store_credit:
            raise Rejected(str(_("WooCommerce keeps no store credit.")))
        if wish.amount:
            with http.nothing_done_yet():
                money = str(self.ask(account, "GET", "/data/currencies/current")["code"])
            if money != wish.currency:
                raise Rejected(str(_("Discounts of this shop are in %(currency)s.") % {"currency": money}))
        code = code_for(wish.key, account.secrets.get("consumer_secret", ""))
        body: dict[str, Any] = {
            "code": code,
            "discount_type": "fixed_cart" if wish.amount else "percent",
            "amount": f"{to_major(wish.amount, wish.currency):f}" if wish.amount else str(wish.percent),
            "description": with_key(wish.reason or wish.note, wish.key),
            "usage_limit": 1,
        }
        if wish.customer:
            body["email_restrictions"] = [wish.customer]
        if wish.expires_at:
            body["date_expires"] = wish.expires_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with http.first_step():
            said = self.ask(account, "POST", "/coupons", body=body)
        return Done(external_id=str(said["id"]), code=code)

    def _found_discount(self, account: Account, wish: DiscountWish) -> Done | None:
        code = code_for(wish.key, account.secrets.get("consumer_secret", ""))
        for one in self.ask(account, "GET", "/coupons", query={"code": code}):
            if str(one["code"]).upper() == code:
                return Done(external_id=str(one["id"]), code=code)
        return None


def _waits(made: Mapping[str, Any]) -> str:
    return str(
        _("Order %(number)s waits in the shop until the customer pays it.") % {"number": made["number"]}
    )


def _open_sum(order: Mapping[str, Any]) -> int:
    currency = str(order["currency"]).upper()
    back = sum(abs(minor(one["total"], currency)) for one in order.get("refunds") or ())
    return nearly(order["total"], currency) - back


def _items(wish: RefundWish, order: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the lines of a refund, and what of it is for sending; each sum is parted into goods and taxes."""
    known = {str(one["id"]): one for one in [*order["line_items"], *(order.get("fee_lines") or ())]}
    for line, number, amount in wish.lines:
        if line not in known:
            raise Rejected(str(_("The order has no such line.")))
        yield _item(known[line], amount, wish.currency, quantity=number)
    ways = list(order.get("shipping_lines") or ())
    parts = shared(wish.shipping, [with_tax(one, wish.currency) for one in ways]) if wish.shipping else []
    for way, part in zip(ways, parts, strict=False):
        if part:
            yield _item(way, part, wish.currency)


def _item(item: Mapping[str, Any], amount: int, currency: str, quantity: int = 0) -> dict[str, Any]:
    taxes: Sequence[Mapping[str, Any]] = [one for one in item.get("taxes") or () if one.get("total")]
    weights = [nearly(one["total"], currency) for one in taxes]
    goods = with_tax(item, currency) - sum(weights)
    net, *rates = shared(amount, [goods, *weights])
    told: dict[str, Any] = {"id": item["id"], "refund_total": to_major(net, currency)}
    if quantity:
        told["quantity"] = quantity
    if rates:
        told["refund_tax"] = [
            {"id": str(one["id"]), "refund_total": to_major(rate, currency)}
            for one, rate in zip(taxes, rates, strict=True)
        ]
    return told


def _place(address: Mapping[str, object]) -> dict[str, str]:
    lines, name = address.get("lines"), address.get("name")
    told = {
        "company": address.get("company"),
        "city": address.get("city"),
        "state": address.get("region"),
        "postcode": address.get("postcode"),
        "country": address.get("country"),
        "phone": address.get("phone"),
    }
    place = {part: str(text) for part, text in told.items() if text is not None}
    if isinstance(lines, list | tuple):
        place["address_1"] = str(lines[0]) if lines else ""
        place["address_2"] = ", ".join(map(str, lines[1:]))
    if isinstance(name, str):
        first, _blank, last = name.strip().rpartition(" ")
        place |= {"first_name": first or last, "last_name": last if first else ""}
    return place
