"""Sending goods of a Medusa 2 order once more: a claim of the type `replace` whose lines and postage cost nothing."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import OutsideError, Rejected

from . import http
from .keys import with_key
from .ports import Done, ReshipWish

log = logging.getLogger(__name__)

Ask = Callable[..., dict[str, Any]]
OURS: Final = "dragoman"
WAYS: Final = "id,shipping_methods.shipping_option_id,*shipping_methods.detail"
_GOODS: Final = f"{WAYS},items.id,items.variant_id,items.title"
_CLAIMS: Final = "id,metadata,canceled_at,claim_items.id"


def send_again(ask: Ask, wish: ReshipWish) -> Done:
    """Make the claim in its steps; one that is refused in the middle is taken back. Done is the id of the claim."""
    if wish.address:
        raise Rejected(str(_("Medusa sends again to where the order went: change its address in Medusa.")))
    with http.nothing_done_yet():
        path = f"/admin/orders/{http.safe(wish.order)}"
        order = ask("GET", path, query={"fields": _GOODS})["order"]
    variants = {str(one["id"]): one.get("variant_id") for one in order["items"]}
    if any(not variants.get(line) for line, _number in wish.lines):
        raise Rejected(str(_("Medusa does not sell this any more.")))
    body = {
        "order_id": wish.order,
        "type": "replace",
        "internal_note": with_key(wish.reason or wish.note, wish.key),
        "metadata": {OURS: wish.key},
    }
    with http.first_step():
        made = str(ask("POST", "/admin/claims", body=body)["claim"]["id"])
    gone = [{"id": line, "quantity": number, "reason": "other"} for line, number in wish.lines]
    anew = [
        {"variant_id": variants[line], "quantity": number, "unit_price": 0} for line, number in wish.lines
    ]
    at = f"/admin/claims/{http.safe(made)}"
    try:
        ask("POST", f"{at}/claim-items", body={"items": gone})
        ask("POST", f"{at}/outbound/items", body={"items": anew})
        if way := way_of(order):
            free = {"shipping_option_id": way, "custom_amount": 0}
            ask("POST", f"{at}/outbound/shipping-method", body=free)
        ask("POST", f"{at}/request", body={"no_notification": not wish.notify})
    except Rejected:
        _take_back(ask, made)
        raise
    return Done(external_id=made)


def sent_again(ask: Ask, wish: ReshipWish) -> str | None:
    """Find the claim of a wish by its key; one that broke off in the middle is taken back, so that it was not done."""
    query = {"order_id": wish.order, "fields": _CLAIMS, "limit": 100}
    for one in ask("GET", "/admin/claims", query=query)["claims"]:
        if (one.get("metadata") or {}).get(OURS) != wish.key or one.get("canceled_at"):
            continue
        # lines stand in it once it was asked for whole
        if one.get("claim_items"):
            return str(one["id"])
        _take_back(ask, str(one["id"]))
    return None


def way_of(order: Mapping[str, Any]) -> str:
    """Return the way an order was sent; "" where it had none."""
    ways = [
        one.get("shipping_option_id")
        for one in order.get("shipping_methods") or ()
        # what brings goods back is no way to send any
        if not (one.get("detail") or {}).get("return_id")
    ]
    return next((str(one) for one in ways if one), "")


def _take_back(ask: Ask, made: str) -> None:
    try:
        ask("DELETE", f"/admin/claims/{http.safe(made)}/request")
    except OutsideError as error:
        log.warning("claim %s was begun and could not be taken back: %s", made, error)
