"""PostNord's Track & Trace v5 (https://developer.postnord.com): one number a call."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.ground.providers.statuses import ShipmentDetail as D
from dragoman.ground.providers.statuses import ShipmentStatus as S

from .facts import EventFacts, ParcelFacts, State
from .ports import Account, Asked, Field, Silent, trackers
from .reading import read_words
from .wire import at, call, complaint, country, listed, moment, place, words

HOME: Final = "https://api2.postnord.com"
_PATH: Final = "/rest/shipment/v5/trackandtrace/findByIdentifier.json"
_TRIAL: Final = "84971563697SE"

STATES: Final[Mapping[str, State]] = {
    "CREATED": (S.PENDING, None), "INFORMED": (S.INFO_RECEIVED, None), "EN_ROUTE": (S.IN_TRANSIT, None),
    "AVAILABLE_FOR_DELIVERY": (S.READY_TO_COLLECT, None), "AVAILABLE_FOR_DELIVERY_PAR_LOC": (S.READY_TO_COLLECT, None),
    "DELAYED": (S.EXCEPTION, D.DELAYED), "EXPECTED_DELAY": (S.EXCEPTION, D.DELAYED), "DELIVERED": (S.DELIVERED, None),
    "DELIVERY_IMPOSSIBLE": (S.ATTEMPT_FAILED, None), "DELIVERY_REFUSED": (S.EXCEPTION, D.REFUSED),
    "RETURNED": (S.RETURNED, None), "STOPPED": (S.EXCEPTION, None), "OTHER": (S.IN_TRANSIT, None),
    "SPLIT": (S.IN_TRANSIT, None),
}  # fmt: skip


class PostNord(Silent):
    """See this file's head."""

    title = "PostNord"
    fields: Sequence[Field] = (Field("key", _("API key"), secret=True, help="apikey"),)
    carriers: frozenset[str] = frozenset({"postnord"})
    batch = 1

    def check(self, account: Account) -> None:
        """Ask for the number of the documentation."""
        self._ask(account, Asked(_TRIAL))

    def track(self, account: Account, parcels: Sequence[Asked]) -> Sequence[ParcelFacts]:
        """Ask for each."""
        return [self._ask(account, one) for one in parcels]

    def _ask(self, account: Account, asked: Asked) -> ParcelFacts:
        query = {"apikey": account.secrets.get("key", ""), "id": asked.number, "locale": "en"}
        answer = call(account, "GET", _PATH, home=HOME, query=query)
        if answer.status == 404:
            return ParcelFacts(number=asked.number, carrier="postnord", known=False)
        if answer.status >= 400:
            raise answer.refused(complaint(at(answer.body, "compositeFault", "faults") or answer.body))
        found = listed(at(answer.body, "TrackingInformationResponse", "shipments"))
        return (
            _parcel(asked, found[0])
            if found
            else ParcelFacts(number=asked.number, carrier="postnord", known=False)
        )


def _parcel(asked: Asked, told: dict[str, Any]) -> ParcelFacts:
    items = listed(told.get("items"))
    mine = [one for one in items if words(one.get("itemId")) == asked.number] or items[:1]
    events = [_event(event) for one in mine for event in listed(one.get("events"))]
    return ParcelFacts(
        number=asked.number,
        carrier="postnord",
        service=words(at(told, "service", "name"), 80),
        events=[one for one in events if one is not None],
        estimated_at=moment(told.get("estimatedTimeOfArrival")),
        origin=country(at(told, "consignor", "address", "countryCode")),
        destination=country(at(told, "consignee", "address", "countryCode")),
    )


def _event(told: dict[str, Any]) -> EventFacts | None:
    when = moment(told.get("eventTime"))
    if when is None:
        return None
    text = words(told.get("eventDescription"))
    status, detail = read_words(text, STATES.get(words(told.get("status")), (S.IN_TRANSIT, None)))
    where = told.get("location")
    return EventFacts(
        at=when,
        status=status,
        detail=detail or "",
        text=text,
        place=place(at(where, "displayName")) or place(at(where, "city")),
        country=country(at(where, "countryCode")),
    )


trackers.register("postnord")(PostNord())
