"""WooCommerce's REST API wc/v3 as its reference page tells it, strictly: what the page does not allow is refused.

Written from https://woocommerce.github.io/woocommerce-rest-api-docs/. A refund above what is left is a 500 with the code
`woocommerce_rest_cannot_create_order_refund`, as the shop really says it; its page shows no example of it.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from .door import Answer, Call, open_door

_SHAPE: Final = (
    Path(__file__).parents[2] / "dragoman/ground/providers/shops/tests/recorded/woocommerce_order.json"
)
_LIST: Final = {
    "orderby",
    "order",
    "per_page",
    "page",
    "offset",
    "modified_after",
    "dates_are_gmt",
    "_fields",
}
_STATUSES: Final = {"pending", "processing", "on-hold", "completed", "cancelled", "refunded", "failed"}
_PLACE: Final = {
    "first_name", "last_name", "company", "address_1", "address_2", "city", "state", "postcode", "country", "phone",
}  # fmt: skip
_NEW: Final = {
    "status", "currency", "customer_id", "billing", "shipping", "line_items", "shipping_lines", "meta_data",
}  # fmt: skip
_NOT_REFUNDED: Final = "woocommerce_rest_cannot_create_order_refund"


def shape() -> Any:
    """Return an order as the page shows one."""
    return json.loads(_SHAPE.read_text())


@dataclass
class Woo:
    """A shop; `faults` are what happens to the next calls that write: "busy", "lost", "gateway", "broken"."""

    address: str = ""
    key: str = "ck_1"
    secret: str = "cs_1"
    hook_secret: str = "whisper"
    currency: str = "EUR"
    orders: dict[int, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    coupons: list[dict[str, Any]] = field(default_factory=list)
    products: list[dict[str, Any]] = field(default_factory=list)
    tax: Decimal = Decimal("0.19")
    faults: list[str] = field(default_factory=list)
    written: list[Call] = field(default_factory=list)

    def add(self, number: int = 731, **told: Any) -> dict[str, Any]:
        """Put an order into the shop."""
        order = {**deepcopy(shape()), "id": number, "number": str(number), **told}
        self.orders[number] = order
        return order

    def signed(self, body: bytes, topic: str = "order.updated") -> dict[str, str]:
        """Return the headers of a webhook."""
        mac = hmac.new(self.hook_secret.encode(), body, hashlib.sha256).digest()
        return {
            "x-wc-webhook-signature": base64.b64encode(mac).decode(),
            "x-wc-webhook-topic": topic,
            "x-wc-webhook-delivery-id": "36e520eb",
        }

    def answer(self, call: Call) -> Answer:
        """Answer a call."""
        if call.path == "/wp-json/":
            return Answer(200, {"name": "Lampenladen"})
        pair = base64.b64encode(f"{self.key}:{self.secret}".encode()).decode()
        if call.headers.get("authorization") != f"Basic {pair}":
            return _no(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.")
        if call.method in {"POST", "PUT"} and call.headers.get("content-type") != "application/json":
            return _no(415, "rest_no_json", "The body is no JSON.")
        fault = self.faults.pop(0) if self.faults and call.method != "GET" else ""
        if fault == "busy":
            return Answer(429, {"code": "too_many", "message": "Slow down."}, {"retry-after": "9"})
        if fault == "broken":
            return _no(500, "internal_server_error", "There has been a critical error on this website.")
        told = self._routed(call, fault)
        if call.method != "GET":
            self.written.append(call)
        told.lost = fault == "lost"
        return told

    def _routed(self, call: Call, fault: str) -> Answer:
        path = call.path.removeprefix("/wp-json/wc/v3")
        if path == "/orders" and call.method == "GET":
            return self._list(call.query)
        if path == "/orders" and call.method == "POST":
            return self._create(call.json())
        if path == "/products":
            if set(call.query) - {"sku", "per_page"}:
                return _no(400, "rest_invalid_param", f"Invalid parameter(s): {sorted(call.query)}")
            return Answer(200, [one for one in self.products if one["sku"] == call.query.get("sku")])
        if path == "/coupons":
            return self._coupon(call)
        if path == "/data/currencies/current":
            return Answer(200, {"code": self.currency, "name": "", "symbol": ""})
        found = re.fullmatch(r"/orders/(\d+)(/refunds)?", path)
        if not found:
            return _no(404, "rest_no_route", "No route was found matching the URL and request method.")
        order = self.orders.get(int(found[1]))
        if order is None:
            return _no(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.")
        if found[2]:
            return self._refund(order, call, fault)
        return self._change(order, call.json()) if call.method == "PUT" else Answer(200, order)

    def _list(self, query: dict[str, str]) -> Answer:
        if set(query) - _LIST or query.get("orderby", "date") not in {"date", "id", "modified"}:
            return _no(400, "rest_invalid_param", f"Invalid parameter(s): {sorted(query)}")
        size = int(query.get("per_page", "10"))
        if not 1 <= size <= 100:
            return _no(400, "rest_invalid_param", "per_page must be between 1 and 100")
        found = list(self.orders.values())
        if after := query.get("modified_after"):
            if query.get("dates_are_gmt") != "true":
                return _no(400, "rest_invalid_param", "this shop is not in UTC")
            found = [
                one
                for one in found
                if datetime.fromisoformat(one["date_modified_gmt"]) > datetime.fromisoformat(after)
            ]
        if query.get("orderby") == "modified":
            found.sort(
                key=lambda one: (one["date_modified_gmt"], one["id"]), reverse=query.get("order") != "asc"
            )
        skip = int(query.get("offset") or 0)
        pages = -(-len(found) // size)
        headers = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)}
        return Answer(200, found[skip : skip + size], headers)

    def _create(self, body: dict[str, Any]) -> Answer:
        if (
            set(body) - _NEW
            or set(body.get("shipping", {})) - _PLACE
            or set(body.get("billing", {})) - _PLACE - {"email"}
        ):
            return _no(400, "rest_invalid_param", f"Invalid parameter(s): {sorted(body)}")
        if body.get("status", "pending") not in _STATUSES:
            return _no(400, "rest_invalid_param", "Invalid parameter(s): status")
        for one in body["line_items"]:
            if not isinstance(one.get("total", ""), str) or not isinstance(one.get("quantity"), int):
                return _no(400, "rest_invalid_param", "Invalid parameter(s): line_items")
            if set(one) - {"product_id", "variation_id", "quantity", "total"} or not one["product_id"]:
                return _no(
                    400, "woocommerce_rest_required_product_reference", "Product ID or SKU is required."
                )
        number = max(self.orders, default=730) + 1
        made = self.add(number, status=body["status"], date_paid_gmt=None, refunds=[])
        made["meta_data"] = [{"id": 1, **one} for one in body["meta_data"]]
        made["line_items"] = [{**one, "id": 900 + place} for place, one in enumerate(body["line_items"])]
        if all("total" in one for one in body["line_items"]):
            # a new order's sums are worked out by the shop, its taxes on top of what each line is said to be
            sums = [Decimal(one["total"]) for one in [*body["line_items"], *body.get("shipping_lines", ())]]
            made["total"] = f"{sum(sums) * (1 + self.tax):.2f}"
        return Answer(201, made)

    def _touch(self, order: dict[str, Any]) -> None:
        at = datetime.fromisoformat(order["date_modified_gmt"]) + timedelta(seconds=5)
        order["date_modified_gmt"] = at.isoformat()

    def _change(self, order: dict[str, Any], body: dict[str, Any]) -> Answer:
        if set(body) - {"status", "meta_data", "shipping"} or set(body.get("shipping", {})) - _PLACE:
            return _no(400, "rest_invalid_param", f"Invalid parameter(s): {sorted(body)}")
        if body.get("status", "pending") not in _STATUSES:
            return _no(400, "rest_invalid_param", "Invalid parameter(s): status")
        order["status"] = body.get("status", order["status"])
        order["shipping"] |= body.get("shipping", {})
        order["meta_data"] += [{"id": 1, **one} for one in body.get("meta_data", ())]
        self._touch(order)
        return Answer(200, order)

    def _refund(self, order: dict[str, Any], call: Call, fault: str) -> Answer:
        made = self.refunds.setdefault(order["id"], [])
        if call.method == "GET":
            return Answer(200, made)
        body = call.json()
        if set(body) - {"amount", "reason", "api_refund", "api_restock", "line_items"}:
            return _no(400, "rest_invalid_param", f"Invalid parameter(s): {sorted(body)}")
        if not isinstance(body["amount"], str) or Decimal(body["amount"]) < 0:
            return _no(
                400, "woocommerce_rest_invalid_order_refund", "Refund amount must be greater than zero."
            )
        amount = Decimal(body["amount"])
        left = Decimal(order["total"]) - sum(Decimal(one["amount"]) for one in made)
        if not amount or amount > left:
            return _no(500, _NOT_REFUNDED, "Invalid refund amount.")
        known = {one["id"]: one for one in [*order["line_items"], *order["shipping_lines"]]}
        if any(one["id"] not in known for one in body.get("line_items", ())):
            return _no(400, "rest_invalid_param", "Invalid parameter(s): line_items")
        if fault == "gateway":
            return _no(500, _NOT_REFUNDED, "The card was closed.")
        refund = {
            "id": 900 + len(made),
            "date_created_gmt": order["date_modified_gmt"],
            "amount": body["amount"],
            "reason": body["reason"],
            "refunded_payment": body.get("api_refund", True) and fault != "half",
            "line_items": [_back(one) for one in body.get("line_items", ()) if "quantity" in one],
        }
        made.append(refund)
        order["refunds"].append(
            {"id": refund["id"], "reason": refund["reason"], "total": f"-{body['amount']}"}
        )
        if amount == left:
            order["status"] = "refunded"
        self._touch(order)
        return Answer(201, refund)

    def _coupon(self, call: Call) -> Answer:
        if call.method == "GET":
            wanted = call.query.get("code", "").lower()
            return Answer(200, [one for one in self.coupons if one["code"] == wanted])
        body = call.json()
        if any(one["code"] == body["code"].lower() for one in self.coupons):
            return _no(400, "woocommerce_rest_coupon_code_already_exists", "The coupon code already exists")
        if body["discount_type"] not in {"percent", "fixed_cart", "fixed_product"}:
            return _no(400, "rest_invalid_param", "Invalid parameter(s): discount_type")
        made = {**body, "id": 50 + len(self.coupons), "code": body["code"].lower()}
        self.coupons.append(made)
        return Answer(201, made)


def _no(status: int, code: str, message: str) -> Answer:
    return Answer(status, {"code": code, "message": message, "data": {"status": status}})


def _back(item: dict[str, Any]) -> dict[str, Any]:
    tax = sum(Decimal(str(one["refund_total"])) for one in item.get("refund_tax", ()))
    return {
        "id": 10_000 + item["id"],
        "quantity": -item["quantity"],
        "total": f"-{item['refund_total']}",
        "total_tax": f"-{tax}",
        "meta_data": [{"id": 1, "key": "_refunded_item_id", "value": str(item["id"])}],
    }


@contextmanager
def woo_shop() -> Iterator[Woo]:
    """Run a shop while the block runs."""
    shop = Woo()
    with open_door(shop.answer) as address:
        shop.address = address
        yield shop
