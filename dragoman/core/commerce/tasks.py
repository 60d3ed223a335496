"""What is done later about parcels: carriers are asked, lanes measured, lateness noted."""

import logging

from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from dragoman.core.accounts.models import Workspace
from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.ground.events.registry import every, task
from dragoman.ground.providers import carriers
from dragoman.kit import workspace
from dragoman.kit.registry import discover

from . import offers, tasks_of_actions, tasks_of_shops  # noqa: F401
from .actions.carriers import ask_carrier
from .actions.lateness import note_lateness
from .carrier_accounts import FAMILY, due_parcels, live_accounts
from .lanes import measure_lanes

log = logging.getLogger(__name__)
discover(carriers.__name__)


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
    """Measure every lane of every workspace anew."""
    for workspace_id in _workspaces():
        with workspace.acting_in(workspace_id):
            measure_lanes(workspace_id, now=timezone.now())


def _workspaces() -> list[int]:
    with workspace.everywhere(reason="sweep every workspace's parcels"):
        return list(Workspace.objects.values_list("pk", flat=True))
