"""A workspace's accounts at carriers and aggregators: who is asked for which parcels."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Q, QuerySet

from dragoman.core.connections.vendor_accounts import accounts_of, vendor_secrets
from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.ground.providers.carriers.ports import Account, Asked, Tracker, trackers
from dragoman.kit import workspace
from dragoman.kit.errors import Refusal

from .errors import WrongCarrier
from .models import Shipment
from .parcel_models import MOVING, CarrierDoor, CarrierHook

FAMILY: Final = "carriers"
_AWAITED: Final = timedelta(days=90)


def account_as_asked(account: VendorAccount) -> Account:
    """Return an account as its tracker takes it; raises kit.seal.Broken where the key is another one."""
    return Account(account.address, vendor_secrets(account), account.settings)


def tracker_of(account: VendorAccount) -> Tracker:
    """Return who is asked with an account; raises KeyError where it is no longer there."""
    return trackers[account.vendor]


def live_accounts(workspace_id: int) -> list[VendorAccount]:
    """Return the accounts that are asked, those of carriers before aggregators, which may know any parcel."""
    rows = accounts_of(workspace_id, family=FAMILY).exclude(state=VendorAccount.State.OFF)
    known = [one for one in rows if one.vendor in trackers]
    return sorted(known, key=lambda one: (not tracker_of(one).carriers, one.pk))


def _asked_of(account: VendorAccount) -> QuerySet[Shipment]:
    """Return the parcels under way that an account is asked for: an aggregator for what no carrier's own account is."""
    tracker = tracker_of(account)
    mine = Q(carrier_code__in=tracker.carriers)
    if not tracker.carriers:
        others = [one for one in live_accounts(account.workspace_id) if tracker_of(one).carriers]
        mine = ~Q(carrier_code__in={code for one in others for code in tracker_of(one).carriers})
    here = Q(removed=False) | Q(inward=True)
    rows = Shipment.objects.filter(mine, here, workspace_id=account.workspace_id, status__in=MOVING)
    return rows.exclude(tracking_key="")


def due_parcels(account: VendorAccount, *, now: datetime, most: int) -> list[Shipment]:
    """Return the parcels that an account is to be asked for now, those that wait longest first."""
    rows = _asked_of(account).filter(Q(due_at=None) | Q(due_at__lte=now)).select_related("order")
    longest = rows.order_by(F("due_at").asc(nulls_first=True), "pk")
    out = list(longest.filter(removed=False, order__placed_at__gt=now - _AWAITED)[:most])
    # two queries, because each has its own index and one over both would have none
    back = list(longest.filter(inward=True)[: most - len(out)])
    return out + back


def asked_for(shipment: Shipment) -> Asked:
    """Return a parcel as it is asked for."""
    if shipment.inward:
        # it goes to the shop, whose postcode nobody told
        return Asked(shipment.tracking_key, shipment.carrier_code, shipment.destination)
    address = shipment.order.shipping_address
    return Asked(
        shipment.tracking_key,
        shipment.carrier_code,
        shipment.destination or shipment.order.country,
        str(address.get("postcode", "")) if isinstance(address, Mapping) else "",
    )


def checked_fields(vendor: str, given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return (settings, secrets) of an account from what was typed; raises Refusal `bad_carrier`."""
    if vendor not in trackers:
        raise WrongCarrier
    fields = trackers[vendor].fields
    missing: Sequence[str] = [
        one.name for one in fields if one.required and not given.get(one.name, "").strip()
    ]
    if missing:
        raise Refusal(
            str(WrongCarrier.message), code="bad_carrier", status=422, details={"field": missing[0]}
        )
    said = {one.name: given[one.name].strip() for one in fields if given.get(one.name, "").strip()}
    hidden = {one.name for one in fields if one.secret}
    return (
        {name: value for name, value in said.items() if name not in hidden},
        {name: value for name, value in said.items() if name in hidden},
    )


def account_by_hook(key: str) -> VendorAccount | None:
    """Return the account whose webhooks go to this key, whosever it is; the caller then acts in its workspace."""
    with workspace.everywhere(reason="find whose webhook it is"):
        door = CarrierDoor.objects.select_related("account").filter(hook_key=key).first() if key else None
    return door.account if door is not None else None


def hooks_of(account: VendorAccount) -> QuerySet[CarrierHook]:
    """All webhooks of an account, the newest first."""
    return CarrierHook.objects.filter(workspace_id=account.workspace_id, account=account).order_by("-pk")


def count_parcels(account: VendorAccount) -> int:
    """Return how many parcels under way an account is asked for."""
    return _asked_of(account).count()
