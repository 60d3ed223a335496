"""Connecting carriers and aggregators, and asking them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from dragoman.core.connections.vendor_accounts import (
    Place,
    Terms,
    add_account,
    change_account,
    get_account,
    note_call,
    remove_account,
    switch_account,
)
from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import NotFound, OutsideError

from ..carrier_accounts import FAMILY, account_as_asked, asked_for, checked_fields, due_parcels, tracker_of
from ..events import CarriersChanged
from .carrier_hooks import open_door
from .parcels import ask_later, take_parcel

_TROUBLED: Final = timedelta(minutes=15)
_BATCHES: Final = 5


@transaction.atomic
def add_carrier(workspace_id: int, *, vendor: str, name: str, given: Mapping[str, str]) -> VendorAccount:
    """Give a workspace an account at a carrier; raises Refusal `bad_carrier`, `name_taken`."""
    settings, secrets = checked_fields(vendor, given)
    place = Place(vendor, settings=settings, secrets=secrets)
    account = add_account(workspace_id, family=FAMILY, place=place, terms=Terms(name))
    open_door(account)
    publish(CarriersChanged(carrier_id=account.pk))
    return account


@transaction.atomic
def change_carrier(account: VendorAccount, *, name: str, given: Mapping[str, str]) -> None:
    """Store another name, settings and secrets; what is left empty stays. Raises Refusal `name_taken`."""
    fields = {one.name: one for one in tracker_of(account).fields}
    said = {key: value.strip() for key, value in given.items() if key in fields and value.strip()}
    secrets = {key: value for key, value in said.items() if fields[key].secret}
    settings = {key: value for key, value in said.items() if not fields[key].secret}
    change_account(account, terms=Terms(name), secrets=secrets or None)
    if settings and settings != account.settings:
        VendorAccount.objects.filter(workspace_id=account.workspace_id, pk=account.pk).update(
            settings={**account.settings, **settings}, state=VendorAccount.State.NEW, last_error=""
        )
    publish(CarriersChanged(carrier_id=account.pk))


@transaction.atomic
def switch_carrier(account: VendorAccount, *, is_on: bool) -> None:
    """Ask a carrier no more, or again."""
    switch_account(account, state=VendorAccount.State.NEW if is_on else VendorAccount.State.OFF)
    publish(CarriersChanged(carrier_id=account.pk))


@transaction.atomic
def remove_carrier(workspace_id: int, account_id: int) -> None:
    """Forget an account and its secrets; what it told of parcels stays. Raises NotFound."""
    remove_account(get_account(workspace_id, account_id, family=FAMILY))
    publish(CarriersChanged(carrier_id=account_id))


def try_carrier(account: VendorAccount) -> None:
    """Ask whether an account opens; raises OutsideError, and notes what came of it."""
    try:
        tracker_of(account).check(account_as_asked(account))
    except OutsideError as error:
        note_call(account.workspace_id, account.pk, error=str(error))
        raise
    note_call(account.workspace_id, account.pk)


def ask_carrier(account: VendorAccount) -> int:
    """Ask for the parcels that are due, five calls at most; returns for how many. No transaction is open meanwhile."""
    asked = 0
    tracker = tracker_of(account)
    for _number in range(_BATCHES):
        due = due_parcels(account, now=timezone.now(), most=tracker.batch)
        if not due:
            break
        try:
            told = tracker.track(account_as_asked(account), [asked_for(one) for one in due])
        except OutsideError as error:
            # those that were asked for wait, so that one that breaks the call does not hold up the others
            pause = timedelta(seconds=error.retry_after) if error.retry_after else _TROUBLED
            ask_later(account.workspace_id, [one.pk for one in due], pause=max(pause, timedelta(minutes=1)))
            note_call(account.workspace_id, account.pk, error=str(error))
            break
        note_call(account.workspace_id, account.pk)
        for facts in told:
            try:
                take_parcel(account.workspace_id, facts=facts)
            except NotFound:
                continue
        ask_later_if_untold(account, [one.pk for one in due])
        asked += len(due)
    return asked


def ask_later_if_untold(account: VendorAccount, shipment_ids: list[int]) -> None:
    """Let those wait of which nothing came back."""
    now = timezone.now()
    left = [
        one.pk for one in due_parcels(account, now=now, most=len(shipment_ids)) if one.pk in set(shipment_ids)
    ]
    if left:
        ask_later(account.workspace_id, left, pause=timedelta(hours=12))
