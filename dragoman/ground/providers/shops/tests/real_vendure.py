"""A customer and a warehouse in a real Vendure shop: what they do, over its public APIs."""

from typing import Any

import httpx

from dragoman.ground.providers.shops.ports import Account
from dragoman.ground.providers.shops.vendure import Vendure

_SAID = "__typename ... on ErrorResult { message }"


class VendureFloor:
    """Makes orders in a shop at `url` whose administrator is the one of the counterparts."""

    def __init__(self, url: str) -> None:
        self.account = Account(
            url.rstrip("/"),
            {"password": "superadmin", "hook_secret": "peer-secret"},
            {"username": "superadmin"},
        )
        self.shop = Vendure()

    def admin(self, query: str, **values: Any) -> Any:
        return self.shop.ask(self.account, query, values)

    def price(self, variant: str, currency: str, price: int) -> None:
        """Sell a variant in a currency, too; the price as the shop counts it."""
        channel = self.admin("{ activeChannel { id availableCurrencyCodes } }")["activeChannel"]
        given = {
            "id": channel["id"],
            "availableCurrencyCodes": sorted({*channel["availableCurrencyCodes"], currency}),
        }
        self.admin(
            f"mutation ($i: UpdateChannelInput!) {{ updateChannel(input: $i) {{ {_SAID} }} }}", i=given
        )
        prices = {"id": variant, "prices": [{"currencyCode": currency, "price": price}]}
        self.admin(
            "mutation ($i: [UpdateProductVariantInput!]!) { updateProductVariants(input: $i) { id } }",
            i=[prices],
        )

    def place(self, quantity: int = 2, *, currency: str = "", price: int = 0) -> "VendureOrder":
        """Let a customer buy, and return the order as the warehouse sees it."""
        with httpx.Client(base_url=self.account.address, timeout=60) as customer:
            of: dict[str, str] = {}

            def ask(query: str, **values: Any) -> Any:
                answer = customer.post("/shop-api", json={"query": query, "variables": values}, params=of)
                if token := answer.headers.get("vendure-auth-token"):
                    customer.headers["authorization"] = f"Bearer {token}"
                said = answer.json()
                assert not said.get("errors"), said
                return said["data"]

            found = ask("{ search(input: { take: 1 }) { items { productVariantId } } }")
            variant = found["search"]["items"][0]["productVariantId"]
            if currency:
                self.price(variant, currency, price)
                of["currencyCode"] = currency
            ask(
                f"mutation ($v: ID!, $q: Int!) {{ addItemToOrder(productVariantId: $v, quantity: $q) {{ {_SAID} }} }}",
                v=variant,
                q=quantity,
            )
            ask(
                'mutation { setCustomerForOrder(input: { firstName: "Yuki", lastName: "Tanaka", '
                f'emailAddress: "yuki@example.jp" }}) {{ {_SAID} }} }}'
            )
            ask(
                'mutation { setOrderShippingAddress(input: { fullName: "Yuki Tanaka", streetLine1: "1-1 Chiyoda", '
                f'city: "Tokyo", postalCode: "100-0001", countryCode: "GB" }}) {{ {_SAID} }} }}'
            )
            way = ask("{ eligibleShippingMethods { id } }")["eligibleShippingMethods"][0]["id"]
            ask(
                f"mutation ($i: [ID!]!) {{ setOrderShippingMethod(shippingMethodId: $i) {{ {_SAID} }} }}",
                i=[way],
            )
            ask(f'mutation {{ transitionOrderToState(state: "ArrangingPayment") {{ {_SAID} }} }}')
            method = ask("{ eligiblePaymentMethods { code } }")["eligiblePaymentMethods"][0]["code"]
            paid = ask(
                "mutation ($m: String!) { addPaymentToOrder(input: { method: $m, metadata: { shouldDecline: false, "
                "shouldError: false, shouldErrorOnSettle: false } }) { __typename ... on Order { id } "
                "... on ErrorResult { message } } }",
                m=method,
            )
        return VendureOrder(self, str(paid["addPaymentToOrder"]["id"]))


class VendureOrder:
    """One order in the warehouse."""

    def __init__(self, floor: VendureFloor, order: str) -> None:
        self.floor, self.id = floor, order

    def now(self) -> Any:
        query = "query ($i: ID!) { order(id: $i) { state payments { id state refunds { id } } lines { id quantity } } }"
        return self.floor.admin(query, i=self.id)["order"]

    def capture(self) -> None:
        payment = self.now()["payments"][0]
        if payment["state"] == "Authorized":
            self.floor.admin(f"mutation ($i: ID!) {{ settlePayment(id: $i) {{ {_SAID} }} }}", i=payment["id"])

    def send(self, quantity: int, tracking: str) -> None:
        given = {
            "lines": [{"orderLineId": self.now()["lines"][0]["id"], "quantity": quantity}],
            "handler": {
                "code": "manual-fulfillment",
                "arguments": [
                    {"name": "method", "value": "DHL"},
                    {"name": "trackingCode", "value": tracking},
                ],
            },
        }
        made = self.floor.admin(
            "mutation ($i: FulfillOrderInput!) { addFulfillmentToOrder(input: $i) { __typename "
            "... on Fulfillment { id } ... on ErrorResult { message } } }",
            i=given,
        )
        self.parcel = made["addFulfillmentToOrder"]["id"]
        self._move("Shipped")

    def deliver(self) -> None:
        self._move("Delivered")

    def refunds(self) -> list[int]:
        """Return what the shop gave back, the oldest first."""
        query = "query ($i: ID!) { order(id: $i) { payments { refunds { id total state } } } }"
        found = self.floor.admin(query, i=self.id)["order"]
        backs = [one for paid in found["payments"] for one in paid["refunds"] if one["state"] != "Failed"]
        return [int(one["total"]) for one in sorted(backs, key=lambda one: int(one["id"]))]

    def refund(self, amount: int) -> None:
        """Give back in the shop's own pages."""
        payment = self.now()["payments"][0]["id"]
        given = {"paymentId": payment, "amount": amount, "reason": "by hand", "shipping": 0, "adjustment": 0}
        self.floor.admin(
            f"mutation ($i: RefundOrderInput!) {{ refundOrder(input: $i) {{ {_SAID} }} }}", i=given
        )

    def settle_refunds(self) -> None:
        for refund in self.now()["payments"][0]["refunds"]:
            given = {"id": refund["id"], "transactionId": "t"}
            self.floor.admin(
                f"mutation ($i: SettleRefundInput!) {{ settleRefund(input: $i) {{ {_SAID} }} }}", i=given
            )

    def _move(self, state: str) -> None:
        query = f"mutation ($i: ID!, $s: String!) {{ transitionFulfillmentToState(id: $i, state: $s) {{ {_SAID} }} }}"
        self.floor.admin(query, i=self.parcel, s=state)
