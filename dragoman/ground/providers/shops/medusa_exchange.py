"""Something else for what comes back of a Medusa 2 order: an exchange of its own, with the return it awaits."""

import logging
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import OutsideError, Rejected, Unavailable

from . import http
from .amounts import nearly
from .keys import with_key
from .medusa_again import OURS, WAYS, way_of
from .ports import Done, ExchangeWish, Variant

log = logging.getLogger(__name__)

Ask = Callable[..., dict[str, Any]]
_SOLD: Final = "id,sku,title,product.title,*prices"
_EXCHANGES: Final = "id,metadata,canceled_at,return_id,additional_items.id"
_MOST: Final = 50


def exchange(ask: Ask, wish: ExchangeWish) -> Done:
    """Make the exchange in its steps; one that is refused in the middle is taken back. Done is the id of the exchange.

    Medusa prices what goes out itself and counts it against what comes back: what is left to pay is a payment of the
    order, what is too much is given back from its page.
    """
    with http.nothing_done_yet():
        path = f"/admin/orders/{http.safe(wish.order)}"
        order = ask("GET", path, query={"fields": WAYS})["order"]
    if wish.instead:
        with http.first_step():
            withdraw(ask, wish.instead)
    body = {
        "order_id": wish.order,
        "internal_note": with_key(wish.reason or wish.note, wish.key),
        "metadata": {OURS: wish.key},
    }
    with http.first_step():
        made = str(ask("POST", "/admin/exchanges", body=body)["exchange"]["id"])
    back = [{"id": line, "quantity": number} for line, number in wish.lines]
    out = [{"variant_id": variant, "quantity": number} for variant, number in wish.sends]
    at = f"/admin/exchanges/{http.safe(made)}"
    try:
        ask("POST", f"{at}/inbound/items", body={"items": back})
        ask("POST", f"{at}/outbound/items", body={"items": out})
        if way := way_of(order):
            # without a way Medusa keeps nothing of the stock for it
            free = {"shipping_option_id": way, "custom_amount": 0}
            ask("POST", f"{at}/outbound/shipping-method", body=free)
        ask("POST", f"{at}/request", body={"no_notification": not wish.notify})
    except Rejected:
        _take_back(ask, made)
        raise
    return Done(external_id=made)


def exchanged(ask: Ask, wish: ExchangeWish, order: Mapping[str, Any]) -> str | None:
    """Find the exchange of a wish by its key; one that broke off in the middle is taken back, so that it was not done.

    `order` has its returns: the one of an exchange is requested in its last step. Raises Unavailable for one that is
    neither whole nor lets itself be taken back.
    """
    requested = {str(one["id"]) for one in order.get("returns") or () if one.get("requested_at")}
    query = {"order_id": wish.order, "fields": _EXCHANGES, "limit": 100}
    for one in ask("GET", "/admin/exchanges", query=query)["exchanges"]:
        if (one.get("metadata") or {}).get(OURS) != wish.key or one.get("canceled_at"):
            continue
        if one.get("additional_items") and str(one.get("return_id")) in requested:
            return str(one["id"])
        if not _take_back(ask, str(one["id"])) and one.get("additional_items"):
            raise Unavailable(str(_("The exchange was begun in Medusa and not finished: look at it there.")))
    return None


def withdraw(ask: Ask, returned: str) -> None:
    """Take an announced return back in the shop; raises Rejected where its goods have arrived there."""
    path = f"/admin/returns/{http.safe(returned)}"
    try:
        known = ask("GET", path, query={"fields": "id,status,canceled_at"})["return"]
    except http.Missing:
        return
    if known.get("canceled_at") or known.get("status") == "canceled":
        return
    if known.get("status") in {"received", "partially_received"}:
        raise Rejected(
            str(
                _(
                    "Medusa has these goods back already: send the others from its own pages, and give the number "
                    "of the new order here."
                )
            )
        )
    ask("POST", f"{path}/cancel", body={"no_notification": True})


def variant_of(ask: Ask, sku: str, *, currency: str) -> Variant | None:
    """Return what has an article number, at the price that holds in this currency without any rule."""
    query = {"sku": sku, "fields": _SOLD, "limit": _MOST}
    for one in ask("GET", "/admin/product-variants", query=query)["variants"]:
        if str(one.get("sku") or "").casefold() == sku.casefold():
            name = (one.get("product") or {}).get("title") or ""
            title = " · ".join(filter(None, (name, one.get("title"))))
            return Variant(str(one["id"]), str(one["sku"]), title, _price(one.get("prices") or (), currency))
    return None


def _price(prices: Sequence[Mapping[str, Any]], currency: str) -> int | None:
    plain = [
        Decimal(str(one["amount"]))
        for one in prices
        if str(one.get("currency_code", "")).upper() == currency
        and not one.get("rules")
        and not one.get("min_quantity")
        and not one.get("max_quantity")
    ]
    return nearly(plain[0], currency) if plain else None


def _take_back(ask: Ask, made: str) -> bool:
    try:
        ask("DELETE", f"/admin/exchanges/{http.safe(made)}/request")
    except OutsideError as error:
        log.warning("exchange %s was begun and could not be taken back: %s", made, error)
        return False
    return True
