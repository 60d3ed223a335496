"""Adobe Commerce 2.4's REST as its pages tell it, strictly: what they do not allow is refused.

Written from https://developer.adobe.com/commerce/webapi/ (performing searches, orders and "issue a partial refund") and the messages of
the open source edition. Traps it keeps: a page beyond the end is the last page again; `items` left out of a refund are all that is left;
`shipping_amount` and both adjustments are in the base currency; a left out `shipping_amount` gives all the shipping back;
a cancel that cannot be is `false` with status 200; only invoices paid online are refunded online. A comment is kept whatever
`appendComment` says: that is about the mail to the customer (`attachComment` in Model/Order/CreditmemoDocumentFactory.php).
"""

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
from .magento_search import WHEN, Refused, searched

_SHAPE: Final = (
    Path(__file__).parents[2] / "dragoman/ground/providers/shops/tests/recorded/magento_order.json"
)
_REFUND: Final = {"items", "isOnline", "notify", "appendComment", "comment", "arguments"}
_ARGUMENTS: Final = {"shipping_amount", "adjustment_positive", "adjustment_negative", "extension_attributes"}
_ADDRESS: Final = {
    "entity_id", "parent_id", "address_type", "city", "company", "country_id", "email", "firstname", "lastname", "postcode",
    "region", "region_code", "region_id", "street", "telephone",
}  # fmt: skip
_NEEDED: Final = ("firstname", "lastname", "street", "city", "country_id", "telephone")
_GONE: Final = "The entity that was requested doesn't exist. Verify the entity and try again."


def shape() -> Any:
    """Return an order as the pages show one."""
    return json.loads(_SHAPE.read_text())


@dataclass
class Magento:
    """A shop; `faults` are what happens to the next calls that write: "busy", "lost", "broken", "gateway"."""

    address: str = ""
    token: str = "9c4f1n"
    orders: dict[int, dict[str, Any]] = field(default_factory=dict)
    invoices: list[dict[str, Any]] = field(default_factory=list)
    creditmemos: list[dict[str, Any]] = field(default_factory=list)
    shipments: list[dict[str, Any]] = field(default_factory=list)
    products: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    written: list[Call] = field(default_factory=list)

    def add(
        self, number: int = 11, *, online: bool = True, invoiced: bool = True, **told: Any
    ) -> dict[str, Any]:
        """Put an order into the shop, with an invoice that was captured online or paid otherwise."""
        order = {**deepcopy(shape()), "entity_id": number, "increment_id": f"{number:09}", **told}
        for item in order["items"]:
            item["order_id"] = number
            item["qty_invoiced"] = item["qty_ordered"] if invoiced else 0
        self.orders[number] = order
        if invoiced:
            items = [
                {
                    "entity_id": 1,
                    "order_item_id": one["item_id"],
                    "qty": one["qty_ordered"],
                    "sku": one["sku"],
                }
                for one in order["items"]
            ]
            invoice = {
                "entity_id": 700 + number, "order_id": number, "increment_id": f"{number:09}", "state": 2, "items": items,
                "base_grand_total": order["base_grand_total"], "grand_total": order["grand_total"],
                "base_currency_code": order["base_currency_code"], "order_currency_code": order["order_currency_code"],
                "created_at": order["created_at"], "updated_at": order["updated_at"],
            }  # fmt: skip
            self.invoices.append(invoice | ({"transaction_id": "pi_9"} if online else {}))
        else:
            order |= {"base_total_paid": None, "total_paid": None, "state": "new", "status": "pending"}
        return order

    def answer(self, call: Call) -> Answer:
        """Answer a call."""
        found = re.fullmatch(r"/rest(?:/\w+)?/V1(/.*)", call.path)
        if not found:
            return Answer(404, {"message": "Request does not match any route."})
        if call.headers.get("authorization") != f"Bearer {self.token}":
            who = {"resources": "Magento_Sales::actions_view"}
            return Answer(
                401, {"message": "The consumer isn't authorized to access %resources.", "parameters": who}
            )
        writes = call.method != "GET"
        if writes and call.headers.get("content-type", "").partition(";")[0] != "application/json":
            return Answer(400, {"message": "Request body should be a valid JSON."})
        fault = self.faults.pop(0) if self.faults and writes else ""
        if fault == "busy":
            return Answer(429, {"message": "Too Many Requests"}, {"retry-after": "9"})
        if fault == "broken":
            said = "Internal Error. Details are available in Magento log file. Report ID: webapi-6563"
            return Answer(500, {"message": said})
        try:
            told = Answer(200, self._posted(found[1], call, fault) if writes else self._got(found[1], call))
        except Refused as refused:
            told = refused.answer
        if writes:
            self.written.append(call)
        told.lost = fault == "lost"
        return told

    def _got(self, path: str, call: Call) -> Any:
        lists = {
            "/orders": list(self.orders.values()), "/invoices": self.invoices, "/creditmemos": self.creditmemos,
            "/shipments": self.shipments, "/products": self.products,
        }  # fmt: skip
        if path in lists:
            return searched(lists[path], call.query)
        if path == "/store/storeViews":
            return [{"id": 1, "code": "default", "name": "Lampy", "website_id": 1, "is_active": 1}]
        if path == "/store/storeConfigs":
            coins = {"base_currency_code": "EUR", "default_display_currency_code": "PLN"}
            return [{"id": 1, "code": "default", "timezone": "Europe/Warsaw", **coins}]
        kind, _slash, rest = path[1:].partition("/")
        if kind == "products":
            found = next((one for one in self.products if one["sku"] == rest), None)
        else:
            key = {"orders": "/orders", "invoices": "/invoices", "creditmemo": "/creditmemos"}.get(kind)
            if key is None and kind != "shipment":
                raise Refused(404, "Request does not match any route.")
            rows = lists[key or "/shipments"]
            found = next((one for one in rows if str(one["entity_id"]) == rest), None)
        if found is None:
            raise Refused(404, _GONE)
        return found

    def _posted(self, path: str, call: Call, fault: str) -> Any:
        try:
            body = call.json() or {}
        except ValueError:
            raise Refused(400, "Decoding error.") from None
        routes = {
            ("POST", r"/invoice/(\d+)/refund"): self._refund_invoice,
            ("POST", r"/order/(\d+)/refund"): self._refund_order,
            ("POST", r"/orders/(\d+)/cancel"): self._cancel,
            ("POST", r"/orders/(\d+)/comments"): self._comment,
            ("PUT", r"/orders/(\d+)"): self._place,
        }
        for (method, pattern), answer in routes.items():
            if method == call.method and (found := re.fullmatch(pattern, path)):
                if fault == "gateway" and path.endswith("refund"):
                    raise Refused(400, "We found an invalid transaction amount.")
                return answer(int(found[1]), body)
        raise Refused(404, "Request does not match any route.")

    def _order(self, number: int) -> dict[str, Any]:
        if number not in self.orders:
            raise Refused(404, _GONE)
        return self.orders[number]

    def _refund_invoice(self, number: int, body: dict[str, Any]) -> str:
        invoice = next((one for one in self.invoices if one["entity_id"] == number), None)
        if invoice is None:
            raise Refused(404, _GONE)
        if body.get("isOnline") and "transaction_id" not in invoice:
            raise Refused(400, "Creditmemo Document Validation Error(s):\nThe invoice was paid offline.")
        return self._refund(self._order(invoice["order_id"]), body, invoice)

    def _refund_order(self, number: int, body: dict[str, Any]) -> str:
        if "isOnline" in body:
            raise Refused(400, 'Property "isOnline" is not known here.')
        return self._refund(self._order(number), body, None)

    def _refund(self, order: dict[str, Any], body: dict[str, Any], invoice: dict[str, Any] | None) -> str:
        told = body.get("arguments") or {}
        if unknown := (set(body) - _REFUND) | (set(told) - _ARGUMENTS):
            raise Refused(400, f'Property "{sorted(unknown)[0]}" does not have accessor method.')
        if set(body.get("comment") or {"comment", "is_visible_on_front"}) != {
            "comment",
            "is_visible_on_front",
        }:
            raise Refused(400, '"%fieldName" is required. Enter and try again.', {"fieldName": "comment"})
        if order["state"] in {"canceled", "closed", "new", "pending_payment", "holded", "payment_review"}:
            raise Refused(
                400,
                "Creditmemo Document Validation Error(s):\n"
                f"A creditmemo can not be created when an order has a status of {order['status']}",
            )
        faults: list[str] = []
        items = _taken(order, body.get("items") or [], faults)
        shipping = self._shipping(order, told.get("shipping_amount"))
        base = shipping + Decimal(str(told.get("adjustment_positive") or 0))
        base -= Decimal(str(told.get("adjustment_negative") or 0))
        base += sum((one["base_row_total_incl_tax"] for one in items), Decimal(0))
        left = Decimal(str(order["base_total_paid"] or 0)) - Decimal(
            str(order.get("base_total_refunded") or 0)
        )
        if base <= 0:
            faults.append("The credit memo's total must be positive.")
        if base > left:
            faults.append(f"The most money available to refund is {left:.2f}.")
        if faults:
            raise Refused(400, "Creditmemo Document Validation Error(s):\n" + "\n".join(faults))
        return self._made(order, body, invoice, items, (base, shipping))

    def _shipping(self, order: dict[str, Any], told: Any) -> Decimal:
        left = Decimal(str(order["base_shipping_amount"])) - Decimal(
            str(order.get("base_shipping_refunded") or 0)
        )
        wanted = left if told is None else Decimal(str(told))
        if wanted > left:
            raise Refused(400, f"Maximum shipping amount allowed to refund is: {left:.2f}")
        return wanted

    def _made(
        self, order: dict[str, Any], body: dict[str, Any], invoice: dict[str, Any] | None,
        items: list[dict[str, Any]], sums: tuple[Decimal, Decimal],
    ) -> str:  # fmt: skip
        base, shipping = sums
        rate = Decimal(str(order["base_to_order_rate"]))
        told = body.get("arguments") or {}
        _touch(order)
        memo = {
            "entity_id": 900 + len(self.creditmemos), "increment_id": f"{len(self.creditmemos) + 1:09}", "order_id": order["entity_id"],
            "invoice_id": invoice and invoice["entity_id"], "state": 2, "created_at": order["updated_at"], "updated_at": order["updated_at"],
            "base_currency_code": order["base_currency_code"], "order_currency_code": order["order_currency_code"],
            "base_grand_total": _number(base), "grand_total": _number(base * rate), "base_shipping_amount": _number(shipping),
            "shipping_amount": _number(shipping * rate), "adjustment_positive": _number(Decimal(str(told.get("adjustment_positive") or 0)) * rate),
            "base_adjustment_positive": told.get("adjustment_positive") or 0, "base_adjustment_negative": told.get("adjustment_negative") or 0,
            "transaction_id": "re_1" if body.get("isOnline") else None,
            "comments": [body["comment"] | {"entity_id": 1}] if body.get("comment") else [],
            "items": [
                {**one, "base_row_total_incl_tax": _number(one["base_row_total_incl_tax"])} for one in items
            ],
        }  # fmt: skip
        self.creditmemos.append(memo)
        for name, more in (("total_refunded", base), ("shipping_refunded", shipping)):
            whole = Decimal(str(order.get(f"base_{name}") or 0)) + more
            order[f"base_{name}"], order[name] = _number(whole), _number(whole * rate)
        for one in items:
            row = next(line for line in order["items"] if line["item_id"] == one["order_item_id"])
            row["qty_refunded"] += one["qty"]
        if order["base_total_refunded"] == order["base_total_paid"]:
            order |= {"state": "closed", "status": "closed"}
        return str(memo["entity_id"])

    def _cancel(self, number: int, _body: Any) -> bool:
        order = self._order(number)
        whole = all(one["qty_ordered"] <= one["qty_invoiced"] for one in order["items"])
        if whole or order["state"] in {"canceled", "complete", "closed", "holded", "payment_review"}:
            return False
        for item in order["items"]:
            item["qty_canceled"] = item["qty_ordered"] - item["qty_invoiced"]
        order |= {"state": "canceled", "status": "canceled"}
        _touch(order)
        return True

    def _comment(self, number: int, body: dict[str, Any]) -> bool:
        order, told = self._order(number), body.get("statusHistory")
        if not isinstance(told, dict) or "comment" not in told:
            raise Refused(
                400, '"%fieldName" is required. Enter and try again.', {"fieldName": "statusHistory"}
            )
        order["status_histories"].append({"entity_id": len(order["status_histories"]) + 1, **told})
        return True

    def _place(self, number: int, body: dict[str, Any]) -> Any:
        order, told = self._order(number), body.get("entity")
        if not isinstance(told, dict):
            raise Refused(400, '"%fieldName" is required. Enter and try again.', {"fieldName": "entity"})
        if set(told) - _ADDRESS:
            raise Refused(400, f'Property "{sorted(set(told) - _ADDRESS)[0]}" does not have accessor method.')
        lacking = [one for one in _NEEDED if not told.get(one)]
        if lacking or not isinstance(told["street"], list):
            raise Refused(400, f'"{(lacking or ["street"])[0]}" is required. Enter and try again.')
        sent = order["extension_attributes"]["shipping_assignments"][0]["shipping"]
        mine = next(
            (
                one
                for one in (sent["address"], order["billing_address"])
                if one["entity_id"] == told.get("entity_id")
            ),
            None,
        )
        if mine is None:
            raise Refused(404, _GONE)
        mine |= told
        _touch(order)
        return mine


def _taken(order: dict[str, Any], wanted: list[dict[str, Any]], faults: list[str]) -> list[dict[str, Any]]:
    """Return what is refunded of each line, in base money; without a wish all that is left."""
    rows = {one["item_id"]: one for one in order["items"] if "parent_item_id" not in one}
    if not wanted:
        wanted = [
            {"order_item_id": key, "qty": row["qty_invoiced"] - row["qty_refunded"]}
            for key, row in rows.items()
        ]
    found = []
    for one in wanted:
        if set(one) - {"order_item_id", "qty", "extension_attributes"} or "qty" not in one:
            raise Refused(400, '"%fieldName" is required. Enter and try again.', {"fieldName": "qty"})
        row = rows.get(one["order_item_id"])
        if row is None:
            faults.append("The creditmemo contains product item that is not part of the original order.")
            continue
        if one["qty"] < 0 or one["qty"] > row["qty_invoiced"] - row["qty_refunded"]:
            faults.append(
                "The quantity to creditmemo must not be greater than the unrefunded quantity"
                f' for product SKU "{row["sku"]}".'
            )
            continue
        whole = Decimal(str(row["base_row_total_incl_tax"])) - Decimal(str(row["base_discount_amount"]))
        share = Decimal(str(one["qty"])) / Decimal(str(row["qty_ordered"]))
        sums = ("row_total", "row_total_incl_tax", "tax_amount", "discount_amount")
        found.append(
            {"order_item_id": row["item_id"], "qty": one["qty"], "sku": row["sku"],
             "base_row_total_incl_tax": (whole * share).quantize(Decimal("0.01")),
             **{name: _number(Decimal(str(row.get(name) or 0)) * share) for name in sums}}
        )  # fmt: skip
    return found


def _number(amount: Decimal) -> float:
    return float(amount.quantize(Decimal("0.01")))


def _touch(order: dict[str, Any]) -> None:
    order["updated_at"] = (datetime.strptime(order["updated_at"], WHEN) + timedelta(seconds=5)).strftime(WHEN)


@contextmanager
def magento_shop() -> Iterator[Magento]:
    """Run a shop while the block runs."""
    shop = Magento()
    with open_door(shop.answer) as address:
        shop.address = address
        yield shop
