"""Returns and exchanges of Medusa 2's Admin API, strictly: what the real shop refuses is refused, in its words.

Written from docs.medusajs.com (Admin API, Returns and Exchanges) and tried against Medusa 2.21: unknown and missing
fields are 400 `invalid_data`, one change of an order is open at a time, and no more comes back than was sent.
"""

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from .door import Answer, Call, open_door

_BEGIN: Final = {"order_id", "location_id", "description", "internal_note", "no_notification", "metadata"}
_LINE: Final = {"id", "quantity", "description", "internal_note", "reason_id", "metadata"}
_SENT: Final = {"variant_id", "quantity", "unit_price", "internal_note", "allow_backorder", "metadata"}
_WAY: Final = {"shipping_option_id", "custom_amount", "description", "internal_note", "metadata"}


class _No(Exception):
    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass
class Medusa:
    """A shop with one order of two shirts at 49.90, sent; `faults` are what happens to the next calls that write."""

    address: str = ""
    key: str = "sk_1"
    faults: list[str] = field(default_factory=list)
    returns: list[dict[str, Any]] = field(default_factory=list)
    exchanges: list[dict[str, Any]] = field(default_factory=list)
    variants: list[dict[str, Any]] = field(default_factory=list)
    written: list[tuple[str, Any]] = field(default_factory=list)

    def order(self) -> dict[str, Any]:
        """Return the order as it is told."""
        item = {
            "id": "ordli_1", "title": "Shirt", "product_title": "Shirt", "variant_title": "M", "variant_sku": "S-M",
            "variant_id": "variant_m", "quantity": 2, "unit_price": 49.9, "requires_shipping": True,
            "created_at": "2026-11-20T10:00:00.000Z",
            "detail": {"fulfilled_quantity": 2, "return_requested_quantity": self._asked_back()},
        }  # fmt: skip
        paid = {
            "id": "pay_1",
            "amount": 104.8,
            "provider_id": "pp_system_default",
            "captures": [{"amount": 104.8}],
        }
        return {
            "id": "order_1", "display_id": 7, "status": "pending", "email": "kunde@example.de", "currency_code": "eur",
            "created_at": "2026-11-20T10:00:00.000Z", "updated_at": "2026-11-21T10:00:00.000Z", "canceled_at": None,
            "items": [item], "total": 104.8, "summary": {"pending_difference": 10},
            "shipping_methods": [{"shipping_option_id": "so_1", "subtotal": 5}], "returns": self.returns,
            "payment_collections": [{"payments": [{**paid, "refunds": []}]}],
        }  # fmt: skip

    def answer(self, call: Call) -> Answer:
        """Answer a call."""
        pair = base64.b64encode(f"{self.key}:".encode()).decode()
        if call.headers.get("authorization") != f"Basic {pair}":
            return Answer(401, {"message": "Unauthorized"})
        fault = self.faults.pop(0) if self.faults and call.method != "GET" else ""
        if fault == "dies":
            return Answer(500, {}, lost=True)
        try:
            said = self._routed(call)
        except _No as no:
            kind = "not_found" if no.status == 404 else "invalid_data"
            return Answer(no.status, {"type": kind, "message": str(no)})
        if call.method != "GET":
            self.written.append((f"{call.method} {call.path}", call.json()))
        return Answer(200, said, lost=fault == "lost")

    def _routed(self, call: Call) -> Any:
        path, body = call.path.removeprefix("/admin"), call.json() or {}
        if call.method == "GET":
            return self._told(path, call.query)
        if path in {"/returns", "/exchanges"}:
            return self._begin(path[1:-1], body)
        found = re.fullmatch(r"/(return|exchange)s/(\w+)/([a-z/-]+)", path)
        if not found:
            raise _No("Not found", 404)
        kind, name, step = found.groups()
        made = self._one(kind, name)
        if (call.method, step) == ("DELETE", "request"):
            return self._forget(kind, made)
        if step == "cancel":
            return self._cancel(made)
        if not made["open"]:
            raise _No("An active Order Change is required to proceed")
        if step in {"request-items", "inbound/items"}:
            for one in _items(body, _LINE, "id"):
                self._back(made, one)
        elif step == "outbound/items":
            for one in _items(body, _SENT, "variant_id"):
                if one["variant_id"] not in {each["id"] for each in self.variants}:
                    raise _No(
                        f"Variants {one['variant_id']} do not exist or belong to a product that is not published"
                    )
                made["out"].append(one)
        elif step == "outbound/shipping-method":
            _strict(body, _WAY, "shipping_option_id")
        elif step == "request":
            self._confirm(kind, made)
        else:
            raise _No("Not found", 404)
        return {kind: made}

    def _told(self, path: str, query: dict[str, str]) -> Any:
        if path == "/orders/order_1":
            return {"order": self.order()}
        if path == "/exchanges":
            found = [one for one in self.exchanges if one["order_id"] == query.get("order_id")]
            return {"exchanges": found}
        if path == "/product-variants":
            return {"variants": [one for one in self.variants if one["sku"] == query.get("sku")]}
        if path.startswith("/returns/"):
            return {"return": self._one("return", path.rpartition("/")[2])}
        raise _No("Not found", 404)

    def _one(self, kind: str, name: str) -> dict[str, Any]:
        found = next((one for one in getattr(self, f"{kind}s") if one["id"] == name), None)
        if found is None:
            raise _No(f"Order{kind.title()} id not found: {name}", 404)
        return found

    def _begin(self, kind: str, body: dict[str, Any]) -> Any:
        known = _BEGIN if kind == "return" else _BEGIN - {"location_id", "no_notification"}
        _strict(body, known, "order_id")
        if body["order_id"] != "order_1":
            raise _No(f"Order id not found: {body['order_id']}", 404)
        if any(one["open"] for one in [*self.returns, *self.exchanges]):
            raise _No("Order (order_1) already has an existing active order change")
        rows = getattr(self, f"{kind}s")
        made = {
            "id": f"{kind}_{len(rows) + 1}", "order_id": "order_1", "metadata": body.get("metadata"), "open": True,
            "back": [], "out": [], "canceled_at": None, "requested_at": None, "status": "open", "additional_items": [],
        }  # fmt: skip
        rows.append(made)
        return {kind: made}

    def _asked_back(self) -> int:
        rows = [*self.returns, *self.exchanges]
        return sum(one["quantity"] for made in rows if not made["canceled_at"] for one in made["back"])

    def _back(self, made: dict[str, Any], one: dict[str, Any]) -> None:
        if one["id"] != "ordli_1":
            raise _No(f"Items with ids {one['id']} does not exist in order with id order_1.")
        if self._asked_back() + one["quantity"] > 2:
            raise _No(f"Cannot request to return more items than what was fulfilled for item {one['id']}.")
        made["back"].append(one)

    def _confirm(self, kind: str, made: dict[str, Any]) -> None:
        if kind == "return" and not made["back"]:
            raise _No("Order return request should have at least 1 item")
        if kind == "exchange" and not (made["back"] and made["out"]):
            raise _No("Order exchange request should have at least 1 item inbound and 1 item outbound")
        at = {"status": "requested", "requested_at": "2026-11-22T10:00:00.000Z"}
        made |= {"open": False, **at}
        if kind == "exchange":
            back = {
                **made,
                "id": f"return_{len(self.returns) + 1}",
                "exchange_id": made["id"],
                "metadata": None,
            }
            made |= {"return_id": back["id"], "additional_items": [{"id": "oexcitem_1"}], "back": []}
            self.returns.append(back)

    def _forget(self, kind: str, made: dict[str, Any]) -> Any:
        if not made["open"]:
            raise _No("An active Order Change is required to proceed")
        getattr(self, f"{kind}s").remove(made)
        return {"id": made["id"], "deleted": True}

    def _cancel(self, made: dict[str, Any]) -> Any:
        if made["canceled_at"]:
            raise _No(f"Return with id {made['id']} has been canceled.")
        if made["status"] == "received":
            raise _No("Can't cancel a return which has returned items")
        made |= {"canceled_at": "2026-11-23T10:00:00.000Z", "status": "canceled"}
        return {"return": made}


def _strict(body: dict[str, Any], known: set[str], *needed: str) -> None:
    if unknown := set(body) - known:
        raise _No(f"Invalid request: Unrecognized fields: '{', '.join(sorted(unknown))}'")
    for name in needed:
        if name not in body:
            raise _No(f"Invalid request: Field '{name}' is required")


def _items(body: dict[str, Any], known: set[str], name: str) -> list[dict[str, Any]]:
    _strict(body, {"items", "location_id"}, "items")
    for place, one in enumerate(body["items"]):
        if unknown := set(one) - known:
            raise _No(f"Invalid request: Unrecognized fields: '{', '.join(sorted(unknown))}'")
        for needed in (name, "quantity"):
            if needed not in one:
                raise _No(f"Invalid request: Field 'items, {place}, {needed}' is required")
    return list(body["items"])


@contextmanager
def medusa_shop() -> Iterator[Medusa]:
    """Run a shop while the block runs."""
    shop = Medusa()
    with open_door(shop.answer) as address:
        shop.address = address
        yield shop
