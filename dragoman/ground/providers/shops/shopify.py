"""Shopify: GraphQL Admin API of a dated version, an access token; calls cost points, refusals stand inside HTTP 200.

Its webhooks are signed with HMAC-SHA256 in base64 over the raw body; an order is asked for by the id in them, whatever
shape the rest has.
"""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Rejected, Unavailable
from dragoman.kit.money import BadMoney
from dragoman.kit.signatures import check_base64

from . import http
from .facts import OrderFacts
from .paging import written
from .ports import Account, Can, Field, Hook, OrderPage, Told, shops
from .shopify_doing import ShopifyDoing
from .shopify_facts import LINES, ORDER, PLACE, REFUND_LINES, facts_of

VERSION: Final = "2026-07"
_CHECK: Final = "{ shop { name } orders(first: 1) { nodes { id } } }"
_PAGE: Final = """query ($first: Int!, $after: String, $query: String) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes { id } pageInfo { hasNextPage endCursor } } }"""
_ONE: Final = f"query ($id: ID!) {{ order(id: $id) {{ {ORDER} }} }} {PLACE}"
_MORE: Final = f"""query ($id: ID!, $after: String) {{
  order(id: $id) {{ lineItems(first: 50, after: $after) {{ {LINES} }} }} }}"""
_BACKS: Final = f"query ($id: ID!) {{ order(id: $id) {{ {REFUND_LINES} }} }}"
_ABOUT: Final = ("orders/", "refunds/", "fulfillments/", "returns/", "order_transactions/")
_MOST_LINES: Final = 20  # pages of 50


class Shopify(ShopifyDoing):
    """A Shopify shop."""

    title: str = "Shopify"
    fields: Sequence[Field] = (
        Field(
            "address",
            _("Address"),
            help=_("The shop’s own at Shopify, such as https://my-shop.myshopify.com"),
        ),
        Field(
            "access_token",
            _("Admin API access token"),
            secret=True,
            help=_("Of an app made for Dragoman in the shop, with the scopes that the handbook names."),
        ),
        Field(
            "hook_secret",
            _("Secret of the webhook"),
            secret=True,
            required=False,
            help=_("The app’s secret, which signs its webhooks. Without it the shop is only asked."),
        ),
    )
    can: frozenset[Can] = frozenset(
        {
            Can.REFUND,
            Can.REFUND_SUM,
            Can.CANCEL,
            Can.EDIT_ADDRESS,
            Can.RETURN,
            Can.DISCOUNT,
            Can.STORE_CREDIT,
            Can.DUPLICATE,
            Can.EXCHANGE,
        }
    )

    def check(self, account: Account) -> str:
        """Return the name of the shop; asks for an order too, so that a missing scope is found out."""
        return str(self.ask(account, _CHECK)["shop"]["name"])

    def page(self, account: Account, *, since: datetime | None, cursor: str, limit: int) -> OrderPage:
        """Return orders that changed. Each is asked for alone: a page of whole orders costs more than is allowed."""
        start, _bar, after = cursor.partition("|") if cursor else (written(since) if since else "", "", "")
        values = {
            "first": min(limit, 25),
            "after": after or None,
            "query": f"updated_at:>='{start}'" if start else None,
        }
        said = self.ask(account, _PAGE, values)["orders"]
        found = [self.order(account, one["id"]) for one in said["nodes"]]
        place = said["pageInfo"]
        return OrderPage(
            [one for one in found if one], f"{start}|{place['endCursor']}" if place["hasNextPage"] else ""
        )

    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return one order by its id, with all its lines and what went back."""
        order = self.ask(account, _ONE, {"id": external_id})["order"]
        if not order:
            return None
        try:
            self._add_lines(account, order)
            if order["refunds"]:
                self._add_refund_lines(account, order)
            return facts_of(order, base=http.base_of(account))
        except (KeyError, ValueError, TypeError, ArithmeticError, BadMoney) as error:
            raise Unavailable(
                str(_("An order of the shop was not the one expected: %(why)s") % {"why": repr(error)})
            ) from error

    def told(self, account: Account, hook: Hook, *, again: bool = False) -> Told:
        """Verify and read a webhook: the id of the order it is about."""
        if not again:
            signature = hook.headers.get("x-shopify-hmac-sha256", "")
            check_base64(account.secrets.get("hook_secret", ""), hook.body, signature)
        key = hook.headers.get("x-shopify-webhook-id", "")[:100]
        topic = hook.headers.get("x-shopify-topic", "")
        if not topic.startswith(_ABOUT):
            return Told(key=key)
        try:
            body = json.loads(hook.body)
            about = body["id"] if topic.startswith("orders/") else _order_in(body)
        except (ValueError, KeyError, TypeError):
            raise Rejected(str(_("The webhook names no order."))) from None
        number = str(about).rpartition("/")[2]
        if not number.isdecimal() or not number.isascii() or isinstance(about, bool):
            raise Rejected(str(_("The webhook names no order.")))
        return Told(changed=(f"gid://shopify/Order/{number[:20]}",), key=key)

    def ask(self, account: Account, query: str, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return what a query or mutation says."""
        http.check_sealed(account)
        headers = {"X-Shopify-Access-Token": account.secrets.get("access_token", "")}
        body = {"query": query, "variables": dict(values or {})}
        path = f"/admin/api/{VERSION}/graphql.json"
        return _data(http.json_of(http.ask(account, "POST", path, headers=headers, body=body)))

    def _add_lines(self, account: Account, order: dict[str, Any]) -> None:
        place = order["lineItems"]["pageInfo"]
        for _page in range(_MOST_LINES):
            if not place["hasNextPage"]:
                return
            said = self.ask(account, _MORE, {"id": order["id"], "after": place["endCursor"]})
            order["lineItems"]["nodes"] += said["order"]["lineItems"]["nodes"]
            place = said["order"]["lineItems"]["pageInfo"]

    def _add_refund_lines(self, account: Account, order: dict[str, Any]) -> None:
        said = self.ask(account, _BACKS, {"id": order["id"]})["order"]["refunds"]
        lines = {one["id"]: one["refundLineItems"] for one in said}
        for back in order["refunds"]:
            back["refundLineItems"] = lines.get(back["id"]) or {}


def _order_in(body: Mapping[str, Any]) -> Any:
    return body["order_id"] if "order_id" in body else body["order"]["id"]


def _data(said: Any) -> dict[str, Any]:
    """Return the data of an answer; too dear a call was not taken in, other errors are refusals or unknown."""
    if not isinstance(said, dict):
        raise Unavailable(str(_("The answer of the shop was not the one expected.")))
    if errors := said.get("errors"):
        first = errors[0] if isinstance(errors, list) and isinstance(errors[0], dict) else {}
        code = (first.get("extensions") or {}).get("code", "")
        words = str(first.get("message", errors))[:300]
        if code == "THROTTLED" or words == "Throttled":
            raise http.Unreached(str(_("The shop asks to slow down.")), retry_after=_wait(said))
        if code in {"", "INTERNAL_SERVER_ERROR", "TIMEOUT", "IDEMPOTENCY_CONCURRENT_REQUEST"}:
            raise Unavailable(words)
        raise Rejected(words)
    data = said.get("data")
    if not isinstance(data, dict):
        raise Unavailable(str(_("The answer of the shop was not the one expected.")))
    return data


def _wait(said: Mapping[str, Any]) -> float:
    """Return how many seconds pass until there are points enough for what was asked."""
    cost = (said.get("extensions") or {}).get("cost") or {}
    bucket = cost.get("throttleStatus") or {}
    missing = (cost.get("requestedQueryCost") or 0) - (bucket.get("currentlyAvailable") or 0)
    return max(1.0, math.ceil(missing / (bucket.get("restoreRate") or 50)))


shops.register("shopify")(Shopify())
