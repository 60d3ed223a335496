"""What a PrestaShop does for us: it notes a refund on a credit slip, and changes an order's state.

A slip keeps no word of ours. What was done of a wish is found by what changed since: the slip with which the money that
was given back grew by this much, for these lines.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from lxml import etree

from dragoman.kit.errors import OutsideError, Rejected
from dragoman.kit.money import to_major

from . import http
from .amounts import nearly
from .facts import OrderFacts
from .ports import Account, CancelWish, Done, RefundWish, Wish
from .prestashop_facts import (
    House,
    Row,
    Tables,
    currency_of,
    is_flagged,
    refunded_pieces,
    slip_lines,
    slip_sum,
)

log = logging.getLogger(__name__)

_PART: Final = Decimal("0.000001")  # the shop keeps six figures


class PrestaShopDoing(ABC):
    """The half of the connector that acts."""

    @abstractmethod
    def row(self, account: Account, order: str) -> dict[str, Any] | None:
        """Return an order as its table has it."""

    @abstractmethod
    def write(self, account: Account, name: str, body: bytes, query: Mapping[str, str] | None = None) -> Any:
        """Add a row to a table."""

    @abstractmethod
    def house(self, account: Account) -> House:
        """Return what the shop is set up with."""

    @abstractmethod
    def tables(self, account: Account, orders: Sequence[Row], house: House) -> Tables:
        """Return what other tables say of orders."""

    @abstractmethod
    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return one order."""

    def do(self, account: Account, wish: Wish) -> Done:
        """Do it once; see ports.Doer."""
        if not isinstance(wish, RefundWish | CancelWish):
            raise Rejected(str(_("PrestaShop cannot do this.")))
        with http.nothing_done_yet():
            order, tables = self._before(account, wish)
        if isinstance(wish, RefundWish):
            done = self._refund(account, wish, order, tables)
        else:
            done = self._cancel(account, wish, order, tables)
        return self._seen(account, wish, done)

    def find(self, account: Account, wish: Wish) -> Done | None:
        """Return what was done of a wish: by the slip that came since, by the state that the order has now."""
        if not isinstance(wish, RefundWish | CancelWish):
            return None
        order, tables = self._before(account, wish)
        done: Done | None = None
        if isinstance(wish, RefundWish):
            made = _made(wish, tables.slips.get(wish.order, []))
            done = Done(made, left=_by_hand(wish)) if made else None
        elif _is_cancelled(order, tables):
            done = Done(wish.order, left=_still_paid(wish, order))
        return None if done is None else self._seen(account, wish, done)

    def _before(self, account: Account, wish: Wish) -> tuple[Row, Tables]:
        order = self.row(account, wish.order)
        if order is None:
            raise Rejected(str(_("The shop has no such order.")))
        tables = self.tables(account, [order], self.house(account))
        if currency_of(order, tables) != wish.currency:
            raise Rejected(str(_("The order is in another currency.")))
        return order, tables

    def _seen(self, account: Account, wish: Wish, done: Done) -> Done:
        """Add the order as it is now; that it cannot be read does not undo what was done."""
        try:
            return Done(done.external_id, done.code, self.order(account, wish.order), done.left)
        except OutsideError as error:
            log.warning("order %s was changed and could not be read after: %s", wish.order, error)
            return done

    def _refund(self, account: Account, wish: RefundWish, order: Row, tables: Tables) -> Done:
        slips = tables.slips.get(wish.order, [])
        made = _made(wish, slips)
        if made:
            return Done(made, left=_by_hand(wish))
        # the shop takes any slip: what is left is for us to count
        _check_left(wish, order, tables.details.get(wish.order, []), slips)
        body = _slip(wish, order, tables.details.get(wish.order, []))
        with http.first_step():
            said = self.write(account, "order_slip", body)
        number = str((said.get("order_slip") or {}).get("id") or "") if isinstance(said, dict) else ""
        return Done(number, left=_by_hand(wish))

    def _cancel(self, account: Account, wish: CancelWish, order: Row, tables: Tables) -> Done:
        if wish.lines:
            raise Rejected(str(_("PrestaShop cancels whole orders only.")))
        if _is_cancelled(order, tables):
            return Done(wish.order, left=_still_paid(wish, order))
        if is_flagged(order, tables, "shipped"):
            raise Rejected(str(_("The order was sent already: give money back instead.")))
        if not tables.house.cancelled:
            raise Rejected(str(_("The shop does not tell which state means cancelled.")))
        body = _xml("order_history", {"id_order": wish.order, "id_order_state": tables.house.cancelled})
        with http.first_step():
            self.write(account, "order_histories", body, {"sendemail": "1"} if wish.notify else None)
        return Done(wish.order, left=_still_paid(wish, order))


def _is_cancelled(order: Row, tables: Tables) -> bool:
    return bool(tables.house.cancelled) and str(order["current_state"]) == tables.house.cancelled


def _still_paid(wish: CancelWish, order: Row) -> str:
    paid = Decimal(order.get("total_paid_real") or 0)
    return str(_("The order is cancelled, its money was not given back.")) if wish.refund and paid else ""


def _by_hand(wish: RefundWish) -> str:
    """Say what a slip does not do: no money moves by it, and no goods."""
    words = [_("PrestaShop only notes a refund: send the money with the payment module or by hand.")]
    if wish.restock:
        words.append(_("The stock was not changed."))
    return " ".join(map(str, words))


def _made(wish: RefundWish, slips: Sequence[Row]) -> str:
    """Return the slip by which what had been given back before grew by this wish; empty where there is none.

    Somebody in the shop may have made one in between; if it is the same it counts as ours: rather none than two.
    """
    given = 0
    for slip in sorted(slips, key=lambda one: int(one["id"])):
        amount = slip_sum(slip, wish.currency)
        same = sorted(slip_lines(slip, wish.currency)) == sorted(wish.lines)
        if given >= wish.before and amount == wish.amount and same:
            return str(slip["id"])
        given += amount
    return ""


def _check_left(wish: RefundWish, order: Row, details: Sequence[Row], slips: Sequence[Row]) -> None:
    known = {str(one["id"]): one for one in details}
    for line, number, _amount in wish.lines:
        if line not in known:
            raise Rejected(str(_("The order has no such line.")))
        back = refunded_pieces(known[line], slips, wish.currency)
        if number > int(known[line]["product_quantity"]) - back:
            raise Rejected(str(_("Fewer pieces of this line are left to be given back.")))
    if wish.amount != sum(one[2] for one in wish.lines) + wish.shipping or wish.amount <= 0:
        raise Rejected(str(_("PrestaShop gives back lines and shipping, no sums besides.")))
    back = sum(slip_sum(one, wish.currency) for one in slips)
    if wish.amount > nearly(order.get("total_paid_real"), wish.currency) - back:
        raise Rejected(str(_("Less than this was paid and is not given back yet.")))


def _slip(wish: RefundWish, order: Row, details: Sequence[Row]) -> bytes:
    known = {str(one["id"]): one for one in details}
    rows, net = [], Decimal(0)
    for line, number, amount in wish.lines:
        gross = to_major(amount, wish.currency)
        part = _without_tax(gross, known[line], "total_price_tax")
        net += part
        rows.append(
            {
                "id_order_detail": line,
                "product_quantity": str(number),
                "amount_tax_excl": _written(part),
                "amount_tax_incl": _written(gross),
            }
        )
    goods, sending = (
        to_major(wish.amount - wish.shipping, wish.currency),
        to_major(wish.shipping, wish.currency),
    )
    told = {
        "id_customer": str(order["id_customer"]),
        "id_order": str(order["id"]),
        "conversion_rate": str(order.get("conversion_rate") or "1"),
        "total_products_tax_excl": _written(net),
        "total_products_tax_incl": _written(goods),
        "total_shipping_tax_excl": _written(_without_tax(sending, order, "total_shipping_tax")),
        "total_shipping_tax_incl": _written(sending),
        "amount": _written(goods),
        "shipping_cost": "1" if wish.shipping else "0",
        "shipping_cost_amount": _written(sending),
        "partial": "1",
    }
    return _xml("order_slip", told, ("order_slip_details", "order_slip_detail", rows))


def _without_tax(gross: Decimal, priced: Row, name: str) -> Decimal:
    whole = Decimal(priced.get(f"{name}_incl") or 0)
    return gross * Decimal(priced.get(f"{name}_excl") or 0) / whole if whole else gross


def _written(amount: Decimal) -> str:
    return f"{amount.quantize(_PART):f}"


def _xml(
    name: str, told: Mapping[str, str], below: tuple[str, str, Sequence[Mapping[str, str]]] | None = None
) -> bytes:
    root = etree.Element("prestashop")
    thing = etree.SubElement(root, name)
    _fill(thing, told)
    if below and below[2]:
        rows = etree.SubElement(etree.SubElement(thing, "associations"), below[0])
        for one in below[2]:
            _fill(etree.SubElement(rows, below[1]), one)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _fill(thing: Any, told: Mapping[str, str]) -> None:
    for name, value in told.items():
        etree.SubElement(thing, name).text = value
