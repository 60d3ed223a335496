"""17TRACK's API v2.2 (https://api.17track.net/en/doc): registers numbers, tells of them and calls our webhook."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.ground.providers.statuses import ShipmentDetail as D
from dragoman.ground.providers.statuses import ShipmentStatus as S
from dragoman.kit.signatures import check_digest

from .facts import EventFacts, ParcelFacts, State
from .formats import carrier_named
from .ports import Account, Asked, Field, Hook, trackers
from .wire import at, call, complaint, country, listed, moment, place, read_json, words

HOME: Final = "https://api.17track.net"
_UNREGISTERED: Final = -18019902

STATES: Final[Mapping[str, State]] = {
    "NotFound": (S.PENDING, None), "InfoReceived": (S.INFO_RECEIVED, None), "InTransit": (S.IN_TRANSIT, None),
    "Expired": (S.EXPIRED, None), "AvailableForPickup": (S.READY_TO_COLLECT, None),
    "OutForDelivery": (S.OUT_FOR_DELIVERY, None), "DeliveryFailure": (S.ATTEMPT_FAILED, None),
    "Delivered": (S.DELIVERED, None), "Exception": (S.EXCEPTION, None),
}  # fmt: skip
SUBSTATES: Final[Mapping[str, State]] = {
    "InTransit_PickedUp": (S.IN_TRANSIT, D.PICKED_UP), "InTransit_Departure": (S.IN_TRANSIT, D.DEPARTED),
    "InTransit_Arrival": (S.IN_TRANSIT, D.ARRIVED), "InTransit_CustomsProcessing": (S.IN_TRANSIT, D.CUSTOMS),
    "InTransit_CustomsReleased": (S.IN_TRANSIT, D.CUSTOMS_CLEARED),
    "InTransit_CustomsRequiringInformation": (S.EXCEPTION, D.CUSTOMS_PAPERS),
    "DeliveryFailure_NoBody": (S.ATTEMPT_FAILED, D.NOBODY_HOME),
    "DeliveryFailure_Security": (S.ATTEMPT_FAILED, D.CUSTOMS_HOLD),
    "DeliveryFailure_Rejected": (S.ATTEMPT_FAILED, D.REFUSED),
    "DeliveryFailure_InvalidAddress": (S.ATTEMPT_FAILED, D.BAD_ADDRESS),
    "Exception_Returning": (S.RETURNING, None), "Exception_Returned": (S.RETURNED, None),
    "Exception_NoBody": (S.EXCEPTION, D.UNCLAIMED), "Exception_Security": (S.EXCEPTION, D.CUSTOMS_HOLD),
    "Exception_Damage": (S.EXCEPTION, D.DAMAGED), "Exception_Rejected": (S.EXCEPTION, D.REFUSED),
    "Exception_Delayed": (S.EXCEPTION, D.DELAYED), "Exception_Lost": (S.LOST, None),
    "Exception_Destroyed": (S.LOST, D.DAMAGED), "Exception_Cancel": (S.CANCELLED, None),
}  # fmt: skip


class SeventeenTrack:
    """See this file's head."""

    title = "17TRACK"
    fields: Sequence[Field] = (Field("key", _("API key"), secret=True, help="17token"),)
    carriers: frozenset[str] = frozenset()
    batch = 40
    hooks = True

    def check(self, account: Account) -> None:
        """Ask how many numbers are left."""
        self._call(account, "getquota", [])

    def track(self, account: Account, parcels: Sequence[Asked]) -> Sequence[ParcelFacts]:
        """Ask for all, register those it does not follow yet."""
        told = self._call(account, "gettrackinfo", [{"number": one.number} for one in parcels])
        found = {words(one.get("number")): _parcel(one) for one in listed(at(told, "data", "accepted"))}
        fresh = [
            {"number": words(one.get("number"))}
            for one in listed(at(told, "data", "rejected"))
            if at(one, "error", "code") == _UNREGISTERED
        ]
        if fresh:
            self._call(account, "register", fresh)
        return [found.get(one.number) or ParcelFacts(number=one.number, known=False) for one in parcels]

    def verify(self, account: Account, hook: Hook) -> None:
        """`sign` is SHA-256 of the body, a slash and the key."""
        check_digest(account.secrets.get("key", ""), hook.body, hook.headers.get("sign", ""))

    def told(self, body: bytes) -> Sequence[ParcelFacts]:
        """Read one update."""
        told = read_json(body)
        data = at(told, "data")
        is_update = at(told, "event") == "TRACKING_UPDATED" and words(at(data, "number"))
        return [_parcel(data)] if is_update else []

    def _call(self, account: Account, verb: str, body: list[dict[str, str]]) -> Any:
        headers = {"17token": account.secrets.get("key", "")}
        answer = call(account, "POST", f"/track/v2.2/{verb}", home=HOME, headers=headers, body=body)
        if answer.status >= 400 or at(answer.body, "code") != 0:
            raise answer.refused(complaint(answer.body))
        return answer.body


def _state(status: object, sub: object) -> State:
    return SUBSTATES.get(words(sub)) or STATES.get(words(status), (S.IN_TRANSIT, None))


def _parcel(told: Any) -> ParcelFacts:
    info = at(told, "track_info")
    name, events = "", []
    for provider in listed(at(info, "tracking", "providers")):
        name = words(at(provider, "provider", "name"), 60) or name
        events += [_event(one) for one in listed(provider.get("events"))]
    shipping = at(info, "shipping_info")
    known = carrier_named(name)
    return ParcelFacts(
        number=words(at(told, "number"), 80),
        carrier=known.code if known else name,
        service=words(at(info, "misc_info", "service_type"), 80),
        events=[one for one in events if one is not None],
        estimated_at=moment(at(info, "time_metrics", "estimated_delivery_date", "to")),
        origin=country(at(shipping, "shipper_address", "country")),
        destination=country(at(shipping, "recipient_address", "country")),
        known=at(info, "latest_status", "status") != "NotFound",
    )


def _event(told: dict[str, Any]) -> EventFacts | None:
    when = moment(told.get("time_utc") or told.get("time_iso"))
    if when is None:
        return None
    status, detail = _state(
        words(told.get("sub_status")).partition("_")[0] or told.get("stage"), told.get("sub_status")
    )
    return EventFacts(
        at=when,
        status=status,
        detail=detail or "",
        text=words(told.get("description")),
        place=place(told.get("location")) or place(at(told, "address", "city")),
        country=country(at(told, "address", "country")),
    )


trackers.register("17track")(SeventeenTrack())
