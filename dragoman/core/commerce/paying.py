"""How a payment vendor is reached, and which of a workspace's accounts a payment went through."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dragoman.core.connections.vendor_accounts import vendor_secrets
from dragoman.ground.providers.payments.ports import DisputeDesk, Gateway, desks, gateways
from dragoman.ground.providers.shops.ports import Account
from dragoman.ground.providers.statuses import MoneyStatus
from dragoman.kit import seal, workspace
from dragoman.kit.errors import Rejected
from dragoman.kit.registry import discover

from .errors import NoDispute, NoPaymentAccount
from .models import Dispute, Order, Payment, PaymentAccount

FAMILY: Final = "payments"


@lru_cache(maxsize=1)
def _discover() -> None:
    discover("dragoman.ground.providers.payments")


def vendors() -> dict[str, Gateway]:
    """Return every payment vendor that can be connected, by its name."""
    _discover()
    return dict(gateways.items())


def gateway_of(account: PaymentAccount) -> Gateway:
    """Return what speaks to an account's vendor; raises NoPaymentAccount where it is no longer there."""
    found = vendors().get(account.vendor)
    if found is None:
        raise NoPaymentAccount
    return found


def desk_of(vendor: str) -> DisputeDesk | None:
    """Return who answers a vendor's disputes, None where that is done by hand."""
    _discover()
    return dict(desks.items()).get(vendor)


def account_as_called(account: PaymentAccount) -> Account:
    """Return an account as its connector takes it; raises Rejected where its secrets cannot be opened."""
    if account.account is None:
        raise Rejected(str(_("This payment account is no longer connected.")))
    try:
        secrets = vendor_secrets(account.account)
    except seal.Broken:
        raise Rejected(str(_("The secrets of this account cannot be opened: type them again."))) from None
    shown = {name: str(value) for name, value in account.settings.items()}
    return Account(account.account.address, secrets, shown)


def payment_accounts_of(workspace_id: int) -> QuerySet[PaymentAccount]:
    """All payment accounts of a workspace, the oldest first."""
    rows = PaymentAccount.objects.filter(workspace_id=workspace_id, account__isnull=False)
    return rows.select_related("account").order_by("pk")


def get_payment_account(workspace_id: int, account_id: int) -> PaymentAccount:
    """Return one account; raises NoPaymentAccount."""
    found = payment_accounts_of(workspace_id).filter(pk=account_id).first()
    if found is None:
        raise NoPaymentAccount
    return found


def payment_account_by_hook(key: str) -> PaymentAccount | None:
    """Return the account whose webhooks go to this key, whosever it is; the caller then acts in its workspace."""
    with workspace.everywhere(reason="find whose webhook it is"):
        found = PaymentAccount.objects.filter(hook_key=key, account__isnull=False)
        return found.select_related("account").first()


def paid_at_vendor(order: Order) -> list[tuple[Payment, PaymentAccount]]:
    """Return the payments of an order that a connected account can give back, with that account.

    A payment says its vendor in `gateway` ("stripe", "stripe_cc") and carries the vendor's id of it.
    """
    known = sorted(vendors())
    named: Sequence[tuple[Payment, str]] = [
        (one, vendor)
        for one in order.payments.all()
        for vendor in known
        if one.external_id and one.status == MoneyStatus.DONE and vendor in one.gateway.lower()
    ]
    if not named:
        return []
    mine = payment_accounts_of(order.workspace_id).exclude(state=PaymentAccount.State.OFF)
    by_vendor = {
        one.vendor: one for one in reversed(mine.filter(vendor__in={vendor for _one, vendor in named}))
    }
    return [(one, by_vendor[vendor]) for one, vendor in named if vendor in by_vendor]


def disputes_of(workspace_id: int) -> QuerySet[Dispute]:
    """All disputes of a workspace with their orders."""
    return Dispute.objects.filter(workspace_id=workspace_id).select_related("order", "account", "answered_by")


def get_dispute(workspace_id: int, dispute_id: int) -> Dispute:
    """Return one dispute; raises NoDispute."""
    found = disputes_of(workspace_id).filter(pk=dispute_id).first()
    if found is None:
        raise NoDispute
    return found
