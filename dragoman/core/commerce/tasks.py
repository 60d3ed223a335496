"""What is done later about parcels: carriers are asked, lanes measured, lateness noted."""

import logging
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from dragoman.core.accounts.models import Workspace
from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.ground.events.registry import every, on, task
from dragoman.ground.providers import carriers
from dragoman.kit import workspace
from dragoman.kit.registry import discover

from . import (  # noqa: F401
    offers,
    tasks_of_actions,
    tasks_of_imports,
    tasks_of_payments,
    tasks_of_shops,
)
from .actions.carrier_hooks import forget_carrier_hooks, read_carrier_hook
from .actions.carriers import ask_carrier
from .actions.lateness import note_lateness
from .carrier_accounts import FAMILY, due_parcels, live_accounts
from .events import CarrierHookStored
from .lanes import measure_lanes
from .parcel_models import CarrierHook

log = logging.getLogger(__name__)
discover(carriers.__name__)
_AT_ONCE: Final = 200


@task
def ask_one_carrier(workspace_id: int, account_id: int) -> None:
    """Ask one account for the parcels that are due."""
    with workspace.acting_in(workspace_id):
        account = next((one for one in live_accounts(workspace_id) if one.pk == account_id), None)
        if account is not None:
            ask_carrier(account)


@every(seconds=60)
def ask_carriers() -> None:
    """Let each account be asked that has parcels due; when each is due stands in its row."""
    with workspace.everywhere(reason="find accounts of carriers"):
        rows = VendorAccount.objects.filter(family=FAMILY).exclude(state=VendorAccount.State.OFF)
        accounts = list(rows.values_list("workspace_id", "pk"))
    now = timezone.now()
    for workspace_id, account_id in accounts:
        with workspace.acting_in(workspace_id):
            mine = next((one for one in live_accounts(workspace_id) if one.pk == account_id), None)
            if mine is not None and due_parcels(mine, now=now, most=1):
                _have_asked(workspace_id, account_id)


def _have_asked(workspace_id: int, account_id: int) -> None:
    job = ask_one_carrier.configure(queueing_lock=f"{ask_one_carrier.name}:{account_id}")
    try:
        with transaction.atomic():
            job.defer(workspace_id=workspace_id, account_id=account_id)
    except AlreadyEnqueued:
        log.debug("account %s waits to be asked already", account_id)


@on(CarrierHookStored)
def read_what_a_carrier_told(event: CarrierHookStored) -> None:
    """Read a webhook at once; one of a parcel that no order has yet is read again by the sweep."""
    _read_hook(event.hook_id)


@task
def read_late_carrier_hook(workspace_id: int, hook_id: int) -> None:
    """Read a webhook that could not be read at once."""
    _read_hook(hook_id)


def _read_hook(hook_id: int) -> None:
    hook = CarrierHook.objects.select_related("account").filter(pk=hook_id).first()
    if hook is not None:
        read_carrier_hook(hook)


@every(seconds=60)
def read_waiting_carrier_hooks() -> None:
    """Read the webhooks that wait for their parcel."""
    until = timezone.now() - timedelta(seconds=1)
    with workspace.everywhere(reason="find webhooks of carriers that wait"):
        rows = CarrierHook.objects.filter(state=CarrierHook.State.WAITING, due_at__lte=until)
        waiting = list(rows.order_by("due_at").values_list("workspace_id", "pk")[:_AT_ONCE])
    for workspace_id, hook_id in waiting:
        with workspace.acting_in(workspace_id), transaction.atomic():
            read_late_carrier_hook.defer(workspace_id=workspace_id, hook_id=hook_id)


@every(seconds=3600)
def note_late_parcels() -> None:
    """Judge every parcel under way."""
    for workspace_id in _workspaces():
        with workspace.acting_in(workspace_id):
            after = note_lateness(workspace_id, now=timezone.now())
            while after:
                after = note_lateness(workspace_id, now=timezone.now(), after=after)


@every(seconds=86400)
def measure_all_lanes() -> None:
    """Measure every lane of every workspace anew, and forget old webhooks."""
    for workspace_id in _workspaces():
        with workspace.acting_in(workspace_id):
            measure_lanes(workspace_id, now=timezone.now())
            forget_carrier_hooks(workspace_id)


def _workspaces() -> list[int]:
    with workspace.everywhere(reason="sweep every workspace's parcels"):
        return list(Workspace.objects.values_list("pk", flat=True))
