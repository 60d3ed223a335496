"""Something else for what comes back of a WooCommerce order. The shop has no exchanges: a new order of the other goods
is made on which the customer pays no more than the difference; what comes back is awaited at our desk."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Rejected
from dragoman.kit.money import to_major

from . import http
from .amounts import nearly, shared
from .ports import Done, ExchangeWish, Variant
from .woocommerce_facts import meta_of, with_tax

Ask = Callable[..., Any]
# beside an order that was made for another: of which wish, and of which order
MADE_BY: Final = "_dragoman_again"
_FOR: Final = "_dragoman_exchange_of"


def exchange(ask: Ask, wish: ExchangeWish, before: Mapping[str, Any]) -> Done:
    """Make the new order: pending where the customer pays something, else ready to be sent. Done is its id."""
    with http.nothing_done_yet():
        known = exchanged(ask, wish)
    if known is not None:
        return known
    pays = max(0, wish.costs - wish.worth)
    body = {
        "status": "pending" if pays else "processing",
        "currency": before["currency"],
        **customer_of(before),
        "line_items": _items(wish, before, pays),
        "shipping_lines": [
            {"method_id": one["method_id"], "method_title": one["method_title"], "total": "0"}
            for one in list(before.get("shipping_lines") or ())[:1]
        ],
        "meta_data": [{"key": MADE_BY, "value": wish.key}, {"key": _FOR, "value": wish.order}],
    }
    with http.first_step():
        made = ask("POST", "/orders", body=body)
    return _done(made, wish)


def exchanged(ask: Ask, wish: ExchangeWish) -> Done | None:
    """Find the order that was made for a wish."""
    query: dict[str, str | int] = {"per_page": 100, "orderby": "date", "order": "desc"}
    for one in ask("GET", "/orders", query=query):
        if meta_of(one, MADE_BY) == wish.key:
            return _done(one, wish)
    return None


def customer_of(before: Mapping[str, Any]) -> dict[str, Any]:
    """Return who bought and where it went, as a new order takes it."""
    return {
        "customer_id": before.get("customer_id") or 0,
        "billing": {name: text for name, text in (before.get("billing") or {}).items() if text},
        "shipping": {name: text for name, text in (before.get("shipping") or {}).items() if text},
    }


def _items(wish: ExchangeWish, before: Mapping[str, Any], pays: int) -> list[dict[str, Any]]:
    weights = [price * number for (_id, number), price in zip(wish.sends, wish.prices, strict=True)]
    parts = shared(_net(wish, before, pays), weights)
    items = []
    for (sold, number), part in zip(wish.sends, parts, strict=True):
        product, _colon, variation = sold.partition(":")
        item = {"product_id": int(product), "quantity": number, "total": _text(part, wish.currency)}
        items.append({**item, "variation_id": int(variation)} if variation else item)
    return items


def _net(wish: ExchangeWish, before: Mapping[str, Any], pays: int) -> int:
    """Return a sum without its taxes, at the rate of what comes back: the shop adds them again."""
    known = {str(one["id"]): one for one in before["line_items"]}
    back = [known[line] for line, _number in wish.lines if line in known]
    if len(back) != len(wish.lines):
        raise Rejected(str(_("The order has no such line.")))
    gross = sum(with_tax(one, wish.currency) for one in back)
    net = sum(nearly(one["total"], wish.currency) for one in back)
    return (pays * net + gross // 2) // gross if gross else pays


def _text(amount: int, currency: str) -> str:
    return f"{to_major(amount, currency):f}"


def _done(made: Mapping[str, Any], wish: ExchangeWish) -> Done:
    total = nearly(made.get("total"), wish.currency)
    told = {"number": made["number"], "money": f"{_text(total, wish.currency)} {wish.currency}"}
    if made.get("status") == "pending" and total:
        words = _("Order %(number)s waits in the shop until the customer pays %(money)s.") % told
    else:
        words = _("Order %(number)s was made in the shop for what goes out.") % told
    return Done(external_id=str(made["id"]), left=str(words))


def variant_of(ask: Ask, sku: str, *, currency: str) -> Variant | None:
    """Return what has an article number; its price is none where the shop counts in another currency."""
    found: Sequence[Mapping[str, Any]] = ask("GET", "/products", query={"sku": sku, "per_page": 10})
    for one in found:
        if str(one.get("sku") or "").casefold() != sku.casefold() or one.get("status") != "publish":
            continue
        is_part = bool(one.get("parent_id")) and one.get("type") == "variation"
        sold = f"{one['parent_id']}:{one['id']}" if is_part else str(one["id"])
        money = str(ask("GET", "/data/currencies/current")["code"]).upper()
        price = nearly(one["price"], currency) if money == currency and one.get("price") else None
        return Variant(sold, str(one["sku"]), str(one.get("name") or sku), price)
    return None
