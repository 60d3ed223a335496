"""WooCommerce: REST API wc/v3, decimal texts, a key and a secret as Basic over https.

Its webhooks are signed with HMAC-SHA256 in base64; the order in them has no dates of its refunds, so it is asked for
again. A second is the least its times tell apart.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import httpx
from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Rejected, Unavailable
from dragoman.kit.money import BadMoney
from dragoman.kit.signatures import check_base64

from . import http
from .facts import OrderFacts
from .paging import Place, cursor_after, moment_of, place_of
from .ports import Account, Can, Field, Hook, OrderPage, Told, shops
from .woocommerce_doing import WooCommerceDoing
from .woocommerce_facts import facts_of, is_placed

_ROOT: Final = "/wp-json/wc/v3"
_MOST_REFUNDS: Final = 100


class WooCommerce(WooCommerceDoing):
    """A WooCommerce shop."""

    title: str = "WooCommerce"
    fields: Sequence[Field] = (
        Field("address", _("Address"), help=_("Where the shop is, such as https://shop.example.com")),
        Field(
            "consumer_key",
            _("Consumer key"),
            secret=True,
            help=_(
                "Made in WooCommerce under Settings, Advanced, REST API, with permission to read and write."
            ),
        ),
        Field(
            "consumer_secret", _("Consumer secret"), secret=True, help=_("Shown there once, with the key.")
        ),
        Field(
            "hook_secret",
            _("Secret of the webhook"),
            secret=True,
            required=False,
            help=_(
                "As typed under Settings, Advanced, Webhooks, for orders that are made, changed or deleted. "
                "Without it the shop is only asked."
            ),
        ),
    )
    can: frozenset[Can] = frozenset(
        {
            Can.REFUND,
            Can.REFUND_SUM,
            Can.CANCEL,
            Can.EDIT_ADDRESS,
            Can.DISCOUNT,
            Can.DUPLICATE,
            Can.EXCHANGE,
        }
    )

    def check(self, account: Account) -> str:
        """Return the name of the shop; asks for an order too, so that a key that may not read them is found out."""
        self.ask(account, "GET", "/orders", query={"per_page": 1, "_fields": "id"})
        said = http.json_of(http.ask(account, "GET", "/wp-json/", query={"_fields": "name"}))
        return str(said.get("name") or self.title) if isinstance(said, dict) else self.title

    def page(self, account: Account, *, since: datetime | None, cursor: str, limit: int) -> OrderPage:
        """Return orders that changed, drafts left out."""
        place = place_of(cursor, since)
        size = min(limit, 100)
        answer = self._call(account, "GET", "/orders", query=_query(place, size))
        found = http.json_of(answer)
        if not isinstance(found, list):
            raise Unavailable(str(_("The answer of the shop was not the one expected.")))
        moments = [str(one["date_modified_gmt"] or one["date_created_gmt"]) for one in found]
        orders = [self._facts(account, one) for one in found if is_placed(one)]
        total = answer.headers.get("x-wp-total", "")
        left = max(0, int(total) - place.skip) if total.isdigit() else None
        return OrderPage(orders, cursor_after(place, moments, limit=size), left)

    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return one order by its id; a draft is none."""
        try:
            found = self.ask(account, "GET", f"/orders/{http.safe(external_id)}")
        except http.Missing:
            return None
        return self._facts(account, found) if is_placed(found) else None

    def told(self, account: Account, hook: Hook, *, again: bool = False) -> Told:
        """Verify and read a webhook: an order's id. The call that tries the address when one is made says nothing."""
        signature = hook.headers.get("x-wc-webhook-signature", "")
        if not signature and hook.body.startswith(b"webhook_id=") and hook.body[11:].isdigit():
            return Told()
        if not again:
            check_base64(account.secrets.get("hook_secret", ""), hook.body, signature)
        key = hook.headers.get("x-wc-webhook-delivery-id", "")[:100]
        if not hook.headers.get("x-wc-webhook-topic", "order.").startswith("order."):
            return Told(key=key)
        try:
            about = json.loads(hook.body)["id"]
        except (ValueError, KeyError, TypeError):
            raise Rejected(str(_("The webhook names no order."))) from None
        if not isinstance(about, int) or isinstance(about, bool):
            raise Rejected(str(_("The webhook names no order.")))
        return Told(changed=(str(about),), key=key)

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
        return http.json_of(self._call(account, method, path, query=query, body=body))

    def refunds_of(self, account: Account, order: str) -> list[dict[str, Any]]:
        """Return all refunds of an order."""
        found: list[dict[str, Any]] = []
        for page in range(1, 11):
            query: dict[str, str | int] = {"per_page": _MOST_REFUNDS, "page": page}
            said = self.ask(account, "GET", f"/orders/{http.safe(order)}/refunds", query=query)
            if not isinstance(said, list):
                raise Unavailable(str(_("The answer of the shop was not the one expected.")))
            found += said
            if len(said) < _MOST_REFUNDS:
                break
        return found

    @staticmethod
    def _call(
        account: Account,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Any = None,
    ) -> httpx.Response:
        http.check_sealed(account)
        pair = f"{account.secrets.get('consumer_key', '')}:{account.secrets.get('consumer_secret', '')}"
        headers = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
        return http.ask(account, method, _ROOT + path, headers=headers, query=query, body=body)

    def _facts(self, account: Account, order: Mapping[str, Any]) -> OrderFacts:
        try:
            backs = self.refunds_of(account, str(order["id"])) if order.get("refunds") else []
            return facts_of(order, backs, base=http.base_of(account))
        except (KeyError, ValueError, TypeError, ArithmeticError, BadMoney) as error:
            raise Unavailable(
                str(_("An order of the shop was not the one expected: %(why)s") % {"why": repr(error)})
            ) from error


def _query(place: Place, size: int) -> dict[str, str | int]:
    query: dict[str, str | int] = {
        "orderby": "modified",
        "order": "asc",
        "per_page": size,
        "offset": place.skip,
    }
    if place.moment:
        # `modified_after` leaves the second itself out, and several orders may share one
        before = moment_of(place.moment).replace(microsecond=0) - timedelta(seconds=1)
        query |= {"modified_after": before.strftime("%Y-%m-%dT%H:%M:%S"), "dates_are_gmt": "true"}
    return query


shops.register("woocommerce")(WooCommerce())
