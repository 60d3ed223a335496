"""Magento Open Source and Adobe Commerce 2.4: REST V1, an integration's token or its four words for OAuth.

Open Source tells of nothing by itself, so it is asked; Adobe Commerce can be told to call us. A second is the least its
times tell apart, they are UTC, and pages go by number.
"""

import hmac
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Forged, OutsideError, Rejected, Unavailable
from dragoman.kit.money import BadMoney

from . import http
from .facts import OrderFacts
from .magento_doing import MagentoDoing
from .magento_facts import Papers, facts_of
from .oauth1 import Keys, header_of
from .paging import Place, cursor_after, moment_of, place_of
from .ports import Account, Can, Field, Hook, OrderPage, Told, shops

_ROOT: Final = "/rest/V1"
_PAPERS: Final = 100
_MOST_PAGES: Final = 50
_WORDS: Final = ("consumer_key", "consumer_secret", "access_token_secret")


class Magento(MagentoDoing):
    """A Magento shop."""

    title: str = "Magento / Adobe Commerce"
    fields: Sequence[Field] = (
        Field("address", _("Address"), help=_("Where the shop is, such as https://shop.example.com")),
        Field(
            "access_token",
            _("Access token"),
            secret=True,
            help=_(
                "Made in Magento under System, Extensions, Integrations, with access to Sales, "
                "and shown when it is activated."
            ),
        ),
        Field(
            "consumer_key",
            _("Consumer key"),
            secret=True,
            required=False,
            help=_(
                "Of the same integration. Only where the shop takes no access token alone, as is usual since 2.4.4."
            ),
        ),
        Field("consumer_secret", _("Consumer secret"), secret=True, required=False),
        Field("access_token_secret", _("Access token secret"), secret=True, required=False),
        Field(
            "hook_secret",
            _("Secret of the webhook"),
            secret=True,
            required=False,
            help=_(
                "Adobe Commerce only: what its webhooks send in the header X-Dragoman-Key. "
                "Without it the shop is only asked."
            ),
        ),
    )
    can: frozenset[Can] = frozenset({Can.REFUND, Can.REFUND_SUM, Can.CANCEL})

    def check(self, account: Account) -> str:
        """Return the name of the shop; asks for an order first, so that a token that may not read them is found out."""
        self.ask(account, "GET", "/orders", query=criteria((), size=1))
        try:
            found = self.ask(account, "GET", "/store/storeViews")
            return str(next(one["name"] for one in found if one.get("code") != "admin"))
        except (OutsideError, StopIteration, KeyError, TypeError, AttributeError):
            return self.title  # a token for sales alone may not ask for names

    def page(self, account: Account, *, since: datetime | None, cursor: str, limit: int) -> OrderPage:
        """Return orders that changed, with their papers."""
        place = place_of(cursor, since)
        size = min(limit, 100)
        number, skip = divmod(place.skip, size)
        found, total = self._list(
            account, "/orders", criteria(_since(place), size=size, page=number + 1, by="updated_at")
        )
        # a page behind the last one is the last one again
        rows = found[skip:] if total > number * size else []
        orders = self._facts(account, rows)
        more = total > (number + 1) * size
        cursor = (
            cursor_after(place, [str(one["updated_at"]) for one in rows], limit=len(rows)) if more else ""
        )
        return OrderPage(orders, cursor, max(0, total - place.skip))

    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return one order by its id."""
        try:
            found = self.ask(account, "GET", f"/orders/{http.safe(external_id)}")
        except http.Missing:
            return None
        return self._facts(account, [found])[0]

    def told(self, account: Account, hook: Hook, *, again: bool = False) -> Told:
        """Verify and read a call of Adobe Commerce's webhooks: JSON with an order's `order_id` or `entity_id`."""
        secret, said = account.secrets.get("hook_secret", ""), hook.headers.get("x-dragoman-key", "")
        if not again and not (secret and hmac.compare_digest(secret.encode(), said.encode())):
            raise Forged("the header X-Dragoman-Key is not the one that is kept")
        try:
            about = json.loads(hook.body)
            about = about.get("order") or about
            named = str(about.get("order_id") or about["entity_id"])
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Rejected(str(_("The webhook names no order."))) from None
        if not named.isdecimal():
            raise Rejected(str(_("The webhook names no order.")))
        return Told(changed=(named,))

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
        http.check_sealed(account)
        secrets, place = account.secrets, _ROOT + path
        token = secrets.get("access_token", "")
        words = [secrets.get(name, "") for name in _WORDS]
        if any(words) and not all(words):
            raise Rejected(
                str(
                    _(
                        "OAuth needs all of consumer key, consumer secret, access token and access token secret."
                    )
                )
            )
        if all(words):
            keys = Keys(words[0], words[1], token, words[2])
            said = header_of(keys, method, http.base_of(account) + place, query or {})
        else:
            said = f"Bearer {token}"
        answer = http.ask(account, method, place, headers={"Authorization": said}, query=query, body=body)
        return http.json_of(answer)

    def papers_of(self, account: Account, orders: Iterable[str]) -> dict[str, Papers]:
        """Return what was written about orders, by the id of each."""
        found: dict[str, Papers] = defaultdict(Papers)
        asked = ",".join(orders)
        if not asked:
            return found
        for path, kept in (("/creditmemos", "memos"), ("/shipments", "shipments"), ("/invoices", "invoices")):
            for one in self._all(account, path, asked):
                getattr(found[str(one["order_id"])], kept).append(one)
        return found

    def _all(self, account: Account, path: str, orders: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for page in range(1, _MOST_PAGES):
            asked = criteria((("order_id", "in", orders),), size=_PAPERS, page=page, by="entity_id")
            rows, total = self._list(account, path, asked)
            found += rows
            if len(found) >= total or not rows:
                return found
        raise Unavailable("the orders have more papers than can be read")

    def _list(
        self, account: Account, path: str, query: Mapping[str, str | int]
    ) -> tuple[list[dict[str, Any]], int]:
        said = self.ask(account, "GET", path, query=query)
        try:
            return list(said["items"] or ()), int(said["total_count"])
        except (KeyError, TypeError, ValueError):
            raise Unavailable(str(_("The answer of the shop was not the one expected."))) from None

    def _facts(self, account: Account, rows: Sequence[Mapping[str, Any]]) -> list[OrderFacts]:
        try:
            papers = self.papers_of(account, [str(one["entity_id"]) for one in rows])
            return [facts_of(one, papers.get(str(one["entity_id"]), Papers())) for one in rows]
        except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, BadMoney) as error:
            raise Unavailable(
                str(_("An order of the shop was not the one expected: %(why)s") % {"why": repr(error)})
            ) from error


def criteria(
    filters: Iterable[tuple[str, str, str]], *, size: int, page: int = 1, by: str = ""
) -> dict[str, str | int]:
    """Return the query of a list: every filter has to hold, the longest unchanged first."""
    query: dict[str, str | int] = {"searchCriteria[pageSize]": size, "searchCriteria[currentPage]": page}
    for place, (name, condition, value) in enumerate(filters):
        group = f"searchCriteria[filter_groups][{place}][filters][0]"
        query |= {f"{group}[field]": name, f"{group}[value]": value, f"{group}[condition_type]": condition}
    for place, name in enumerate(dict.fromkeys([by, "entity_id"] if by else ())):
        order = f"searchCriteria[sortOrders][{place}]"
        query |= {f"{order}[field]": name, f"{order}[direction]": "ASC"}
    return query


def _since(place: Place) -> list[tuple[str, str, str]]:
    if not place.moment:
        return []
    return [("updated_at", "gteq", moment_of(place.moment).strftime("%Y-%m-%d %H:%M:%S"))]


shops.register("magento")(Magento())
