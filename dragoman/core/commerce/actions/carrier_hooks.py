"""Webhooks of carriers: verified, sealed word for word, acknowledged; then read until their parcel is known."""

import hashlib
import logging
import secrets as random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from dragoman.core.accounts.keys import key_of
from dragoman.core.connections.vendor_accounts import note_call
from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.ground.events.actions import publish
from dragoman.ground.providers.carriers.ports import Hook, trackers
from dragoman.kit import seal
from dragoman.kit.errors import Forged, NotFound, Refusal, Rejected

from ..carrier_accounts import account_as_asked, tracker_of
from ..errors import NoHook
from ..events import CarrierHookStored, CarriersChanged
from ..parcel_models import CarrierDoor, CarrierHook
from .parcels import take_parcel

log = logging.getLogger(__name__)

_PURPOSE: Final = b"carrier hook"
KEPT: Final = timedelta(days=14)
AWAITED: Final = timedelta(days=2)  # for a shop to tell of the parcel too


def open_door(account: VendorAccount) -> CarrierDoor | None:
    """Return where an account's webhooks come in, made when it is first asked for; None where its vendor has none."""
    if account.vendor not in trackers or not tracker_of(account).hooks:
        return None
    door, _made = CarrierDoor.objects.get_or_create(
        workspace_id=account.workspace_id,
        account=account,
        defaults={"hook_key": random.token_urlsafe(24)},
    )
    return door


@transaction.atomic
def renew_door(account: VendorAccount) -> None:
    """Give an account's webhooks another address; the old one is refused from now on."""
    mine = CarrierDoor.objects.filter(workspace_id=account.workspace_id, account=account)
    mine.update(hook_key=random.token_urlsafe(24))
    publish(CarriersChanged(carrier_id=account.pk))


def take_carrier_hook(
    account: VendorAccount, *, headers: Mapping[str, str], body: bytes
) -> CarrierHook | None:
    """Verify a webhook and store it; when this returns nothing can be lost. None: it came before.

    Raises Forged, NoHook where its vendor is no longer known.
    """
    if account.vendor not in trackers:
        raise NoHook
    tracker = tracker_of(account)
    try:
        opened = account_as_asked(account)
    except seal.Broken:
        raise Forged("its secrets cannot be opened") from None
    tracker.verify(opened, Hook({name.lower(): value for name, value in headers.items()}, body))
    return _store(account, body)


def _store(account: VendorAccount, body: bytes) -> CarrierHook | None:
    try:
        with transaction.atomic():
            stored = CarrierHook.objects.create(
                workspace_id=account.workspace_id,
                account=account,
                key=hashlib.sha256(body).hexdigest(),
                sealed=seal.seal(key_of(account.workspace_id), body, purpose=_PURPOSE),
            )
            CarrierDoor.objects.filter(workspace_id=account.workspace_id, account=account).update(
                last_hook_at=timezone.now()
            )
            publish(CarrierHookStored(carrier_id=account.pk, hook_id=stored.pk))
    except IntegrityError:
        return None
    return stored


def read_carrier_hook(hook: CarrierHook) -> None:
    """Take in what a webhook tells of parcels; one that none of ours has is looked for again, for two days."""
    if hook.state != CarrierHook.State.WAITING:
        return
    account = hook.account
    if account.vendor not in trackers:
        _settle(hook, CarrierHook.State.FAILED, "this carrier is no longer connected")
        return
    try:
        body = seal.unseal(key_of(hook.workspace_id), bytes(hook.sealed), purpose=_PURPOSE)
        told = tracker_of(account).told(body)
    except (Rejected, seal.Broken) as error:
        _settle(hook, CarrierHook.State.FAILED, str(error) or type(error).__name__)
        return
    taken, strange = 0, list[str]()
    for facts in told:
        try:
            taken += len(take_parcel(hook.workspace_id, facts=facts))
        except NotFound:
            # only its end: a number leads to a person, and these words outlive an erasure
            strange.append(facts.number[-4:])
        except Refusal as error:
            log.info("carrier %s told what is refused: %s", account.pk, error)
    note_call(hook.workspace_id, account.pk)
    if strange and not taken:
        _await(hook, strange)
    else:
        _settle(hook, CarrierHook.State.DONE, "", parcels=taken)


def _await(hook: CarrierHook, ends: list[str]) -> None:
    now = timezone.now()
    said = ", ".join(f"…{end}" for end in ends[:5])
    if now - hook.received_at >= AWAITED:
        _settle(hook, CarrierHook.State.STRANGE, said)
        return
    mine = CarrierHook.objects.filter(workspace_id=hook.workspace_id, pk=hook.pk)
    mine.update(attempts=hook.attempts + 1, error=said[:500], due_at=_again_at(now, hook.attempts))


def _again_at(now: datetime, attempts: int) -> datetime:
    return now + min(timedelta(hours=1), timedelta(minutes=1 << min(attempts, 10)))


def _settle(hook: CarrierHook, state: CarrierHook.State, error: str, *, parcels: int = 0) -> None:
    mine = CarrierHook.objects.filter(workspace_id=hook.workspace_id, pk=hook.pk)
    mine.update(state=state, error=error[:500], parcels=parcels)


def forget_carrier_hooks(workspace_id: int) -> None:
    """Delete webhooks that were read two weeks ago: they tell of customers."""
    old = CarrierHook.objects.filter(workspace_id=workspace_id, received_at__lt=timezone.now() - KEPT)
    old.exclude(state=CarrierHook.State.WAITING).delete()
