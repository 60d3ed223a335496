"""Webhooks of shops: verified, stored word for word, acknowledged; then read by a job, as often as it takes."""

import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from dragoman.core.accounts.keys import key_of
from dragoman.ground.events.actions import publish
from dragoman.ground.providers.shops.ports import Connector, Hook, OnlyTells
from dragoman.kit import seal
from dragoman.kit.errors import Forged, OutsideError, Refusal, Rejected

from ..connecting import account_of, connector_of, opened_account
from ..errors import NoHook
from ..events import ShopHookStored
from ..models import Shop, ShopHook
from .mirror import mirror_order
from .shops import note_shop

log = logging.getLogger(__name__)

_PURPOSE: Final = b"shop hook"
_MOST_TRIES: Final = 40  # with waits of up to an hour, a day and a half
KEPT: Final = timedelta(days=14)
# of a shop's own headers; a proxy's say nothing that is read later
_HEADERS: Final = 40


def take_hook(shop: Shop, *, headers: Mapping[str, str], body: bytes) -> ShopHook | None:
    """Verify a webhook and store it; when this returns nothing can be lost. None: it was delivered before, or
    tells of no order.

    Raises Forged, NoHook where nothing reads it.
    """
    connector = connector_of(shop)
    if connector is None:
        raise NoHook
    hook = Hook({name.lower(): value for name, value in headers.items()}, body)
    key, error = "", ""
    try:
        account = opened_account(shop)
    except Rejected as refusal:
        raise Forged(str(refusal)) from None
    try:
        told = connector.told(account, hook)
        if not (told.orders or told.changed):
            # it tells of no order: a shop that tries the address, or a matter that is not ours
            return None
        key = told.key
    except Rejected as refusal:
        # signed and unreadable: kept, and shown as failed
        error = str(refusal)[:500]
    return _store(shop, hook, key=key, error=error)


def _store(shop: Shop, hook: Hook, *, key: str, error: str) -> ShopHook | None:
    kept = {
        name: value[:2000] for name, value in list(hook.headers.items())[:_HEADERS] if name.startswith("x-")
    }
    whole = json.dumps(kept).encode() + b"\n" + hook.body
    try:
        with transaction.atomic():
            stored = ShopHook.objects.create(
                workspace_id=shop.workspace_id,
                shop=shop,
                key=key[:80],
                sealed=seal.seal(key_of(shop.workspace_id), whole, purpose=_PURPOSE),
                state=ShopHook.State.FAILED if error else ShopHook.State.WAITING,
                error=error,
            )
            Shop.objects.filter(workspace_id=shop.workspace_id, pk=shop.pk).update(
                last_hook_at=timezone.now()
            )
            if not error:
                publish(ShopHookStored(shop_id=shop.pk, hook_id=stored.pk))
    except IntegrityError:
        return None
    return stored


def read_hook(hook: ShopHook) -> None:
    """Mirror what a webhook tells; done twice it changes nothing. A shop that is down is asked again later."""
    if hook.state != ShopHook.State.WAITING:
        return
    shop = hook.shop
    connector = connector_of(shop)
    if connector is None or shop.account is None:
        _settle(hook, ShopHook.State.FAILED, "this shop is no longer connected")
        return
    try:
        _mirror(shop, connector, hook)
    except OutsideError as error:
        _later(shop, hook, error)
    except (Refusal, seal.Broken) as error:
        _settle(hook, ShopHook.State.FAILED, str(error) or type(error).__name__)
    else:
        _settle(hook, ShopHook.State.DONE, "")
        if isinstance(connector, OnlyTells):
            note_shop(shop)


def _mirror(shop: Shop, connector: Connector, hook: ShopHook) -> None:
    account = account_of(shop)
    told = connector.told(account, content_of(hook), again=True)
    for facts in told.orders:
        mirror_order(shop, facts=facts)
    for name in told.changed:
        found = connector.order(account, name)
        if found is None:
            log.info("shop %s told of %s and has no such order", shop.pk, name)
        else:
            mirror_order(shop, facts=found)


def content_of(hook: ShopHook) -> Hook:
    """Unseal a webhook; raises kit.seal.Broken."""
    whole = seal.unseal(key_of(hook.workspace_id), bytes(hook.sealed), purpose=_PURPOSE)
    head, _line, body = whole.partition(b"\n")
    return Hook(json.loads(head), body)


def _later(shop: Shop, hook: ShopHook, error: OutsideError) -> None:
    attempts = hook.attempts + 1
    state = ShopHook.State.FAILED if attempts >= _MOST_TRIES else ShopHook.State.WAITING
    wait = error.retry_after if error.retry_after is not None else 2.0 ** min(attempts, 12)
    mine = ShopHook.objects.filter(workspace_id=hook.workspace_id, pk=hook.pk)
    mine.update(
        attempts=attempts,
        state=state,
        error=str(error)[:500],
        due_at=timezone.now() + timedelta(seconds=min(3600.0, max(1.0, wait))),
    )
    shops = Shop.objects.filter(workspace_id=shop.workspace_id, pk=shop.pk).exclude(state=Shop.State.OFF)
    shops.update(state=Shop.State.FAILING, last_error=str(error)[:500])


def _settle(hook: ShopHook, state: ShopHook.State, error: str) -> None:
    mine = ShopHook.objects.filter(workspace_id=hook.workspace_id, pk=hook.pk)
    mine.update(state=state, error=error[:500])


def forget_hooks(workspace_id: int) -> None:
    """Delete webhooks that were read two weeks ago: they tell of customers."""
    old = ShopHook.objects.filter(workspace_id=workspace_id, received_at__lt=timezone.now() - KEPT)
    old.exclude(state=ShopHook.State.WAITING).delete()
