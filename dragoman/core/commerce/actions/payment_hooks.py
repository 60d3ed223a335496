"""Webhooks of payment vendors: verified, stored sealed, acknowledged; then read by a job, as often as it takes."""

import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.keys import key_of
from dragoman.ground.events.actions import publish
from dragoman.ground.providers.payments.ports import Paid, Refunded
from dragoman.ground.providers.shops.ports import Hook
from dragoman.ground.providers.statuses import MoneyStatus
from dragoman.kit import seal
from dragoman.kit.errors import Forged, OutsideError, Refusal, Rejected

from ..action_models import ActionState
from ..cleaning import Cleaner
from ..events import PaymentHookStored, RefundChanged
from ..models import OrderAction, Payment, PaymentAccount, PaymentHook, Refund, ShopHook
from ..paying import account_as_called, gateway_of
from .asking import tell
from .disputes import note_dispute
from .payments import note_payments

log = logging.getLogger(__name__)

State = ShopHook.State
_PURPOSE: Final = b"payment hook"
_MOST_TRIES: Final = 40
KEPT: Final = timedelta(days=14)
_ENDED: Final = (MoneyStatus.DONE, MoneyStatus.FAILED, MoneyStatus.VOIDED)


def take_payment_hook(row: PaymentAccount, *, headers: Mapping[str, str], body: bytes) -> PaymentHook | None:
    """Verify a webhook and store it; when this returns nothing can be lost. None: it was delivered before.

    Raises Forged; Unavailable where its vendor has to be asked for that and does not answer: it sends it again.
    """
    hook = Hook({name.lower(): value for name, value in headers.items()}, body)
    try:
        account = account_as_called(row)
    except Rejected as refusal:
        raise Forged(str(refusal)) from None
    key, error = "", ""
    try:
        key = gateway_of(row).told(account, hook).key
    except Rejected as refusal:
        # signed and unreadable: kept, and shown as failed
        error = str(refusal)[:500]
    sealed = seal.seal(key_of(row.workspace_id), json.dumps({}).encode() + b"\n" + body, purpose=_PURPOSE)
    try:
        with transaction.atomic():
            stored = PaymentHook.objects.create(
                workspace_id=row.workspace_id,
                account=row,
                key=(key or f"unread {timezone.now().timestamp()}")[:80],
                sealed=sealed,
                state=State.FAILED if error else State.WAITING,
                error=error,
            )
            mine = PaymentAccount.objects.filter(workspace_id=row.workspace_id, pk=row.pk)
            mine.update(last_hook_at=timezone.now())
            if not error:
                publish(PaymentHookStored(payment_account_id=row.pk, hook_id=stored.pk))
    except IntegrityError:
        return None
    return stored


def read_payment_hook(hook: PaymentHook) -> None:
    """Take in what a webhook tells; done twice it changes nothing. A vendor that is down is asked again later."""
    if hook.state != State.WAITING:
        return
    row = hook.account
    try:
        _take_in(row, hook)
    except OutsideError as error:
        _later(row, hook, error)
    except (Refusal, seal.Broken) as error:
        _settle(hook, State.FAILED, str(error) or type(error).__name__)
    else:
        _settle(hook, State.DONE, "")


def _take_in(row: PaymentAccount, hook: PaymentHook) -> None:
    account, gateway = account_as_called(row), gateway_of(row)
    whole = seal.unseal(key_of(hook.workspace_id), bytes(hook.sealed), purpose=_PURPOSE)
    told = gateway.told(account, Hook({}, whole.partition(b"\n")[2]), again=True)
    for paid in told.paid:
        note_paid(row, paid)
    for back in told.refunds:
        note_refund(row, back)
    for one in told.disputes:
        note_dispute(row, one)
    for name in dict.fromkeys(told.payments):
        found = gateway.payment(account, name) if _is_ours(row.workspace_id, name) else None
        if found is not None:
            note_paid(row, found)
    note_payments(row)


def _is_ours(workspace_id: int, name: str) -> bool:
    return Payment.objects.filter(workspace_id=workspace_id, external_id=name).exists()


@transaction.atomic
def note_paid(row: PaymentAccount, paid: Paid) -> None:
    """Note what a vendor knows of a payment and its shop did not say: the means, and that it failed."""
    mine = Payment.objects.filter(workspace_id=row.workspace_id, external_id=paid.external_id, removed=False)
    for one in mine.filter(order__anonymised_at=None).select_related("order"):
        if paid.said and not one.said:
            one.said = Cleaner(row.workspace_id, one.order.brand_id).words(paid.said, 120)[:120]
            one.save(update_fields=["said"])


@transaction.atomic
def note_refund(row: PaymentAccount, back: Refunded) -> None:
    """Note how a refund ended: the mirror's row, and the action of ours that asked for it."""
    here = {"workspace_id": row.workspace_id}
    changed = Refund.objects.filter(**here, external_id=back.external_id).exclude(status=back.status)
    for one in changed:
        # an end is an end: what comes late tells of what was before it, unless it says that the money came back
        if one.status in _ENDED and back.status != MoneyStatus.FAILED:
            continue
        one.status = back.status
        one.save(update_fields=["status"])
        publish(RefundChanged(order_id=one.order_id, refund_id=one.pk, status=back.status))
    if back.status in {MoneyStatus.FAILED, MoneyStatus.VOIDED}:
        _came_back(row, back)


def _came_back(row: PaymentAccount, back: Refunded) -> None:
    """Say of an action that was done that its money did not arrive: it counts as gone no more."""
    from_us = Q(external_id=back.external_id, state=ActionState.DONE, wanted__payment__account=row.pk)
    for action in OrderAction.objects.filter(from_us, workspace_id=row.workspace_id).select_for_update():
        action.state, action.due_at, action.settled = ActionState.FAILED, None, False
        action.failure = str(_("The money did not arrive and came back: refund it another way."))
        action.save(update_fields=["state", "due_at", "settled", "failure"])
        tell(action)


def _later(row: PaymentAccount, hook: PaymentHook, error: OutsideError) -> None:
    attempts = hook.attempts + 1
    wait = error.retry_after if error.retry_after is not None else 2.0 ** min(attempts, 12)
    PaymentHook.objects.filter(workspace_id=hook.workspace_id, pk=hook.pk).update(
        attempts=attempts,
        state=State.FAILED if attempts >= _MOST_TRIES else State.WAITING,
        error=str(error)[:500],
        due_at=timezone.now() + timedelta(seconds=min(3600.0, max(1.0, wait))),
    )
    note_payments(row, error=str(error))


def _settle(hook: PaymentHook, state: ShopHook.State, error: str) -> None:
    mine = PaymentHook.objects.filter(workspace_id=hook.workspace_id, pk=hook.pk)
    mine.update(state=state, error=error[:500])


def forget_payment_hooks(workspace_id: int) -> None:
    """Delete webhooks that were read two weeks ago: they tell of customers."""
    old = PaymentHook.objects.filter(workspace_id=workspace_id, received_at__lt=timezone.now() - KEPT)
    old.exclude(state=State.WAITING).delete()
