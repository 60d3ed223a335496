"""Vendure 3: GraphQL Admin API, integer minor units; what it refuses stands as a union type inside HTTP 200.

It knows no returns: a return is cancelled lines and a refund. Webhooks come from the script in docs/integrators.md,
which posts `{"event", "order"}` signed with HMAC-SHA256 in `X-Dragoman-Hook`.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Rejected, Unavailable
from dragoman.kit.memo import Memo
from dragoman.kit.signatures import check_hex

from . import http
from .facts import OrderFacts
from .paging import Place, cursor_after, place_of
from .ports import Account, Can, Field, Hook, OrderPage, Told, shops
from .vendure_doing import VendureDoing
from .vendure_facts import FIGURES, ORDER, PLACE, facts_of, figures_of, is_placed

_CHECK: Final = "{ activeChannel { code } me { identifier } globalSettings { id } }"
_LOGIN: Final = """mutation ($name: String!, $password: String!) {
  login(username: $name, password: $password) { __typename ... on ErrorResult { message } } }"""
_PAGE: Final = f"""query ($options: OrderListOptions) {{
  orders(options: $options) {{ totalItems items {{ {ORDER} }} }} {FIGURES} }} {PLACE}"""
_ONE: Final = f"query ($id: ID!) {{ order(id: $id) {{ {ORDER} }} {FIGURES} }} {PLACE}"
_tokens: Final[Memo[str, str]] = Memo(seconds=1800)


class _NoEntry(Rejected):
    """The token is too old, or the person may not do this."""


class Vendure(VendureDoing):
    """One channel of a Vendure shop."""

    title: str = "Vendure"
    fields: Sequence[Field] = (
        Field(
            "address", _("Address"), help=_("Where the shop’s server is, such as https://shop.example.com")
        ),
        Field("username", _("User name"), help=_("Of an administrator made for Dragoman in Vendure.")),
        Field("password", _("Password"), secret=True),
        Field(
            "channel",
            _("Channel token"),
            required=False,
            help=_("Only where the shop has several channels: the token of the one that is meant."),
        ),
        Field(
            "hook_secret",
            _("Secret of the webhook"),
            secret=True,
            required=False,
            help=_("The same long random text as in the shop’s plugin. Without it the shop is only asked."),
        ),
    )
    can: frozenset[Can] = frozenset(
        {Can.REFUND, Can.REFUND_SUM, Can.CANCEL, Can.CANCEL_LINES, Can.EDIT_ADDRESS}
    )

    def check(self, account: Account) -> str:
        """Return the code of the channel we are let into."""
        said = self.ask(account, _CHECK)
        if not said.get("me"):
            raise Rejected(str(_("Vendure does not let us in: look at user name and password.")))
        code = str(said["activeChannel"]["code"])
        return self.title if code.startswith("__") else code

    def page(self, account: Account, *, since: datetime | None, cursor: str, limit: int) -> OrderPage:
        """Return orders that changed, baskets left out."""
        place = place_of(cursor, since)
        size = min(limit, 100)
        answer = self.ask(account, _PAGE, {"options": _options(place, size)})
        said = answer["orders"]
        moments = [one["updatedAt"] for one in said["items"]]
        return OrderPage(
            _read(said["items"], figures_of(answer)),
            cursor_after(place, moments, limit=size),
            max(0, said["totalItems"] - place.skip),
        )

    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return one order by its id; a basket is none."""
        answer = self.ask(account, _ONE, {"id": external_id})
        found = answer["order"]
        return _read([found], figures_of(answer))[0] if found and is_placed(found) else None

    def told(self, account: Account, hook: Hook, *, again: bool = False) -> Told:
        """Verify and read what the shop's plugin sent: an order's id."""
        if not again:
            check_hex(
                account.secrets.get("hook_secret", ""), hook.body, hook.headers.get("x-dragoman-hook", "")
            )
        try:
            order = json.loads(hook.body)["order"]
        except (ValueError, KeyError, TypeError):
            raise Rejected(str(_("The webhook names no order."))) from None
        if not isinstance(order, str | int) or not str(order):
            raise Rejected(str(_("The webhook names no order.")))
        return Told(changed=(str(order)[:120],))

    def ask(self, account: Account, query: str, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return what a query or mutation says; logs in first, and once more where the token is no longer taken."""
        try:
            return self._ask(account, query, values, self._token(account))
        except _NoEntry:
            _tokens.forget()
            return self._ask(account, query, values, self._token(account))

    def _token(self, account: Account) -> str:
        secrets = (account.address, account.settings.get("username", ""), account.secrets.get("password", ""))
        key = hashlib.sha256("\n".join(secrets).encode()).hexdigest()
        return _tokens.get(key, lambda: self._log_in(account)) or ""

    def _log_in(self, account: Account) -> str:
        name, password = account.settings.get("username", ""), account.secrets.get("password", "")
        answer = http.ask(
            account,
            "POST",
            _path(account),
            body={"query": _LOGIN, "variables": {"name": name, "password": password}},
        )
        said = _data(http.json_of(answer))["login"]
        token = str(answer.headers.get("vendure-auth-token", ""))
        if said["__typename"] != "CurrentUser" or not token:
            raise Rejected(str(said.get("message") or _("Vendure gave no token: allow the method `bearer`.")))
        return token

    @staticmethod
    def _ask(account: Account, query: str, values: Mapping[str, Any] | None, token: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"}
        if channel := account.settings.get("channel"):
            headers["vendure-token"] = channel
        body = {"query": query, "variables": dict(values or {})}
        return _data(http.json_of(http.ask(account, "POST", _path(account), headers=headers, body=body)))


def _path(account: Account) -> str:
    return "" if account.address.rstrip("/").endswith("-api") else "/admin-api"


def _data(said: Any) -> dict[str, Any]:
    """Return the data of an answer; errors of GraphQL are refusals, those of the shop's inside are unknown."""
    if not isinstance(said, dict):
        raise Unavailable(str(_("The answer of the shop was not the one expected.")))
    if errors := said.get("errors"):
        first = errors[0] if isinstance(errors, list) and isinstance(errors[0], dict) else {}
        code = (first.get("extensions") or {}).get("code", "")
        words = str(first.get("message", errors))[:300]
        if code in {"FORBIDDEN", "UNAUTHENTICATED"}:
            raise _NoEntry(words)
        if code in {"", "INTERNAL_SERVER_ERROR"}:
            # a fault inside the shop: it may have stopped before or after what was asked
            raise Unavailable(words)
        raise Rejected(words)
    data = said.get("data")
    if not isinstance(data, dict):
        raise Unavailable(str(_("The answer of the shop was not the one expected.")))
    return data


def _options(place: Place, size: int) -> dict[str, Any]:
    filters: dict[str, Any] = {"orderPlacedAt": {"isNull": False}}
    if place.moment:
        # `after` leaves the moment itself out, and several orders may share one
        filters["updatedAt"] = {"after": place.just_before}
    return {"take": size, "skip": place.skip, "sort": {"updatedAt": "ASC", "id": "ASC"}, "filter": filters}


def _read(orders: list[Any], figures: int) -> list[OrderFacts]:
    try:
        return [facts_of(one, figures=figures) for one in orders]
    except (KeyError, ValueError, TypeError) as error:
        raise Unavailable(
            str(_("An order of the shop was not the one expected: %(why)s") % {"why": repr(error)})
        ) from error


shops.register("vendure")(Vendure())
