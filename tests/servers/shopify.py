"""Shopify's GraphQL Admin API 2026-07 as shopify.dev tells it, strictly: what its pages do not allow is refused.

It knows mutations by their names and checks what is sent with them; it does not check which fields are asked for.
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
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from .door import Answer, Call, open_door

_SHAPE: Final = (
    Path(__file__).parents[2] / "dragoman/ground/providers/shops/tests/recorded/shopify_order.json"
)
_REFUND: Final = {"orderId", "currency", "note", "notify", "refundLineItems", "shipping", "transactions"}
_MOVE: Final = {"orderId", "parentId", "gateway", "kind", "amount"}
_PLACE: Final = {
    "firstName", "lastName", "company", "address1", "address2", "city", "provinceCode", "zip", "countryCode", "phone",
}  # fmt: skip
_DRAFT: Final = {
    "lineItems", "email", "presentmentCurrencyCode", "shippingAddress", "billingAddress", "note", "tags", "purchasingEntity",
}  # fmt: skip
_NAMES: Final = (
    "draftOrderCreate", "draftOrderInvoiceSend", "draftOrders", "productVariants", "shop", "refundCreate", "orderCancel", "orderUpdate", "returnCreate", "returnCancel", "discountCodeBasicCreate", "storeCreditAccountCredit",
    "returnableFulfillments", "codeDiscountNodeByCode", "suggestedRefund", "refundLineItems", "job", "orders", "order",
)  # fmt: skip


def shape() -> Any:
    """Return an order as the pages show one."""
    return json.loads(_SHAPE.read_text())


@dataclass
class Shopify:
    """A shop; `faults` are what happens to the next mutations: "busy", "lost", "broken", "slow"."""

    address: str = ""
    token: str = "shpat_1"
    hook_secret: str = "whisper"
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    variants: list[dict[str, Any]] = field(default_factory=list)
    drafts: list[dict[str, Any]] = field(default_factory=list)
    invoiced: list[str] = field(default_factory=list)
    credits: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    written: list[dict[str, Any]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    _done: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def add(self, number: int = 4501, **told: Any) -> dict[str, Any]:
        """Put an order into the shop."""
        order: dict[str, Any] = {**deepcopy(shape()), "id": f"gid://shopify/Order/{number}", **told}
        order |= {"returns": {"nodes": []}, "cancellation": None}
        self.orders[order["id"]] = order
        return order

    def signed(self, body: bytes, topic: str = "orders/updated") -> dict[str, str]:
        """Return the headers of a webhook."""
        mac = hmac.new(self.hook_secret.encode(), body, hashlib.sha256).digest()
        return {
            "x-shopify-hmac-sha256": base64.b64encode(mac).decode(),
            "x-shopify-topic": topic,
            "x-shopify-webhook-id": "b54557e4",
        }

    def answer(self, call: Call) -> Answer:
        """Answer a call."""
        if call.method != "POST" or call.path != "/admin/api/2026-07/graphql.json":
            return Answer(404, {"errors": "Not Found"})
        if call.headers.get("x-shopify-access-token") != self.token:
            return Answer(401, {"errors": "[API] Invalid API key or access token"})
        body = call.json()
        query, values = body["query"], body["variables"]
        name = next(one for one in _NAMES if re.search(rf"\b{one}\b", query))
        if query.lstrip().startswith("mutation"):
            return self._changed(name, query, values)
        self.asked.append(values)
        return Answer(200, {"data": getattr(self, f"_{name}")(values)})

    def _changed(self, name: str, query: str, values: dict[str, Any]) -> Answer:
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "busy":
            bucket = {"maximumAvailable": 2000.0, "currentlyAvailable": 10, "restoreRate": 100.0}
            cost = {"requestedQueryCost": 510, "actualQueryCost": None, "throttleStatus": bucket}
            errors = [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]
            return Answer(200, {"errors": errors, "extensions": {"cost": cost}})
        if fault == "broken":
            errors = [{"message": "Internal error", "extensions": {"code": "INTERNAL_SERVER_ERROR"}}]
            return Answer(200, {"errors": errors})
        self.written.append(values)
        if name == "refundCreate" and "@idempotent(key:" not in query:
            return Answer(200, {"errors": [{"message": "key", "extensions": {"code": "BAD_REQUEST"}}]})
        said = self._cancelled(values, fault) if name == "orderCancel" else getattr(self, f"_{name}")(values)
        return Answer(200, {"data": {name: {"userErrors": [], **said}}}, lost=fault == "lost")

    def _shop(self, _values: Any) -> Any:
        return {"shop": {"name": "Lampen", "currencyCode": "EUR"}, "orders": {"nodes": []}}

    def _orders(self, values: Any) -> Any:
        found = sorted(self.orders.values(), key=lambda one: (one["updatedAt"], one["id"]))
        if values.get("query"):
            since = re.fullmatch(r"updated_at:>='(.+)'", values["query"])
            assert since, values["query"]
            found = [one for one in found if one["updatedAt"] >= since[1].replace(".000Z", "Z")]
        skip = int(values["after"] or 0)
        rest = found[skip : skip + values["first"]]
        more = skip + len(rest) < len(found)
        return {
            "orders": {
                "nodes": [{"id": one["id"]} for one in rest],
                "pageInfo": {"hasNextPage": more, "endCursor": str(skip + len(rest))},
            }
        }

    def _order(self, values: Any) -> Any:
        return {"order": self.orders.get(values["id"])}

    _refundLineItems = _order

    def _job(self, values: Any) -> Any:
        return {"job": {"id": values["id"], "done": True}}

    def _left(self, order: dict[str, Any]) -> Decimal:
        back = sum(Decimal(one["totalRefundedSet"]["presentmentMoney"]["amount"]) for one in order["refunds"])
        return Decimal(order["totalPriceSet"]["presentmentMoney"]["amount"]) - back

    def _suggestedRefund(self, values: Any) -> Any:
        order = self.orders[values["id"]]
        sums = {"presentmentMoney": {"amount": str(self._left(order))}}
        paid = order["transactions"][-1]
        move = {
            "gateway": paid["gateway"],
            "parentTransaction": {"id": paid["id"]},
            "amountSet": sums,
            "maximumRefundableSet": sums,
        }
        stock = [
            {"lineItem": {"id": one["lineItemId"]}, "restockType": "RETURN", "location": {"id": "gid://L/1"}}
            for one in values["lines"]
        ]
        return {"order": {"whole": {"suggestedTransactions": [move]}, "part": {"refundLineItems": stock}}}

    def _refundCreate(self, values: Any) -> Any:
        given, key = values["input"], values["key"]
        assert re.fullmatch(r"[0-9a-f-]{36}", key)
        if key in self._done:
            before, said = self._done[key]
            return said if before == given else _no("IDEMPOTENCY_KEY_PARAMETER_MISMATCH")
        order = self.orders[given["orderId"]]
        if set(given) - _REFUND or any(set(one) != _MOVE for one in given["transactions"]):
            return _no("unknown field")
        if given["currency"] != order["presentmentCurrencyCode"]:
            return _no("Currency must be the presentment currency")
        amount = sum(Decimal(one["amount"]) for one in given["transactions"])
        if amount > self._left(order):
            return _no("Refund amount is more than the maximum refundable")
        if any(
            one["restockType"] == "RETURN" and "locationId" not in one for one in given["refundLineItems"]
        ):
            return _no("locationId is required")
        sums = {"presentmentMoney": {"amount": str(amount)}}
        paid = {"id": given["transactions"][0]["parentId"]}
        refund = {
            "id": f"gid://shopify/Refund/{len(order['refunds']) + 1}",
            "note": given["note"],
            "createdAt": "2026-11-22T10:00:00Z",
            "totalRefundedSet": sums,
            "transactions": {"nodes": [{"status": "SUCCESS", "amountSet": sums, "parentTransaction": paid}]},
            "refundLineItems": {
                "nodes": [
                    {
                        "quantity": one["quantity"],
                        "lineItem": {"id": one["lineItemId"]},
                        "subtotalSet": sums,
                        "totalTaxSet": {"presentmentMoney": {"amount": "0.0"}},
                    }
                    for one in given["refundLineItems"]
                ]
            },
        }
        order["refunds"].append(refund)
        self._done[key] = (given, {"refund": {"id": refund["id"]}})
        return {"refund": {"id": refund["id"]}}

    def _cancelled(self, values: Any, fault: str) -> Any:
        order = self.orders[values["order"]]
        assert set(values["refund"]) == {"originalPaymentMethodsRefund"}
        if order["cancelledAt"]:
            error = {"field": ["orderId"], "message": "Cannot cancel an order that has already been canceled"}
            return {"job": None, "orderCancelUserErrors": [{**error, "code": "INVALID"}]}
        if fault != "slow":
            order |= {
                "cancelledAt": "2026-11-22T11:00:00Z",
                "cancellation": {"staffNote": values["note"]},
                "cancelReason": values["reason"],
            }
        return {"job": {"id": "gid://shopify/Job/1", "done": False}, "orderCancelUserErrors": []}

    def _orderUpdate(self, values: Any) -> Any:
        place = values["input"]["shippingAddress"]
        if set(place) - _PLACE:
            return _no("unknown field")
        order = self.orders[values["input"]["id"]]
        name = f"{place['firstName']} {place['lastName']}".strip()
        country = place.pop("countryCode")
        order["shippingAddress"] = {**place, "name": name, "countryCodeV2": country}
        return {"order": {"id": order["id"]}}

    def _returnableFulfillments(self, _values: Any) -> Any:
        item = {"id": "gid://shopify/FulfillmentLineItem/5", "lineItem": {"id": "gid://shopify/LineItem/1"}}
        lines = {"nodes": [{"quantity": 2, "fulfillmentLineItem": item}]}
        return {"returnableFulfillments": {"nodes": [{"returnableFulfillmentLineItems": lines}]}}

    def _returnCreate(self, values: Any) -> Any:
        given = values["input"]
        if any(len(one["returnReasonNote"]) > 255 for one in given["returnLineItems"]):
            return _no("Return reason note is too long")
        if set(given) - {"orderId", "returnLineItems", "exchangeLineItems"}:
            return _no("unknown field")
        sold = {one["id"] for one in self.variants}
        for one in given.get("exchangeLineItems", ()):
            if set(one) != {"variantId", "quantity"} or one["variantId"] not in sold or one["quantity"] < 1:
                return _no("Exchange line item is invalid")
        nodes = self.orders[given["orderId"]]["returns"]["nodes"]
        made = {"id": f"gid://shopify/Return/{len(nodes) + 1}", "status": "OPEN"}
        nodes.append(
            {
                **made,
                "returnLineItems": {"nodes": given["returnLineItems"]},
                "sent": given.get("exchangeLineItems"),
            }
        )
        return {"return": {"id": made["id"]}}

    def _returnCancel(self, values: Any) -> Any:
        nodes = [one for order in self.orders.values() for one in order["returns"]["nodes"]]
        found = next((one for one in nodes if one["id"] == values["id"]), None)
        if found is None:
            return _no("Return does not exist")
        if found["status"] != "OPEN":
            return _no("Return is not cancelable")
        found["status"] = "CANCELED"
        return {"return": {"id": found["id"]}}

    def _productVariants(self, values: Any) -> Any:
        sku = re.fullmatch(r'sku:"(.*)"', values["query"])
        assert sku and set(values) == {"query", "country"}, values
        found = [one for one in self.variants if one["sku"].lower() == sku[1].lower()]
        return {"productVariants": {"nodes": found[:5]}}

    def _draftOrderCreate(self, values: Any) -> Any:
        given = values["input"]
        if set(given) - _DRAFT or any(set(one) != {"variantId", "quantity"} for one in given["lineItems"]):
            return _no("unknown field")
        if not given["lineItems"]:
            return _no("Add at least 1 product")
        if any(len(one) > 40 for one in given["tags"]):
            return _no("Tags must be 40 characters or less")
        made = {**given, "id": f"gid://shopify/DraftOrder/{len(self.drafts) + 1}"}
        self.drafts.append({**made, "name": f"#D{len(self.drafts) + 1}"})
        return {"draftOrder": {name: self.drafts[-1][name] for name in ("id", "name")}}

    def _draftOrderInvoiceSend(self, values: Any) -> Any:
        made = next((one for one in self.drafts if one["id"] == values["id"]), None)
        if made is None or not made["email"]:
            return _no("Email can't be blank")
        self.invoiced.append(made["id"])
        return {"draftOrder": {"id": made["id"]}}

    def _draftOrders(self, values: Any) -> Any:
        tag = re.fullmatch(r"tag:'(.+)'", values["query"])
        assert tag, values["query"]
        found = [one for one in self.drafts if tag[1] in one["tags"]]
        return {"draftOrders": {"nodes": found[:5]}}

    def _discountCodeBasicCreate(self, values: Any) -> Any:
        given = values["input"]
        if not {"code", "context", "customerGets", "startsAt", "title"} <= set(given):
            return _no("required field")
        if given["code"] in self.codes:
            return _no("Code must be unique. Please try a different code.")
        self.codes[given["code"]] = given
        return {"codeDiscountNode": {"id": "gid://shopify/DiscountCodeNode/1"}}

    def _codeDiscountNodeByCode(self, values: Any) -> Any:
        known = values["code"] in self.codes
        return {"codeDiscountNodeByCode": {"id": "gid://shopify/DiscountCodeNode/1"} if known else None}

    def _storeCreditAccountCredit(self, values: Any) -> Any:
        if set(values["input"]) - {"creditAmount", "expiresAt", "notify"}:
            return _no("unknown field")
        self.credits.append(values)
        return {"storeCreditAccountTransaction": {"id": f"gid://shopify/Credit/{len(self.credits)}"}}


def _no(message: str) -> dict[str, Any]:
    return {"userErrors": [{"field": ["input"], "message": message}]}


@contextmanager
def shopify_shop() -> Iterator[Shopify]:
    """Run a shop while the block runs."""
    shop = Shopify()
    with open_door(shop.answer) as address:
        shop.address = address
        yield shop
