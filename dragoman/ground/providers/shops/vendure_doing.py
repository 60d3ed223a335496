"""What a Vendure 3 shop does for us: refunds, cancellations, addresses; our key stands at the end of its reasons."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import OutsideError, Rejected

from .facts import OrderFacts
from .http import first_step, nothing_done_yet
from .keys import has_key, with_key
from .ports import Account, AddressWish, CancelWish, Done, RefundWish, Wish
from .vendure_facts import FIGURES, figures_of, theirs

log = logging.getLogger(__name__)

_SAID: Final = "... on ErrorResult { errorCode message }"
_REFUND: Final = f"""mutation ($input: RefundOrderInput!) {{ refundOrder(input: $input) {{
  __typename ... on Refund {{ id state total }} {_SAID} }} }}"""
_CANCEL: Final = f"""mutation ($input: CancelOrderInput!) {{ cancelOrder(input: $input) {{
  __typename ... on Order {{ id state }} {_SAID} }} }}"""
_MODIFY: Final = f"""mutation ($input: ModifyOrderInput!) {{ modifyOrder(input: $input) {{
  __typename ... on Order {{ id state }} {_SAID} }} }}"""
_STATE: Final = f"""mutation ($id: ID!, $state: String!) {{ transitionOrderToState(id: $id, state: $state) {{
  __typename ... on Order {{ id state }} ... on OrderStateTransitionError {{ transitionError }} {_SAID} }} }}"""
_BEFORE: Final = (
    "query ($id: ID!) { "
    + FIGURES
    + """ order(id: $id) { id state nextStates
  lines { id quantity }
  payments { id state amount refunds { id state total reason } }
  history(options: { take: 100, sort: { createdAt: DESC } }) { items { id type data } }
  shippingAddress { fullName company streetLine1 streetLine2 city province postalCode countryCode phoneNumber } } }"""
)
_CHANGING: Final = "Modifying"


class VendureDoing(ABC):
    """The half of the connector that acts."""

    @abstractmethod
    def ask(self, account: Account, query: str, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return what a query or mutation says."""

    @abstractmethod
    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return one order."""

    def do(self, account: Account, wish: Wish) -> Done:
        """Do it once; see ports.Doer."""
        with nothing_done_yet():
            before = self._before(account, wish)
        if isinstance(wish, RefundWish):
            done = self._refund(account, wish, before)
        elif isinstance(wish, CancelWish):
            done = self._cancel(account, wish, before)
        elif isinstance(wish, AddressWish):
            done = self._move(account, wish, before)
        else:
            raise Rejected(str(_("Vendure cannot do this.")))
        return self._seen(account, wish, done)

    def find(self, account: Account, wish: Wish) -> Done | None:
        """Return what was done of a wish, by the key in its reason; an address by what stands there now."""
        order = self._before(account, wish)
        done = None
        if isinstance(wish, RefundWish):
            done = next((str(one["id"]) for one in _refunds(order) if _is_of(one, wish)), None)
        elif isinstance(wish, CancelWish):
            events = [one for one in order["history"]["items"] if one["type"] == "ORDER_CANCELLATION"]
            done = next(
                (str(one["id"]) for one in events if has_key((one["data"] or {}).get("reason"), wish.key)),
                None,
            )
        elif isinstance(wish, AddressWish):
            now, wanted = order["shippingAddress"] or {}, _place(wish.address)
            done = (
                str(order["id"])
                if all((now.get(name) or "") == text for name, text in wanted.items())
                else None
            )
            if done and order["state"] == _CHANGING:
                self._leave(account, order)
        return None if done is None else self._seen(account, wish, Done(external_id=done))

    def _before(self, account: Account, wish: Wish) -> dict[str, Any]:
        said = self.ask(account, _BEFORE, {"id": wish.order})
        if not said["order"]:
            raise Rejected(str(_("The shop has no such order.")))
        return {**said["order"], "figures": figures_of(said)}

    def _seen(self, account: Account, wish: Wish, done: Done) -> Done:
        """Add the order as it is now; that it cannot be read does not undo what was done."""
        try:
            return Done(done.external_id, done.code, self.order(account, wish.order), done.left)
        except OutsideError as error:
            log.warning("order %s was changed and could not be read after: %s", wish.order, error)
            return done

    def _call(self, account: Account, name: str, query: str, values: Mapping[str, Any]) -> dict[str, Any]:
        said = self.ask(account, query, values)[name]
        if said.get("errorCode"):
            raise Rejected(str(said.get("transitionError") or said.get("message") or said["errorCode"])[:300])
        return dict(said)

    def _refund(self, account: Account, wish: RefundWish, before: Mapping[str, Any]) -> Done:
        try:
            amount = theirs(wish.amount, wish.currency, before["figures"])
        except ValueError:
            raise Rejected(str(_("Vendure cannot give back so small a part: round the amount."))) from None
        payment = wish.payment or _payment_for(before["payments"], amount)
        lines = [(line, number) for line, number, _sum in wish.lines if number]
        given = _giving_back(wish, payment, amount, lines)
        with first_step():
            done = self._call(account, "refundOrder", _REFUND, {"input": given})
        left = ""
        if wish.restock and wish.lines:
            left = self._restock(account, wish)
        return Done(external_id=str(done["id"]), left=left)

    def _restock(self, account: Account, wish: RefundWish) -> str:
        """Cancel refunded lines, which puts them back into stock; return why not, where it was refused."""
        lines = [(line, number) for line, number, _sum in wish.lines if number]
        try:
            self._call(account, "cancelOrder", _CANCEL, {"input": _cancelling(wish, lines)})
        except OutsideError as error:
            return str(error)
        return ""

    def _cancel(self, account: Account, wish: CancelWish, before: Mapping[str, Any]) -> Done:
        lines = wish.lines or [
            (str(one["id"]), one["quantity"]) for one in before["lines"] if one["quantity"]
        ]
        given = _cancelling(wish, lines)
        given["cancelShipping"] = not wish.lines
        with first_step():
            self._call(account, "cancelOrder", _CANCEL, {"input": given})
        left = self._give_back(account, wish, before) if wish.refund and not wish.lines else ""
        return Done(external_id=wish.order, left=left)

    def _give_back(self, account: Account, wish: CancelWish, before: Mapping[str, Any]) -> str:
        """Give back what is left of every payment of a cancelled order; return what could not be."""
        left = []
        for paid in before["payments"] or ():
            open_sum = _left_of(paid)
            if not open_sum:
                continue
            given = _giving_back(wish, str(paid["id"]), open_sum, [])
            try:
                self._call(account, "refundOrder", _REFUND, {"input": given})
            except OutsideError as error:
                left.append(str(error))
        return "; ".join(left)

    def _move(self, account: Account, wish: AddressWish, before: Mapping[str, Any]) -> Done:
        """Change where an order goes: Vendure wants the order put into a state of its own for that, and back."""
        if _CHANGING not in before["nextStates"] and before["state"] != _CHANGING:
            raise Rejected(str(_("Vendure lets an address be changed only before the parcel is sent.")))
        if before["state"] != _CHANGING:
            with first_step():
                self._step(account, wish.order, _CHANGING)
        given = {
            "dryRun": False,
            "orderId": wish.order,
            "updateShippingAddress": _place(wish.address),
            "note": with_key(wish.note or wish.reason, wish.key),
        }
        try:
            self._call(account, "modifyOrder", _MODIFY, {"input": given})
        except Rejected:
            self._leave(account, before)
            raise
        self._leave(account, before)
        return Done(external_id=wish.order)

    def _leave(self, account: Account, before: Mapping[str, Any]) -> None:
        """Put an order back to where it was; one found in the middle goes to where its money says."""
        states = {one["state"] for one in before["payments"] or ()}
        usual = "PaymentSettled" if "Settled" in states else "PaymentAuthorized"
        back = before["state"] if before["state"] != _CHANGING else usual
        self._step(account, str(before["id"]), back)

    def _step(self, account: Account, order: str, state: str) -> None:
        self._call(account, "transitionOrderToState", _STATE, {"id": order, "state": state})


def _refunds(order: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [back for paid in order["payments"] or () for back in paid["refunds"]]


def _is_of(refund: Mapping[str, Any], wish: Wish) -> bool:
    return refund["state"] != "Failed" and has_key(refund["reason"], wish.key)


def _left_of(paid: Mapping[str, Any]) -> int:
    if paid["state"] != "Settled":
        return 0
    return int(paid["amount"]) - sum(int(one["total"]) for one in paid["refunds"] if one["state"] != "Failed")


def _payment_for(payments: Sequence[Mapping[str, Any]] | None, amount: int) -> str:
    """Return the payment that still holds the amount, else the one with most left: the shop then says how much."""
    settled = [one for one in payments or () if one["state"] == "Settled"]
    if not settled:
        raise Rejected(str(_("Nothing was paid that could be given back.")))
    fits = [one for one in settled if _left_of(one) >= amount]
    return str((fits or sorted(settled, key=_left_of, reverse=True))[0]["id"])


def _giving_back(wish: Wish, payment: str, amount: int, lines: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """Return what is asked. `amount` always: without it Vendure gives back less than asked, silently."""
    return {
        "paymentId": payment,
        "amount": amount,
        "reason": with_key(wish.reason or wish.note, wish.key),
        "lines": [{"orderLineId": line, "quantity": number} for line, number in lines],
        # called deprecated, and still wanted by its database
        "shipping": 0,
        "adjustment": 0,
    }


def _cancelling(wish: Wish, lines: Sequence[tuple[str, int]]) -> dict[str, Any]:
    return {
        "orderId": wish.order,
        "lines": [{"orderLineId": line, "quantity": number} for line, number in lines],
        "reason": with_key(wish.reason, wish.key),
        "cancelShipping": False,
    }


def _place(address: Mapping[str, object]) -> dict[str, str]:
    lines = address.get("lines")
    told = {
        "fullName": address.get("name"),
        "company": address.get("company"),
        "city": address.get("city"),
        "province": address.get("region"),
        "postalCode": address.get("postcode"),
        "countryCode": address.get("country"),
        "phoneNumber": address.get("phone"),
    }
    place = {name: str(text) for name, text in told.items() if text is not None}
    if isinstance(lines, list | tuple):
        place["streetLine1"] = str(lines[0]) if lines else ""
        place["streetLine2"] = ", ".join(map(str, lines[1:]))
    return place
