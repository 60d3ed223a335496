"""Medusa 2: REST Admin API, decimal major units, returns as objects.

Its core sends no webhooks: the subscriber in docs/integrators.md posts `{"name", "data"}` signed with HMAC-SHA256 in
`X-Dragoman-Hook` (or `X-Peer-Signature`). A refund changes no time that its lists can be asked for, so what a
webhook missed is only seen when orders are read again.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Rejected, Unavailable
from dragoman.kit.signatures import check_hex

from . import http
from .facts import OrderFacts
from .medusa_doing import MedusaDoing
from .medusa_facts import FIELDS, facts_of, is_placed
from .paging import cursor_after, place_of
from .ports import Account, Can, Field, Hook, OrderPage, Told, shops

_RECENT: Final = 50


class Medusa(MedusaDoing):
    """A Medusa shop."""

    title: str = "Medusa"
    fields: Sequence[Field] = (
        Field(
            "address", _("Address"), help=_("Where the shop’s server is, such as https://shop.example.com")
        ),
        Field(
            "api_key",
            _("Secret API key"),
            secret=True,
            help=_("Made in Medusa under Settings, Secret API keys. It begins with sk_."),
        ),
        Field(
            "hook_secret",
            _("Secret of the webhook"),
            secret=True,
            required=False,
            help=_(
                "The same long random text as in the shop’s subscriber. Without it the shop is only asked."
            ),
        ),
    )
    can: frozenset[Can] = frozenset(
        {
            Can.REFUND,
            Can.REFUND_SUM,
            Can.CANCEL,
            Can.EDIT_ADDRESS,
            Can.RETURN,
            Can.RESHIP,
            Can.EXCHANGE,
        }
    )

    def check(self, account: Account) -> str:
        """Return the name of the shop."""
        found = self.ask(account, "GET", "/admin/stores", query={"fields": "id,name"})
        try:
            return str(found["stores"][0]["name"])
        except (KeyError, IndexError, TypeError):
            raise Unavailable(str(_("The answer of the shop was not the one expected."))) from None

    def page(self, account: Account, *, since: datetime | None, cursor: str, limit: int) -> OrderPage:
        """Return orders that changed, drafts left out."""
        place = place_of(cursor, since)
        size = min(limit, 100)
        query: dict[str, str | int] = {
            "order": "updated_at",
            "limit": size,
            "offset": place.skip,
            "fields": FIELDS,
        }
        if place.moment:
            query["updated_at[$gte]"] = place.moment
        said = self.ask(account, "GET", "/admin/orders", query=query)
        found = said.get("orders")
        if not isinstance(found, list):
            raise Unavailable(str(_("The answer of the shop was not the one expected.")))
        moments = [one["updated_at"] for one in found]
        orders = [self._facts(account, one) for one in found if is_placed(one)]
        left = max(0, int(said.get("count") or 0) - place.skip)
        return OrderPage(orders, cursor_after(place, moments, limit=size), left)

    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return one order by its id, or by that of a payment or a parcel of it, which is all some events name."""
        found = self._order_id(account, external_id)
        if not found:
            return None
        try:
            said = self.ask(account, "GET", f"/admin/orders/{http.safe(found)}", query={"fields": FIELDS})
        except http.Missing:
            return None
        if not isinstance(said.get("order"), dict):
            raise Unavailable(str(_("The answer of the shop was not the one expected.")))
        return self._facts(account, said["order"]) if is_placed(said["order"]) else None

    def told(self, account: Account, hook: Hook, *, again: bool = False) -> Told:
        """Verify and read what the shop's subscriber sent: the id of an order, a payment or a parcel."""
        signature = hook.headers.get("x-dragoman-hook") or hook.headers.get("x-peer-signature", "")
        if not again:
            check_hex(account.secrets.get("hook_secret", ""), hook.body, signature)
        try:
            data = json.loads(hook.body)["data"]
            about = data.get("order_id") or data["id"]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Rejected(str(_("The webhook names no order."))) from None
        return Told(changed=(str(about)[:120],))

    def ask(
        self,
        account: Account,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Any = None,
    ) -> dict[str, Any]:
        """Return the JSON of one call."""
        key = base64.b64encode(f"{account.secrets.get('api_key', '')}:".encode()).decode()
        headers = {"Authorization": f"Basic {key}"}
        said = http.json_of(http.ask(account, method, path, headers=headers, query=query, body=body))
        if not isinstance(said, dict):
            raise Unavailable(str(_("The answer of the shop was not the one expected.")))
        return said

    def _facts(self, account: Account, order: Mapping[str, Any]) -> OrderFacts:
        try:
            return facts_of(order, base=http.base_of(account))
        except (KeyError, ValueError, TypeError) as error:
            raise Unavailable(
                str(_("An order of the shop was not the one expected: %(why)s") % {"why": repr(error)})
            ) from error

    def _order_id(self, account: Account, about: str) -> str:
        if about.startswith("pay_"):
            query = {"fields": "id,payment_collection.order.id"}
            try:
                paid = self.ask(account, "GET", f"/admin/payments/{http.safe(about)}", query=query)["payment"]
            except http.Missing:
                return ""
            return str(((paid.get("payment_collection") or {}).get("order") or {}).get("id") or "")
        if about.startswith("ful_"):
            # nothing leads from a parcel to its order; that changed with it, so it is among the newest
            newest: dict[str, str | int] = {
                "order": "-updated_at",
                "limit": _RECENT,
                "fields": "id,fulfillments.id",
            }
            for one in self.ask(account, "GET", "/admin/orders", query=newest)["orders"]:
                if any(parcel["id"] == about for parcel in one.get("fulfillments") or ()):
                    return str(one["id"])
            return ""
        return about


shops.register("medusa")(Medusa())
