"""What a Shopify shop does for us; our key makes a refund once, and all but store credit is found by it."""

import logging
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import OutsideError, Rejected, Unavailable
from dragoman.kit.money import to_major, to_minor

from .codes import code_for
from .facts import OrderFacts
from .http import first_step, nothing_done_yet
from .keys import has_key, with_key
from .ports import (
    Account,
    AddressWish,
    CallOffWish,
    CancelWish,
    DiscountWish,
    Done,
    DuplicateWish,
    ExchangeWish,
    RefundWish,
    ReturnWish,
    Variant,
    Wish,
)
from .shopify_facts import called_off, charged
from .shopify_words import (
    ADDRESS,
    AGAIN,
    BEFORE,
    CALL_OFF,
    CANCEL,
    CREDIT,
    DISCOUNT,
    DRAFT,
    INVOICE,
    JOB,
    KNOWN_CODE,
    KNOWN_DRAFT,
    OWN_CURRENCY,
    REFUND,
    RETURN,
    RETURNABLE,
    SOLD,
    SUGGESTED,
    kept_place,
    place_of,
)

log = logging.getLogger(__name__)

_OURS: Final = uuid.UUID("8c2d7b1e-6f0a-4f1b-9a57-0c6a3d8a4e21")
_WAITS: Final = (0.2, 0.8, 2.0)  # seconds, for a cancellation that goes on behind the answer


class ShopifyDoing(ABC):
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
            before = self._before(account, wish) if wish.order else {}
        if isinstance(wish, RefundWish):
            done = self._refund(account, wish, before)
        elif isinstance(wish, CancelWish):
            done = self._cancel(account, wish)
        elif isinstance(wish, AddressWish):
            place = {**kept_place(before.get("shippingAddress")), **place_of(wish.address)}
            values = {"input": {"id": wish.order, "shippingAddress": place}}
            with first_step():
                self._call(account, "orderUpdate", ADDRESS, values)
            done = Done(external_id=wish.order)
        elif isinstance(wish, CallOffWish):
            done = self._call_off(account, wish.returned, before)
        elif isinstance(wish, ReturnWish):
            if isinstance(wish, ExchangeWish) and wish.instead:
                self._call_off(account, wish.instead, before)
            done = self._announce(account, wish)
        elif isinstance(wish, DuplicateWish):
            done = self._again(account, wish)
        elif isinstance(wish, DiscountWish):
            done = (
                self._credit(account, wish, before)
                if wish.store_credit
                else self._code(account, wish, before)
            )
        else:
            raise Rejected(str(_("Shopify cannot do this.")))
        return self._seen(account, wish, done)

    def find(self, account: Account, wish: Wish) -> Done | None:
        """Return what was done of a wish by its key; an address by what stands there now."""
        if isinstance(wish, DiscountWish):
            return self._found_code(account, wish)
        if isinstance(wish, DuplicateWish):
            return self._found_draft(account, wish)
        order = self._before(account, wish)
        done: str | None = None
        if isinstance(wish, RefundWish):
            done = _made(order, wish)
        elif isinstance(wish, CancelWish):
            note = (order.get("cancellation") or {}).get("staffNote")
            done = wish.order if order.get("cancelledAt") and has_key(note, wish.key) else None
        elif isinstance(wish, AddressWish):
            now, wanted = kept_place(order.get("shippingAddress")), place_of(wish.address)
            done = wish.order if all(now.get(name, "") == text for name, text in wanted.items()) else None
        elif isinstance(wish, CallOffWish):
            done = wish.returned if wish.returned in called_off(order) else None
        elif isinstance(wish, ReturnWish):
            done = next((one["id"] for one in order["returns"]["nodes"] if _is_of(one, wish)), None)
        return None if done is None else self._seen(account, wish, Done(external_id=done))

    def _before(self, account: Account, wish: Wish) -> dict[str, Any]:
        found = self.ask(account, BEFORE, {"id": wish.order})["order"]
        if not found:
            raise Rejected(str(_("The shop has no such order.")))
        return dict(found)

    def _seen(self, account: Account, wish: Wish, done: Done) -> Done:
        """Add the order as it is now; that it cannot be read does not undo what was done."""
        if not wish.order:
            return done
        try:
            return Done(done.external_id, done.code, self.order(account, wish.order), done.left)
        except OutsideError as error:
            log.warning("order %s was changed and could not be read after: %s", wish.order, error)
            return done

    def _call(self, account: Account, name: str, query: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a mutation did; what it refuses stands in `userErrors`, and nothing was done then."""
        said = self.ask(account, query, values)[name]
        errors = [*(said.get("userErrors") or ()), *(said.get("orderCancelUserErrors") or ())]
        if any(one.get("code") == "IDEMPOTENCY_CONCURRENT_REQUEST" for one in errors):
            raise Unavailable(str(errors[0]["message"]))
        if errors:
            raise Rejected("; ".join(str(one["message"]) for one in errors)[:300])
        return dict(said)

    def _refund(self, account: Account, wish: RefundWish, before: Mapping[str, Any]) -> Done:
        if made := _made(before, wish):
            return Done(external_id=made)
        if before["presentmentCurrencyCode"] != wish.currency:
            raise Rejected(str(_("The order is in another currency.")))
        lines = [{"lineItemId": line, "quantity": number} for line, number, _sum in wish.lines if number]
        with nothing_done_yet():
            said = self.ask(account, SUGGESTED, {"id": wish.order, "lines": lines})["order"]
        given: dict[str, Any] = {
            "orderId": wish.order,
            "currency": wish.currency,
            "note": with_key(wish.reason or wish.note, wish.key),
            "notify": wish.notify,
            "refundLineItems": _stocked(lines, wish, said["part"]["refundLineItems"]),
            "transactions": _moves(wish, said["whole"]["suggestedTransactions"]),
        }
        if wish.shipping:
            given["shipping"] = {"amount": f"{to_major(wish.shipping, wish.currency):f}"}
        values = {"input": given, "key": str(uuid.uuid5(_OURS, wish.key))}
        with first_step():
            done = self._call(account, "refundCreate", REFUND, values)
        return Done(external_id=done["refund"]["id"])

    def _cancel(self, account: Account, wish: CancelWish) -> Done:
        """Cancel; Shopify does it behind its answer, so that one which is not through yet is unknown."""
        if wish.lines:
            raise Rejected(str(_("Shopify cancels whole orders only.")))
        values = {
            "order": wish.order,
            "reason": "CUSTOMER",
            "refund": {"originalPaymentMethodsRefund": wish.refund},
            "restock": wish.restock,
            "notify": wish.notify,
            "note": with_key(wish.reason or wish.note, wish.key),
        }
        with first_step():
            job = self._call(account, "orderCancel", CANCEL, values)["job"]
        try:
            if self._is_through(account, wish, job):
                return Done(external_id=wish.order)
        except Rejected as error:
            raise Unavailable(str(error)) from error
        raise Unavailable(str(_("Shopify is still cancelling the order.")))

    def _is_through(self, account: Account, wish: Wish, job: Mapping[str, Any]) -> bool:
        for wait in _WAITS:
            if job["done"]:
                break
            time.sleep(wait)
            job = self.ask(account, JOB, {"id": job["id"]})["job"]
        return bool(self._before(account, wish).get("cancelledAt"))

    def _announce(self, account: Account, wish: ReturnWish) -> Done:
        with nothing_done_yet():
            said = self.ask(account, RETURNABLE, {"id": wish.order})["returnableFulfillments"]["nodes"]
        sent = [one for parcel in said for one in parcel["returnableFulfillmentLineItems"]["nodes"]]
        items = []
        for line, number in wish.lines:
            left = number
            for one in sent:
                take = min(left, one["quantity"])
                if one["fulfillmentLineItem"]["lineItem"]["id"] != line or not take:
                    continue
                left -= take
                items.append(
                    {
                        "fulfillmentLineItemId": one["fulfillmentLineItem"]["id"],
                        "quantity": take,
                        "returnReason": "OTHER",
                        "returnReasonNote": with_key(wish.reason or wish.note, wish.key),
                    }
                )
            if left:
                raise Rejected(str(_("Shopify takes back only what was sent, and that once.")))
        given: dict[str, Any] = {"orderId": wish.order, "returnLineItems": items}
        if isinstance(wish, ExchangeWish):
            given["exchangeLineItems"] = [
                {"variantId": one, "quantity": number} for one, number in wish.sends
            ]
        with first_step():
            done = self._call(account, "returnCreate", RETURN, {"input": given})
        return Done(external_id=done["return"]["id"])

    def _call_off(self, account: Account, returned: str, before: Mapping[str, Any]) -> Done:
        """Await a return no more; Shopify refuses it once anything was done with its goods."""
        if returned not in called_off(before):
            with first_step():
                self._call(account, "returnCancel", CALL_OFF, {"id": returned})
        return Done(external_id=returned)

    def _again(self, account: Account, wish: DuplicateWish) -> Done:
        """Draft the same order; Shopify takes money for it once its invoice is paid."""
        with nothing_done_yet():
            known = self._found_draft(account, wish)
            before = self.ask(account, AGAIN, {"id": wish.order})["order"]
        if known is not None:
            return known
        sold = {one["id"]: one for one in before["lineItems"]["nodes"]}
        items = []
        for line, number in wish.lines:
            variant = (sold.get(line) or {}).get("variant")
            if not variant:
                title = (sold.get(line) or {}).get("title", "")
                raise Rejected(str(_("The shop does not sell “%(title)s” any more.") % {"title": title}))
            items.append({"variantId": variant["id"], "quantity": number})
        given: dict[str, Any] = {
            "lineItems": items,
            "email": before["email"],
            "presentmentCurrencyCode": before["presentmentCurrencyCode"],
            "shippingAddress": kept_place(before["shippingAddress"]) or None,
            "billingAddress": kept_place(before["billingAddress"]) or None,
            "note": with_key(wish.reason or wish.note, wish.key),
            "tags": [wish.key],
        }
        if buyer := (before.get("customer") or {}).get("id"):
            given["purchasingEntity"] = {"customerId": buyer}
        with first_step():
            made = self._call(account, "draftOrderCreate", DRAFT, {"input": given})["draftOrder"]
        if wish.notify:
            try:
                self._call(account, "draftOrderInvoiceSend", INVOICE, {"id": made["id"]})
            except OutsideError as error:
                return Done(external_id=made["id"], left=f"{_drafted(made)} {error}")
        return Done(external_id=made["id"], left=_drafted(made))

    def _found_draft(self, account: Account, wish: DuplicateWish) -> Done | None:
        found = self.ask(account, KNOWN_DRAFT, {"query": f"tag:'{wish.key}'"})["draftOrders"]["nodes"]
        made = next((one for one in found if wish.key in one["tags"]), None)
        return Done(external_id=made["id"], left=_drafted(made)) if made else None

    def variant(self, account: Account, sku: str, *, currency: str, country: str) -> Variant | None:
        """Return what has an article number; see ports.Shelf."""
        plain = sku.replace("\\", "").replace('"', "")
        values = {"query": f'sku:"{plain}"', "country": country or None}
        for one in self.ask(account, SOLD, values)["productVariants"]["nodes"]:
            if str(one["sku"]).casefold() == sku.casefold():
                price = one["contextualPricing"]["price"]
                minor = to_minor(price["amount"], currency) if price["currencyCode"] == currency else None
                return Variant(one["id"], one["sku"], one["displayName"], minor)
        return None

    def _code(self, account: Account, wish: DiscountWish, before: Mapping[str, Any]) -> Done:
        if wish.amount:
            with nothing_done_yet():
                money = self.ask(account, OWN_CURRENCY)["shop"]["currencyCode"]
            if money != wish.currency:
                raise Rejected(str(_("Discounts of this shop are in %(currency)s.") % {"currency": money}))
        code = code_for(wish.key, account.secrets.get("access_token", ""))
        off: dict[str, Any] = {"percentage": Decimal(wish.percent) / 100}
        if wish.amount:
            amount = f"{to_major(wish.amount, wish.currency):f}"
            off = {"discountAmount": {"amount": amount, "appliesOnEachItem": False}}
        buyer = (before.get("customer") or {}).get("id")
        given: dict[str, Any] = {
            "title": with_key(wish.reason or wish.note, wish.key),
            "code": code,
            "startsAt": datetime.now(UTC).isoformat(timespec="seconds"),
            "endsAt": wish.expires_at.astimezone(UTC).isoformat() if wish.expires_at else None,
            "usageLimit": 1,
            "appliesOncePerCustomer": True,
            "context": {"customers": {"add": [buyer]}} if buyer and wish.customer else {"all": "ALL"},
            "customerGets": {"value": off, "items": {"all": True}},
        }
        with first_step():
            done = self._call(account, "discountCodeBasicCreate", DISCOUNT, {"input": given})
        return Done(external_id=done["codeDiscountNode"]["id"], code=code)

    def _found_code(self, account: Account, wish: DiscountWish) -> Done | None:
        if wish.store_credit:
            # Shopify keeps no word of ours beside it: two of one amount look alike, and money is not given by guess
            raise Unavailable(
                str(_("Look in Shopify whether the store credit was given: it cannot be told from here."))
            )
        code = code_for(wish.key, account.secrets.get("access_token", ""))
        found = self.ask(account, KNOWN_CODE, {"code": code})["codeDiscountNodeByCode"]
        return Done(external_id=found["id"], code=code) if found else None

    def _credit(self, account: Account, wish: DiscountWish, before: Mapping[str, Any]) -> Done:
        buyer = (before.get("customer") or {}).get("id")
        if not buyer:
            raise Rejected(str(_("The order has no customer to whom credit could be given.")))
        if not wish.amount:
            raise Rejected(str(_("Store credit is a sum of money.")))
        sum_of = {"amount": f"{to_major(wish.amount, wish.currency):f}", "currencyCode": wish.currency}
        given: dict[str, Any] = {"creditAmount": sum_of, "notify": wish.notify}
        if wish.expires_at:
            given["expiresAt"] = wish.expires_at.astimezone(UTC).isoformat()
        with first_step():
            done = self._call(account, "storeCreditAccountCredit", CREDIT, {"id": buyer, "input": given})
        return Done(external_id=done["storeCreditAccountTransaction"]["id"])


def _drafted(made: Mapping[str, Any]) -> str:
    return str(_("Draft %(name)s waits in the shop until the customer pays it.") % {"name": made["name"]})


def _made(order: Mapping[str, Any], wish: Wish) -> str | None:
    return next((str(one["id"]) for one in order["refunds"] if has_key(one.get("note"), wish.key)), None)


def _is_of(back: Mapping[str, Any], wish: Wish) -> bool:
    notes = [one.get("returnReasonNote") for one in back["returnLineItems"]["nodes"]]
    return back["status"] not in {"CANCELED", "DECLINED"} and any(has_key(one, wish.key) for one in notes)


def _stocked(
    lines: list[dict[str, Any]], wish: RefundWish, suggested: list[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return lines of a refund with where their goods go: to the place Shopify suggests, else nowhere."""
    places = {one["lineItem"]["id"]: one for one in suggested}
    told = []
    for line in lines:
        place = (places.get(line["lineItemId"]) or {}).get("location")
        kind = (places.get(line["lineItemId"]) or {}).get("restockType", "NO_RESTOCK")
        if not wish.restock or not place or kind == "NO_RESTOCK":
            told.append({**line, "restockType": "NO_RESTOCK"})
        else:
            told.append({**line, "restockType": kind, "locationId": place["id"]})
    return told


def _moves(wish: RefundWish, suggested: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return from which payments the money goes back, none beyond what it still holds."""
    left, moves = wish.amount, []
    for one in suggested:
        parent = (one.get("parentTransaction") or {}).get("id")
        if wish.payment and parent != wish.payment:
            continue
        take = min(left, charged(one["maximumRefundableSet"] or one["amountSet"], wish.currency))
        if take <= 0:
            continue
        left -= take
        moves.append(
            {
                "orderId": wish.order,
                "parentId": parent,
                "gateway": one["gateway"],
                "kind": "REFUND",
                "amount": f"{to_major(take, wish.currency):f}",
            }
        )
    if left:
        raise Rejected(str(_("That is more than what is left of the payment.")))
    return moves
