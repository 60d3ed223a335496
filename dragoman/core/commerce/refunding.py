"""A refund by who took the money: where a shop gives nothing back itself, its payment's vendor does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from dragoman.core.accounts.authority_models import ActionKind
from dragoman.ground.providers.payments import ports
from dragoman.ground.providers.shops.ports import Account, Can, Doer, Done, RefundWish, Wish
from dragoman.ground.providers.statuses import MoneyStatus
from dragoman.kit.errors import Rejected

from .action_models import OrderAction
from .connecting import account_of
from .doers import doer_of, refunds_itself
from .models import Order, PaymentAccount
from .paying import account_as_called, gateway_of, get_payment_account, paid_at_vendor

BY_VENDOR: Final = frozenset({Can.REFUND, Can.REFUND_SUM})


@dataclass(frozen=True)
class ByVendor:
    """Refunds one payment at its vendor; the wish's key is the vendor's idempotency key."""

    gateway: ports.Gateway
    payment: str
    asked_at: datetime | None
    reference: str

    def do(self, account: Account, wish: Wish) -> Done:
        """Do it once. Rejected: it was not done. NotSent: it was not either. Unavailable: unknown."""
        return self._done(self.gateway.refund(account, self._wish(wish)))

    def find(self, account: Account, wish: Wish) -> Done | None:
        """Return what was done of this wish, by its key."""
        found = self.gateway.find(account, self._wish(wish))
        return self._done(found) if found is not None else None

    def _wish(self, wish: Wish) -> ports.RefundWish:
        assert isinstance(wish, RefundWish)
        return ports.RefundWish(
            key=wish.key,
            payment=self.payment,
            amount=wish.amount,
            currency=wish.currency,
            asked_at=self.asked_at,
            reference=self.reference,
        )

    def _done(self, found: ports.Refunded) -> Done:
        if found.status in {MoneyStatus.FAILED, MoneyStatus.VOIDED}:
            raise Rejected(_("The payment vendor could not give the money back."))
        return Done(external_id=found.external_id)


def goes_by_vendor(order: Order, kind: str) -> bool:
    """Say whether a refund of this order goes by its payment's vendor: the shop gives nothing back itself."""
    return kind == ActionKind.REFUND and not refunds_itself(order.shop) and bool(paid_at_vendor(order))


def way_of(order: Order, action: OrderAction) -> tuple[Doer, Account] | None:
    """Return who does an action and with which account, None where nobody does any more.

    A refund by a vendor keeps its payment and account in `wanted`, so that every try is of the same one. Raises
    Rejected where the account cannot be opened.
    """
    told = action.wanted.get("payment")
    if isinstance(told, dict) or goes_by_vendor(order, action.kind):
        return _vendors_way(order, action, told)
    doer = doer_of(order.shop)
    return (doer, account_of(order.shop)) if doer is not None else None


def _vendors_way(order: Order, action: OrderAction, told: Any) -> tuple[Doer, Account] | None:
    if not isinstance(told, dict):
        told = _chosen(order, action)
        action.wanted = {**action.wanted, "payment": told}
    row = get_payment_account(order.workspace_id, int(told["account"]))
    gateway = gateway_of(row)
    return ByVendor(gateway, str(told["id"]), action.started_at, order.number), account_as_called(row)


def _chosen(order: Order, action: OrderAction) -> dict[str, Any]:
    """Return the first payment that covers the sum, else the largest: the vendor refuses what it does not hold."""
    pairs = paid_at_vendor(order)
    fits = [(paid, row) for paid, row in pairs if paid.amount >= action.amount]
    paid, row = fits[0] if fits else max(pairs, key=lambda one: one[0].amount)
    return {"id": paid.external_id, "account": row.pk}


def vendor_of(order: Order) -> PaymentAccount | None:
    """Return the account that gives back what was paid, None where the shop does."""
    pairs = paid_at_vendor(order) if not refunds_itself(order.shop) else []
    return pairs[0][1] if pairs else None
