"""PrestaShop 1.7, 8 and 9: the webservice, its key as the user of Basic; reads JSON, writes XML.

It tells of nothing by itself, so it is asked. A second is the least its times tell apart, and they are its own zone's.
A credit slip does not change its order, so orders with new slips are asked for besides.
"""

import base64
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Forged, Rejected, Unavailable
from dragoman.kit.money import BadMoney

from . import http
from .facts import OrderFacts
from .paging import Place, cursor_after, moment_of, place_of
from .ports import Account, Can, Field, Hook, OrderPage, Told, shops
from .prestashop_doing import PrestaShopDoing
from .prestashop_facts import House, Row, Tables, facts_of

_SET: Final = {
    "PS_SHOP_NAME": "name",
    "PS_TIMEZONE": "zone",
    "PS_CURRENCY_DEFAULT": "currency",
    "PS_OS_CANCELED": "cancelled",
    "PS_OS_ERROR": "failed",
    "PS_OS_REFUND": "refunded",
    "PS_OS_DELIVERED": "delivered",
}
_PAID: Final = (
    "[id,order_reference,amount,payment_method,transaction_id,card_brand,date_add]"  # no card's number
)
_FAR: Final = "2999-12-31 23:59:59"
_AT_ONCE: Final = 100
_MOST: Final = 20  # pages of one table


class PrestaShop(PrestaShopDoing):
    """A PrestaShop."""

    title: str = "PrestaShop"
    fields: Sequence[Field] = (
        Field("address", _("Address"), help=_("Where the shop is, such as https://shop.example.com")),
        Field(
            "webservice_key",
            _("Key of the webservice"),
            secret=True,
            help=_(
                "Made in PrestaShop under Advanced Parameters, Webservice. The handbook for integrators says what it "
                "has to be allowed to view and to add."
            ),
        ),
    )
    can: frozenset[Can] = frozenset({Can.REFUND, Can.CANCEL})

    def check(self, account: Account) -> str:
        """Return the name of the shop; asks each table for a row, so that a key that may not read one is found out."""
        told = self._settings(account)
        for name in (
            "orders",
            "order_details",
            "order_slip",
            "order_carriers",
            "order_payments",
            "order_states",
        ):
            self.rows(account, name, {"display": "[id]", "limit": "1"})
        for name in ("currencies", "customers", "languages", "addresses", "countries", "carriers"):
            self.rows(account, name, {"display": "[id]", "limit": "1"})
        return told.get("name") or self.title

    def page(self, account: Account, *, since: datetime | None, cursor: str, limit: int) -> OrderPage:
        """Return orders that changed, and at the end those that have new credit slips."""
        house = self.house(account)
        place = _place_of(cursor, since, house)
        size = min(limit, _AT_ONCE)
        query = {"display": "full", "sort": "[date_upd_ASC,id_ASC]", "limit": f"{place.skip},{size}"}
        rows = self.rows(account, "orders", query | _from(place.moment))
        cursor = cursor_after(place, [str(one["date_upd"]) for one in rows], limit=size)
        if since and not cursor:
            begin = _place_of("", since, house).moment
            slips = self.rows(account, "order_slip", {"display": "[id_order]", **_from(begin)})
            known = {str(one["id"]) for one in rows}
            rows += self._by(account, "orders", {str(one["id_order"]) for one in slips} - known)
        return OrderPage(self._facts(account, rows, house), cursor)

    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return one order by its id."""
        found = self.row(account, external_id)
        return None if found is None else self._facts(account, [found], self.house(account))[0]

    def told(self, account: Account, hook: Hook, *, again: bool = False) -> Told:
        """Refuse whatever comes: PrestaShop calls nobody."""
        raise Forged("PrestaShop has no webhooks")

    def row(self, account: Account, order: str) -> dict[str, Any] | None:
        """Return an order as its table has it."""
        if not order.isdecimal():
            return None
        return next(iter(self._by(account, "orders", {order})), None)

    def rows(self, account: Account, name: str, query: Mapping[str, str]) -> list[dict[str, Any]]:
        """Return rows of a table; the shop writes none as an empty list without the name of the rows."""
        said = self._said(account, "GET", name, query=query)
        found = next(iter(said.values()), None) if isinstance(said, dict) else said
        if not isinstance(found, list):
            raise Unavailable(str(_("The answer of the shop was not the one expected.")))
        return found

    def write(self, account: Account, name: str, body: bytes, query: Mapping[str, str] | None = None) -> Any:
        """Add a row to a table; returns what the shop made of it."""
        return self._said(account, "POST", name, query=query, body=body)

    def house(self, account: Account) -> House:
        """Return what the shop is set up with."""
        told = self._settings(account)
        try:
            zone = ZoneInfo(told["zone"])
        except (KeyError, ValueError, ZoneInfoNotFoundError):
            raise Rejected(
                str(_("The shop does not tell its time zone: let the key view configurations."))
            ) from None
        number = told.get("currency", "")
        money = self._by(account, "currencies", {number} if number else ())
        own = str(money[0]["iso_code"]).upper() if money else ""
        states = {name: told.get(name, "") for name in ("cancelled", "failed", "refunded", "delivered")}
        return House(zone, own, **states)

    def tables(self, account: Account, orders: Sequence[Row], house: House) -> Tables:
        """Return what other tables say of orders."""
        numbers = {str(one["id"]) for one in orders}

        def named(name: str, rows: Iterable[Row], *fields: str) -> dict[str, Row]:
            asked = {str(row.get(one) or "0") for row in rows for one in fields} - {"0"}
            return {str(one["id"]): one for one in self._by(account, name, asked)}

        def listed(
            name: str, column: str = "id_order", *, asked: Iterable[str] = numbers, display: str = "full"
        ) -> dict[str, list[Row]]:
            found: dict[str, list[Row]] = defaultdict(list)
            for one in self._by(account, name, asked, column, display=display):
                found[str(one[column])].append(one)
            return found

        addresses = named("addresses", orders, "id_address_delivery", "id_address_invoice")
        parcels = listed("order_carriers")
        shipped: list[Row] = [one for rows in parcels.values() for one in rows]
        references = {str(one.get("reference") or "") for one in orders} - {""}
        return Tables(
            house=house,
            states=named("order_states", orders, "current_state"),
            currencies=named("currencies", orders, "id_currency"),
            customers=named("customers", orders, "id_customer"),
            languages=named("languages", orders, "id_lang"),
            addresses=addresses,
            countries=named("countries", addresses.values(), "id_country"),
            regions=named("states", addresses.values(), "id_state"),
            carriers=named("carriers", shipped, "id_carrier"),
            details=listed("order_details"),
            parcels=parcels,
            slips=listed("order_slip"),
            payments=listed("order_payments", "order_reference", asked=references, display=_PAID),
            siblings=listed("orders", "reference", asked=references, display="[id,reference]"),
        )

    def _settings(self, account: Account) -> dict[str, str]:
        query = {"display": "[id,name,value]", "filter[name]": f"[{'|'.join(_SET)}]"}
        rows = self.rows(account, "configurations", query)
        # a shop among several may have a value of its own, which comes later
        return {
            _SET[one["name"]]: str(one["value"]) for one in rows if one["name"] in _SET and one.get("value")
        }

    def _by(
        self, account: Account, name: str, values: Iterable[str], column: str = "id", *, display: str = "full"
    ) -> list[dict[str, Any]]:
        asked = sorted(set(values))
        found: list[dict[str, Any]] = []
        if not asked:
            return found
        query = {"display": display, f"filter[{column}]": f"[{'|'.join(asked)}]", "sort": "[id_ASC]"}
        for page in range(_MOST):
            rows = self.rows(account, name, query | {"limit": f"{page * _AT_ONCE},{_AT_ONCE}"})
            found += rows
            if len(rows) < _AT_ONCE:
                return found
        raise Unavailable(str(_("The orders have more rows than can be read.")))

    def _said(
        self,
        account: Account,
        method: str,
        name: str,
        *,
        query: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Any:
        http.check_sealed(account)
        pair = f"{account.secrets.get('webservice_key', '')}:"
        headers = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
        if body is not None:
            headers["Content-Type"] = "text/xml"
        asked: dict[str, str | int] = {**(query or {}), "output_format": "JSON"}
        return http.json_of(
            http.ask(account, method, f"/api/{name}", headers=headers, query=asked, body=body)
        )

    def _facts(self, account: Account, rows: Sequence[Row], house: House) -> list[OrderFacts]:
        try:
            tables = self.tables(account, rows, house)
            return [facts_of(one, tables, base=http.base_of(account)) for one in rows]
        except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, BadMoney) as error:
            raise Unavailable(
                str(_("An order of the shop was not the one expected: %(why)s") % {"why": repr(error)})
            ) from error


def _from(moment: str) -> dict[str, str]:
    return {"filter[date_upd]": f"[{moment},{_FAR}]", "date": "1"} if moment else {}


def _place_of(cursor: str, since: datetime | None, house: House) -> Place:
    """Return where a page begins, in the shop's time; an hour earlier where its clocks have just gone back."""
    place = place_of(cursor, since)
    if cursor or not since:
        return place
    moment = moment_of(place.moment)
    here, before = (one.astimezone(house.zone) for one in (moment, moment - timedelta(hours=3)))
    if (before.utcoffset() or timedelta()) > (here.utcoffset() or timedelta()):
        here -= timedelta(hours=1)
    return Place(here.strftime("%Y-%m-%d %H:%M:%S"))


shops.register("prestashop")(PrestaShop())
