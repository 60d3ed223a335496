"""What a Medusa 2 shop does for us: refunds with our key in their note, addresses, returns, exchanges, reships."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import OutsideError, Rejected
from dragoman.kit.money import to_major

from . import http
from .amounts import minor
from .facts import OrderFacts
from .keys import has_key, with_key
from .medusa_again import OURS, send_again, sent_again
from .medusa_exchange import exchange, exchanged, variant_of, withdraw
from .medusa_facts import called_off, payments_of
from .ports import (
    Account,
    AddressWish,
    CallOffWish,
    CancelWish,
    Done,
    ExchangeWish,
    RefundWish,
    ReshipWish,
    ReturnWish,
    Variant,
    Wish,
)

log = logging.getLogger(__name__)

_BEFORE: Final = ",".join(
    (
        "id,status,currency_code,canceled_at,*shipping_address,*payment_collections.payments",
        "*payment_collections.payments.captures,*payment_collections.payments.refunds,*returns",
    )
)


class MedusaDoing(ABC):
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
    ) -> dict[str, Any]:
        """Return the JSON of one call."""

    @abstractmethod
    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return one order."""

    def do(self, account: Account, wish: Wish) -> Done:
        """Do it once; see ports.Doer."""
        with http.nothing_done_yet():
            before = self._before(account, wish)
        if isinstance(wish, RefundWish):
            done = self._refund(account, wish, before)
        elif isinstance(wish, CancelWish):
            done = self._cancel(account, wish, before)
        elif isinstance(wish, AddressWish):
            done = self._move(account, wish, before)
        elif isinstance(wish, ExchangeWish):
            done = exchange(partial(self.ask, account), wish)
        elif isinstance(wish, ReturnWish):
            done = self._announce(account, wish)
        elif isinstance(wish, CallOffWish):
            with http.first_step():
                withdraw(partial(self.ask, account), wish.returned)
            done = Done(external_id=wish.returned)
        elif isinstance(wish, ReshipWish):
            done = send_again(partial(self.ask, account), wish)
        else:
            raise Rejected(str(_("Medusa cannot do this.")))
        return self._seen(account, wish, done)

    def find(self, account: Account, wish: Wish) -> Done | None:
        """Return what was done of a wish: by its key; a cancellation and an address by what stands there now."""
        order = self._before(account, wish)
        done: str | None = None
        if isinstance(wish, RefundWish):
            backs = [back for paid in payments_of(order) for back in paid.get("refunds") or ()]
            done = next((str(one["id"]) for one in backs if has_key(one.get("note"), wish.key)), None)
        elif isinstance(wish, CancelWish):
            done = wish.order if order.get("canceled_at") or order["status"] == "canceled" else None
        elif isinstance(wish, AddressWish):
            now, wanted = order.get("shipping_address") or {}, _place(wish.address)
            done = wish.order if all((now.get(name) or "") == text for name, text in wanted.items()) else None
        elif isinstance(wish, ExchangeWish):
            done = exchanged(partial(self.ask, account), wish, order)
        elif isinstance(wish, ReturnWish):
            done = self._announced(account, wish, order)
        elif isinstance(wish, CallOffWish):
            done = wish.returned if wish.returned in called_off(order) else None
        elif isinstance(wish, ReshipWish):
            done = sent_again(partial(self.ask, account), wish)
        return None if done is None else self._seen(account, wish, Done(external_id=done))

    def variant(self, account: Account, sku: str, *, currency: str, country: str) -> Variant | None:
        """Return what has an article number; see ports.Shelf. `country`: no price of a country is known."""
        return variant_of(partial(self.ask, account), sku, currency=currency)

    def _before(self, account: Account, wish: Wish) -> dict[str, Any]:
        try:
            said = self.ask(
                account, "GET", f"/admin/orders/{http.safe(wish.order)}", query={"fields": _BEFORE}
            )
        except http.Missing:
            raise Rejected(str(_("The shop has no such order."))) from None
        return dict(said["order"])

    def _seen(self, account: Account, wish: Wish, done: Done) -> Done:
        """Add the order as it is now; that it cannot be read does not undo what was done."""
        try:
            return Done(done.external_id, done.code, self.order(account, wish.order), done.left)
        except OutsideError as error:
            log.warning("order %s was changed and could not be read after: %s", wish.order, error)
            return done

    def _refund(self, account: Account, wish: RefundWish, before: Mapping[str, Any]) -> Done:
        payments = payments_of(before)
        payment = wish.payment or _payment_for(payments, wish.amount, wish.currency)
        _check_left(payments, payment, wish)
        known = {str(back["id"]) for paid in payments for back in paid.get("refunds") or ()}
        body = {
            "amount": to_major(wish.amount, wish.currency),
            "note": with_key(wish.reason or wish.note, wish.key),
        }
        with http.first_step():
            said = self.ask(account, "POST", f"/admin/payments/{http.safe(payment)}/refund", body=body)
        backs = (said.get("payment") or {}).get("refunds") or ()
        fresh = [str(one["id"]) for one in backs if has_key(one.get("note"), wish.key)]
        fresh = fresh or [str(one["id"]) for one in backs if str(one["id"]) not in known]
        left = str(_("Medusa puts goods back into stock when a return is received.")) if wish.restock else ""
        return Done(external_id=fresh[-1] if fresh else "", left=left)

    def _cancel(self, account: Account, wish: CancelWish, before: Mapping[str, Any]) -> Done:
        if wish.lines:
            raise Rejected(str(_("Medusa cancels whole orders only.")))
        paid = any(one.get("captures") for one in payments_of(before))
        if paid and not wish.refund:
            raise Rejected(str(_("Medusa gives the money back when an order is cancelled.")))
        with http.first_step():
            self.ask(account, "POST", f"/admin/orders/{http.safe(wish.order)}/cancel", body={})
        return Done(external_id=wish.order)

    def _move(self, account: Account, wish: AddressWish, before: Mapping[str, Any]) -> Done:
        kept = {
            name: value
            for name, value in (before.get("shipping_address") or {}).items()
            if name in _PARTS and value
        }
        body = {"shipping_address": {**kept, **_place(wish.address)}}
        with http.first_step():
            self.ask(account, "POST", f"/admin/orders/{http.safe(wish.order)}", body=body)
        return Done(external_id=wish.order)

    def _announce(self, account: Account, wish: ReturnWish) -> Done:
        """Make a return in three steps; one that is refused in the middle is taken back."""
        told = {
            OURS: wish.key,
            **({"tracking_number": wish.tracking_number} if wish.tracking_number else {}),
        }
        body = {"order_id": wish.order, "internal_note": with_key(wish.note, wish.key), "metadata": told}
        with http.first_step():
            made = str(self.ask(account, "POST", "/admin/returns", body=body)["return"]["id"])
        items = [
            {"id": line, "quantity": number, **({"internal_note": wish.reason} if wish.reason else {})}
            for line, number in wish.lines
        ]
        try:
            self.ask(account, "POST", f"/admin/returns/{made}/request-items", body={"items": items})
            self.ask(
                account, "POST", f"/admin/returns/{made}/request", body={"no_notification": not wish.notify}
            )
        except Rejected:
            self._take_back(account, made)
            raise
        return Done(external_id=made)

    def _take_back(self, account: Account, made: str) -> None:
        try:
            self.ask(account, "DELETE", f"/admin/returns/{made}/request")
        except OutsideError as error:
            log.warning("return %s was begun and could not be taken back: %s", made, error)

    def _announced(self, account: Account, wish: ReturnWish, order: Mapping[str, Any]) -> str | None:
        """Find a return by its key; one that broke off in the middle is taken back, so that it was not done."""
        for one in order.get("returns") or ():
            if (one.get("metadata") or {}).get(OURS) != wish.key or one.get("status") == "canceled":
                continue
            if one.get("requested_at"):
                return str(one["id"])
            self._take_back(account, str(one["id"]))
        return None


_PARTS: Final = {
    "first_name",
    "last_name",
    "company",
    "address_1",
    "address_2",
    "city",
    "province",
    "postal_code",
    "country_code",
    "phone",
}


def _place(address: Mapping[str, object]) -> dict[str, str]:
    lines, name = address.get("lines"), address.get("name")
    told = {
        "company": address.get("company"),
        "city": address.get("city"),
        "province": address.get("region"),
        "postal_code": address.get("postcode"),
        "phone": address.get("phone"),
    }
    place = {part: str(text) for part, text in told.items() if text is not None}
    if country := address.get("country"):
        place["country_code"] = str(country).lower()
    if isinstance(lines, list | tuple):
        place["address_1"] = str(lines[0]) if lines else ""
        place["address_2"] = ", ".join(map(str, lines[1:]))
    if isinstance(name, str):
        # what is before the last blank: Medusa has two fields, and a name is shown as both
        first, _blank, last = name.strip().rpartition(" ")
        place |= {"first_name": first or last, "last_name": last if first else ""}
    return place


def _left_of(paid: Mapping[str, Any], currency: str) -> int:
    taken = sum(minor(one["amount"], currency) for one in paid.get("captures") or ())
    return taken - sum(minor(one["amount"], currency) for one in paid.get("refunds") or ())


def _payment_for(payments: Sequence[Mapping[str, Any]], amount: int, currency: str) -> str:
    """Return the payment that still holds the amount, else the one with most left: the shop then says how much."""
    taken = [one for one in payments if one.get("captures")]
    if not taken:
        raise Rejected(str(_("Nothing was paid that could be given back.")))
    fits = [one for one in taken if _left_of(one, currency) >= amount]
    return str((fits or sorted(taken, key=lambda one: _left_of(one, currency), reverse=True))[0]["id"])


def _check_left(payments: Sequence[Mapping[str, Any]], payment: str, wish: RefundWish) -> None:
    """Refuse the one minor unit above what is left that Medusa 2.21 lets through; all above that it refuses itself."""
    for paid in payments:
        if paid["id"] == payment and wish.amount - _left_of(paid, wish.currency) == 1:
            raise Rejected(str(_("That is more than what is left of the payment.")))
