"""What a Magento shop does for us; our key stands in the comment of a credit memo and in an order's history.

A credit memo takes pieces, not sums: what a wish is more or less than its pieces is an adjustment, in the shop's own
currency.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import OutsideError, Rejected
from dragoman.kit.money import to_major

from . import http
from .amounts import nearly
from .facts import OrderFacts
from .keys import has_key, with_key
from .magento_facts import Papers, lines_of, paid_invoices, payment_id_of, pieces_of, shipping_of, words_of
from .ports import Account, CancelWish, Done, RefundWish, Wish

log = logging.getLogger(__name__)

_CENT: Final = Decimal("0.01")  # Magento rounds to hundredths, whatever the currency


class MagentoDoing(ABC):
    """The half of the connector that acts."""

    @abstractmethod
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

    @abstractmethod
    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return one order."""

    @abstractmethod
    def papers_of(self, account: Account, orders: Iterable[str]) -> dict[str, Papers]:
        """Return what was written about orders."""

    def do(self, account: Account, wish: Wish) -> Done:
        """Do it once; see ports.Doer."""
        if not isinstance(wish, RefundWish | CancelWish):
            raise Rejected(str(_("Magento cannot do this.")))
        with http.nothing_done_yet():
            order, papers = self._before(account, wish)
        if isinstance(wish, RefundWish):
            done = self._refund(account, wish, order, papers)
        else:
            done = self._cancel(account, wish, order, papers)
        return self._seen(account, wish, done)

    def find(self, account: Account, wish: Wish) -> Done | None:
        """Return what was done of a wish, by its key among credit memos or in the order's history."""
        if not isinstance(wish, RefundWish | CancelWish):
            return None
        order, papers = self._before(account, wish)
        made = self._made(account, wish, papers)
        if isinstance(wish, RefundWish):
            return self._seen(account, wish, Done(made[0], left=_by_hand(papers))) if made else None
        if not _is_noted(order, wish):
            return None
        if order["state"] in {"canceled", "closed"}:
            return self._seen(account, wish, Done(wish.order, left=_by_hand(papers) if made else ""))
        if made:
            said = str(_("A part of the money was given back, the order is not cancelled."))
            return self._seen(account, wish, Done(wish.order, left=said))
        return None

    def _before(self, account: Account, wish: Wish) -> tuple[dict[str, Any], Papers]:
        try:
            found = dict(self.ask(account, "GET", f"/orders/{http.safe(wish.order)}"))
        except http.Missing:
            raise Rejected(str(_("The shop has no such order."))) from None
        if str(found.get("order_currency_code", "")).upper() != wish.currency:
            raise Rejected(str(_("The order is in another currency.")))
        return found, self.papers_of(account, [wish.order]).get(wish.order, Papers())

    def _made(self, account: Account, wish: Wish, papers: Papers) -> list[str]:
        """Return the ids of credit memos with our key; a list may leave their comments out, so these are asked for."""
        found = []
        for memo in papers.memos:
            words = words_of(memo)
            if "comments" not in memo:
                said = self.ask(account, "GET", f"/creditmemo/{memo['entity_id']}/comments")
                words = words_of({"comments": said["items"]})
            if any(has_key(one, wish.key) for one in words):
                found.append(str(memo["entity_id"]))
        return found

    def _seen(self, account: Account, wish: Wish, done: Done) -> Done:
        """Add the order as it is now, and what a refund came to where it is not what was asked for."""
        try:
            order = self.order(account, wish.order)
        except OutsideError as error:
            log.warning("order %s was changed and could not be read after: %s", wish.order, error)
            return done
        left = done.left
        if isinstance(wish, RefundWish) and order is not None:
            came = next(
                (one.amount for one in order.refunds or () if one.external_id == done.external_id), None
            )
            if came is not None and came != wish.amount:
                told = {"amount": f"{to_major(came, wish.currency):f} {wish.currency}"}
                left = f"{_('The shop gave %(amount)s back, by its own rounding.') % told} {left}".strip()
        return Done(done.external_id, done.code, order, left)

    def _refund(self, account: Account, wish: RefundWish, order: Mapping[str, Any], papers: Papers) -> Done:
        with http.nothing_done_yet():
            made = self._made(account, wish, papers)
        if made:
            return Done(made[0], left=_by_hand(papers))
        if not paid_invoices(papers):
            raise Rejected(str(_("The order is not paid yet: cancel it instead.")))
        items, arguments = _items(wish, order), _arguments(wish, order)
        path, online = _way_of(wish, papers, items)
        body = {
            "items": items,
            **({"isOnline": True} if online else {}),
            "notify": wish.notify,
            "appendComment": False,
            "comment": _comment(wish.reason or wish.note, wish.key),
            "arguments": arguments,
        }
        with http.first_step():
            made_now = self.ask(account, "POST", path, body=body)
        return Done(str(made_now), left=_by_hand(papers))

    def _cancel(self, account: Account, wish: CancelWish, order: Mapping[str, Any], papers: Papers) -> Done:
        """Stop an order: what was paid is given back first, since a paid order is not cancelled otherwise."""
        if wish.lines:
            raise Rejected(str(_("Magento cancels whole orders only.")))
        if any(Decimal(one.get("qty_shipped") or 0) for one in order["items"]):
            raise Rejected(str(_("A part of the order was sent: give money back for the rest instead.")))
        if order["state"] in {"canceled", "closed"}:
            if _is_noted(order, wish):
                return Done(wish.order)
            raise Rejected(str(_("The order is closed already.")))
        paid = paid_invoices(papers)
        if paid and not wish.refund:
            raise Rejected(str(_("Magento cancels a paid order only by giving its money back.")))
        if not _is_noted(order, wish):
            self._note(account, wish, order)
        moved = False
        for invoice in paid:
            moved = self._give_all_back(account, wish, papers, invoice, first=not moved) or moved
        return self._stop(account, wish, moved=moved, left=_by_hand(papers) if paid else "")

    def _note(self, account: Account, wish: CancelWish, order: Mapping[str, Any]) -> None:
        words = with_key(wish.reason, wish.key)
        told = {
            "comment": words,
            "is_customer_notified": 0,
            "is_visible_on_front": 0,
            "status": order["status"],
        }
        with http.nothing_done_yet():
            self.ask(
                account, "POST", f"/orders/{http.safe(wish.order)}/comments", body={"statusHistory": told}
            )

    def _give_all_back(
        self, account: Account, wish: CancelWish, papers: Papers, invoice: Mapping[str, Any], *, first: bool
    ) -> bool:
        made = self._made(account, wish, papers)
        number = invoice["entity_id"]
        if any(str(one["entity_id"]) in made and one.get("invoice_id") == number for one in papers.memos):
            return True
        body: dict[str, Any] = {
            "items": [],
            "isOnline": bool(invoice.get("transaction_id")),
            "notify": wish.notify,
            "appendComment": False,
            "comment": _comment(wish.reason, wish.key),
        }
        if wish.restock:
            back = [one["order_item_id"] for one in invoice.get("items") or ()]
            body["arguments"] = {"extension_attributes": {"return_to_stock_items": back}}
        if first:
            with http.first_step():
                self.ask(account, "POST", f"/invoice/{number}/refund", body=body)
        else:
            self.ask(account, "POST", f"/invoice/{number}/refund", body=body)
        return True

    def _stop(self, account: Account, wish: CancelWish, *, moved: bool, left: str) -> Done:
        path = f"/orders/{http.safe(wish.order)}"
        if not moved:
            with http.first_step():
                if not self.ask(account, "POST", f"{path}/cancel"):
                    raise Rejected(str(_("The shop does not let this order be cancelled.")))
            return Done(wish.order)
        try:
            if self.ask(account, "GET", path)["state"] not in {"closed", "canceled"}:
                self.ask(account, "POST", f"{path}/cancel")
        except OutsideError as error:
            return Done(wish.order, left=f"{error} {left}".strip())
        return Done(wish.order, left=left)


def _is_noted(order: Mapping[str, Any], wish: Wish) -> bool:
    return any(has_key(one.get("comment"), wish.key) for one in order.get("status_histories") or ())


def _comment(words: str, key: str) -> dict[str, Any]:
    return {"comment": with_key(words, key), "is_visible_on_front": 0}


def _is_online(papers: Papers) -> bool:
    return any(one.get("transaction_id") for one in paid_invoices(papers))


def _by_hand(papers: Papers) -> str:
    """Say that no money moves by itself: the shop only wrote the refund down."""
    if _is_online(papers):
        return ""
    return str(
        _(
            "The order was paid outside of the shop: it noted the refund, and the money has to be sent by hand."
        )
    )


def _way_of(wish: RefundWish, papers: Papers, items: Sequence[Mapping[str, Any]]) -> tuple[str, bool]:
    """Return where to ask: at the invoice that the gateway took the money for, else at the order."""
    if not _is_online(papers):
        return f"/order/{http.safe(wish.order)}/refund", False
    for invoice in paid_invoices(papers):
        if wish.payment and payment_id_of(invoice) != wish.payment:
            continue
        before = [one for one in papers.memos if one.get("invoice_id") == invoice["entity_id"]]
        given = sum(Decimal(one["grand_total"]) for one in before)
        left = nearly(Decimal(invoice["grand_total"]) - given, wish.currency)
        if wish.amount <= left and _holds(invoice, before, items):
            return f"/invoice/{invoice['entity_id']}/refund", True
    raise Rejected(str(_("No invoice of the order has this much left: give back less, or line by line.")))


def _holds(
    invoice: Mapping[str, Any], memos: Sequence[Mapping[str, Any]], items: Sequence[Mapping[str, Any]]
) -> bool:
    """Say whether all pieces are still on an invoice; the shop would give back fewer without a word."""

    def quantity(papers: Iterable[Mapping[str, Any]], number: object) -> Decimal:
        rows = (one for paper in papers for one in paper.get("items") or ())
        return sum((Decimal(one["qty"]) for one in rows if one["order_item_id"] == number), Decimal(0))

    return all(
        one["qty"] <= quantity([invoice], one["order_item_id"]) - quantity(memos, one["order_item_id"])
        for one in items
    )


def _items(wish: RefundWish, order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the pieces of a refund; for a sum none of the first line, since no line at all means all of them."""
    known = {str(one["item_id"]): one for one in lines_of(order)}
    items = []
    for line, number, _amount in wish.lines:
        if line not in known:
            raise Rejected(str(_("The order has no such line.")))
        items.append({"order_item_id": known[line]["item_id"], "qty": pieces_of(known[line])[1] * number})
    return items or [{"order_item_id": next(iter(known.values()))["item_id"], "qty": 0}]


def _arguments(wish: RefundWish, order: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is sent besides pieces: how much of the sending, and what the sum is more or less than all this.

    The shop counts sending with or without tax as it is set up to show it, which it does not tell. All that is left
    needs no figure; a part of it is named where it has no tax, and becomes an adjustment where it has.
    """
    known = {str(one["item_id"]): one for one in lines_of(order)}
    rate = Decimal(order.get("base_to_order_rate") or 1)
    goods = sum((_share(known[line], number) for line, number, _amount in wish.lines), Decimal(0))
    arguments: dict[str, Any] = {}
    sending = _sending_left(order)
    if wish.shipping and wish.shipping == nearly(sending, wish.currency):
        goods += sending
    elif wish.shipping and not Decimal(order.get("shipping_tax_amount") or 0):
        told = _in_base(to_major(wish.shipping, wish.currency), rate)
        arguments["shipping_amount"] = told
        goods += _round(told * rate)
    else:
        arguments["shipping_amount"] = 0
    rest = to_major(wish.amount, wish.currency) - to_major(nearly(goods, wish.currency), wish.currency)
    adjusted = _in_base(abs(rest), rate)
    if nearly(_round(adjusted * rate), wish.currency) != abs(nearly(rest, wish.currency)):
        money = {"currency": order.get("base_currency_code") or ""}
        raise Rejected(
            str(
                _(
                    "The shop counts in hundredths of %(currency)s and cannot make this sum: choose whole lines."
                )
                % money
            )
        )
    if rest:
        arguments["adjustment_positive" if rest > 0 else "adjustment_negative"] = adjusted
    if wish.restock:
        back = [known[line]["item_id"] for line, _number, _amount in wish.lines]
        arguments["extension_attributes"] = {"return_to_stock_items": back}
    return arguments


def _sending_left(order: Mapping[str, Any]) -> Decimal:
    back = (order.get(name) or 0 for name in ("shipping_refunded", "shipping_tax_refunded"))
    return shipping_of(order) - sum(map(Decimal, back))


def _share(item: Mapping[str, Any], number: int) -> Decimal:
    """Return what the shop gives back for pieces of a line: their part of what is left of it, each sum by itself."""
    size = pieces_of(item)[1]
    invoiced, back = (Decimal(item.get(f"qty_{name}") or 0) for name in ("invoiced", "refunded"))
    left, asked = invoiced - back, size * number
    if asked > left:
        raise Rejected(str(_("Fewer pieces of this line are paid and not given back yet.")))

    def part(paid: str, whole: str, gone: str) -> Decimal:
        whole_part = Decimal(item.get(whole) or 0) / Decimal(item["qty_ordered"]) * invoiced
        rest = Decimal(item.get(paid) or whole_part) - Decimal(item.get(gone) or 0)
        return rest if asked == left else _round(rest / left * asked)

    compensated = "discount_tax_compensation"
    return (
        part("row_invoiced", "row_total", "amount_refunded")
        + part("tax_invoiced", "tax_amount", "tax_refunded")
        + part(f"{compensated}_invoiced", f"{compensated}_amount", f"{compensated}_refunded")
        - abs(part("discount_invoiced", "discount_amount", "discount_refunded"))
    )


def _in_base(amount: Decimal, rate: Decimal) -> Decimal:
    return _round(amount / rate) if rate else amount


def _round(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)
